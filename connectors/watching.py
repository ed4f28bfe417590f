"""One look at the feed after another: follow its head, lead where nobody else does, pull where it is time."""

import logging
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from connectors.feed import Feed, OpenFeed, OpenFeeds
from connectors.following_head import HeadFollower, Leadership, Snapshot
from connectors.leading import Leader, Observe
from connectors.recording import LeadershipLost
from connectors.store.errors import StoreError
from dashboard.roster import Roster

logger = logging.getLogger(__name__)

COMPLAIN_AGAIN = timedelta(minutes=10)


def _nothing(*_: object) -> None:
    """What is called where nobody wants to be told."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of what.

    `published`: every roster that is shown or read anew; `observe`: every pull, in a word and its seconds;
    `before_turn`: called before each look; `before_shown`: called with a snapshot of a new edition, which is shown
    once it returns.
    """

    published: Callable[[Roster], None] = _nothing
    observe: Observe = _nothing
    before_turn: Callable[[], None] = _nothing
    before_shown: Callable[[Snapshot], None] = _nothing


@dataclass(frozen=True, slots=True)
class Errand:
    """What a look is for: the feed; whether a person asked for a pull here; since when fewer rows are no wonder."""

    feed: Feed
    asked: bool = False
    switched_at: datetime | None = None


class Watch:
    """Used by one thread at a time."""

    def __init__(self, open_feed: OpenFeeds, max_age: float, clock: Callable[[], datetime], told: Told) -> None:
        """`max_age` in seconds; `clock` gives aware times."""
        self._open_feed = open_feed
        self._max_age = max_age
        self._clock = clock
        self._told = told
        self._feed: Feed | None = None
        self._plain: OpenFeed | None = None  # as the store has opened it
        self._opened: OpenFeed | None = None  # with the right that its feed needs
        self._follower: HeadFollower | None = None
        self._leader: Leader | None = None
        self._published: Roster | None = None
        self._prepared_on: date | None = None
        self._said: tuple[str, datetime] | None = None  # what was last complained of, and when

    def turn(self, errand: Errand, before: Snapshot, show: Callable[[Snapshot], None]) -> None:
        """Look once. `show` is called with what is to be shown after `before`: at once, and again after a pull."""
        snapshot = self._looked(errand.feed, before)
        show(snapshot)
        if self._follower is None:
            return
        if not self._leads(errand.feed, self._follower):
            show(replace(snapshot, leader="elsewhere" if snapshot.stored_error is None else "unknown"))
            return
        if errand.asked or snapshot.progress == "asked":
            show(replace(snapshot, progress="reading", leader="here"))
        self._step(self._follower, errand)
        show(self._looked(errand.feed, snapshot))

    def step_down(self) -> None:
        """Let another process lead."""
        self._end_term()
        if self._opened is not None:
            self._opened.lease.release()

    def give_up(self) -> None:
        """Let another process lead although a pull is under way here, which will not be recorded. From any thread."""
        opened = self._opened
        if opened is not None:
            opened.lease.release()

    def _complain(self, code: str) -> None:
        """Into the log; the same not twice within ten minutes, for a damaged store fails at every other look."""
        now = self._clock()
        said, at = self._said or ("", now)
        if code != said or not timedelta(0) <= now - at < COMPLAIN_AGAIN:
            logger.error("the store cannot be used: %s", code)
            self._said = code, now

    def _looked(self, feed: Feed, before: Snapshot) -> Snapshot:
        fault: StoreError | None = None
        try:
            self._take_up(feed).follow(self._leader.recorded if self._leader else None)
        except StoreError as error:
            fault = StoreError(error.code, **error.params)  # without the frames in which values were
            self._complain(fault.code)
        if self._follower is None:
            return replace(before, stored_error=fault, leader="unknown")
        self._publish(self._follower.roster)
        if fault is None and self._leader is not None:
            fault = self._leader.fault
        return self._follower.snapshot(before, self._leadership(before), fault)

    def _take_up(self, feed: Feed) -> HeadFollower:
        """The follower of a feed. Another source is another history; the same one read differently stays the same."""
        known = self._feed
        if self._follower is not None and feed is known:
            return self._follower
        self._end_term()
        if known is None or feed.key != known.key or self._follower is None or self._plain is None:
            self.step_down()
            self._feed, self._opened, self._follower = feed, None, None
            self._plain = self._open_feed(feed.key)
            self._follower = HeadFollower(feed, self._plain.kept)
        self._feed = self._follower.feed = feed
        if self._plain is not None:
            self._opened = (
                self._plain if feed.joint is None else replace(self._plain, lease=feed.joint(self._plain.lease))
            )
        return self._follower

    def _leads(self, feed: Feed, follower: HeadFollower) -> bool:
        """Whether this process leads, from now on if not before."""
        opened = self._opened
        if opened is None:
            return False
        if self._leader is not None and opened.lease.holds():
            return True
        self._end_term()
        if not opened.lease.take():
            return False
        self._leader = Leader(feed, opened, self._clock, self._max_age, self._told.observe)
        logger.info("process %s leads", os.getpid())
        self._prepared_on = None
        return True

    def _prepare(self, feed: Feed, follower: HeadFollower) -> None:
        """Before the first pull of a term, and of a day."""
        today, opened = self._clock().date(), self._opened
        if feed.prepare is None or opened is None or self._prepared_on == today:
            return
        self._prepared_on = today
        try:
            feed.prepare(opened.kept)
            follower.follow(None)
        except Exception as error:  # without a past there is the present still
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("the feed was not prepared: %s in %s line %s", type(error).__name__, place.name, place.lineno)

    def _step(self, follower: HeadFollower, errand: Errand) -> None:
        self._prepare(errand.feed, follower)
        leader, checked, switched = self._leader, follower.head.checked_at, errand.switched_at
        unchecked = switched is not None and (checked is None or checked <= switched)
        if leader is None:
            return
        try:
            leader.step(follower.head, follower.roster, asked=errand.asked, unchecked=unchecked)
        except LeadershipLost:
            logger.warning("another process may lead by now: a pull is dropped")
            self.step_down()
            return
        if leader.recorded is not None:
            self._publish(leader.recorded[1])

    def _end_term(self) -> None:
        if self._leader is not None and self._leader.waiting:
            logger.warning("%s readings that the store had not taken are dropped", self._leader.waiting)
        self._leader = None

    def _publish(self, roster: Roster | None) -> None:
        if roster is not None and roster is not self._published:
            self._published = roster
            self._told.published(roster)

    def _leadership(self, before: Snapshot) -> Leadership:
        """Who reads the source, as far as it is known before this look has tried to lead."""
        if self._leader is not None:
            return "here"
        return "unknown" if before.leader == "here" else before.leader

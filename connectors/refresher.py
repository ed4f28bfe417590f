"""Keeps a roster fresh in the background, and keeps the last good one when the source fails.

A source that can tell whether it has changed is asked that first, and pulled where it has, or where someone asks, or
once an hour in any case. A sudden drop of rows is held back under an error until it is confirmed.
"""

import hashlib
import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from connectors.base import LiveSource, RosterSource, SourceError
from connectors.holding import Drop, held_drop
from dashboard.roster import RawTable, Roster

logger = logging.getLogger(__name__)
RETRY_SECONDS = 30.0  # rest after a failed pull
FULL_SECONDS = 3600.0  # age at which a roster is pulled whatever its source says of changes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known now. Under an error `roster` is the last good one; None if there never was one."""

    roster: Roster | None = None
    version: int = 0  # rises only when what the roster says has changed
    fetched_at: datetime | None = None  # of the last good pull
    error: SourceError | None = None  # of the last pull, None if it was good
    error_at: datetime | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Feed:
    """A source and how what it returns is read."""

    source: RosterSource
    read: Callable[[RawTable], Roster]


@dataclass(frozen=True, slots=True)
class Pulled:
    """When the last good pull was made, and what the source said before it of its own version."""

    feed: Feed
    token: str
    at: datetime


class Refresher:
    """One source, pulled by one thread at a time. All methods may be called from any thread."""

    def __init__(
        self,
        source: RosterSource,
        read: Callable[[RawTable], Roster],
        max_age: float,
        clock: Callable[[], datetime],
        published: Callable[[Roster], None] = lambda _: None,
    ) -> None:
        """`max_age` in seconds; `clock` gives aware times, and its day is the day on which a roster is read.

        `published` is told of every roster that was read anew and is shown from then on.
        """
        self._feed = Feed(source, read)
        self._max_age = max_age
        self._clock = clock
        self._published = published
        self._changed = threading.Condition()
        self._snapshot = Snapshot()
        self._read_as: tuple[Feed, str, date] | None = None  # whence, content and day the roster was read from
        self._pulled_at: datetime | None = None
        self._last: Pulled | None = None
        self._drop: Drop | None = None
        self._pulling = False
        self._asked_meanwhile = False

    def current(self, wait: float = 0.0) -> Snapshot:
        """The newest snapshot. An old one starts a pull, which is waited for `wait` seconds at most."""
        with self._changed:
            if self._is_due():
                self._start(asked=False)
            self._changed.wait_for(lambda: not self._pulling, wait)
            return self._snapshot

    def refresh_now(self, wait: float = 0.0) -> Snapshot:
        """Pull at once, whatever the age. A pull under way may have missed the last edit: another follows it.

        Where the source has been asked too often already, the roster is seconds old and stays.
        """
        with self._changed:
            if self._pulling:
                self._asked_meanwhile = True
            elif not self._must_rest(asked=True):
                self._start(asked=True)
            self._changed.wait_for(lambda: not self._pulling, wait)
            return self._snapshot

    def switch(self, source: RosterSource, read: Callable[[RawTable], Roster], wait: float = 0.0) -> Snapshot:
        """Pull another source from now on, or read the same one differently. The roster stays until the next good pull.

        Its version is a new one even if it says the same, because the programme that counts it may be another.
        """
        with self._changed:
            self._feed = Feed(source, read)
            self._pulled_at = None
        return self.refresh_now(wait)

    def _is_due(self) -> bool:
        if self._pulling:
            return False
        if self._pulled_at is None:
            return True
        age = (self._clock() - self._pulled_at).total_seconds()
        rest = self._max_age if self._snapshot.error is None else max(RETRY_SECONDS, self._max_age)
        # A clock set back must not stop the refresh.
        return (age >= rest or age < 0) and not self._must_rest(asked=False)

    def _must_rest(self, *, asked: bool) -> bool:
        """Whether the source has been asked so often that it is left alone; a first pull is always allowed."""
        source = self._feed.source
        return self._pulled_at is not None and isinstance(source, LiveSource) and source.rest(asked=asked) > 0

    def _start(self, *, asked: bool) -> None:
        self._pulling = True
        threading.Thread(target=self._pull_until_asked_no_more, args=(asked,), name="refresher", daemon=True).start()

    def _pull_until_asked_no_more(self, asked: bool) -> None:
        while True:
            feed = self._feed
            snapshot = self._pulled(feed, asked)
            with self._changed:
                if feed is self._feed:  # else it was switched meanwhile, and another pull has been asked for
                    self._snapshot = snapshot
                    self._pulled_at = self._clock()
                asked = self._asked_meanwhile and not self._must_rest(asked=True)
                self._asked_meanwhile = False
                if not asked:
                    self._pulling = False
                    self._changed.notify_all()
                    return

    def _pulled(self, feed: Feed, asked: bool) -> Snapshot:
        """The snapshot after one pull, good or bad. Logs say what kind of fault and where, never a value."""
        try:
            token = feed.source.change_token() if isinstance(feed.source, LiveSource) else None
            if not asked and self._is_current(feed, token):
                return self._confirmed()
            snapshot = self._renewed(feed, feed.source.fetch(), asked)
            self._last = None if token is None else Pulled(feed, token, self._clock())
            return snapshot
        except SourceError as error:
            logger.warning("pull failed: %s", error.code)
            # Kept as long as the fault lasts, it must not keep the frames in which values were read.
            error.__traceback__ = error.__context__ = error.__cause__ = None
            return replace(self._snapshot, error=error, error_at=self._clock())
        except Exception as error:  # a fault of ours must not stop the refresh
            kind = type(error).__name__
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("pull failed: %s in %s line %s", kind, place.name, place.lineno)
            return replace(self._snapshot, error=SourceError("unexpected", kind=kind), error_at=self._clock())

    def _is_current(self, feed: Feed, token: str | None) -> bool:
        """Whether the roster was pulled from this source today, within the hour, and nothing has changed since."""
        last, now = self._last, self._clock()
        if last is None or (last.feed, last.token) != (feed, token) or self._snapshot.roster is None:
            return False
        return last.at.date() == now.date() and 0 <= (now - last.at).total_seconds() < FULL_SECONDS

    def _confirmed(self) -> Snapshot:
        """The snapshot when its source says that nothing has changed."""
        now, roster = self._clock(), self._snapshot.roster
        known = roster and replace(roster, source=replace(roster.source, fetched_at=now))
        return Snapshot(known, self._snapshot.version, now)

    def _renewed(self, feed: Feed, raw: RawTable, asked: bool) -> Snapshot:
        """The snapshot after a good pull. The same content on the same day is not read again.

        Raises SourceError rows_dropped where much of what was there is not.
        """
        before = self._snapshot
        read_as = (feed, content_hash(raw), self._clock().date())
        switched = self._read_as is None or self._read_as[0] is not feed
        if before.roster is not None and read_as == self._read_as:
            roster = replace(before.roster, source=raw.source)
        else:
            roster = feed.read(raw)
            if not switched:
                self._hold_back(before.roster, roster, asked)
            self._read_as = read_as
            self._published(roster)
        self._drop = None
        changed = before.roster is None or switched or not _say_the_same(before.roster, roster)
        return Snapshot(roster, before.version + changed, raw.source.fetched_at)

    def _hold_back(self, before: Roster | None, after: Roster, asked: bool) -> None:
        """Raises SourceError rows_dropped as long as a drop of rows has not been confirmed."""
        self._drop = None if before is None else held_drop(self._drop, before, after, accepted=asked)
        if self._drop is not None:
            raise SourceError("rows_dropped", before=self._drop.before, after=self._drop.after)


def content_hash(raw: RawTable) -> str:
    """The same for two tables exactly if all that was read is the same, whenever and under whatever version."""
    digest = hashlib.sha256(repr((raw.unread, raw.source.locale)).encode())
    for sheet in raw.sheets:
        place = (sheet.title, sheet.header_row, sheet.first_row, sheet.gid, sheet.merges)
        digest.update(repr((place, sheet.hidden_rows, sheet.coloured)).encode())
        for column in sheet.columns:
            digest.update(repr((column.field, column.header, column.letter, column.values)).encode())
    return digest.hexdigest()


def _say_the_same(one: Roster, other: Roster) -> bool:
    return (
        one.findings == other.findings
        and one.reconciliation == other.reconciliation
        and one.fields == other.fields
        and one.unread == other.unread
        and one.frame.equals(other.frame)
    )

"""What the one process does that leads: asks the source when it is time, and tells the store what came of it."""

from collections.abc import Callable
from datetime import datetime

from connectors.feed import Feed, OpenFeed
from connectors.holding import broken, dropped, since, waits_for_pull
from connectors.pulling import Failure, Outcome, Puller, Queued, Reading
from connectors.recording import LeadershipLost, Recorder, utc
from connectors.store.errors import StoreError
from dashboard.history import Head, Held, Version
from dashboard.roster import Roster

RETRY_SECONDS = 30.0  # rest after a failed pull

Observe = Callable[[str, float], None]
"""Told of each pull: "recorded", "unchanged", "held", "failed" or "waiting" (for the store), and its seconds."""


class Leader:
    """One term of leadership. Used by one thread."""

    def __init__(
        self, feed: Feed, opened: OpenFeed, clock: Callable[[], datetime], max_age: float, observe: Observe
    ) -> None:
        """`max_age` in seconds: how old a good pull may be before the source is asked again."""
        self._kept = opened.kept
        self._lease = opened.lease
        self._clock = clock
        self._max_age = max_age
        self._observe = observe
        self._puller = Puller(feed, clock)
        self._recorder = Recorder(opened, clock)
        self._pulled_at: datetime | None = None
        self._failed = False
        self._let_pass: str | None = None  # what was let pass and has been pulled for
        self._asked = False  # by a person, of what waits for its turn
        self._answered = 0  # the last question that has been pulled for

    @property
    def recorded(self) -> tuple[Version, Roster] | None:
        """The version recorded last in this term, with its roster."""
        return self._recorder.recorded

    @property
    def fault(self) -> StoreError | None:
        """Why what was read is not in the store; None while it is."""
        return self._recorder.fault or self._recorder.lost

    @property
    def waiting(self) -> int:
        """Readings that the store has not taken yet."""
        return self._recorder.waiting

    def step(self, head: Head, shown: Roster | None, *, asked: bool = False, unchecked: bool = False) -> bool:
        """Pull if it is time; whether that was done. `shown` is the roster of the head's version.

        `asked` by a person; `unchecked`: rows may be missing, the source is another. Raises LeadershipLost.
        """
        self._recorder.after = None if head.version is None else head.version.number
        open_question = head.asked > head.answered
        asked = asked or (open_question and head.asked > self._answered)
        if self._puller.queued:
            self._pull(head, shown, asked=asked or self._asked, unchecked=unchecked)
            return not self._puller.queued
        rested = asked and self._puller.must_rest(asked=True)  # seconds old: it stays
        if (asked and not rested) or self._is_due(head):
            self._pull(head, shown, asked=asked and not rested, unchecked=unchecked)
        elif open_question:
            self._answer(head)
        else:
            self._recorder.catch_up()
            return False
        return True

    def _is_due(self, head: Head) -> bool:
        if self._pulled_at is None:
            return True
        if waits_for_pull(head) and head.accepted_hash != self._let_pass:
            return True
        age = (self._clock() - self._pulled_at).total_seconds()
        rest = max(RETRY_SECONDS, self._max_age) if self._failed else self._max_age
        # A clock set back must not stop the refresh.
        return (age >= rest or age < 0) and not self._puller.must_rest(asked=False)

    def _pull(self, head: Head, shown: Roster | None, *, asked: bool, unchecked: bool) -> None:
        self._let_pass = head.accepted_hash
        if head.asked > head.answered and not self._puller.queued:
            self._recorder.write(lambda: self._kept.begin(head.asked))
        outcome = self._puller.pull(whole=asked or waits_for_pull(head))
        self._asked = asked and isinstance(outcome, Queued)
        if isinstance(outcome, Queued):
            return
        self._pulled_at, self._failed = self._clock(), isinstance(outcome, Failure)
        if not self._lease.holds():
            raise LeadershipLost
        word = self._settle(outcome, head, shown, unchecked)
        self._observe(word if self.fault is None else "waiting", outcome.seconds)
        if head.asked > head.answered:
            self._answer(head)

    def _answer(self, head: Head) -> None:
        self._answered = head.asked  # also where the store cannot be told: no reason to pull again
        self._recorder.write(lambda: self._kept.answer(head.asked))

    def _settle(self, outcome: Outcome, head: Head, shown: Roster | None, unchecked: bool) -> str:
        """Tell the store what came of a pull; the same in one word."""
        if isinstance(outcome, Failure):
            return self._fail(outcome, head)
        if isinstance(outcome, Reading) and not (outcome.says_what(self._recorder.newest) and head.held is None):
            return self._publish(outcome, head, shown, unchecked)
        if head.held is not None:  # the source says that nothing has changed: what is held back is so still
            return self._hold(head.held, head)
        if self._recorder.catch_up() and self._recorder.lost is None:
            self._recorder.write(lambda: self._kept.checked(utc(outcome.at)))
        return "unchanged"

    def _fail(self, failure: Failure, head: Head) -> str:
        held = broken(failure, head)
        if held is not None:
            return self._hold(held, head)
        told = utc(failure.at)
        self._recorder.write(lambda: self._kept.failed(failure.code, failure.params, at=told, seconds=failure.seconds))
        return "failed"

    def _publish(self, reading: Reading, head: Head, shown: Roster | None, unchecked: bool) -> str:
        passes = unchecked or reading.content_hash == head.accepted_hash
        held = None if passes else dropped(reading, self._recorder.last_waiting or shown)
        if held is not None:
            return self._hold(held, head)
        self._recorder.keep(reading)
        return "recorded"

    def _hold(self, held: Held, head: Head) -> str:
        """Nothing is written where the same is held already."""
        known = head.held
        if known is None or (known.code, known.content_hash) != (held.code, held.content_hash) or head.error:
            begun = Held(held.code, held.params, utc(since(held, head)), held.content_hash, held.acceptable)
            self._recorder.write(lambda: self._kept.hold(begun))
        return "held"

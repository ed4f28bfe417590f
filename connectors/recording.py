"""What was read goes into the store; where the store refuses it, it waits in memory until the store is back."""

import logging
import traceback
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

from connectors.feed import FeedStore, OpenFeed
from connectors.pulling import Reading
from connectors.store.errors import StoreError
from dashboard.history import Version
from dashboard.roster import Roster

logger = logging.getLogger(__name__)
REST_SECONDS = 5.0  # after the store refused what was read
MOST = 50  # readings that wait; beyond that the oldest leave, under a warning


class LeadershipLost(Exception):
    """Another process may lead by now: what was read is not recorded."""


class Recorder:
    """Writes for one term of leadership. Used by one thread."""

    def __init__(self, opened: OpenFeed, clock: Callable[[], datetime]) -> None:
        self._kept: FeedStore = opened.kept
        self._lease = opened.lease
        self._clock = clock
        self._waiting: deque[Reading] = deque()
        self._refused_at: datetime | None = None
        self.after: int | None = None  # number of the newest version
        self.newest: Reading | None = None  # recorded, or waiting
        self.recorded: tuple[Version, Roster] | None = None  # the newest, for whoever shows it
        self.fault: StoreError | None = None  # of the last write; None if it went well
        self.lost: StoreError | None = None  # why the newest reading could not be recorded at all, until one is

    @property
    def waiting(self) -> int:
        """Readings that the store has not taken yet."""
        return len(self._waiting)

    @property
    def last_waiting(self) -> Roster | None:
        """The roster that was read last, as long as it waits."""
        return self._waiting[-1].roster if self._waiting else None

    def keep(self, reading: Reading) -> bool:
        """Record a reading; False if it has to wait. Raises LeadershipLost."""
        if not (self._waiting and reading.says_what(self._waiting[-1])):
            self._waiting.append(reading)
        self.newest = reading
        if len(self._waiting) > MOST:
            self._waiting.popleft()
            logger.warning("the store has refused for long: a state between two others is not recorded")
        self._refused_at = None
        return self.catch_up()

    def catch_up(self) -> bool:
        """Record what waits, oldest first, unless the store has just refused; whether nothing waits any more."""
        if self._waiting and self._may_try():
            if not self._lease.holds():
                raise LeadershipLost
            self._refused_at = self._clock()
            while self._waiting and self._took(self._waiting[0]):
                self._waiting.popleft()
        return not self._waiting

    def write(self, write: Callable[[], object]) -> bool:
        """Do a write; False, and its fault kept, where the store refuses it. Raises LeadershipLost."""
        try:
            write()
        except StoreError as error:
            if error.code == "store_overtaken":
                raise LeadershipLost from None
            if self.fault is None:
                logger.warning("the store refuses a write: %s", error.code)
            self.fault = StoreError(error.code, **error.params)  # without the frames in which values were
            return False
        self.fault = None
        return True

    def _took(self, reading: Reading) -> bool:
        """Whether a reading need not wait any more: it was recorded, or never can be, which is a fault of ours."""
        try:
            return self.write(lambda: self._record(reading))
        except LeadershipLost:
            raise
        except Exception as error:
            kind, place = type(error).__name__, traceback.extract_tb(error.__traceback__)[-1]
            logger.error("a reading cannot be recorded: %s in %s line %s", kind, place.name, place.lineno)
            self.lost = StoreError("store_failed", place="", kind=kind)
            self.newest = None  # so that the same content is tried again when it is read again
            return True

    def _record(self, reading: Reading) -> None:
        self.recorded = self._version(reading), reading.roster
        self.after = self.recorded[0].number
        self.lost = None

    def _version(self, reading: Reading) -> Version:
        return self._kept.record(
            reading.roster,
            at=utc(reading.at),
            read_on=reading.read_on,
            content_hash=reading.content_hash,
            source_version=reading.token,
            seconds=reading.seconds,
            after=self.after,
        )

    def _may_try(self) -> bool:
        if self._refused_at is None:
            return True
        return not 0 <= (self._clock() - self._refused_at).total_seconds() < REST_SECONDS


def utc(moment: datetime) -> datetime:
    """A moment as the store keeps it."""
    return moment.astimezone(UTC)

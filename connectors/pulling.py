"""One pull: the source is asked whether it has changed, read where it may have, and its table turned into a roster."""

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from connectors.base import LiveSource, QueuedSource, SourceError
from connectors.content import content_hash
from connectors.feed import Feed
from dashboard.history import Params
from dashboard.roster import RawTable, Roster

logger = logging.getLogger(__name__)
FULL_SECONDS = 3600.0  # age at which a roster is pulled whatever its source says of changes


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster that was read."""

    roster: Roster
    content_hash: str  # of the table
    read_on: date
    token: str | None  # what the source said of its version before it was read
    at: datetime
    seconds: float

    def says_what(self, other: "Reading | None") -> bool:
        """Whether another reading was of the same content on the same day."""
        return other is not None and (self.content_hash, self.read_on) == (other.content_hash, other.read_on)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The source says that nothing has changed since it was pulled last."""

    at: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Nothing could be read: the code and the parameters of its sentence."""

    code: str
    params: Params
    at: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Queued:
    """The source waits for its turn among others: it has to be pulled again in a moment."""


Outcome = Reading | Unchanged | Failure


class Puller:
    """Pulls one feed. It remembers what was pulled last, so that the same is not read twice."""

    def __init__(
        self, feed: Feed, clock: Callable[[], datetime], elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` gives aware times; its day is the day on which a roster is read. `elapsed` in seconds."""
        self._feed = feed
        self._clock = clock
        self._elapsed = elapsed
        self._token: tuple[str, datetime] | None = None  # of the last good pull, and when that was
        self._latest: Reading | None = None
        self._waiting: tuple[str | None] | None = None  # with what the source has said of its version

    @property
    def queued(self) -> bool:
        """Whether the source waits for its turn; meanwhile it is not asked for its version again."""
        return self._waiting is not None

    def must_rest(self, *, asked: bool) -> bool:
        """Whether the source has been asked so often that it is left alone; a first pull is always allowed."""
        source = self._feed.source
        return self._latest is not None and isinstance(source, LiveSource) and source.rest(asked=asked) > 0

    def pull(self, *, whole: bool) -> Outcome | Queued:
        """Pull once; `whole`: whatever the source says of changes. Logs say what kind of fault and where, no value."""
        began = self._elapsed()
        try:
            return self._pulled(whole, began)
        except SourceError as error:
            logger.warning("pull failed: %s", error.code)
            return Failure(error.code, error.params, self._clock(), self._elapsed() - began)
        except Exception as error:  # a fault of ours must not stop the refresh
            kind = type(error).__name__
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("pull failed: %s in %s line %s", kind, place.name, place.lineno)
            return Failure("unexpected", {"kind": kind}, self._clock(), self._elapsed() - began)

    def _pulled(self, whole: bool, began: float) -> Outcome | Queued:
        source = self._feed.source
        if self._waiting is not None:
            token = self._waiting[0]
        else:
            token = source.change_token() if isinstance(source, LiveSource) else None
            if not whole and self._is_current(token):
                return Unchanged(self._clock(), self._elapsed() - began)
        if isinstance(source, QueuedSource) and source.turn(asked=whole) > 0:
            self._waiting = (token,)
            return Queued()
        self._waiting = None
        reading = self._read(source.fetch(), token)
        self._token = None if token is None else (token, reading.at)
        self._latest = replace(reading, seconds=self._elapsed() - began)
        return self._latest

    def _is_current(self, token: str | None) -> bool:
        """Whether the source was pulled today, within the hour, and nothing has changed since."""
        if self._token is None or self._token[0] != token:
            return False
        at, now = self._token[1], self._clock()
        return at.date() == now.date() and 0 <= (now - at).total_seconds() < FULL_SECONDS

    def _read(self, raw: RawTable, token: str | None) -> Reading:
        """The same content on the same day is not read again."""
        now, content, before = self._clock(), content_hash(raw), self._latest
        if before is not None and (before.content_hash, before.read_on) == (content, now.date()):
            return replace(before, token=token, at=now)
        return Reading(self._feed.read(raw), content, now.date(), token, now, 0.0)

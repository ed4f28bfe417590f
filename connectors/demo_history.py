"""Half a year of the demo's past, recorded in the store as if the sheet had been read all along.

The demo is anchored on the day it is begun: the women's dates are counted back from there, and nobody types anything
after it. A demo older than KEPT_DAYS is forgotten and begun anew, so that its last week is always this week or the
last one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import Protocol

from connectors.content import content_hash
from connectors.demo_grid import Worksheet
from connectors.demo_past import Past
from connectors.demo_reader import DemoReader, anchor_of
from connectors.demo_slips import HELD
from connectors.holding import filled_rows
from dashboard.history import Held, Version
from dashboard.mending import Memory, remember
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import RawTable, Roster

WEEKS = 26
KEPT_DAYS = 6  # days for which a demo goes on after the one it is anchored on
MONDAY, THURSDAY = 0, 3
TWICE_A_WEEK = 13  # of the last weeks, in which the sheet was also read on Thursdays: each reading costs time at start
_READ_AT = {MONDAY: time(9), THURSDAY: time(17)}  # local time
_HELD_AT = time(12)

Keep = Callable[[Memory], None]
"""What is told at the end what is remembered of the findings."""


class Feed(Protocol):
    """What of a feed's history the demo's past is written with (connectors.store)."""

    def versions(self) -> Sequence[Version]:
        """All versions that are kept, oldest first."""
        ...

    def record(
        self,
        roster: Roster,
        *,
        at: datetime,
        read_on: date,
        content_hash: str,
        source_version: str | None,
        seconds: float,
        after: int | None,
    ) -> Version:
        """Record a good reading: the current version where it says the same, else a new one that follows `after`."""
        ...

    def hold(self, held: Held) -> None:
        """A reading is not published yet. The next good one ends it."""
        ...

    def forget(self) -> None:
        """All of the feed is gone."""
        ...


def prepare(
    feed: Feed, programme: Programme, secret: bytes, today: date, now: datetime, keep: Keep = lambda _: None
) -> date:
    """See to it that a feed holds the past of a demo of these days; the day that one is anchored on.

    Costs one question where there is nothing to do. A replay that was killed is begun anew.
    Raises what `replay` raises.
    """
    versions = feed.versions()
    anchor = anchored(versions, today)
    if anchor is not None and versions[-1].read_on >= anchor:
        return anchor
    replay(feed, programme, secret, today, now, keep)
    return today


def anchored(versions: Sequence[Version], today: date) -> date | None:
    """The day on which the demo of a history is anchored; None where that is not one of the last days."""
    told = (anchor_of(version.source_version) for version in reversed(versions))
    anchor = next((day for day in told if day is not None), None)
    return anchor if anchor is not None and 0 <= (today - anchor).days <= KEPT_DAYS else None


def schedule(anchor: date) -> tuple[date, ...]:
    """The days before the anchor on which the sheet was read, oldest first."""
    past = [anchor - timedelta(days=ago) for ago in range(7 * WEEKS, 0, -1)]
    twice = anchor - timedelta(weeks=TWICE_A_WEEK)
    return tuple(day for day in past if day.weekday() == MONDAY or (day.weekday() == THURSDAY and day >= twice))


def replay(
    feed: Feed, programme: Programme, secret: bytes, today: date, now: datetime, keep: Keep = lambda _: None
) -> None:
    """Record the demo's last 26 weeks in place of what the feed holds, the newest version at `now`, on `today`.

    `now` is aware. Other processes see the past arrive, so all of it is read before any of it is written. Raises
    StoreError, and SourceError where the programme's headers are not the demo's.
    """
    telling = _Telling(programme, secret, today)
    entries = telling.entries(now)
    if feed.versions():
        feed.forget()
    _write(feed, entries)
    keep(telling.memory)


@dataclass(frozen=True, slots=True)
class _Reading:
    roster: Roster
    at: datetime
    read_on: date
    content_hash: str
    source_version: str | None
    seconds: float


def _write(feed: Feed, entries: Iterable[_Reading | Held]) -> None:
    after = None
    for entry in entries:
        if isinstance(entry, Held):
            feed.hold(entry)
            continue
        version = feed.record(
            entry.roster,
            at=entry.at,
            read_on=entry.read_on,
            content_hash=entry.content_hash,
            source_version=entry.source_version,
            seconds=entry.seconds,
            after=after,
        )
        after = version.number


class _Telling:
    """What would have been read of the demo's sheet all along, and what is remembered of the findings by then."""

    def __init__(self, programme: Programme, secret: bytes, anchor: date) -> None:
        self._programme = programme
        self._past, self._reader = Past(anchor), DemoReader(programme, secret)
        self.memory = Memory()

    def entries(self, now: datetime) -> list[_Reading | Held]:
        """All readings up to now, in the order in which they were made, and the one that was held back."""
        anchor = self._past.anchor
        days = [(day, _moment(day, _READ_AT[day.weekday()])) for day in schedule(anchor)]
        readings = [self._read(day, at) for day, at in [*days, (anchor, now.astimezone(UTC))]]
        held_at = _moment(anchor - timedelta(days=HELD), _HELD_AT)
        place = sum(reading.at < held_at for reading in readings)
        held = self._held(readings[place - 1].roster, held_at)
        return [*readings[:place], held, *readings[place:]]

    def _read(self, day: date, at: datetime) -> _Reading:
        begun = perf_counter()
        raw = self._table(self._past.grid(day), at)
        roster = read(raw, self._programme, day)
        self.memory = remember(self.memory, roster, day)
        return _Reading(roster, at, day, content_hash(raw), raw.source.version, perf_counter() - begun)

    def _held(self, before: Roster, at: datetime) -> Held:
        day = self._past.anchor - timedelta(days=HELD)
        raw = self._table(self._past.filtered(day), at)
        rows = {"before": filled_rows(before), "after": filled_rows(read(raw, self._programme, day))}
        return Held("rows_dropped", rows, at, content_hash(raw), acceptable=True)

    def _table(self, workbook: Sequence[Worksheet], at: datetime) -> RawTable:
        return self._reader.table(workbook, at, self._past.anchor)


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour).astimezone(UTC)  # a time without an offset is that of this place

"""Roster -> counts. Everything on the page is computed from a tally; a filter never goes back to the women."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, partial

import numpy as np
import numpy.typing as npt

from dashboard.counting import Cube, count, count_days
from dashboard.detail import Detail, count_detail
from dashboard.outcome import CENSORED, KINDS
from dashboard.programme import Programme
from dashboard.reading.ages import age_band_ids
from dashboard.roster import Roster
from dashboard.schema import UNSPECIFIED

Filters = Mapping[str, tuple[str, ...]]
"""Chosen ids per dimension of schema.DIMENSIONS; a dimension that is absent or empty is not filtered."""

Numbers = npt.NDArray[np.int64]
_EVENTS = 1 + max(KINDS.values())  # events are numbered from CENSORED = 0
_ROWS_AT_ONCE = 20_000  # copies of the frame that are held in memory to count several days


@dataclass(frozen=True, slots=True)
class Times:
    """Completers by day and event, one entry per combination in the order of days.

    `day` = days from completion to `event` (outcome.CENSORED or a kind of work), `n` women.
    """

    day: Numbers
    event: Numbers
    n: Numbers


@dataclass(frozen=True)
class Tally:
    """Counts of a roster as of a day, of all women or of those who match filters. Immutable."""

    as_of: date
    programme: Programme
    cube: Cube
    chosen: npt.NDArray[np.bool_]  # which groups of the cube are counted
    more: Callable[[], Detail]  # counts what is beyond the first page, once, when it is first asked for
    filters: Filters = field(default_factory=dict)

    def where(self, filters: Filters) -> "Tally":
        """The tally of the women who match every filtered dimension. An id that nobody has matches nobody."""
        wanted = {dimension: ids for dimension, ids in filters.items() if ids}
        chosen = self.chosen
        for dimension, ids in wanted.items():
            chosen = chosen & self.cube.matching(dimension, ids)
        return replace(self, chosen=chosen, filters={**self.filters, **wanted}) if wanted else self

    def split(self, dimension: str) -> dict[str, "Tally"]:
        """One tally per value that someone has, in the programme's order, unspecified last.

        A woman may have several vulnerability criteria and is in each of their tallies: their sums exceed the whole.
        """
        parts = ((value, self.where({dimension: (value,)})) for value in self._values(dimension))
        return {value: part for value, part in parts if part.women}

    @property
    def everyone(self) -> "Tally":
        """The same tally without filters."""
        return replace(self, chosen=np.ones_like(self.chosen), filters={}) if self.filters else self

    @property
    def women(self) -> int:
        """Women known to the programme by the as-of day."""
        return self.count("women")

    @property
    def target(self) -> int | None:
        """How many women are to enrol: the programme's target, a cohort's, none for any other selection."""
        if not self.filters:
            return self.programme.targets.enrolled
        targets = {cohort.id: cohort.target for cohort in self.programme.cohorts}
        wanted = [targets.get(cohort) for cohort in self.filters.get("cohort", ())]
        known = [target for target in wanted if target is not None]
        return sum(known) if set(self.filters) == {"cohort"} and len(known) == len(wanted) else None

    def count(self, name: str) -> int:
        """Women of a class of counting.classes. Raises KeyError."""
        return int(self._totals[self.cube.columns[name]])

    @cached_property
    def times(self) -> Times:
        """Days to work of the completers in this tally."""
        day, event, n = (self._timed[name] for name in ("day", "event", "n"))
        spells = np.bincount(day * _EVENTS + event, weights=n).astype(np.int64)
        (found,) = np.nonzero(spells)
        return Times(found // _EVENTS, found % _EVENTS, spells[found])

    def inserted_of_old(self, day: int) -> tuple[int, int]:
        """Of the completers in the curve who completed at least so many days ago: inserted by that day, and all."""
        old = self._timed["follow"] >= day
        inserted = old & (self._timed["event"] != CENSORED) & (self._timed["day"] <= day)
        return int(self._timed["n"][inserted].sum()), int(self._timed["n"][old].sum())

    @cached_property
    def waiting(self) -> dict[int, int]:
        """Women without work in an open window, by days left until it closes (at least 1)."""
        rows = self.chosen[self.cube.waiting["group"]]
        days, n = (self.cube.waiting[name][rows] for name in ("days_left", "n"))
        return {int(day): int(n[days == day].sum()) for day in np.unique(days)}

    def fact(self, name: str) -> int:
        """Women of a class that dashboard.detail counts. Raises KeyError."""
        return int(self._facts[self._detail.columns[name]])

    def table(self, name: str) -> dict[str, Numbers]:
        """The columns of a table of dashboard.detail, of the women in this tally. Raises KeyError."""
        columns = self._detail.tables[name]
        rows = self.chosen[columns["group"]]
        return {column: values[rows] for column, values in columns.items() if column != "group"}

    @property
    def _detail(self) -> Detail:
        return self.more()

    @cached_property
    def _facts(self) -> Numbers:
        totals: Numbers = self._detail.counts[self.chosen].sum(axis=0)
        return totals

    @cached_property
    def _totals(self) -> Numbers:
        # Four times as quick as picking the rows and adding them up.
        totals: Numbers = np.einsum("g,gc->c", self.chosen.astype(np.int64), self.cube.counts)
        return totals

    @cached_property
    def _timed(self) -> dict[str, Numbers]:
        rows = self.chosen[self.cube.times["group"]]
        return {name: values[rows] for name, values in self.cube.times.items()}

    def _values(self, dimension: str) -> list[str]:
        order = {value: place for place, value in enumerate(_order(dimension, self.programme))}
        values = {value for label in self.cube.labels[dimension] for value in label.split("|")}
        return sorted(values, key=lambda value: (value == UNSPECIFIED, order.get(value, len(order)), value))


def _order(dimension: str, programme: Programme) -> Iterator[str]:
    if dimension == "age_band":
        return iter(age_band_ids(programme))
    named = {
        "cohort": programme.cohorts,
        "track": programme.tracks,
        "prefecture": programme.prefectures,
        "vulnerability": programme.vulnerability,
    }
    return (category.id for category in named[dimension])


def tally(roster: Roster, programme: Programme, as_of: date) -> Tally:
    """Count a roster as of a day; what happened after it is ignored."""
    if roster.engine is not None:
        return tallies(roster, programme, [as_of])[0]
    return _whole(roster, programme, as_of, count(roster.frame, programme, as_of))


def _whole(roster: Roster, programme: Programme, as_of: date, cube: Cube) -> Tally:
    more = cache(partial(roster.counted, count_detail, programme, as_of))
    return Tally(as_of, programme, cube, np.ones(len(cube.counts), dtype=bool), more)


def tallies(roster: Roster, programme: Programme, days: Sequence[date]) -> list[Tally]:
    """The tallies of a roster as of several days: of a few hundred women, twenty cost little more than one."""
    cubes = _cubes(roster, programme, days)
    return [_whole(roster, programme, day, cube) for day, cube in zip(days, cubes, strict=True)]


def _cubes(roster: Roster, programme: Programme, days: Sequence[date]) -> list[Cube]:
    if roster.engine is not None:
        return roster.engine.counted_days(count_days, programme, days)
    at_once = max(1, _ROWS_AT_ONCE // max(1, len(roster.frame)))
    parts = (days[start : start + at_once] for start in range(0, len(days), at_once))
    return [cube for part in parts for cube in count_days(roster.frame, programme, part)]


Counted = Callable[[Sequence[date]], Sequence[Tally]]
"""The tallies of one roster and one selection of women as of some days, in their order."""


def counted(roster: Roster, programme: Programme, filters: Filters) -> Counted:
    """How to count a roster, filtered, as of any days."""
    return lambda days: [found.where(filters) for found in tallies(roster, programme, days)]

"""Several programmes side by side and summed: pooled numerators over pooled denominators, never the mean of rates.

Only programmes that count by the same definitions are summed: a rate within 90 days and one within 180 have no common
denominator. Whoever is left out is named with the reason. A woman in two programmes is counted in both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.indicators import Indicator, rate
from dashboard.programme import Programme
from dashboard.staleness import Staleness

Absence = Literal["no_data", "stale"]
Definition = tuple[int, str]
"""The window in days after the anchor, and the version of the set of definitions, which names the anchor."""


@dataclass(frozen=True)
class Member:
    """A programme as of today. `indicators` None: nothing has been read yet. `age` in seconds, None: not known."""

    programme: Programme
    indicators: Mapping[str, Indicator] | None
    age: float | None = None
    staleness: Staleness = "fresh"
    fault: str | None = None  # the code of what is the matter with its source or its history
    held: bool = False  # whether a reading waits for a person


@dataclass(frozen=True)
class Row:
    """One programme's numbers; all None where it has none."""

    member: Member
    enrolled: Indicator | None
    completed: int | None
    insertion: Indicator | None  # numerator: inserted in the window, denominator: windows closed
    absence: Absence | None  # why it is in no total

    @property
    def id(self) -> str:
        """The programme's."""
        return self.member.programme.id

    @property
    def definition(self) -> Definition:
        """How it counts."""
        return definition(self.member.programme)


@dataclass(frozen=True)
class Total:
    """Programmes that count alike, summed."""

    definition: Definition
    programmes: tuple[str, ...]  # ids
    enrolled: int
    target: int
    completed: int
    insertion: Indicator
    immature: tuple[str, ...]  # of them, those without a closed window: they add women and no outcome


@dataclass(frozen=True)
class Portfolio:
    """Rows in the order given, and a total for each set of definitions, the one with most women first."""

    rows: tuple[Row, ...]
    totals: tuple[Total, ...]

    @property
    def absent(self) -> tuple[Row, ...]:
        """Programmes in no total."""
        return tuple(row for row in self.rows if row.absence is not None)


def definition(programme: Programme) -> Definition:
    """How a programme counts insertion."""
    return programme.rules.window_days, programme.rules.version


def portfolio(members: Iterable[Member]) -> Portfolio:
    """Programmes side by side, and summed where they may be."""
    rows = tuple(map(_row, members))
    groups: dict[Definition, list[Row]] = {}
    for row in rows:
        if row.absence is None:
            groups.setdefault(row.definition, []).append(row)
    totals = sorted((_total(how, group) for how, group in groups.items()), key=lambda total: -total.enrolled)
    return Portfolio(rows, tuple(totals))


def _row(member: Member) -> Row:
    found = member.indicators
    if found is None:
        return Row(member, None, None, None, "no_data")
    absence: Absence | None = "stale" if member.staleness == "red" else None
    return Row(member, found["enrolled"], found["completed"].numerator, found["insertion_90"], absence)


def _total(how: Definition, rows: Sequence[Row]) -> Total:
    rates = [row.insertion for row in rows if row.insertion is not None]
    return Total(
        definition=how,
        programmes=tuple(row.id for row in rows),
        enrolled=sum(row.enrolled.numerator or 0 for row in rows if row.enrolled is not None),
        target=sum(row.member.programme.targets.enrolled for row in rows),
        completed=sum(row.completed or 0 for row in rows),
        insertion=pooled(rates),
        immature=tuple(row.id for row in rows if row.insertion is None or not row.insertion.denominator),
    )


def pooled(rates: Iterable[Indicator]) -> Indicator:
    """One rate of several: sum of numerators over sum of denominators, with Wilson's interval for that n."""
    found = list(rates)
    return rate(
        "insertion_90",
        sum(one.numerator or 0 for one in found),
        sum(one.denominator or 0 for one in found),
        unknown=sum(one.unknown for one in found),
        still_open=sum(one.open for one in found),
    )

"""What the controls of a page need to know of a roster."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.programme import Programme
from dashboard.roster import Roster
from dashboard.schema import DIMENSIONS, UNSPECIFIED

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Facts:
    """The ids on offer, and the first day training started."""

    choices: Mapping[str, tuple[str, ...]]
    first_start: date | None


def roster_facts(roster: Roster, programme: Programme) -> Facts:
    """The ids each dimension has, in the programme's order, and the first day training started."""
    if roster.engine is not None:
        return Facts(
            {name: _sorted(name, found, programme) for name, found in roster.engine.values.items()},
            roster.engine.first_start,
        )
    starts = roster.frame["start_date"].dropna()
    first = EPOCH + timedelta(days=int(starts.min())) if len(starts) else None
    choices = {dimension: _choices(roster, dimension, programme) for dimension in DIMENSIONS}
    return Facts(choices, first)


def _choices(roster: Roster, dimension: str, programme: Programme) -> tuple[str, ...]:
    return _sorted(dimension, map(str, roster.frame[dimension].dropna().unique()), programme)


def _sorted(dimension: str, values: Iterable[str], programme: Programme) -> tuple[str, ...]:
    found = {part for value in values for part in value.split("|") if part}
    order = _order(dimension, programme)
    ranks = {choice: place for place, choice in enumerate(order)}

    def rank(choice: str) -> tuple[bool, int, str]:
        return choice == UNSPECIFIED, ranks.get(choice, len(ranks)), choice

    return tuple(sorted(found, key=rank))


def _order(dimension: str, programme: Programme) -> list[str]:
    known = {
        "cohort": programme.cohorts,
        "track": programme.tracks,
        "prefecture": programme.prefectures,
        "vulnerability": programme.vulnerability,
    }
    return [category.id for category in known.get(dimension, ())]

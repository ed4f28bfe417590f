"""Differences in insertion between groups of women, with their intervals and without ranking noise."""

from dataclasses import dataclass
from typing import Literal

from dashboard.differences import newcombe
from dashboard.indicators import Indicator, Outcomes, outcomes, rate
from dashboard.intervals import LEVEL, Interval, verdict
from dashboard.tally import Tally

COMPARED = ("track", "prefecture", "age_band", "vulnerability")
_OVERLAPPING = ("vulnerability",)

GapState = Literal["higher", "lower", "cannot_tell", "too_small", "no_others"]
"""`higher`/`lower`: the interval of the difference excludes 0. `too_small`: the group, or the women it is compared
with, have fewer closed windows than `GapTable.least`. `no_others`: no other woman of the view has a closed window."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One group against all other women of the view."""

    group: str  # id of a value of the dimension
    rate: Indicator  # insertion_90 of the group: numerator, n, Wilson interval, worst and best
    others: Indicator  # insertion_90 of all other women
    difference: float | None  # group - others, as a fraction of 1; None unless both have closed windows
    low: float | None  # its 95 % interval (Newcombe 1998, method 10)
    high: float | None
    state: GapState


@dataclass(frozen=True, slots=True)
class GapTable:
    """The groups of one dimension, in the programme's order, never by rate.

    With `compared` comparisons, about one in twenty is flagged by chance alone: `by_chance` is that number.
    """

    dimension: str
    groups: tuple[Gap, ...]
    overlapping: bool  # a woman may be in several groups (vulnerability): n sum to more than the women
    least: int  # groups with fewer closed windows are not compared

    @property
    def compared(self) -> int:
        """Groups whose difference was judged."""
        return sum(gap.state in ("higher", "lower", "cannot_tell") for gap in self.groups)

    @property
    def by_chance(self) -> float:
        """Differences to be expected among them where there is none."""
        return (1 - LEVEL) * self.compared


def gaps(tally: Tally) -> tuple[GapTable, ...]:
    """Every group of the view against all other women of the view, dimension by dimension."""
    whole = outcomes(tally)
    return tuple(_table(dimension, whole, tally) for dimension in COMPARED)


def _table(dimension: str, whole: Outcomes, tally: Tally) -> GapTable:
    least = tally.programme.rules.min_group
    groups = (_gap(group, outcomes(part), whole, least) for group, part in tally.split(dimension).items())
    return GapTable(dimension, tuple(groups), dimension in _OVERLAPPING, least)


def _gap(group: str, part: Outcomes, whole: Outcomes, least: int) -> Gap:
    """All other women are the whole less the group: a woman with several criteria is in each of their groups."""
    inserted, closed = whole.inserted - part.inserted, whole.closed - part.closed
    unknown = whole.unknown + whole.undated - part.unknown - part.undated
    others = rate("insertion_90", inserted, closed, unknown=unknown, still_open=whole.open - part.open)
    interval = newcombe(part.inserted, part.closed, inserted, closed)
    return Gap(
        group=group,
        rate=rate(
            "insertion_90", part.inserted, part.closed, unknown=part.unknown + part.undated, still_open=part.open
        ),
        others=others,
        difference=part.inserted / part.closed - inserted / closed if interval else None,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        state=_state(part.closed, closed, interval, least),
    )


def _state(n: int, of_others: int, interval: Interval | None, least: int) -> GapState:
    if not of_others:
        return "no_others"
    if interval is None or min(n, of_others) < least:
        return "too_small"
    told = verdict(interval, 0.0)
    return "higher" if told == "above" else "lower" if told == "below" else "cannot_tell"

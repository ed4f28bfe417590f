"""The indicator tracking table (field reference 3): actual, target, share achieved, variance and light per period."""

import math
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.achievement import Light, achieved, light
from dashboard.indicators import Indicator, indicators
from dashboard.logframe import DatedTarget, Lights, PeriodKind, Tracked
from dashboard.model import Words
from dashboard.programme import Programme
from dashboard.tally import Counted

MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half_year": 6, "project_year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period, both days included. `number` counts from 1 at the project's start."""

    number: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Actual:
    """An indicator at the end of a period, or on the as-of day in the period that is under way.

    Rates are fractions of 1; every value is cumulative since the start. None = undefined or not reached.
    """

    period: Period
    as_of: date  # the period's last day, or the as-of day before it
    value: float | None
    added: float | None  # cumulative counts: what came in this period; None for rates, levels and medians
    numerator: int | None
    denominator: int | None  # n of a rate; None for counts
    low: float | None  # 95 % interval of a rate or median; None for counts
    high: float | None
    open: int  # not decided yet
    unknown: int
    target: float | None  # the next target: the first that falls due on or after the period's last day, else the last
    target_due: date | None
    achieved: float | None  # share of the way from the baseline to the target; never capped, may be negative
    variance: float | None  # value - target, in the indicator's unit (a fraction of 1 is 100 points)
    variance_share: float | None  # the same as a share of the target; None where the target is 0
    judged: float | None  # the target that the light judges: of a cumulative count the last that has fallen due
    light: Light
    notes: tuple[Words, ...]  # what the team wrote about this period


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of the table. The last of `actuals` is the current one; together they are the trend."""

    entry: Tracked
    actuals: tuple[Actual, ...]
    final_target: float | None  # None for a selection of women, to which the programme's count does not apply
    final_achieved: float | None  # current value against the final target

    @property
    def current(self) -> Actual | None:
        """The latest period that has begun; None before the project's start."""
        return self.actuals[-1] if self.actuals else None


@dataclass(frozen=True, slots=True)
class Tracking:
    """The table of one view: rows in the programme's order, periods that have begun by the as-of day."""

    kind: PeriodKind
    as_of: date
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]
    lights: Lights  # the thresholds, for the legend


def tracking(on: Counted, programme: Programme, as_of: date, kind: PeriodKind | None = None) -> Tracking:
    """The table of one selection of women, by periods of the programme's kind or of another.

    Counts every period at its own end from today's roster: late entries change past periods.
    """
    kind = kind or (programme.periods.kind if programme.periods else "half_year")
    found = tuple(periods(kind, programme.periods.start, as_of)) if programme.periods else ()
    ends = [min(period.last, as_of) for period in found]
    tallies = on(ends) if ends else []
    values = [indicators(tally) for tally in tallies]
    whole = not any(tally.filters for tally in tallies)
    rows = tuple(
        _row(entry, [value[entry.indicator] for value in values], found, as_of, programme.lights, whole)
        for entry in programme.tracking
    )
    return Tracking(kind, as_of, found, rows, programme.lights)


def periods(kind: PeriodKind, start: date, as_of: date) -> Iterator[Period]:
    """The periods that have begun by a day, counted from the project's start; none before it."""
    number, first = 1, start
    while first <= as_of:
        after = later(start, number * MONTHS[kind])
        yield Period(number, first, after - timedelta(days=1))
        number, first = number + 1, after


def later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _row(
    entry: Tracked, values: list[Indicator], found: tuple[Period, ...], as_of: date, lights: Lights, whole: bool
) -> Row:
    """One indicator over the periods; a count of the whole programme is no target of a selection."""
    applies = whole or entry.unit != "count"
    before = [None, *(indicator.value for indicator in values)]
    actuals = tuple(
        _actual(entry, period, min(period.last, as_of), indicator, earlier, lights, applies)
        for period, indicator, earlier in zip(found, values, before[:-1], strict=True)
    )
    final = entry.final.value if applies else None
    last = actuals[-1].value if actuals else None
    reached = None if final is None else achieved(last, final, entry.baseline, entry.direction)
    return Row(entry, actuals, final, reached)


def _actual(
    entry: Tracked, period: Period, as_of: date, found: Indicator, before: float | None, lights: Lights, applies: bool
) -> Actual:
    """One indicator in one period; `before` is its value at the end of the period before."""
    coming = _next_target(entry, period.last) if applies else None
    target = coming.value if coming else None
    judged = _judged(entry, coming, as_of) if coming else None
    return Actual(
        period=period,
        as_of=as_of,
        value=found.value,
        added=(found.value or 0) - (before or 0) if entry.type == "cumulative" else None,
        numerator=found.numerator,
        denominator=found.denominator,
        low=found.low,
        high=found.high,
        open=found.open,
        unknown=found.unknown,
        target=target,
        target_due=coming.by if coming else None,
        achieved=_share(entry, found.value, target),
        variance=None if found.value is None or target is None else found.value - target,
        variance_share=(found.value - target) / target if found.value is not None and target else None,
        judged=judged,
        light=_light(entry, found, judged, lights) if applies else Light("grey", "no_target"),
        notes=tuple(note.text for note in entry.notes if period.first <= note.on <= period.last),
    )


def _next_target(entry: Tracked, day: date) -> DatedTarget:
    return next((target for target in entry.targets if target.by >= day), entry.final)


def _judged(entry: Tracked, coming: DatedTarget, as_of: date) -> float | None:
    """Of a cumulative count the last target that has fallen due, None before the first; else the one that holds."""
    if entry.type != "cumulative":
        return coming.value
    due = [target.value for target in entry.targets if target.by <= as_of]
    return due[-1] if due else None


def _share(entry: Tracked, value: float | None, target: float | None) -> float | None:
    return None if target is None else achieved(value, target, entry.baseline, entry.direction)


def _light(entry: Tracked, found: Indicator, judged: float | None, lights: Lights) -> Light:
    if judged is None:
        return Light("grey", "too_early")
    share = _share(entry, found.value, judged)
    return light(found.value, judged, share, entry.direction, lights, found.denominator, _interval(found))


def _interval(found: Indicator) -> tuple[float, float] | None:
    """The interval of a rate or median. A median whose upper end is not reached may be as long as can be."""
    if found.low is None:
        return None
    if found.high is None:
        return (found.low, math.inf) if found.unit == "days" else None
    return found.low, found.high

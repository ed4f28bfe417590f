"""Time from completion to first work: Kaplan-Meier and Aalen-Johansen from counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from dashboard.estimate import KaplanMeier, aalen_johansen, at_risk, kaplan_meier
from dashboard.intervals import Interval, clopper_pearson
from dashboard.outcome import KINDS
from dashboard.tally import Tally, Times

STEP = 15  # days between the numbers at risk below the curve


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A day with at least one event. `incidence` = 1 - S(day)."""

    day: int
    at_risk: int  # women at risk just before the day
    events: int
    incidence: float
    low: float | None
    high: float | None
    by_outcome: Mapping[str, float] = field(default_factory=dict)  # "salaried", "own_business": Aalen-Johansen F(day)
    intervals: Mapping[str, Interval] = field(default_factory=dict)  # of by_outcome, where defined
    fallback: bool = False  # low and high are Clopper-Pearson on the women completed at least so many days ago


@dataclass(frozen=True, slots=True)
class Curve:
    """The time-to-insertion curve of all dated completers."""

    points: tuple[CurvePoint, ...]
    n: int
    drawn_until: int | None  # last day with at least rules.min_at_risk at risk; None = draw nothing
    at_risk_on: Mapping[int, int]  # day 0, 15, 30, ... -> women at risk
    median: float | None  # days; None = not reached
    median_low: float | None
    median_high: float | None


def curve(tally: Tally) -> Curve:
    """Estimate the curve from the counts of days."""
    times, rules = tally.times, tally.programme.rules
    whole = kaplan_meier(times.day, times.event, times.n)
    points = _points(whole, tally)
    return Curve(
        points=points,
        n=int(times.n.sum()),
        drawn_until=_drawn_until(times, rules.min_at_risk),
        at_risk_on=_at_risk_on(times, rules.window_days),
        median=_half((point.day, point.incidence) for point in points),
        median_low=_half((point.day, point.high) for point in points),
        median_high=_half((point.day, point.low) for point in points),
    )


def incidence_on(curve: Curve, day: int) -> CurvePoint | None:
    """The estimate on a day: the last point not after it; None before the first event."""
    return next((point for point in reversed(curve.points) if point.day <= day), None)


def _points(whole: KaplanMeier, tally: Tally) -> tuple[CurvePoint, ...]:
    low, high = whole.interval()
    by_outcome, intervals = _by_outcome(whole, tally.times)
    points = []
    for i, day in enumerate(whole.day.tolist()):
        fallback = bool(np.isnan(low[i]))
        band = _matured(day, tally) if fallback else (float(1 - high[i]), float(1 - low[i]))
        points.append(
            CurvePoint(
                day=day,
                at_risk=int(whole.at_risk[i]),
                events=int(whole.events[i]),
                incidence=float(1 - whole.survival[i]),
                low=band[0],
                high=band[1],
                by_outcome=by_outcome[i],
                intervals=intervals[i],
                fallback=fallback,
            )
        )
    return tuple(points)


def _by_outcome(whole: KaplanMeier, times: Times) -> tuple[list[dict[str, float]], list[dict[str, Interval]]]:
    """F of each kind of work, and its interval where defined, per day of the curve."""
    causes = aalen_johansen(times.day, times.event, times.n)
    values: list[dict[str, float]] = [{"salaried": 0.0, "own_business": 0.0} for _ in whole.day]
    intervals: list[dict[str, Interval]] = [{} for _ in whole.day]
    for name, number in KINDS.items():
        if number not in causes:
            continue
        bounds = zip(*causes[number].interval(), strict=True)
        for i, (value, (low, high)) in enumerate(zip(causes[number].value, bounds, strict=True)):
            values[i][name] = float(value)
            if low <= high:  # not where undefined
                intervals[i][name] = (float(low), float(high))
    return values, intervals


def _matured(day: int, tally: Tally) -> Interval:
    """Clopper-Pearson on the women who completed at least so many days ago, where S is 0 and Greenwood says nothing.

    Those lost before the day count as not inserted; the upper end is 1, so that the interval holds the estimate.
    """
    interval = clopper_pearson(*tally.inserted_of_old(day))
    return (interval[0] if interval else 0.0), 1.0


def _half(shares: Iterable[tuple[int, float | None]]) -> float | None:
    """The first day on which a share has come to one half; None if on no day."""
    reached = (day for day, share in shares if share is not None and share >= 0.5 - 1e-12)
    return next((float(day) for day in reached), None)


def _drawn_until(times: Times, least: int) -> int | None:
    """The last day with enough women at risk: the day on which the least-th longest follow-up ends."""
    order = np.argsort(times.day)[::-1]
    enough = np.flatnonzero(np.cumsum(times.n[order]) >= least)
    return int(times.day[order][enough[0]]) if len(enough) else None


def _at_risk_on(times: Times, window: int) -> dict[int, int]:
    last = max(window, int(times.day.max(initial=0)))
    days = np.arange(0, last + 1, STEP)
    return dict(zip(days.tolist(), at_risk(times.day, times.n, days).tolist(), strict=True))

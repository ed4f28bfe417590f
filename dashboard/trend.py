"""The insertion rate over half a year, as the past is known now, and the days that charts mark on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.decisions import Annotation
from dashboard.indicators import Indicator, indicators
from dashboard.tally import Counted
from dashboard.view import days_before
from dashboard.waterfall import HEADLINE

STEP, POINTS = 14, 14  # days from one point to the next; points, that of the as-of day the last
MOST = 12  # marks on a chart, the newest: more of them hide the line


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The rate as of a day, from today's roster."""

    on: date
    rate: Indicator


@dataclass(frozen=True, slots=True)
class Trend:
    """Points from the oldest to the newest; marks in the order of days, none outside of them."""

    points: tuple[TrendPoint, ...]
    marks: tuple[Annotation, ...]
    left_out: int  # marks of the same days that there is no room for


def trend_days(as_of: date) -> tuple[date, ...]:
    """The days of the points, oldest first, each once."""
    return tuple(sorted({days_before(as_of, STEP * back) for back in range(POINTS)}))


def trend_points(on: Counted, as_of: date) -> tuple[TrendPoint, ...]:
    """The points of one selection of women."""
    days = trend_days(as_of)
    return tuple(TrendPoint(day, indicators(found)[HEADLINE]) for day, found in zip(days, on(days), strict=True))


def trend(points: Sequence[TrendPoint], annotations: Sequence[Annotation]) -> Trend:
    """The points with what is marked on them."""
    first, last = points[0].on, points[-1].on
    within = [mark for mark in annotations if first <= mark.on <= last]
    return Trend(tuple(points), tuple(within[-MOST:]), max(0, len(within) - MOST))

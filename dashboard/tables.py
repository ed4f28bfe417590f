"""Table twins: the numbers of each figure as rows of words, ready to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.funnel import FunnelStage
from dashboard.indicators import Indicator, Outcomes
from dashboard.programme import Programme
from dashboard.schema import UNSPECIFIED
from dashboard.survival import Curve, CurvePoint
from dashboard.text import NONE, Text

LEVEL = 0.95  # of every interval shown
ALL = "all"  # the key of a row that pools every cohort
Cohorts = Mapping[str, tuple[Outcomes, Indicator]]
"""Cohort id (or ALL) -> its outcomes and its insertion_90, in the order of time."""


@dataclass(frozen=True, slots=True)
class Table:
    """Every cell is a string in the reader's language; the first cell of a row is its heading."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def stage_name(stage: str, programme: Programme, text: Text) -> str:
    """A stage's or stock's name; its id where the programme does not name it."""
    names = {item.id: item.name[text.lang] for item in (*programme.stages, *programme.now)}
    return names.get(stage, text.isolate(stage))


def cohort_name(cohort: str, programme: Programme, text: Text) -> str:
    """A cohort's name; a cohort that only the sheet knows is shown as staff wrote it."""
    fixed = {ALL: "table.all_cohorts", UNSPECIFIED: "table.unspecified"}
    if cohort in fixed:
        return text(fixed[cohort])
    names = {item.id: item.name[text.lang] for item in programme.cohorts}
    return names.get(cohort, text.isolate(cohort))


def interval(low: float | None, high: float | None, text: Text) -> str:
    """Two fractions of 1 as "85–99 %" in the order of reading; "—" where either is undefined."""
    if low is None or high is None:
        return NONE
    return text("table.interval", low=text.percent(low), high=text.percent(high))


def days(count: float, text: Text) -> str:
    """So many days in words ("47 days"), rounded to whole days: a median may fall between two."""
    return text.plural("figure.days", round(count))


def funnel_table(stages: Sequence[FunnelStage], programme: Programme, text: Text) -> Table:
    """One row a stage: women reached, on what evidence, shares, and the stock at the as-of date."""
    columns = ("stage", "reached", "dated", "inferred", "undated", "of_first", "of_previous", "now")
    return Table(_headers(columns, text), tuple(_stage_row(stage, programme, text) for stage in stages))


def _stage_row(stage: FunnelStage, programme: Programme, text: Text) -> tuple[str, ...]:
    counts = (stage.reached, stage.dated, stage.inferred, stage.undated)
    shares = (stage.of_first, stage.of_previous)
    return (
        stage_name(stage.stage, programme, text),
        *(text.number(count) for count in counts),
        *(text.percent(share) for share in shares),
        text.number(stage.now),
    )


def insertion_table(cohorts: Cohorts, programme: Programme, text: Text) -> Table:
    """One row a cohort: women by outcome, windows closed, the rate of those, its interval and its bounds."""
    states = ("inserted", "closed_without", "unknown", "undated_outcome", "open", "open_inserted")
    columns = ("cohort", *states, "closed", "rate", "confidence", "bounds")
    rows = tuple(_cohort_row(cohort, *results, programme, text) for cohort, results in cohorts.items())
    return Table(_headers(columns, text), rows)


def _cohort_row(cohort: str, outcomes: Outcomes, rate: Indicator, programme: Programme, text: Text) -> tuple[str, ...]:
    states = (outcomes.inserted, outcomes.closed_without, outcomes.unknown, outcomes.undated)
    return (
        cohort_name(cohort, programme, text),
        *(text.number(count) for count in (*states, outcomes.open, outcomes.open_inserted)),
        text.number(sum(states)),
        text.percent(closed_rate(rate)),
        interval(rate.low, rate.high, text) if rate.denominator else NONE,
        interval(rate.worst, rate.best, text) if rate.denominator else NONE,
    )


def closed_rate(rate: Indicator) -> float | None:
    """The rate, only if at least one window has closed: an open cohort has none, whatever its value field says."""
    return rate.value if rate.denominator else None


def drawn(curve: Curve) -> tuple[CurvePoint, ...]:
    """The points that may be shown: none after the last day with enough women at risk."""
    until = curve.drawn_until
    return () if until is None else tuple(point for point in curve.points if point.day <= until)


def curve_table(curve: Curve, programme: Programme, text: Text) -> Table:
    """One row a day with an event, up to the day the curve is drawn to."""
    columns = ("day", "at_risk", "events", "incidence", "confidence")
    return Table(_headers(columns, text), tuple(_point_row(point, text) for point in drawn(curve)))


def _point_row(point: CurvePoint, text: Text) -> tuple[str, ...]:
    counts = (point.day, point.at_risk, point.events)
    spread = interval(point.low, point.high, text)
    return (*(text.number(count) for count in counts), text.percent(point.incidence), spread)


def _headers(columns: Sequence[str], text: Text) -> tuple[str, ...]:
    return tuple(header(column, text) for column in columns)


def header(column: str, text: Text) -> str:
    """The words of a column, the same in a table and in the hover of its figure."""
    if column == "confidence":
        return text("table.confidence", level=text.percent(LEVEL))
    return text(f"table.{column}")

"""Table twins: the numbers of each figure, as values for a workbook and as words ready to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.funnel import FunnelStage, elsewhere
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
class Share:
    """A fraction of 1; None where undefined."""

    value: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Two fractions of 1; None where undefined."""

    low: float | None
    high: float | None


Cell = str | int | Share | Spread | None
"""A name, a count, a rate or an interval; None where there is no count."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The values of a table twin. `columns` are keys of words (see `header`); the first cell of a row names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


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


def table(grid: Grid, text: Text) -> Table:
    """A grid in words."""
    headers = tuple(header(column, text) for column in grid.columns)
    return Table(headers, tuple(tuple(_said(cell, text) for cell in row) for row in grid.rows))


def _said(cell: Cell, text: Text) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Share):
        return text.percent(cell.value)
    return interval(cell.low, cell.high, text) if isinstance(cell, Spread) else text.number(cell)


def funnel_table(
    stages: Sequence[FunnelStage], programme: Programme, text: Text, stocks: Mapping[str, int] | None = None
) -> Table:
    """The words of `funnel_grid`."""
    return table(funnel_grid(stages, programme, text, stocks), text)


def funnel_grid(
    stages: Sequence[FunnelStage], programme: Programme, text: Text, stocks: Mapping[str, int] | None = None
) -> Grid:
    """One row a stage: women reached, on what evidence, shares, and the stock at the as-of date.

    With the stocks of the view, a row for each that no stage counts: the last column then sums to all women.
    """
    columns = ("stage", "reached", "dated", "inferred", "undated", "of_first", "of_previous", "now")
    rows = [_stage_row(stage, programme, text) for stage in stages]
    for name, n in elsewhere(stages, stocks or {}).items():
        rows.append((stage_name(name, programme, text), *[None] * (len(columns) - 2), n))
    return Grid(columns, tuple(rows))


def _stage_row(stage: FunnelStage, programme: Programme, text: Text) -> tuple[Cell, ...]:
    counts = (stage.reached, stage.dated, stage.inferred, stage.undated)
    shares = (Share(stage.of_first), Share(stage.of_previous))
    return (stage_name(stage.stage, programme, text), *counts, *shares, stage.now)


def insertion_table(cohorts: Cohorts, programme: Programme, text: Text) -> Table:
    """The words of `insertion_grid`."""
    return table(insertion_grid(cohorts, programme, text), text)


def insertion_grid(cohorts: Cohorts, programme: Programme, text: Text) -> Grid:
    """One row a cohort: women by outcome, windows closed, the rate of those, its interval and its bounds."""
    states = ("inserted", "closed_without", "unknown", "undated_outcome", "open", "open_inserted")
    columns = ("cohort", *states, "closed", "rate", "confidence", "bounds")
    rows = tuple(_cohort_row(cohort, *results, programme, text) for cohort, results in cohorts.items())
    return Grid(columns, rows)


def _cohort_row(cohort: str, outcomes: Outcomes, rate: Indicator, programme: Programme, text: Text) -> tuple[Cell, ...]:
    states = (outcomes.inserted, outcomes.closed_without, outcomes.unknown, outcomes.undated)
    spreads = (Spread(rate.low, rate.high), Spread(rate.worst, rate.best))
    return (
        cohort_name(cohort, programme, text),
        *(*states, outcomes.open, outcomes.open_inserted, sum(states)),
        Share(closed_rate(rate)),
        *(spreads if rate.denominator else (Spread(None, None),) * 2),
    )


def closed_rate(rate: Indicator) -> float | None:
    """The rate, only if at least one window has closed: an open cohort has none, whatever its value field says."""
    return rate.value if rate.denominator else None


def drawn(curve: Curve) -> tuple[CurvePoint, ...]:
    """The points that may be shown: none after the last day with enough women at risk."""
    until = curve.drawn_until
    return () if until is None else tuple(point for point in curve.points if point.day <= until)


def curve_table(curve: Curve, programme: Programme, text: Text) -> Table:
    """The words of `curve_grid`."""
    return table(curve_grid(curve), text)


def curve_grid(curve: Curve) -> Grid:
    """One row a day with an event, up to the day the curve is drawn to."""
    columns = ("day", "at_risk", "events", "incidence", "confidence")
    return Grid(columns, tuple(_point_row(point) for point in drawn(curve)))


def _point_row(point: CurvePoint) -> tuple[Cell, ...]:
    return point.day, point.at_risk, point.events, Share(point.incidence), Spread(point.low, point.high)


def header(column: str, text: Text) -> str:
    """The words of a column, the same in a table and in the hover of its figure."""
    if column == "confidence":
        return text("table.confidence", level=text.percent(LEVEL))
    return text(f"table.{column}")

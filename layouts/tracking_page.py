"""The indicator tracking table (field reference 3): levels, targets, actuals, lights, trends and the team's notes."""

from collections.abc import Sequence
from dataclasses import replace

from dash import html

from dashboard.logframe import PeriodKind
from dashboard.text import NONE, Text
from dashboard.tracking import Actual, Row, Tracking
from dashboard.two_times import Told, told
from layouts.amounts import amount, distance, spread
from layouts.components import Node, aria, data
from layouts.lights import legend, light_mark
from layouts.places import INDICATORS, address, definition_address
from layouts.shown import Shown
from layouts.spark import sparkline
from layouts.tile import restated_line
from layouts.tracking_behind import behind, period_name
from layouts.tracking_marks import marks_between, marks_section, marks_title, place_of

LEVELS = ("impact", "outcome", "output", "activity")
DRAWN = 12  # periods in a trend: more are a blur, and stand one by one behind the row
KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "half_year", "project_year")
COLUMNS = ("indicator", "baseline", "target", "actual", "achieved", "variance", "light", "trend")


def tracking_page(shown: Shown) -> list[Node]:
    """The page's content for a view."""
    table, text = shown.deeper.tracking(), shown.text
    head = html.Div(
        [html.H2(text("tracking.title"), id="tracking-title"), html.P(_period_line(table, text), className="subtitle")],
        className="card-head",
    )
    parts: list[Node] = [
        head,
        html.Div([_kinds(table.kind, shown), legend(table.lights, text)], className="tracking-tools"),
    ]
    if any(not row.entry.agreed for row in table.rows):
        parts.append(html.P(text("tracking.proposed_note"), className="aside-note"))
    parts.append(_table(table, shown))
    parts += marks_section(marks_between(table.periods[-DRAWN:], shown), shown)
    return [html.Section(parts, className="card tracking-card", **aria(labelledby="tracking-title"))]


def _period_line(table: Tracking, text: Text) -> str:
    if not table.periods:
        return text("tracking.not_begun")
    period = table.periods[-1]
    first, last = text.date(period.first), text.date(period.last)
    name = period_name(period, table.kind, text)
    return text("tracking.period_line", period=name, first=first, last=last, as_of=text.date(table.as_of))


def _kinds(current: PeriodKind, shown: Shown) -> Node:
    text, view = shown.text, shown.view
    links: list[Node] = []
    for kind in KINDS:
        here = aria(current="true") if kind == current else {}
        href = address(INDICATORS, replace(view, period=kind))
        in_place = data(in_place="true")
        links.append(html.A(text(f"period.{kind}"), href=href, className="kind", **in_place, **here))
    label = html.Span(text("tracking.period"), className="filter-name")
    return html.Nav([label, *links], className="kinds", **aria(label=text("tracking.period")))


def _table(table: Tracking, shown: Shown) -> Node:
    text = shown.text
    cells = [html.Th(text(f"tracking.column.{name}"), scope="col", role="columnheader") for name in COLUMNS]
    head = html.Thead(html.Tr(cells, role="row"), role="rowgroup")
    caption = html.Caption(text("tracking.title"), className="visually-hidden")
    levels = [_level(level, table, shown) for level in LEVELS if any(row.entry.level == level for row in table.rows)]
    # The roles say what a phone's cards no longer look like.
    return html.Table([caption, head, *levels], className="figures tracking-table", role="table")


def _level(level: str, table: Tracking, shown: Shown) -> Node:
    name = html.Th(shown.text(f"level.{level}"), scope="rowgroup", colSpan=len(COLUMNS), role="rowheader")
    rows = [node for row in table.rows if row.entry.level == level for node in _row(row, table, shown)]
    return html.Tbody([html.Tr(name, role="row", className="level-row"), *rows], role="rowgroup")


def _row(row: Row, table: Tracking, shown: Shown) -> list[Node]:
    text, entry = shown.text, row.entry
    cells = {
        "baseline": _baseline(row, text),
        "target": _target(row, text),
        "actual": [*_actual(row, text), *restated_line(entry.indicator, shown)],
        "achieved": [text.percent(row.current.achieved) if row.current else NONE],
        "variance": [_variance(row, text)],
        "light": _judged(row, text),
        "trend": _trend(row, table, shown),
    }
    heading = html.Th(_heading(row, shown), scope="row", role="rowheader")
    values = [_cell(name, parts, text) for name, parts in cells.items()]
    more = html.Td(behind(row, table, shown), colSpan=len(COLUMNS), role="cell")
    code = data(code=entry.code)
    return [
        html.Tr([heading, *values], role="row", className="tracked", **code),
        html.Tr(more, role="row", className="more-row"),
    ]


def _cell(name: str, parts: Sequence[Node], text: Text) -> Node:
    label = data(label=text(f"tracking.column.{name}"))
    return html.Td(html.Div(list(parts)), className=f"cell-{name}", role="cell", **label)


def _heading(row: Row, shown: Shown) -> list[Node]:
    entry, text = row.entry, shown.text
    link = html.A(entry.name[text.lang], href=definition_address(entry.indicator, shown.view))
    facts = [text(f"direction.{'up' if entry.direction == '+' else 'down'}"), text(f"type.{entry.type}")]
    parts: list[Node] = [html.Span(text.isolate(entry.code), className="code"), link]
    if not entry.agreed:
        facts.append(text("tracking.proposed"))
    return [*parts, html.Small(" · ".join(facts), className="facts")]


def _baseline(row: Row, text: Text) -> list[Node]:
    entry = row.entry
    dated = [html.Small(text.date(entry.baseline_date))] if entry.baseline_date else []
    return [amount(entry.baseline, entry.unit, text), *dated]


def _target(row: Row, text: Text) -> list[Node]:
    now, entry = row.current, row.entry
    if now is None or now.target is None:
        return [NONE]
    parts: list[Node] = [html.Strong(amount(now.target, entry.unit, text))]
    if now.target_due is not None:
        parts.append(html.Small(text("tracking.by", date=text.date(now.target_due))))
    if row.final_target is not None and row.final_target != now.target:
        parts.append(html.Small(text("tracking.final", target=amount(row.final_target, entry.unit, text))))
    return parts


def _actual(row: Row, text: Text) -> list[Node]:
    now, unit = row.current, row.entry.unit
    if now is None:
        return [NONE]
    parts: list[Node] = [html.Strong(amount(now.value, unit, text))]
    if now.denominator is not None:
        parts.append(html.Small(_of(now, text)))
    if unit != "count" and (now.denominator or unit == "days"):
        parts.append(html.Small(text("tracking.interval", interval=spread(now.low, now.high, unit, text))))
    if now.added is not None:
        parts.append(html.Small(text("tracking.added", change=text.signed(now.added))))
    return parts


def _of(now: Actual, text: Text) -> str:
    n = text.number(now.denominator)
    return text("tracking.n", n=n) if now.numerator is None else text("tracking.of", k=text.number(now.numerator), n=n)


def _variance(row: Row, text: Text) -> Node:
    now = row.current
    if now is None or now.variance is None:
        return NONE
    return html.Bdi(distance(now.variance, row.entry.unit, text))


def _judged(row: Row, text: Text) -> list[Node]:
    """The light, and the target it judges where that is not the one shown beside it."""
    now = row.current
    if now is None:
        return [NONE]
    mark = light_mark(now.light, text)
    if now.judged is None or now.judged == now.target:
        return [mark]
    return [mark, html.Small(text("tracking.judged", target=amount(now.judged, row.entry.unit, text)))]


def _trend(row: Row, table: Tracking, shown: Shown) -> list[Node]:
    """Each period as it was known when it ended, where that is remembered, with a ring where it has been restated.

    Days that staff decided or wrote something on are dashed lines.
    """
    text, then, periods = shown.text, shown.deeper.periods_then(), table.periods[-DRAWN:]
    points = [told(actual, row.entry.indicator, then) for actual in row.actuals[-DRAWN:]]
    marks = marks_between(periods, shown)
    places = [place_of(mark, periods, table.as_of) for mark in marks]
    said = text("list.separator").join(_point(point, row, table, text) for point in points)
    rings = [point.now if point.restated else None for point in points]
    target = row.current.target if row.current else None
    drawn = sparkline([point.told for point in points], target, said, rings, places, marks_title(marks, text))
    if drawn is None:  # a picture has no children: as a condition it would be false
        return [NONE]
    changed = sum(point.restated for point in points)
    return [drawn, html.Small(text.plural("trend.restated", changed), className="restated")] if changed else [drawn]


def _point(point: Told, row: Row, table: Tracking, text: Text) -> str:
    name, unit = period_name(point.period, table.kind, text), row.entry.unit
    said = f"{name}: {amount(point.told, unit, text)}"
    return f"{said} ({text('trend.now', value=amount(point.now, unit, text))})" if point.restated else said

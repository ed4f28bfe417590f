"""Behind a row of the tracking table: the team's notes, what is not known, and the periods one by one."""

from dash import html

from dashboard.logframe import PeriodKind
from dashboard.text import NONE, Text
from dashboard.tracking import Actual, Period, Row, Tracking
from dashboard.two_times import PeriodsThen, told
from layouts.amounts import amount
from layouts.components import Node, aria
from layouts.lights import light_mark
from layouts.shown import Shown


def period_name(period: Period, kind: PeriodKind, text: Text) -> str:
    """A period by its number from the project's start; a month by its name."""
    if kind == "month":
        return text.date(period.last, "month")
    return text(f"period.{kind}.one", n=text.number(period.number))


def behind(row: Row, table: Tracking, shown: Shown) -> Node:
    """Behind a row: what is not known, where it comes from, the periods one by one. Notes are never folded."""
    text, entry = shown.text, row.entry
    split = text("list.separator").join(text(f"filter.{name}") for name in entry.disaggregation) or NONE
    facts = {
        "source": entry.source[text.lang],
        "frequency": text(f"period.{entry.frequency}"),
        "owner": entry.owner[text.lang],
        "disaggregation": split,
    }
    if row.current is not None:
        facts |= {"open": text.number(row.current.open), "unknown": text.number(row.current.unknown)}
    terms: list[Node] = []
    for name, said in facts.items():
        terms += [html.Dt(text(f"tracking.fact.{name}")), html.Dd(said)]
    inside = html.Div([html.Dl(terms), _periods(row, table, shown)], className="behind-parts")
    folded = html.Details(
        [html.Summary(text("tracking.behind")), inside], className="behind", id=f"behind-{entry.code}"
    )
    return html.Div([*_notes(row, text), folded])


def _notes(row: Row, text: Text) -> list[Node]:
    notes = row.current.notes if row.current else ()
    return [html.P([html.Strong(text("tracking.note")), " ", note[text.lang]], className="note") for note in notes]


def _told(actual: Actual, row: Row, then: PeriodsThen, text: Text) -> Node:
    """What was known when the period ended; a mark where it is counted differently now."""
    if actual.period.number not in then:
        return NONE
    point = told(actual, row.entry.indicator, then)
    said = amount(point.told, row.entry.unit, text)
    if not point.restated:
        return said
    mark = html.Span("↻", className="state-icon", **aria(hidden="true"))
    return html.Span([said, " ", mark, text("trend.mark")], className="restated")


def _periods(row: Row, table: Tracking, shown: Shown) -> Node:
    text = shown.text
    then = shown.deeper.periods_then()
    names = ("period", "actual", "told", "n", "target", "achieved", "light")
    head = html.Tr([html.Th(text(f"tracking.column.{name}"), scope="col") for name in names])
    unit = row.entry.unit
    lines = [
        html.Tr(
            [
                html.Th(period_name(actual.period, table.kind, text), scope="row"),
                html.Td(amount(actual.value, unit, text)),
                html.Td(_told(actual, row, then, text)),
                html.Td(text.number(actual.denominator)),
                html.Td(amount(actual.target, unit, text)),
                html.Td(text.percent(actual.achieved)),
                html.Td(light_mark(actual.light, text)),
            ]
        )
        for actual in reversed(row.actuals)
    ]
    caption = html.Caption(text("tracking.periods", name=row.entry.name[text.lang]), className="visually-hidden")
    table_node = html.Table([caption, html.Thead(head), html.Tbody(lines)], className="figures")
    region = aria(label=text("tracking.periods", name=row.entry.name[text.lang]))
    return html.Div(table_node, className="table-scroll", tabIndex=0, role="region", **region)

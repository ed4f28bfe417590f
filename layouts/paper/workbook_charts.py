"""The workbook's native charts, mirrored in Arabic; time runs from left to right in every language."""

from dataclasses import replace
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet as Page

from dashboard.figures.funnel import EVIDENCE
from dashboard.figures.states import STATES
from dashboard.palette import INK, LINE, MUTED, TEAL, Fill
from dashboard.tables import header
from dashboard.text import Text
from layouts.paper.lines import seen
from layouts.paper.workbook_leaves import Leaf
from layouts.shown import Shown

_PATTERNS = {"/": "wide_upward_diagonal", "\\": "wide_downward_diagonal", "x": "outlined_diamond", ".": "percent_25"}
LETTERS = {"name": "Arial", "size": 10, "color": INK}
_TITLE = {"name_font": {"name": "Arial", "size": 12, "bold": True, "color": INK}}
WIDTH, ROW_PX = 760, 20


def add_chart(book: xlsxwriter.Workbook, page: Page, name: str, leaf: Leaf, first: int, shown: Shown) -> None:
    """Put the chart of a sheet, whose tab has a name, under its table. `first`: row of the headings.

    Sheets without a chart stay as they are.
    """
    makers = {"funnel": _funnel, "insertion": _insertion, "curve": _curve}
    if leaf.id not in makers or not leaf.rows:
        return
    chart, tall = makers[leaf.id](book, name, leaf, first, shown.text)
    # The curve's table is long: its chart stands beside it.
    put_chart(page, chart, leaf, first, tall, beside=leaf.id == "curve")


def put_chart(page: Page, chart: Chart, leaf: Leaf, first: int, tall: int, *, beside: bool = False) -> None:
    """Put a chart, `tall` pixels high, under its sheet's table or beside it."""
    chart.set_title({"name": seen(leaf.name), **_TITLE})
    chart.set_size({"width": WIDTH, "height": tall})
    chart.set_legend({"position": "bottom", "font": LETTERS, "delete_series": []})
    chart.set_chartarea({"border": {"color": LINE}})
    row, column = (first + 1, len(leaf.headers) + 1) if beside else (first + len(leaf.rows) + 2, 0)
    page.insert_chart(row, column, chart, {"description": seen(leaf.name), "object_position": 3})


def _funnel(book: xlsxwriter.Workbook, name: str, leaf: Leaf, first: int, text: Text) -> tuple[Chart, int]:
    """A bar a stage, by evidence; zero stands where the reader begins."""
    chart = new_chart(book, "bar", "stacked")
    for place, (_, fill) in enumerate(EVIDENCE):
        chart.add_series(series(name, leaf, first, 2 + place) | _filled(fill))
    chart.set_x_axis({"reverse": text.rtl, "num_font": LETTERS, "major_gridlines": grid(), "num_format": "#,##0"})
    chart.set_y_axis({"reverse": True, "num_font": LETTERS, "line": {"color": MUTED}, "major_tick_mark": "none"})
    return chart, 90 + 26 * len(leaf.rows)


def _insertion(book: xlsxwriter.Workbook, name: str, leaf: Leaf, first: int, text: Text) -> tuple[Chart, int]:
    """A column a cohort, by outcome, and the rate as points of a line on an axis of its own, from 0 to 100 %."""
    cohorts = replace(leaf, rows=leaf.rows[:-1]) if len(leaf.rows) > 1 else leaf  # the pooled row would dwarf them
    chart = new_chart(book, "column", "stacked")
    for place, (_, fill) in enumerate(STATES):
        chart.add_series(series(name, cohorts, first, 1 + place) | _filled(fill) | {"gap": 70})
    rate = leaf.headers.index(header("rate", text))
    line = new_chart(book, "line")
    mark = {"type": "diamond", "size": 8, "fill": {"color": INK}, "border": {"color": "#FFFFFF"}}
    shown = {"marker": mark, "line": {"none": True}, "y2_axis": True}
    shown |= {"data_labels": {"value": True, "position": "above", "num_format": "0%", "font": LETTERS}}
    line.add_series(series(name, cohorts, first, rate) | shown)
    chart.combine(line)
    chart.set_x_axis({"reverse": text.rtl, "num_font": LETTERS, "line": {"color": MUTED}, "major_tick_mark": "none"})
    chart.set_y_axis({"num_font": LETTERS, "major_gridlines": grid(), "num_format": "#,##0", "line": {"none": True}})
    share = {"min": 0, "max": 1, "num_format": "0%", "num_font": LETTERS, "line": {"none": True}}
    line.set_y2_axis(share | {"major_gridlines": {"visible": False}})
    return chart, 380


def _curve(book: xlsxwriter.Workbook, name: str, leaf: Leaf, first: int, text: Text) -> tuple[Chart, int]:
    """The share inserted by each day, as a step line through the corners beside the table."""
    chart = new_chart(book, "scatter", "straight")
    day, share = len(leaf.headers) - 2, len(leaf.headers) - 1
    rows = (first + 1, first + len(leaf.rows))
    chart.add_series(
        {
            "name": [name, first, leaf.headers.index(header("incidence", text))],
            "categories": [name, rows[0], day, rows[1], day],
            "values": [name, rows[0], share, rows[1], share],
            "line": {"color": TEAL, "width": 2.25},
        }
    )
    words = {"name_font": LETTERS, "num_font": LETTERS}
    days = {"name": seen(text("figure.curve.days")), "min": 0, "major_unit": 30, "major_gridlines": {"visible": False}}
    chart.set_x_axis(words | days)
    chart.set_y_axis(words | {"min": 0, "max": 1, "num_format": "0%", "major_gridlines": grid()})
    return chart, 380


def new_chart(book: xlsxwriter.Workbook, kind: str, subtype: str = "") -> Chart:
    """An empty chart of a kind that xlsxwriter knows."""
    made: Chart = book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})  # type: ignore[assignment]
    return made


def series(name: str, leaf: Leaf, first: int, column: int) -> dict[str, Any]:
    """A column of the table by its rows' names; the corners that only a curve has are left out."""
    last = first + len(leaf.rows)
    return {
        "name": [name, first, column],
        "categories": [name, first + 1, 0, last, 0],
        "values": [name, first + 1, column, last, column],
    }


def _filled(fill: Fill) -> dict[str, Any]:
    edge = {"border": {"color": fill.edge, "width": 0.75}}
    if not fill.pattern:
        return {"fill": {"color": fill.colour}, **edge}
    return {"pattern": {"pattern": _PATTERNS[fill.pattern], "fg_color": fill.lines, "bg_color": fill.area}, **edge}


def grid() -> dict[str, Any]:
    """The lines behind an axis."""
    return {"visible": True, "line": {"color": LINE, "width": 0.75}}

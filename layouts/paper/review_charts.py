"""The native charts of the review's workbook: what moved the rate, who came and went, every rate then and now.

Mirrored in Arabic. What bars are drawn from stands beside the tables.
"""

from functools import partial
from itertools import accumulate
from math import ceil, floor
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet as Page

from dashboard.palette import CLAY, INK, LIGHT_TEAL, MUTED, TEAL
from dashboard.tables import Share
from dashboard.text import Text
from layouts.paper.lines import seen
from layouts.paper.workbook import AddChart, column_width
from layouts.paper.workbook_charts import LETTERS, ROW_PX, WIDTH, grid, new_chart, put_chart, series
from layouts.paper.workbook_leaves import Leaf

FALL = ("base", "below", "above", "up", "down")
"""The columns that the waterfall is drawn from, at the end of its sheet: where a bar begins; the interval of a rate,
below it and above it; what a step adds or takes."""
RATES = ("rate", "then", "then_below", "then_above", "now", "now_below", "now_above")
"""Those of the rates then and now, at the end of theirs: names, rates, how far their intervals reach."""


def review_charts(text: Text) -> AddChart:
    """Puts the chart of a sheet under its table; sheets without a chart stay as they are."""
    return partial(_add, text=text)


def _add(book: xlsxwriter.Workbook, page: Page, name: str, leaf: Leaf, first: int, text: Text) -> None:
    makers = {"fall": _fall, "flows": _flows, "indicators": _rates}
    if leaf.id not in makers or not leaf.rows:
        return
    chart, tall = makers[leaf.id](book, name, leaf, first, text)
    chart.set_y_axis({"reverse": True, "num_font": LETTERS, "line": {"color": MUTED}, "major_tick_mark": "none"})
    put_chart(page, chart, leaf, first, tall)
    if "" in leaf.headers:  # behind the gap stands what is drawn from: printed, it would make the rest small
        page.print_area(0, 0, first + len(leaf.rows) + 3 + ceil(tall / ROW_PX), _last_column(leaf))


def _last_column(leaf: Leaf) -> int:
    """The last one of the table, or as far as the chart under it reaches."""
    edges = accumulate(7 * column_width(leaf, column) + 5 for column in range(len(leaf.headers)))
    reached = next((column for column, edge in enumerate(edges) if edge >= WIDTH), len(leaf.headers) - 1)
    return max(leaf.headers.index("") - 1, reached)


def _fall(book: xlsxwriter.Workbook, name: str, leaf: Leaf, first: int, text: Text) -> tuple[Chart, int]:
    """A row a step: bars from the rate before it to the rate after it; at both ends an interval, cut at its rate."""
    chart = new_chart(book, "bar", "stacked")
    nothing: dict[str, Any] = {"fill": {"none": True}, "border": {"none": True}, "gap": 45}
    end: dict[str, Any] = {"fill": {"color": LIGHT_TEAL}, "border": {"color": TEAL, "width": 1.5}}
    looks = (nothing, end, end, {"fill": {"color": TEAL}}, {"fill": {"color": CLAY}})
    for column, (words, look) in enumerate(zip(FALL, looks, strict=True), len(leaf.headers) - len(FALL)):
        # Where a bar begins is not seen: no name of it stands in the legend. Legends without an entry lose another one.
        named = {"name": "\u00a0" if words == "base" else seen(text(f"review_charts.{words}"))}
        chart.add_series(series(name, leaf, first, column) | named | look)
    low, high = _span(leaf)
    rates = {"min": low, "max": high, "num_format": "0%", "num_font": LETTERS, "major_gridlines": grid()}
    chart.set_x_axis(rates | {"reverse": text.rtl})
    return chart, 110 + 30 * len(leaf.rows)


def _span(leaf: Leaf) -> tuple[float, float]:
    """Whole twentieths round all that is drawn: no bar begins at zero, so the scale need not either."""
    ends: list[float] = []
    for row in leaf.rows:
        drawn = [cell.value or 0.0 for cell in row[-len(FALL) :] if isinstance(cell, Share)]
        ends += [drawn[0], sum(drawn)]
    return max(0.0, floor(min(ends) * 20 + 1e-9) / 20), min(1.0, ceil(max(ends) * 20 - 1e-9) / 20)


def _flows(book: xlsxwriter.Workbook, name: str, leaf: Leaf, first: int, text: Text) -> tuple[Chart, int]:
    """A pair of bars a place: who came and who went. The whole roster, which is last, would dwarf them."""
    chart = new_chart(book, "bar")
    places = Leaf(leaf.id, leaf.name, leaf.sentences, leaf.headers, leaf.rows[:-1] or leaf.rows)
    for column, colour in ((2, TEAL), (3, CLAY)):
        chart.add_series(series(name, places, first, column) | {"fill": {"color": colour}, "gap": 60, "overlap": 0})
    women = {
        "num_font": LETTERS,
        "num_format": "#,##0",
        "major_gridlines": grid(),
        "min": 0,
        "major_unit": _unit(places),
    }
    chart.set_x_axis(women | {"reverse": text.rtl})
    return chart, 110 + 30 * len(places.rows)


def _unit(leaf: Leaf) -> int:
    """Women between two lines: whole ones, six lines at most."""
    most = max((cell for row in leaf.rows for cell in row[2:4] if isinstance(cell, int)), default=0)
    return max(1, ceil(most / 6))


def _rates(book: xlsxwriter.Workbook, name: str, leaf: Leaf, first: int, text: Text) -> tuple[Chart, int]:
    """Every rate as it was known then and as it is now, with its interval, from 0 to 100 %."""
    chart = new_chart(book, "bar")
    at = len(leaf.headers) - len(RATES)
    size = len([row for row in leaf.rows if row[at] is not None])

    def cells(column: int) -> list[Any]:
        return [name, first + 1, at + column, first + size, at + column]

    for words, colour, column in (("known", LIGHT_TEAL, 1), ("now", TEAL, 4)):
        ends = {f"{way}_values": _range(cells(column + by)) for by, way in ((1, "minus"), (2, "plus"))}
        chart.add_series(
            {
                "name": seen(text(f"review_paper.{words}")),
                "categories": cells(0),
                "values": cells(column),
                "fill": {"color": colour},
                "gap": 50,
                "x_error_bars": {"type": "custom", **ends, "line": {"color": INK}},
            }
        )
    rates = {"min": 0, "max": 1, "num_format": "0%", "num_font": LETTERS, "major_gridlines": grid()}
    chart.set_x_axis(rates | {"reverse": text.rtl})
    return chart, 110 + 46 * size


def _range(cells: list[Any]) -> str:
    """A range as a formula names it."""
    sheet, *corners = cells
    return f"={quote_sheetname(sheet)}!{xl_range_abs(*corners)}"

"""The numbers of a view as an XLSX workbook: real numbers, dates and charts, from right to left in Arabic."""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet as Page

from dashboard.palette import INK, LINE, MUTED, TRACK
from dashboard.tables import Share
from dashboard.text import Text
from layouts.paper.lines import seen
from layouts.paper.meta import Meta, meta_of
from layouts.paper.workbook_charts import add_chart
from layouts.paper.workbook_leaves import Leaf, Written, leaves
from layouts.shown import Shown

# Words stay words: a name that begins with "=" is no formula, one that begins with "http" no link.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COUNT, DECIMAL, RATE, DAY = "#,##0", "#,##0.0", "0.0%", "yyyy-mm-dd"  # the reader's own separators are put in
LONG = ("curve", "definitions", "decisions", "notes")  # sheets that may take several pages of paper
RIGHT_TO_LEFT, POP = "\u202b", "\u202c"  # old marks of direction (UAX 9), which printing programs know
_A4, _WIDEST, _NAMES, _PROSE = 9, 34, 52, 38  # paper; columns in letters, names of rows the first one
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in a tab's name, which has 31 letters at most


AddChart = Callable[[xlsxwriter.Workbook, Page, str, Leaf, int], None]
"""Puts the chart of a sheet: the book, its page, the tab's name, what stands in it, the row of its headings."""


def workbook_xlsx(shown: Shown) -> bytes:
    """The workbook of a view. Equal input makes equal bytes. Raises LookupError where no roster has been counted."""
    return leaves_xlsx(leaves(shown), meta_of(shown), shown.text, partial(add_chart, shown=shown))


def leaves_xlsx(found: Sequence[Leaf], meta: Meta, text: Text, chart: AddChart | None = None) -> bytes:
    """Sheets as a workbook."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        made = datetime.combine(meta.as_of, time())
        named = {"title": meta.title, "author": meta.author, "subject": meta.subject}
        book.set_properties({**{name: seen(words) for name, words in named.items()}, "created": made})
        formats = _formats(book, text)
        for leaf in found:
            tab = _tab(leaf.name)
            page = book.add_worksheet(tab)
            first = _write(page, leaf, formats)
            _set_up(page, leaf, first, meta, text)
            if chart is not None:
                chart(book, page, tab, leaf, first)
    return file.getvalue()


def _formats(book: xlsxwriter.Workbook, text: Text) -> dict[str, Format]:
    order: dict[str, Any] = {"reading_order": 2 if text.rtl else 1}
    plain = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "top", **order}
    start = {"align": "right" if text.rtl else "left"}
    looks: dict[str, dict[str, Any]] = {
        "headline": {"bold": True, "font_size": 16, **start},
        "sentence": {"font_color": MUTED, **start},
        "header": {"bold": True, "bg_color": TRACK, "bottom": 1, "text_wrap": True, "valign": "vcenter", **start},
        "words": {"text_wrap": True, "bottom": 1, "bottom_color": LINE, "indent": 1, **start},
        "header_number": {"bold": True, "bg_color": TRACK, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        | {"align": "right"},
        "count": {"num_format": COUNT, "bottom": 1, "bottom_color": LINE},
        "decimal": {"num_format": DECIMAL, "bottom": 1, "bottom_color": LINE},
        "rate": {"num_format": RATE, "bottom": 1, "bottom_color": LINE},
        "date": {"num_format": DAY, "bottom": 1, "bottom_color": LINE, **start},
    }
    return {name: book.add_format(plain | look) for name, look in looks.items()}


def _tab(name: str) -> str:
    return _FORBIDDEN.sub(" ", seen(name))[:31]


def _write(page: Page, leaf: Leaf, formats: dict[str, Format]) -> int:
    """Write the sentences and the table. Returns the row of its headings, from 0."""
    for row, sentence in enumerate(leaf.sentences):
        page.write_string(
            row, 0, seen(sentence), formats["headline" if leaf.id == "brief" and row == 0 else "sentence"]
        )
    first = len(leaf.sentences) + 1 if leaf.sentences else 0
    for column, words in enumerate(leaf.headers):
        if words:
            page.write_string(
                first, column, seen(words), formats["header_number" if _counts(leaf, column) else "header"]
            )
    for row, cells in enumerate(leaf.rows, first + 1):
        for column, cell in enumerate(cells):
            if cell is not None:
                _write_cell(page, row, column, cell, formats)
            elif cells[0] is not None and leaf.headers[column]:  # inside the table: its line goes on
                page.write_blank(row, column, None, formats["count"])
    return first


def _write_cell(page: Page, row: int, column: int, cell: Written, formats: dict[str, Format]) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, seen(cell), formats["words"])
    elif isinstance(cell, Share) and cell.value is not None:
        page.write_number(row, column, cell.value, formats["rate"])
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime.combine(cell, time()), formats["date"])
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, formats["count" if float(cell).is_integer() else "decimal"])


def _counts(leaf: Leaf, column: int) -> bool:
    """Whether a column holds numbers, which stand on the right in both directions."""
    return any(isinstance(row[column], int | float | Share) for row in leaf.rows)


def _set_up(page: Page, leaf: Leaf, first: int, meta: Meta, text: Text) -> None:
    """Direction, widths, what stays in sight when scrolled, and how it prints."""
    if text.rtl:
        page.right_to_left()
    for column in range(len(leaf.headers)):
        page.set_column(column, column, column_width(leaf, column))
    page.set_row(
        first, 15 * max((_rows(words, column_width(leaf, at)) for at, words in enumerate(leaf.headers)), default=1) + 4
    )
    for row, cells in enumerate(leaf.rows, first + 1):
        lines = max(_rows(cell, column_width(leaf, at) - 1) for at, cell in enumerate(map(_said, cells)))
        if lines > 1:  # not every program gives wrapped words the room they need
            page.set_row(row, 14 * lines + 2)
    if leaf.id == "brief":
        page.set_row(0, 26)
    page.freeze_panes(first + 1, 1)
    page.hide_gridlines(2)
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0 if leaf.id in LONG else 1)
    page.repeat_rows(first)
    page.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
    foot = " · ".join(seen(part) for part in meta.foot if part).replace("&", "&&")
    start, end = ("&R", "&L") if text.rtl else ("&L", "&R")
    # A footer has no direction of its own: without this one its parts would stand the wrong way round in Arabic.
    foot = f"{RIGHT_TO_LEFT}{foot[:178]}{POP}" if text.rtl else foot[:180]
    page.set_footer(f"{start}&8{foot}{end}&8&P / &N")


def column_width(leaf: Leaf, column: int) -> float:
    """The letters of a column's longest cell, within bounds; headings may take several lines."""
    said = [len(_said(row[column])) for row in leaf.rows if column < len(row)]
    longest = max(said, default=0)
    head = max((len(word) for word in leaf.headers[column].split()), default=0)
    widest = _PROSE if leaf.prose else _WIDEST if column else _NAMES
    return float(min(max(longest + 2, head + 2, 9), widest))


def _said(cell: Written) -> str:
    return (
        seen(cell)
        if isinstance(cell, str)
        else ""
        if cell is None
        else "2026-11-23"[: 10 if isinstance(cell, date) else 7]
    )


def _rows(words: str, width: float) -> int:
    """The lines that words take in a column; a word that is longer than the column is cut."""
    lines, used = 1, 0
    for word in words.split():
        if used and used + len(word) > width:
            lines, used = lines + 1, 0
        lines += int((len(word) - 1) // width)
        used += len(word) + 1
    return lines

"""The demo as an XLSX file, to be uploaded to Google Sheets to try the live path."""

from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet as Page

from connectors.base import Merge, SourceError
from connectors.demo_grid import COLUMNS, HEADER_ROW, Row, Worksheet
from connectors.demo_notes import demo_book
from dashboard.roster import Cell
from dashboard.schema import FIELD, Kind

_DATE_COLUMNS = {index for index, (_, field) in enumerate(COLUMNS) if field in FIELD and FIELD[field].kind is Kind.DATE}
_INK, _PAPER = "#1F3A3D", "#F4EDE1"


def write_demo_sheet(path: Path, today: date) -> None:
    """Write the demo workbook of a day: right to left, styled header, dates as real date cells.

    Raises SourceError file_not_writable.
    """
    try:
        _write(path, today)
    except (FileCreateError, OSError) as error:
        cause = error.args[0] if isinstance(error, FileCreateError) else error
        raise SourceError("file_not_writable", path=str(path), detail=getattr(cause, "strerror", "")) from None


def _write(path: Path, today: date) -> None:
    roster, *others = demo_book(today)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        formats = {
            "date": workbook.add_format({"num_format": "dd/mm/yyyy"}),
            "header": workbook.add_format({"bold": True, "text_wrap": True, "bg_color": _PAPER, "bottom": 1}),
            "title": workbook.add_format({"bold": True, "font_size": 14, "font_color": _INK}),
        }
        page = workbook.add_worksheet(roster.title)
        _lay_out(page, roster)
        _write_roster(page, roster, formats)
        for other in others:
            extra = workbook.add_worksheet(other.title)
            extra.right_to_left()
            for number, row in enumerate(other.rows):
                _write_plain(extra, number, row, formats["date"])


def _write_plain(page: Page, number: int, row: Row, dated: Format) -> None:
    """A row of another worksheet: its only whole numbers are days."""
    for index, cell in enumerate(row):
        page.write(number, index, cell, dated if isinstance(cell, int) else None)


def _lay_out(page: Page, roster: Worksheet) -> None:
    page.right_to_left()
    page.freeze_panes(HEADER_ROW, 2)
    page.set_row(HEADER_ROW - 1, 34)
    page.set_column(0, len(COLUMNS) - 1, 15)
    page.autofilter(HEADER_ROW - 1, 0, len(roster.rows) - 1, len(COLUMNS) - 1)


def _write_roster(page: Page, roster: Worksheet, formats: dict[str, Format]) -> None:
    for number, row in enumerate(roster.rows, 1):
        style = formats["header"] if number == HEADER_ROW else formats["title"] if number == 1 else None
        _write_row(page, number, row, style, formats["date"])
    for merge in roster.merges:
        _merge(page, merge, roster.rows[merge.first_row - 1][merge.first_column - 1], formats)


def _write_row(page: Page, number: int, row: Row, style: Format | None, dated: Format) -> None:
    for index, cell in enumerate(row):
        if cell is None or cell == "":
            continue
        if index in _DATE_COLUMNS and isinstance(cell, int):
            page.write_number(number - 1, index, cell, dated)  # a date cell is a serial number in a date format
        else:
            page.write(number - 1, index, cell, style)


def _merge(page: Page, merge: Merge, value: Cell, formats: dict[str, Format]) -> None:
    style = formats["title"] if merge.first_row == 1 else None
    page.merge_range(
        merge.first_row - 1, merge.first_column - 1, merge.last_row - 1, merge.last_column - 1, value, style
    )

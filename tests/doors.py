"""One grid of cells through each door a roster may come in by: a CSV, an XLSX, and Google Sheets on the loopback."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal, get_args

import xlsxwriter
from sheets_grid import Value
from sheets_server import SheetsServer

from connectors.google_sheets import GoogleSheets
from connectors.table_file import TableFile
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import RawTable, Roster

Door = Literal["csv", "xlsx", "sheets"]
DOORS: tuple[Door, ...] = get_args(Door)
Grid = Sequence[Sequence[Value]]
Merge = tuple[int, int, int, int]  # first row, last row, first column, last column, from 1

SECRET = b"a secret of the tests only"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TITLE = "المستفيدات"
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")  # those that XLSX knows as such


def fetched(
    door: Door, sheets: Mapping[str, Grid], folder: Path, programme: Programme, merges: Iterable[Merge] = ()
) -> RawTable:
    """What the connector of a door makes of worksheets. A CSV holds one, as text; merges are of the first worksheet."""
    if door == "sheets":
        return _from_google(sheets, folder, programme, merges)
    path = write_csv(sheets, folder) if door == "csv" else write_xlsx(sheets, folder / "roster.xlsx", merges)
    return TableFile(path, programme, SECRET, lambda: NOW).fetch()


def through(
    door: Door, sheets: Mapping[str, Grid], folder: Path, programme: Programme, merges: Iterable[Merge] = ()
) -> Roster:
    """The roster that comes out."""
    return read(fetched(door, sheets, folder, programme, merges), programme, TODAY)


def _from_google(sheets: Mapping[str, Grid], folder: Path, programme: Programme, merges: Iterable[Merge]) -> RawTable:
    with ExitStack() as opened:
        server = opened.enter_context(SheetsServer())
        server.locale = "en_US"  # a file names no locale, which is taken to be this one
        for number, (title, rows) in enumerate(sheets.items()):
            server.put(title, rows, () if number else merges)
        source = GoogleSheets(server.address, programme, SECRET, server.key_file(folder), deadline=30, now=lambda: NOW)
        opened.callback(source.close)
        return source.fetch()


def write_csv(sheets: Mapping[str, Grid], folder: Path) -> Path:
    """The first worksheet as spreadsheets save it: what is seen, dates as dd/mm/yyyy."""
    title, rows = next(iter(sheets.items()))
    path = folder / f"{title}.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows([_seen(cell) for cell in row] for row in rows)
    return path


def _seen(cell: Value) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def write_xlsx(sheets: Mapping[str, Grid], path: Path, merges: Iterable[Merge] = ()) -> Path:
    """Real dates, merged cells, booleans, and formulas that have failed."""
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, (title, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(title)
            for top, bottom, left, right in () if number else merges:
                sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, datetime.combine(cell, time()), day)
                    elif isinstance(cell, str) and cell in ERRORS:
                        sheet.write_formula(row, column, "=1", None, cell)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell)
    return path

"""XLSX workbooks: real dates become serial day numbers, failed formulas keep their error text."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO, cast
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from connectors.base import Merge, SourceError
from connectors.workbook_look import SheetLook
from dashboard.roster import Cell

EPOCH = datetime(1899, 12, 30)  # day 0 of spreadsheet serials from March 1900 on
MAX_UNPACKED_MEGABYTES = 800  # a 40 MB roster unpacks to about a tenth of a gigabyte; a bomb to any size
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(.*?)</(?:\w+:)?c>', re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_NAMESPACES = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "packages": "http://schemas.openxmlformats.org/package/2006/relationships",
}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Workbook:
    """An opened workbook. Raises SourceError not_a_spreadsheet, file_too_large."""

    def __init__(self, data: bytes, path: Path) -> None:
        self._path = path
        self._archive = _archive(data, path)
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            self._parts = _worksheet_parts(self._archive)
        except (CalamineError, KeyError, ElementTree.ParseError):
            raise SourceError("not_a_spreadsheet", path=str(path)) from None

    @property
    def titles(self) -> list[str]:
        """Worksheets with cells, those in view before hidden ones."""
        sheets = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return [sheet.name for sheet in sorted(sheets, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)]

    def rows(self, title: str) -> Callable[[], Iterator[Sequence[Cell]]]:
        """Rows of a worksheet from row 1 and column A; each call starts anew. Raises SourceError file_unreadable."""
        sheet = self._sheet(title)
        errors = self._errors(title)
        return lambda: _rows(sheet, errors)

    def looks(self, title: str) -> SheetLook | None:
        """What staff see in a worksheet and its values do not say; None where its part of the file is not found."""
        part = self._part(title)
        return None if part is None else SheetLook(self._archive, part)

    def merges(self, title: str) -> tuple[Merge, ...]:
        """Merged cells of a worksheet."""
        ranges = self._sheet(title).merged_cell_ranges or []
        return tuple(Merge(top + 1, bottom + 1, left + 1, right + 1) for (top, left), (bottom, right) in ranges)

    def _sheet(self, title: str) -> CalamineSheet:
        try:
            return self._book.get_sheet_by_name(title)
        except CalamineError as error:
            raise SourceError("file_unreadable", path=str(self._path), detail=type(error).__name__) from None

    def _errors(self, title: str) -> dict[int, dict[int, str]]:
        part = self._part(title)
        if part is None:
            return {}
        with self._archive.open(part) as file:
            return _error_cells(cast(BinaryIO, file))

    def _part(self, title: str) -> str | None:
        part = self._parts.get(title)
        return part if part in self._archive.namelist() else None


def _archive(data: bytes, path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise SourceError("not_a_spreadsheet", path=str(path)) from None
    megabytes = sum(member.file_size for member in archive.infolist()) // 1_000_000
    if megabytes > MAX_UNPACKED_MEGABYTES:
        raise SourceError("file_too_large", path=str(path), megabytes=megabytes, limit=MAX_UNPACKED_MEGABYTES)
    return archive


def _worksheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Title -> where the worksheet is in the archive."""
    # The file has been opened as a workbook already, and expat limits how far entities may grow.
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for relation in relations.iterfind("packages:Relationship", _NAMESPACES)
    }
    sheets = book.iterfind(".//main:sheet", _NAMESPACES)
    return {sheet.get("name", ""): targets.get(sheet.get(_RELATION), "") for sheet in sheets}


def _error_cells(file: BinaryIO) -> dict[int, dict[int, str]]:
    """Row number -> column number -> "#N/A". The reader of the workbook itself gives such cells as empty."""
    errors: dict[int, dict[int, str]] = {}
    rest = b""
    while chunk := file.read(1 << 20):
        text = rest + chunk
        whole = text.rfind(b"row>") + 1  # only complete rows are searched
        for letters, row, inner in _ERROR_CELL.findall(text[:whole]):
            value = _VALUE.search(inner)
            errors.setdefault(int(row), {})[_column_number(letters)] = value.group(1).decode() if value else "#ERROR!"
        rest = text[whole:]
    return errors


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _rows(sheet: CalamineSheet, errors: dict[int, dict[int, str]]) -> Iterator[Sequence[Cell]]:
    offset = sheet.start[1] if sheet.start is not None else 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row: list[Cell] = [None] * offset
        row += map(_cell, cells)
        for column, error in errors.get(number, {}).items():
            row += [None] * (column - len(row))
            row[column - 1] = error
        yield row


def _cell(value: str | float | bool | time | date | timedelta) -> Cell:
    """A cell with dates and times as serial day numbers."""
    if isinstance(value, datetime):
        return (value - EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return float((value - EPOCH.date()).days)
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / timedelta(days=1)
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return value

"""A roster in a CSV or XLSX file, through the same door as a live sheet: unmapped columns are left behind."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from connectors.assemble import choose_worksheets, raw_sheet, unread_headers
from connectors.base import Merge, SourceError
from connectors.columns_of_rows import read_columns
from connectors.csv_text import csv_rows
from connectors.locate import Table, locate
from connectors.note_columns import no_notes, notebook, notes_of_rows
from connectors.pseudonyms import Pseudonyms, is_pseudonym
from connectors.survey import MOST_SHEETS, look_at
from connectors.workbook import Workbook
from connectors.workbook_look import PLAIN, SheetLook
from dashboard.mapping import Inspection, likely_sheets
from dashboard.programme import Programme
from dashboard.roster import COLOURED_FIELD, Cell, RawNotes, RawSheet, RawTable, SourceInfo

MAX_MEGABYTES = 40
CSV_SUFFIXES = (".csv", ".tsv", ".txt")
SUFFIXES = (*CSV_SUFFIXES, ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet of a file. `rows` starts anew at row 1 each time it is called."""

    title: str
    rows: Callable[[], Iterator[Sequence[Cell]]]
    merges: tuple[Merge, ...] = ()
    look: SheetLook | None = None  # hidden rows and colours, where the format has them


class TableFile:
    """A roster in a file, looked at anew at each fetch and read anew when its content has changed."""

    def __init__(
        self,
        path: Path,
        programme: Programme,
        secret: bytes,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._path = path
        self._programme = programme
        self._pseudonyms = Pseudonyms(secret, programme)
        self._now = now
        self._last: RawTable | None = None

    def fetch(self) -> RawTable:
        """Read the file.

        Raises SourceError file_missing, file_unreadable, file_too_large, not_a_spreadsheet, encoding_unknown,
        csv_broken, empty_sheet, no_header, header_clash, required_missing.
        """
        data = _content(self._path)
        source = SourceInfo("file", self._path.name, self._now(), version=hashlib.sha256(data).hexdigest()[:16])
        if self._last is not None and self._last.source.version == source.version:
            return replace(self._last, source=source)
        self._last = self._read_all(data, source)
        return self._last

    def _read_all(self, data: bytes, source: SourceInfo) -> RawTable:
        found: list[tuple[Table, RawSheet]] = []
        sheets = _sheets(self._path, data, self._programme)
        for sheet in choose_worksheets(sheets, self._programme):
            table = locate(sheet.title, _rows_by_number(sheet.rows()), sheet.merges, self._programme)
            if table is not None:
                found.append((table, self._read(sheet, table)))
        if not found:
            raise SourceError("empty_sheet", worksheet=self._path.name)
        return RawTable(
            source,
            tuple(raw for _, raw in found),
            unread_headers(table for table, _ in found),
            self._notes(sheets),
        )

    def _notes(self, sheets: Mapping[str, Sheet]) -> RawNotes | None:
        """The notes; a CSV is one table and has no room for them."""
        if self._path.suffix.lower() in CSV_SUFFIXES:
            return None
        sheet = notebook(sheets, self._programme)
        return no_notes(self._programme) if sheet is None else notes_of_rows(sheet.title, sheet.rows(), self._programme)

    def inspect(self) -> Inspection:
        """The file's worksheets and headers, and which worksheets seem to hold the roster; no values.

        Raises SourceError file_missing, file_unreadable, file_too_large, not_a_spreadsheet, encoding_unknown,
        csv_broken, empty_sheet.
        """
        sheets = _sheets(self._path, _content(self._path), self._programme)
        seen = [
            look_at(sheet.title, _rows_by_number(sheet.rows()), sheet.merges, self._programme)
            for sheet in islice(sheets.values(), MOST_SHEETS)
        ]
        by_name = [sheet.title for sheet in choose_worksheets(sheets, self._programme)]
        return Inspection("file", self._path.name, tuple(seen), likely_sheets(seen, by_name, self._programme))

    def _read(self, sheet: Sheet, table: Table) -> RawSheet:
        columns = read_columns(islice(sheet.rows(), table.last_row, None), [number for _, number, _ in table.columns])
        return _as_seen(raw_sheet(table, columns, self._pseudonyms, sheet.merges), sheet.look)


def _content(path: Path) -> bytes:
    """The bytes of a file, so that what is read and what is called its version are one thing."""
    try:
        size = path.stat().st_size
        if size > MAX_MEGABYTES * 1_000_000:
            raise SourceError("file_too_large", path=str(path), megabytes=-(-size // 1_000_000), limit=MAX_MEGABYTES)
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError("file_missing", path=str(path)) from None
    except OSError as error:
        raise SourceError("file_unreadable", path=str(path), detail=error.strerror or "") from None


def _sheets(path: Path, data: bytes, programme: Programme) -> dict[str, Sheet]:
    if not data:
        raise SourceError("empty_sheet", worksheet=path.name)
    if path.suffix.lower() in CSV_SUFFIXES:
        return {path.stem: Sheet(path.stem, csv_rows(data, path, programme))}
    workbook = Workbook(data, path)
    return {
        title: Sheet(title, workbook.rows(title), workbook.merges(title), workbook.looks(title))
        for title in workbook.titles
    }


def _as_seen(sheet: RawSheet, look: SheetLook | None) -> RawSheet:
    """The worksheet with its hidden rows counted, and its status column named if women differ in colour there."""
    if look is None:
        return sheet
    keys = next(column.values for column in sheet.columns if column.field == "key")
    rows = range(sheet.first_row, sheet.first_row + len(keys))
    coloured: tuple[str, ...] = ()
    for letter in (column.letter for column in sheet.columns if column.field == COLOURED_FIELD):
        shapes = look.shapes(letter)
        if len({shapes.get(row, PLAIN) for row, key in zip(rows, keys, strict=True) if is_pseudonym(key)}) > 1:
            coloured = (letter,)
    return replace(sheet, hidden_rows=len(look.hidden_rows() & set(rows)), coloured=coloured)


def _rows_by_number(rows: Iterator[Sequence[Cell]]) -> Callable[[int], Sequence[Cell] | None]:
    """Rows asked for in order, from 1; None below the last."""
    return lambda _number: next(rows, None)

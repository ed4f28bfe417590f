"""Reads demo workbooks as a connector reads a sheet: the mapped columns only, keys pseudonymised."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from connectors.assemble import choose_worksheets, raw_sheet, unread_headers
from connectors.base import SourceError
from connectors.demo_grid import HEADER_ROW, SEED, Row, Worksheet
from connectors.locate import Table, locate
from connectors.note_columns import no_notes, notebook, notes_of_rows
from connectors.pseudonyms import Pseudonyms
from dashboard.programme import Programme
from dashboard.roster import Cell, RawNotes, RawSheet, RawTable, SourceInfo


def demo_version(anchor: date) -> str:
    """What the demo calls its version: it changes with the day it is anchored on and never else."""
    return f"{SEED}-{anchor.isoformat()}"


def anchor_of(version: str | None) -> date | None:
    """The day a version of the demo is anchored on; None for what is no version of this demo."""
    seed, _, day = (version or "").partition("-")
    try:
        return date.fromisoformat(day) if seed == str(SEED) else None
    except ValueError:
        return None


class DemoReader:
    """Reads the mapped columns of demo workbooks. A header that has been found once is not looked for again."""

    def __init__(self, programme: Programme, secret: bytes) -> None:
        self._programme = programme
        self._pseudonyms = Pseudonyms(secret, programme)
        self._located: dict[tuple[str, tuple[Row, ...]], Table] = {}

    def table(self, workbook: Sequence[Worksheet], at: datetime, anchor: date) -> RawTable:
        """What is read of a workbook at a moment. Raises SourceError as `DemoSource.fetch` does."""
        worksheets = {worksheet.title: worksheet for worksheet in workbook}
        read = [self._read(worksheet) for worksheet in choose_worksheets(worksheets, self._programme)]
        return RawTable(
            SourceInfo("demo", "demo", at, locale="fr_MA", version=demo_version(anchor)),
            tuple(sheet for _, sheet in read),
            unread_headers(table for table, _ in read),
            self._notes(notebook(worksheets, self._programme)),
        )

    def _notes(self, worksheet: Worksheet | None) -> RawNotes | None:
        if worksheet is None:
            return no_notes(self._programme)
        return notes_of_rows(worksheet.title, worksheet.rows, self._programme)

    def _read(self, worksheet: Worksheet) -> tuple[Table, RawSheet]:
        head = worksheet.title, worksheet.rows[:HEADER_ROW]
        table = self._located.get(head)
        if table is None:
            table = self._located[head] = self._locate(worksheet)
        below = worksheet.rows[table.last_row :]
        columns = {number: [row[number - 1] for row in below] for _, number, _ in table.columns}
        return table, raw_sheet(table, columns, self._pseudonyms, worksheet.merges)

    def _locate(self, worksheet: Worksheet) -> Table:
        rows: Iterator[Sequence[Cell]] = iter(worksheet.rows)
        table = locate(worksheet.title, lambda _number: next(rows, None), worksheet.merges, self._programme)
        if table is None:
            raise SourceError("empty_sheet", worksheet=worksheet.title)
        return table

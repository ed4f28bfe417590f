"""The worksheet of dated notes: two columns, read by the rules that hold for every date of the roster."""

from datetime import date

import numpy as np

from dashboard.programme import Programme
from dashboard.reading.account import record_column
from dashboard.reading.catalogue import SEVERITY
from dashboard.reading.cells import cell_text, unusable
from dashboard.reading.columns import Column, Mask, read_column
from dashboard.reading.dates import EPOCH, date_reader
from dashboard.reading.log import Log
from dashboard.roster import Cell, DatedNote, Finding, RawColumn, RawSheet, RawTable
from dashboard.schema import Field, Kind

DAY, WORDS = "note_date", "note_text"
LONGEST = 300  # letters of a note that are kept
MOST = 200  # notes that are kept, the newest
_DAY = Field(DAY, Kind.DATE)  # in no row of the roster; like most of its dates it must be a day, not a month


def read_notes(raw: RawTable, programme: Programme, today: date) -> tuple[tuple[DatedNote, ...], tuple[Finding, ...]]:
    """The notes in the order of days, and findings: a worksheet that is not there, days that cannot be read.

    Never raises on what cells hold. A text without a day that can be read is not shown, a day without a text says
    nothing.
    """
    if raw.notes is None:
        return (), ()
    sheet = raw.notes.sheet
    if sheet is None:
        return (), (Finding(raw.notes.fault, SEVERITY[raw.notes.fault], raw.notes.title),)
    typed = {column.field: column for column in sheet.columns}
    days, words = typed[DAY], [_said(cell) for cell in typed[WORDS].values]
    column = read_column(days, _DAY, len(words), date_reader(DAY, programme, today))
    said = np.array([bool(word) for word in words], dtype=bool)
    noted = _dated(column, words)
    return noted, _findings(sheet, days, column, said, raw.source.locale)


def _said(cell: Cell) -> str:
    """A note on one line; nothing of a cell that is blank or a formula."""
    return "" if unusable(cell) is not None else " ".join(cell_text(cell).split())[:LONGEST]


def _dated(column: Column, words: list[str]) -> tuple[DatedNote, ...]:
    days = column.numbers(lambda reading: None if reading.rejected else _number(reading.value))
    found = [
        DatedNote(date.fromordinal(int(day) + EPOCH), text)
        for day, text in zip(days, words, strict=True)
        if text and not np.isnan(day)
    ]
    return tuple(sorted(found, key=lambda note: note.on)[-MOST:])


def _number(value: str | float | None) -> float | None:
    return None if value is None else float(value)


def _findings(sheet: RawSheet, days: RawColumn, column: Column, said: Mask, locale: str | None) -> tuple[Finding, ...]:
    log = Log(sheet)
    record_column(log, None, column, said, locale)
    log.cells("note_undated", np.flatnonzero(said & ~column.filled), None, lambda _: days.letter)
    return log.findings

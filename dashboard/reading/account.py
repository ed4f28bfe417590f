"""The account of a worksheet: findings of its rows, columns and cells, and what became of every filled cell."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from dashboard.reading.cells import Reading
from dashboard.reading.columns import Column, Mask
from dashboard.reading.dates import SERIAL_EPOCH
from dashboard.reading.log import Log
from dashboard.reading.rows import RowKind
from dashboard.reading.table import Table
from dashboard.roster import Cell, FieldCount
from dashboard.schema import FIELDS, Kind

Ints = npt.NDArray[np.intp]

# Locales in which a sheet takes 05/03/2025 for the third of May (No. 18); unknown for files.
_MONTH_FIRST_LOCALES = frozenset({None, "en_US", "en_PH", "fil_PH", "es_US", "es_PA"})
_LAST_MONTH = 12  # a stored day beyond it cannot be a swapped month
_ONCE_PER_TEXT = frozenset({"cohort_unknown"})  # mended in one place: said once, with the number of cells


def record_rows(table: Table) -> None:
    """Findings about the sheet and its rows."""
    sheet, rows, log = table.sheet, table.rows, table.log
    letters = {column.field: column.letter for column in sheet.columns}
    key = letters.get("key") or min(letters.values(), default=None)
    if sheet.header_row > 1:
        log.add("rows_above_header", count=sheet.header_row - 1)
    if sheet.hidden_rows:
        log.add("hidden_rows", count=sheet.hidden_rows)
    for column in sheet.columns:
        if column.letter in sheet.coloured and column.field != "key":
            log.add("coloured_cells", letter=column.letter, field=column.field)
    for code, kind in (("blank_rows", RowKind.BLANK), ("repeated_header", RowKind.HEADER)):
        if count := int(rows.are(kind).sum()):
            log.add(code, count=count)
    for code, kind in (
        ("section_row", RowKind.SECTION),
        ("total_row", RowKind.TOTAL),
        ("no_key", RowKind.NO_KEY),
    ):
        log.cells(code, np.flatnonzero(rows.are(kind)), None, lambda _: key)
    log.cells("broken_formula", np.flatnonzero(table.broken_keys & table.live), "key", lambda _: key)


def record_cells(table: Table, locale: str | None) -> None:
    """Findings about columns and cells. What was merely put in order is counted per column, the rest listed by cell."""
    live = table.live
    for name, column in table.columns.items():
        record_column(table.log, name, column, live, locale)


def record_column(log: Log, name: str | None, column: Column, live: Mask, locale: str | None) -> None:
    """The same of one column; `name` is its field, `live` the rows that are accounted for."""
    _count_quiet(log, name, column, live)
    _list_spoken(log, name, column, live)
    if column.field.kind is Kind.DATE and locale in _MONTH_FIRST_LOCALES:
        _suspect_swapped(log, name, column, live)


def _count_quiet(log: Log, name: str | None, column: Column, live: Mask) -> None:
    counts: Counter[str] = Counter()
    for reading, number in zip(column.readings, _used(column, live), strict=True):
        for code in reading.quiet:
            counts[code] += int(number)
    for code, count in counts.items():
        if count:
            log.add(code, letter=column.letter, field=name, count=count)


def _used(column: Column, live: Mask) -> Ints:
    """How many live cells have each reading."""
    return np.bincount(column.codes[live], minlength=len(column.readings))


def _list_spoken(log: Log, name: str | None, column: Column, live: Mask) -> None:
    for code in dict.fromkeys(code for reading in column.readings for code in reading.spoken):
        found = np.flatnonzero(column.flags(partial(_says, code)) & live)
        if code not in _ONCE_PER_TEXT:
            log.cells(code, found, name, lambda _: column.letter)
            continue
        _, firsts, counts = np.unique(column.codes[found], return_index=True, return_counts=True)
        for first, count in zip(firsts, counts, strict=True):
            log.cell(code, column.letter, int(found[first]), name, ("count", int(count)))


def _says(code: str, reading: Reading) -> bool:
    return code in reading.codes


def _suspect_swapped(log: Log, name: str | None, column: Column, live: Mask) -> None:
    """Real dates beside day-first text: the sheet took the days it could for months, and left the others as text.

    A real date that cannot be used counts too: swapped, it often lies in the future. A text with a remark beside the
    date says nothing: it would be text in any sheet.
    """
    real = column.flags(lambda reading: reading.real) & live
    if not real.any() or not (column.flags(_is_day_first_alone) & live).any():
        return
    log.add("day_month_column", letter=column.letter, field=name, count=int(real.sum()))
    rows = np.flatnonzero(real)
    doubtful = rows[_day_of_month([column.cells[row] for row in rows]) <= _LAST_MONTH]
    log.cells("day_month_cell", doubtful, name, lambda _: column.letter)


def _is_day_first_alone(reading: Reading) -> bool:
    return reading.day_first and "text_beside_date" not in reading.codes


def _day_of_month(serials: Sequence[Cell]) -> Ints:
    dates = (np.floor(np.array(serials, dtype=float)) - SERIAL_EPOCH).astype("int64").astype("datetime64[D]")
    day: Ints = (dates - dates.astype("datetime64[M]")).astype(np.intp) + 1
    return day


def count_cells(table: Table) -> dict[str, FieldCount]:
    """Filled, parsed and rejected cells per field, in women's rows and rows without a key."""
    live, counts = table.live, {}
    for field in FIELDS:
        column = table.columns.get(field.id)
        if field.kind is Kind.KEY:
            keys = int(table.women.sum())
            broken = int((table.broken_keys & live).sum())
            counts[field.id] = FieldCount(keys + broken, keys, broken)
        elif column is None:
            counts[field.id] = FieldCount(0, 0, 0)
        else:
            filled = column.filled & live
            rejected = int((filled & (column.flags(lambda reading: reading.rejected) | table.refused[field.id])).sum())
            counts[field.id] = FieldCount(int(filled.sum()), int(filled.sum()) - rejected, rejected)
    return counts

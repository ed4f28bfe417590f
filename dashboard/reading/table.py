"""One worksheet as arrays: a value per row and field, with the account of its cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard.programme import Programme
from dashboard.reading.columns import NUMERIC, Column, Floats, Mask, Texts, read_column
from dashboard.reading.dates import INTERVALS, season_days
from dashboard.reading.log import Log
from dashboard.reading.rows import RowKind, RowLabels, Rows, classify, tell_keys, title_cohort
from dashboard.reading.words import Reader
from dashboard.roster import RawSheet
from dashboard.schema import FIELD, FIELDS, Kind

_FILLED_DOWN = frozenset({Kind.COHORT, Kind.TRACK})


@dataclass(frozen=True)
class Table:
    """A worksheet being read. `numbers` (dates as days since 1970) and `texts` have one entry per row of the sheet."""

    sheet: RawSheet
    log: Log
    keys: Texts
    broken_keys: Mask
    columns: Mapping[str, Column]
    rows: Rows
    numbers: dict[str, Floats]
    texts: dict[str, Texts]
    lows: dict[str, Floats]
    highs: dict[str, Floats]
    refused: dict[str, Mask]  # cells rejected by a later look at the row
    lenders: dict[str, tuple[str, Mask]] = field(default_factory=dict)  # field -> (letter, rows) it got values from

    @property
    def women(self) -> Mask:
        """Rows that have a key."""
        return self.rows.are(RowKind.WOMAN)

    @property
    def live(self) -> Mask:
        """Rows whose cells are accounted for: women, and rows set aside for want of a key."""
        return self.rows.are(RowKind.WOMAN, RowKind.NO_KEY)

    def low(self, name: str) -> Floats:
        """The earliest day a date can be."""
        return self.lows.get(name, self.numbers[name])

    def high(self, name: str) -> Floats:
        """The latest day a date can be."""
        return self.highs.get(name, self.numbers[name])

    def letter(self, name: str, index: int) -> str | None:
        """The column a value of a row came from."""
        lender, rows = self.lenders.get(name, ("", None))
        if rows is not None and rows[index]:
            return lender
        return self.columns[name].letter if name in self.columns else None

    def refuse(self, name: str, rows: Mask) -> None:
        """Take values back: they contradict others of their row."""
        for numbers in (self.numbers, self.lows, self.highs):
            if name in numbers:
                numbers[name][rows] = np.nan
        self.refused[name] |= rows


def read_table(sheet: RawSheet, readers: Mapping[str, Reader], programme: Programme) -> Table:
    """Read the cells of a worksheet and decide what its rows are."""
    size = max((len(column.values) for column in sheet.columns), default=0)
    labels = RowLabels(programme)
    columns = {
        column.field: read_column(column, FIELD[column.field], size, readers[column.field])
        for column in sheet.columns
        if column.field in readers
    }
    typed = next((column.values for column in sheet.columns if FIELD[column.field].kind is Kind.KEY), [])
    keys = tell_keys(typed, size, labels)
    rows = classify(columns, keys, labels)
    table = Table(sheet, Log(sheet), keys.pseudonyms, keys.broken, columns, rows, {}, {}, {}, {}, {})
    _spread(table, size)
    _fill_merged(table)
    _name_cohorts(table, title_cohort(sheet.title, labels))
    _narrow_seasons(table)
    return table


def _spread(table: Table, size: int) -> None:
    """Put every field's values into arrays; fields without a column are empty."""
    for item in FIELDS:
        table.refused[item.id] = np.zeros(size, dtype=bool)
        column = table.columns.get(item.id)
        if item.kind in NUMERIC:
            _put(table.numbers, item.id, column, lambda reading: _number(reading.value), size)
        elif item.kind is not Kind.KEY:
            table.texts[item.id] = np.full(size, None, dtype=object) if column is None else column.texts()
        if item.id in INTERVALS:
            _put(table.lows, item.id, column, lambda reading: reading.low, size)
            _put(table.highs, item.id, column, lambda reading: reading.high, size)


def _put(into: dict[str, Floats], name: str, column: Column | None, of: Callable[..., float | None], size: int) -> None:
    into[name] = np.full(size, np.nan) if column is None else column.numbers(of)


def _number(value: str | float | None) -> float | None:
    return None if value is None else float(value)


def _fill_merged(table: Table) -> None:
    """A merged cell holds its value at the top only (No. 3): fill it down for cohort and track, warn elsewhere."""
    fields = {column.letter: (name, column) for name, column in table.columns.items()}
    for letter, first, last in table.sheet.merges:
        start, end = first - table.sheet.first_row, last - table.sheet.first_row + 1
        if letter not in fields or start < 0 or end - start < 2:
            continue
        name, column = fields[letter]
        if column.field.kind not in _FILLED_DOWN:
            table.log.cell("merged_cells", letter, start, name)
            continue
        below = np.zeros(len(table.keys), dtype=bool)
        below[start + 1 : end] = True
        below &= ~column.filled & table.live
        if start < len(table.keys) and below.any():
            table.texts[name][below] = table.texts[name][start]
            table.log.cell("merged_filled", letter, start, name, ("count", int(below.sum())))


def _name_cohorts(table: Table, title: str | None) -> None:
    """Give women without a cohort or track of their own that of the section above them, then that of the worksheet."""
    own = ~pd.isna(table.texts["cohort"])
    for name, sections in (("cohort", table.rows.cohorts), ("track", table.rows.tracks)):
        missing = pd.isna(table.texts[name])
        table.texts[name][missing] = sections[missing]
    if title is not None:
        table.texts["cohort"][pd.isna(table.texts["cohort"])] = title
    gaps = int((pd.isna(table.texts["cohort"]) & table.women).sum())
    column = table.columns.get("cohort")
    if column is not None and gaps and (own & table.women).any():
        table.log.add("cohort_gaps", letter=column.letter, field="cohort", count=gaps)


def _narrow_seasons(table: Table) -> None:
    """A date without a year lies after the row's start of training: narrow its interval accordingly (No. 19)."""
    for name in INTERVALS - {"birth_date"}:
        column = table.columns.get(name)
        if column is None:
            continue
        for index in np.flatnonzero(column.flags(lambda reading: reading.season is not None)):
            season, start = column.readings[column.codes[index]].season, table.numbers["start_date"][index]
            if season is None or np.isnan(start):
                continue
            span = season_days(season, int(start), int(table.highs[name][index]))
            if span is not None:
                table.lows[name][index], table.highs[name][index] = span

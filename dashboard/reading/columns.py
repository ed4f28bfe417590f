"""A column read at once: every distinct cell is read a single time, the rest is arithmetic on arrays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from dashboard.programme import Programme
from dashboard.reading.cells import BLANK, Reading
from dashboard.reading.dates import date_reader
from dashboard.reading.numbers import number_reader
from dashboard.reading.words import (
    Reader,
    category_reader,
    certificate_reader,
    check_reader,
    cohort_reader,
    criteria_reader,
    district_reader,
    status_reader,
    work_kind_reader,
)
from dashboard.roster import Cell, RawColumn
from dashboard.schema import FIELDS, Field, Kind

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]

NUMERIC = frozenset({Kind.DATE, Kind.NUMBER})  # kinds whose values are numbers; all others are texts


@dataclass(frozen=True)
class Column:
    """The cells of one field in one worksheet: `readings[codes[i]]` is the reading of cell i."""

    field: Field
    letter: str
    cells: list[Cell]
    readings: list[Reading]
    codes: npt.NDArray[np.intp]
    header_code: int  # the code of cells that repeat the header, -1 if none does

    def flags(self, of: Callable[[Reading], bool]) -> Mask:
        """Which cells have a property."""
        return np.array([of(reading) for reading in self.readings], dtype=bool)[self.codes]

    @property
    def filled(self) -> Mask:
        """Which cells say something."""
        return self.flags(lambda reading: reading.filled)

    def numbers(self, of: Callable[[Reading], float | None]) -> Floats:
        """A number per cell, NaN where there is none."""
        found = [of(reading) for reading in self.readings]
        return np.array([np.nan if number is None else number for number in found], dtype=float)[self.codes]

    def texts(self) -> Texts:
        """A text per cell, None where there is none."""
        return np.array([*(reading.value for reading in self.readings), None], dtype=object)[self.codes]


class _Numbered(dict[Cell, int]):
    """Cell -> number of its reading; reads a cell the first time it is asked for."""

    def __init__(self, read: Reader) -> None:
        super().__init__({None: 0})
        self.read = read
        self.readings = [BLANK]

    def __missing__(self, cell: Cell) -> int:
        self.readings.append(self.read(cell))
        number = self[cell] = len(self.readings) - 1
        return number


def read_column(column: RawColumn, field: Field, size: int, read: Reader) -> Column:
    """Read a column's cells, padded to `size` rows."""
    cells = column.values + [None] * (size - len(column.values))
    if bool in set(map(type, cells)):  # True and 1 would be one key of the dictionary, yet are not one cell
        cells = [("TRUE" if cell else "FALSE") if isinstance(cell, bool) else cell for cell in cells]
    numbered = _Numbered(read)
    codes = np.fromiter(map(numbered.__getitem__, cells), dtype=np.intp, count=size)
    header = numbered.get(column.header, -1)
    return Column(field, column.letter, cells, numbered.readings, codes, header)


def readers(programme: Programme, today: date) -> Mapping[str, Reader]:
    """One reader per field, the key apart: pseudonyms are taken as they come."""
    return {field.id: _reader(field, programme, today) for field in FIELDS if field.kind is not Kind.KEY}


def _reader(field: Field, programme: Programme, today: date) -> Reader:
    categories = {"education": programme.education, "exit_reason": programme.exit_reasons, "track": programme.tracks}
    makers: dict[Kind, Callable[[], Reader]] = {
        Kind.COHORT: lambda: cohort_reader(programme),
        Kind.TRACK: lambda: category_reader(categories[field.id]),
        Kind.DISTRICT: lambda: district_reader(programme),
        Kind.CRITERIA: lambda: criteria_reader(programme),
        Kind.CATEGORY: lambda: category_reader(categories[field.id]),
        Kind.DATE: lambda: date_reader(field.id, programme, today),
        Kind.CERTIFICATE: lambda: certificate_reader(programme, today),
        Kind.STATUS: lambda: status_reader(programme, today),
        Kind.WORK_KIND: lambda: work_kind_reader(programme),
        Kind.CHECK: lambda: check_reader(programme),
        Kind.NUMBER: lambda: number_reader(field),
    }
    return makers[field.kind]()

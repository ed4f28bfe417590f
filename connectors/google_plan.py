"""What a pull asks Google, and what is remembered from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from connectors.base import Merge
from connectors.locate import Table
from dashboard.roster import Cell


class Api(Protocol):
    """The questions put to Google. All raise SourceError; code "bad_range" where a worksheet is not there."""

    def metadata(self) -> Mapping[str, Any]:
        """Titles, sizes and merged cells of the spreadsheet; no values."""
        ...

    def values(self, ranges: Sequence[str], *, by_columns: bool) -> list[list[list[Cell]]]:
        """The values of each range: a list of rows, or of columns; ragged, empty cells None."""
        ...

    def grid(self, ranges: Sequence[str], fields: str) -> Mapping[str, Any]:
        """What the field mask names of the ranges, asked once: hidden rows, formats; no values."""
        ...


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet with a located header."""

    gid: int
    table: Table
    merges: tuple[Merge, ...]

    @property
    def merged_below(self) -> bool:
        """Whether cells below the header are merged: such merges move with every row inserted above them."""
        mapped = {number for _, number, _ in self.table.columns}
        return any(merge.first_column in mapped and merge.first_row > self.table.last_row for merge in self.merges)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is remembered from pull to pull."""

    title: str
    locale: str | None
    worksheets: tuple[Worksheet, ...]
    notes: Worksheet | None = None  # with the two columns of the notes
    unheaded: str | None = None  # the worksheet of notes, where its first row does not name both columns

    @property
    def read(self) -> tuple[Worksheet, ...]:
        """Everything whose columns are asked for: the roster's worksheets, then that of the notes."""
        return self.worksheets if self.notes is None else (*self.worksheets, self.notes)

    @property
    def merged_below(self) -> bool:
        """Whether merged cells have to be asked for with every pull."""
        return any(worksheet.merged_below for worksheet in self.worksheets)


Columns = dict[int, list[Cell]]  # column number from 1 -> cells below the header

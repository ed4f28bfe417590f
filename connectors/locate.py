"""Where the table of a worksheet is, found by asking for one row after the other from the top.

Every row asked for is read whole, names and all, so the search stops before it can run into data: at the first row
with four filled cells that is not the header (field reference 5.2, Nos. 1 and 2).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from connectors.base import Merge, SourceError, address, column_letter
from dashboard.programme import Programme
from dashboard.reading.headers import MIN_KNOWN, HeaderMatch, join_header, match_header
from dashboard.roster import Cell

MAX_ROWS = 15
RowReader = Callable[[int], Sequence[Cell] | None]  # row number from 1 -> its cells; None below the last row


@dataclass(frozen=True, slots=True)
class Table:
    """A located header. `columns` is (field, column number from 1, header as typed), from left to right."""

    title: str
    first_row: int  # of the header, from 1
    header: tuple[tuple[Cell, ...], ...]  # its one or two rows, padded to one width
    columns: tuple[tuple[str, int, str], ...]
    unread: tuple[str, ...]  # headers mapped to nothing

    @property
    def last_row(self) -> int:
        """The header's last row."""
        return self.first_row + len(self.header) - 1

    def head(self, column: int) -> list[Cell]:
        """The header cells of one column, top down."""
        return [row[column - 1] for row in self.header]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the search for a header ended: at a header, or at the first row that could be one."""

    last_row: int
    rows: tuple[Sequence[Cell], ...]  # one or two; none where no row has four filled cells
    recognised: bool

    @property
    def first_row(self) -> int:
        """The first of its rows."""
        return self.last_row - len(self.rows) + 1


def locate(title: str, row: RowReader, merges: Sequence[Merge], programme: Programme) -> Table | None:
    """Find the header of a worksheet; None where its first rows are all empty.

    Raises SourceError no_header, header_clash, required_missing.
    """
    head = find_head(row, merges, programme)
    if head is None:
        return None
    if not head.recognised:
        raise _no_header(title, head.last_row, programme)
    return table(title, head.first_row, head.rows, programme)


def find_head(row: RowReader, merges: Sequence[Merge], programme: Programme) -> Head | None:
    """Look for a header from the top and stop where data may begin; None where the first rows are all empty."""
    above: Sequence[Cell] | None = None  # the row above, where its merged cells may be groups of columns
    filled = 0
    for number in range(1, MAX_ROWS + 1):
        cells = row(number)
        if cells is None:
            break
        filled += _filled(cells)
        rows = _header_rows(above, cells, programme)
        if rows and not _subheaders_below(number, rows, merges, programme):
            return Head(number, rows, recognised=True)
        grouped = _spans_columns(number, merges)
        if _filled(cells) >= MIN_KNOWN and not grouped:
            return Head(number, _under_groups(above, cells), recognised=False)
        above = cells if grouped else None
    return Head(number, (), recognised=False) if filled else None


def table(title: str, first_row: int, rows: Sequence[Sequence[Cell]], programme: Programme) -> Table:
    """The table under these header rows. Raises SourceError no_header, header_clash, required_missing."""
    match = _match(rows, programme)
    last_row = first_row + len(rows) - 1
    if not match.is_header:
        raise _no_header(title, last_row, programme)
    for field, one, other in match.clashes:
        raise SourceError(
            "header_clash", field=field, first=_at(title, one, last_row), second=_at(title, other, last_row)
        )
    if match.missing:
        raise SourceError(
            "required_missing",
            worksheet=title,
            row=last_row,
            fields=", ".join(match.missing),
            wanted=_wanted(match.missing, programme),
        )
    width = max(len(row) for row in rows)
    header = tuple(tuple(row) + (None,) * (width - len(row)) for row in rows)
    return Table(title, first_row, header, _columns(match, header), match.unknown)


def _columns(match: HeaderMatch, header: Sequence[Sequence[Cell]]) -> tuple[tuple[str, int, str], ...]:
    """Field, column number and the lowest filled header cell of each mapped column."""
    placed = sorted((index, field) for field, index in match.fields.items())
    return tuple(
        (field, index + 1, next((str(row[index]) for row in reversed(header) if _is_filled(row[index])), ""))
        for index, field in placed
    )


def _match(rows: Sequence[Sequence[Cell]], programme: Programme) -> HeaderMatch:
    return match_header(rows[0], programme) if len(rows) == 1 else join_header(rows[0], rows[1], programme)


def _header_rows(
    above: Sequence[Cell] | None, cells: Sequence[Cell], programme: Programme
) -> tuple[Sequence[Cell], ...] | None:
    """The rows that make the header if it ends here: this one, or with the one above if that tells more columns."""
    alone = match_header(cells, programme)
    if above is not None:
        joined = join_header(above, cells, programme)
        if joined.is_header and joined.known > alone.known:
            return above, cells
    return (cells,) if alone.is_header else None


def _under_groups(above: Sequence[Cell] | None, cells: Sequence[Cell]) -> tuple[Sequence[Cell], ...]:
    """A row with the one above it, where that names several groups of columns and is not just a title."""
    return (above, cells) if above is not None and _filled(above) > 1 else (cells,)


def _subheaders_below(
    number: int, rows: Sequence[Sequence[Cell]], merges: Sequence[Merge], programme: Programme
) -> bool:
    """Whether a row that is a header already is the upper half of a taller one.

    It is where cells are merged across columns and others down into the next row, or where required columns are
    still to be named; otherwise the next row is data and must not be asked for.
    """
    if len(rows) > 1 or not _spans_columns(number, merges):
        return False
    into_next = any(merge.first_row == number and merge.last_row == number + 1 for merge in merges)
    return into_next or bool(_match(rows, programme).missing)


def _spans_columns(number: int, merges: Sequence[Merge]) -> bool:
    return any(
        merge.first_row <= number <= merge.last_row and merge.last_column > merge.first_column for merge in merges
    )


def _is_filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _filled(cells: Sequence[Cell]) -> int:
    return sum(map(_is_filled, cells))


def _at(title: str, index: int, row: int) -> str:
    return address(title, f"{column_letter(index + 1)}{row}")


def _no_header(title: str, looked: int, programme: Programme) -> SourceError:
    wanted = _wanted(programme.sheet.required, programme)
    return SourceError("no_header", worksheet=title, rows=looked, wanted=wanted)


def _wanted(fields: Sequence[str], programme: Programme) -> str:
    """One header per field that would be understood, as the programme writes it first."""
    return " · ".join(programme.sheet.written(field)[0] for field in fields)

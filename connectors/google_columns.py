"""The mapped columns of all worksheets, in one request where its address does not grow too long for servers.

Ranges of one request are read together; between two requests staff may insert a row. So whatever of a worksheet comes
with a second request comes with the worksheet's first columns again, and nothing is used unless they are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from urllib.parse import quote

from connectors.base import address, column_letter
from connectors.google_plan import Api, Columns, Worksheet
from connectors.locate import Table
from dashboard.roster import Cell

MAX_ADDRESS = 6_000  # characters of ranges in one request; servers refuse addresses somewhere above 8,000

Run = tuple[int, range]  # index of a worksheet, and neighbouring columns of it, numbered from 1
T = TypeVar("T")


def read_columns(api: Api, worksheets: Sequence[Worksheet]) -> list[Columns] | None:
    """The mapped columns of each worksheet; None if a header or a row is not where it was a moment ago."""
    columns: list[Columns] = [{} for _ in worksheets]
    for request in _requests(worksheets):
        ranges = [_range(worksheets[index].table, run) for index, run in request]
        for (index, run), found in zip(request, api.values(ranges, by_columns=True), strict=True):
            if not _take(columns[index], worksheets[index].table, run, found):
                return None
    return columns


def column_requests(worksheets: Sequence[Worksheet]) -> int:
    """How many requests read_columns makes."""
    return len(_requests(worksheets))


def batches(ranges: Iterable[str]) -> list[list[str]]:
    """Ranges in as few requests as their length allows; nearly always one."""
    return _filled((([name], _length(name)) for name in ranges), MAX_ADDRESS)


def emptied(lines: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """Rows or columns as Google sends them, empty texts as empty cells."""
    return [[None if cell == "" else cell for cell in line] for line in lines]


def _parts(index: int, table: Table) -> Iterator[list[Run]]:
    """The runs of a worksheet in lists short enough for one request, each beginning with the first run."""
    first, *others = _runs(table)
    room = MAX_ADDRESS - _length(_range(table, first))
    lists = _filled((([run], _length(_range(table, run))) for run in others), room)
    return ([(index, run) for run in (first, *runs)] for runs in lists)


def _requests(worksheets: Sequence[Worksheet]) -> list[list[Run]]:
    """The runs of all worksheets, request by request."""
    parts = [part for index, worksheet in enumerate(worksheets) for part in _parts(index, worksheet.table)]
    lengths = (sum(_length(_range(worksheets[index].table, run)) for index, run in part) for part in parts)
    return _filled(zip(parts, lengths, strict=True), MAX_ADDRESS)


def _filled(lists: Iterable[tuple[list[T], int]], most: int) -> list[list[T]]:
    """Lists joined to as few as may be; the lengths of what is joined add up to `most` at most."""
    joined: list[list[T]] = [[]]
    used = 0
    for items, length in lists:
        if joined[-1] and used + length > most:
            joined.append([])
            used = 0
        joined[-1].extend(items)
        used += length
    return joined


def _take(columns: Columns, table: Table, run: range, found: Sequence[Sequence[Cell]]) -> bool:
    """Put the columns of a run below their headers; False where the headers, or columns read before, are others."""
    height = len(table.header)
    for offset, number in enumerate(run):
        cells = list(found[offset]) if offset < len(found) else []
        if (cells + [None] * height)[:height] != table.head(number):
            return False
        if columns.setdefault(number, cells[height:]) != cells[height:]:
            return False
    return True


def _runs(table: Table) -> list[range]:
    """Neighbouring mapped columns together: fewer ranges keep the address of the request short."""
    runs: list[range] = []
    for _, number, _ in table.columns:
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return runs


def _range(table: Table, run: range) -> str:
    return address(table.title, f"{column_letter(run.start)}{table.first_row}:{column_letter(run[-1])}")


def _length(name: str) -> int:
    return len(quote(name)) + len("&ranges=")

"""Rows of a file turned into columns, some hundred at a time: what is not wanted is let go at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from dashboard.roster import Cell

AT_ONCE = 200  # rows: fewer than make Python look for garbage, and they stay in the cache of the processor
_TEXT = {str, type(None)}


def read_columns(rows: Iterable[Sequence[Cell]], numbers: Iterable[int]) -> dict[int, list[Cell]]:
    """Column number (from 1) -> its cells, None where a row ends before it.

    Equal texts of a column are one object: a column of 400,000 dates then holds some hundred texts, and whoever looks
    them up finds them at once.
    """
    columns: dict[int, list[Cell]] = {number: [] for number in numbers}
    known: dict[int, dict[Cell, Cell]] = {number: {} for number in columns}
    for chunk, size in _chunks(rows):
        for number, cells in columns.items():
            cells += _shared(chunk[number - 1], known[number]) if number <= len(chunk) else [None] * size
    return columns


def _chunks(rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[list[tuple[Cell, ...]], int]]:
    """The columns of some rows, as far as the longest of them reaches, and how many rows they are."""
    left = iter(rows)
    while chunk := list(islice(left, AT_ONCE)):
        yield list(zip_longest(*chunk)), len(chunk)


def _shared(cells: Sequence[Cell], known: dict[Cell, Cell]) -> Iterable[Cell]:
    """The same cells. Numbers are left alone: 1, 1.0 and True are equal, and are not one cell."""
    return map(known.setdefault, cells, cells) if set(map(type, cells)) <= _TEXT else cells

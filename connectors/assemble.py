"""From located columns to a RawSheet: keys scrambled, columns cut to one length, merges kept where they matter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

from connectors.base import Merge, SourceError, column_letter
from connectors.locate import Table
from connectors.note_columns import is_notebook
from connectors.pseudonyms import Pseudonyms
from dashboard.programme import Programme
from dashboard.reading.text_key import text_key
from dashboard.roster import Cell, RawColumn, RawSheet
from dashboard.schema import FIELD

Named = TypeVar("Named")


def choose_worksheets(titles: Mapping[str, Named], programme: Programme) -> list[Named]:
    """The worksheets that hold the roster: those whose title begins as the programme says, else the first.

    Titles are compared by text key; "فوج" means "فوج 1" and "فوج" but not "فوجيات". That of the notes is none of them.
    Raises SourceError empty_sheet if there is none at all.
    """
    titles = {title: named for title, named in titles.items() if not is_notebook(title, programme)}
    if not titles:
        raise SourceError("empty_sheet", worksheet="—")
    beginnings = [key for key in map(text_key, programme.sheet.worksheets) if key]
    chosen = [named for title, named in titles.items() if _begins(text_key(title), beginnings)]
    return chosen or [next(iter(titles.values()))]


def raw_sheet(
    table: Table,
    columns: Mapping[int, list[Cell]],
    pseudonyms: Pseudonyms,
    merges: Sequence[Merge] = (),
    gid: int | None = None,
) -> RawSheet:
    """A worksheet from its columns (number from 1 -> cells below the header; ragged ends are allowed)."""
    cells = _scrambled(table, columns, pseudonyms)
    rows = max(map(_used, cells.values()), default=0)
    return RawSheet(
        title=table.title,
        header_row=table.last_row,
        first_row=table.last_row + 1,
        columns=tuple(
            RawColumn(field, header, column_letter(number), _cut(cells[field], rows))
            for field, number, header in _fields(table, pseudonyms.parts)
        ),
        gid=gid,
        merges=_merged_rows(table, merges),
    )


def unread_headers(tables: Iterable[Table]) -> tuple[str, ...]:
    """Headers of all worksheets that are mapped to nothing, each once."""
    return tuple(dict.fromkeys(header for table in tables for header in table.unread))


def _fields(table: Table, parts: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """What a reader gets, from left to right: the key stands where its first part is; identifiers are gone."""
    for field, number, header in table.columns:
        if field == parts[0]:
            yield "key", number, header
        if field in FIELD and field != "key":
            yield field, number, header


def _scrambled(table: Table, columns: Mapping[int, list[Cell]], pseudonyms: Pseudonyms) -> dict[str, list[Cell]]:
    """Field -> cells, "key" as pseudonyms of its parts. Nothing else is made of an identifier's cells."""
    numbers = {field: number for field, number, _ in table.columns}
    parts = zip_longest(*(columns[numbers[part]] for part in pseudonyms.parts))
    keys = [pseudonyms.of(*cells) for cells in parts]
    fields = {field: _cleaned(columns[number]) for field, number in numbers.items() if field in FIELD}
    return fields | {"key": keys}


def _begins(key: str, beginnings: Iterable[str]) -> bool:
    return any(
        key.startswith(beginning) and not key[len(beginning) : len(beginning) + 1].isalpha() for beginning in beginnings
    )


def _cleaned(cells: list[Cell]) -> list[Cell]:
    """An empty text is an empty cell: formulas and files say it so."""
    return [None if cell == "" else cell for cell in cells] if "" in cells else cells


def _used(cells: Sequence[Cell]) -> int:
    """Cells down to the last filled one."""
    return next((index for index in range(len(cells), 0, -1) if cells[index - 1] is not None), 0)


def _cut(cells: list[Cell], rows: int) -> list[Cell]:
    return cells if len(cells) == rows else cells[:rows] + [None] * (rows - len(cells))


def _merged_rows(table: Table, merges: Sequence[Merge]) -> tuple[tuple[str, int, int], ...]:
    """Cells merged over several rows below the header, whose value stands in a mapped column."""
    mapped = {number for _, number, _ in table.columns}
    return tuple(
        (column_letter(merge.first_column), merge.first_row, merge.last_row)
        for merge in merges
        if merge.first_column in mapped and merge.first_row > table.last_row and merge.last_row > merge.first_row
    )

"""The worksheet of dated notes: found by its name, headed in its first row, two columns of it read and no more."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

from connectors.base import column_letter
from connectors.locate import Table
from dashboard.programme import Programme
from dashboard.reading.notes import DAY, WORDS
from dashboard.reading.text_key import text_key
from dashboard.roster import Cell, RawColumn, RawNotes, RawSheet

Named = TypeVar("Named")


def is_notebook(title: str, programme: Programme) -> bool:
    """Whether a worksheet is the one that the programme names for notes."""
    wanted = text_key(programme.annotations.worksheet)
    return bool(wanted) and text_key(title) == wanted


def notebook(titles: Mapping[str, Named], programme: Programme) -> Named | None:
    """The worksheet of notes; None where there is none, or none is asked for."""
    return next((named for title, named in titles.items() if is_notebook(title, programme)), None)


def notes_table(title: str, header: Sequence[Cell], programme: Programme) -> Table | None:
    """Where the two columns stand; None where the first row does not name both."""
    book = programme.annotations
    keys = [text_key(cell) if isinstance(cell, str) else "" for cell in header]
    found: list[tuple[str, int, str]] = []
    for field, synonyms in ((DAY, book.date), (WORDS, book.text)):
        known = {text_key(word) for word in synonyms}
        place = next((number for number, key in enumerate(keys, 1) if key and key in known), None)
        if place is None:
            return None
        found.append((field, place, str(header[place - 1])))
    return Table(title, 1, (tuple(header),), tuple(sorted(found, key=lambda column: column[1])), ())


def raw_notes(table: Table, columns: Mapping[int, list[Cell]], gid: int | None = None) -> RawNotes:
    """The worksheet from its columns (number from 1 -> cells below the header; ragged ends are allowed)."""
    letters = {field: (number, header) for field, number, header in table.columns}
    rows = list(zip_longest(*(columns[letters[field][0]] for field in (DAY, WORDS))))
    while rows and all(cell is None or cell == "" for cell in rows[-1]):
        rows.pop()
    made = (
        RawColumn(field, letters[field][1], column_letter(letters[field][0]), [row[place] for row in rows])
        for place, field in enumerate((DAY, WORDS))
    )
    return RawNotes(table.title, RawSheet(table.title, table.last_row, table.last_row + 1, tuple(made), gid))


def no_notes(programme: Programme, title: str | None = None) -> RawNotes | None:
    """Why there are none: no such worksheet, or no header in the one of a `title`. None if none are missed."""
    book = programme.annotations
    if title:
        return RawNotes(title, None, "notes_header")
    return RawNotes(book.worksheet, None, "notes_missing") if book.worksheet and book.expected else None


def notes_of_rows(title: str, rows: Iterable[Sequence[Cell]], programme: Programme) -> RawNotes | None:
    """The notes of a worksheet that is there as rows from the first one on."""
    header, *below = [list(row) for row in rows] or [[]]
    table = notes_table(title, header, programme)
    if table is None:
        return no_notes(programme, title)
    columns = {
        number: [row[number - 1] if number <= len(row) else None for row in below] for _, number, _ in table.columns
    }
    return raw_notes(table, columns)

"""Many rows into one table, as fast as each engine takes them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Integer, Table

ASKED = 500  # values in one question: SQLite allows 32,766, and a question is parsed anew for each number of them
CHUNK = 20_000  # rows at a time: bounds the memory that they take
ROOM, USUAL = -64_000, -2_000  # SQLite's own cache in kibibytes, as its PRAGMA takes it


@contextmanager
def room(connection: Connection, rows: int) -> Iterator[None]:
    """Let SQLite keep in memory what many new rows change: pseudonyms fall anywhere in their index.

    With its usual cache it would write pages out and read them again over and over.
    """
    wide = rows > CHUNK and connection.dialect.name == "sqlite"
    if wide:
        connection.exec_driver_sql(f"PRAGMA cache_size = {ROOM}")
    yield
    if wide:
        connection.exec_driver_sql(f"PRAGMA cache_size = {USUAL}")


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given by columns of equal length, of integers or texts."""
    names = ", ".join(columns)
    size = len(next(iter(columns.values())))
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(columns))
        command = f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608 — names of our own tables
    else:
        lists = ", ".join(f"%s::{_kind(table, name)}[]" for name in columns)
        command = f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({lists})"  # noqa: S608
    for start in range(0, size, CHUNK):
        part = [values[start : start + CHUNK] for values in columns.values()]
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(command, list(zip(*part, strict=True)))
        else:
            connection.exec_driver_sql(command, tuple(part))


def _kind(table: Table, column: str) -> str:
    return "int" if isinstance(table.c[column].type, Integer) else "text"


def parts(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The items, some at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]

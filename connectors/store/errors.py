"""How the store fails: in a sentence that names the place and the next step, never with a value or a password."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

# SQLite's primary result codes (https://www.sqlite.org/rescode.html) and the sentence that each one gets.
_SQLITE = {
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_PERM: "store_read_only",
    sqlite3.SQLITE_CANTOPEN: "store_not_opened",
    sqlite3.SQLITE_IOERR: "store_disk_failed",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_CORRUPT: "store_corrupt",
    sqlite3.SQLITE_NOTADB: "store_corrupt",
}
# PostgreSQL's error codes, whole or by class (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRES = {
    "53100": "store_full",
    "53": "store_busy",
    "40": "store_busy",
    "55": "store_busy",
    "25006": "store_read_only",
    "42501": "store_not_allowed",
    "28": "store_not_allowed",
    "58": "store_disk_failed",
    "XX": "store_corrupt",
    "08": "store_unreachable",
    "57": "store_unreachable",
    "3D": "store_unreachable",
}


class StoreError(Exception):
    """History cannot be read or written.

    `code` is the key of a sentence ("error.<code>"), `params` fill it; neither carries a participant's value.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn faults of the database into StoreError. `place` is what to call it: a path, or host and database.

    The original error is cut off: it carries the statement with the values that were to be written.
    """
    try:
        yield
    except PoolTimeout:
        raise StoreError("store_busy", place=place) from None
    except DBAPIError as error:
        raise StoreError(_code(error.orig), place=place, kind=type(error.orig).__name__) from None
    except _faults() as error:
        raise StoreError(_code(error), place=place, kind=type(error).__name__) from None


def _faults() -> tuple[type[Exception], ...]:
    return SQLAlchemyError, sqlite3.Error, *_postgres("Error")


def _postgres(name: str) -> tuple[type[Exception], ...]:
    """A kind of fault of PostgreSQL's driver; none where it is not loaded, for then nothing of it was raised."""
    driver = sys.modules.get("psycopg")
    return (getattr(driver, name),) if driver else ()


def _code(error: BaseException | None) -> str:
    number = getattr(error, "sqlite_errorcode", None)
    if isinstance(number, int):
        return _SQLITE.get(number & 0xFF, "store_failed")
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return _POSTGRES.get(state) or _POSTGRES.get(state[:2]) or "store_failed"
    # A server that is not there, or went away, has no error code.
    return "store_unreachable" if isinstance(error, _postgres("OperationalError")) else "store_failed"

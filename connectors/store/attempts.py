"""Attempts counted for all processes that share a store: the storage behind the limits (callbacks.limiting).

With PostgreSQL they are counted in the store itself. With SQLite in a file beside it that is not forced to the disk: a
count for every callback would hold up the history, and nothing is lost if a power cut forgets it.
"""

import hashlib
import hmac
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from limits.storage import Storage
from sqlalchemy import delete, event, select, text

from connectors.store.engine import Database, open_database
from connectors.store.errors import StoreError
from connectors.store.tables import attempt

FILE = "attempts.sqlite3"
# One statement, so that no two processes count the same attempt; the same in SQLite and PostgreSQL.
_COUNT = text(
    "INSERT INTO attempt (key, hits, until) VALUES (:key, :amount, :end) ON CONFLICT (key) DO UPDATE SET "
    "hits = CASE WHEN attempt.until <= :now THEN :amount ELSE attempt.hits + :amount END, "
    "until = CASE WHEN attempt.until <= :now THEN :end ELSE attempt.until END "
    "RETURNING hits"
)


class Attempts(Storage):
    """Counts in windows of time. Every method raises StoreError where the store cannot be reached."""

    STORAGE_SCHEME = ["store"]  # noqa: RUF012  the base class's own form

    def __init__(
        self,
        database: Callable[[], Database],
        secret: bytes,
        clock: Callable[[], float] = time.time,
        *,
        tidy: bool = True,
    ) -> None:
        """`database()` is the store's; `secret` keys what is counted, so that no address is kept. `tidy`: remove
        what is over; it takes the right to delete."""
        super().__init__()
        self._database = Counting(database)
        self._secret = secret
        self._clock = clock
        self._tidy = tidy

    @property
    def base_exceptions(self) -> type[Exception]:
        """What it raises."""
        return StoreError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count an attempt; how many there are in the window that it falls into."""
        now = self._clock()
        given = {"key": self._hashed(key), "amount": amount, "now": now, "end": now + expiry}
        with self._database.open().writing() as connection:
            hits: int = connection.execute(_COUNT, given).scalar_one()
            if self._tidy and hits == amount:  # a window begins: those that are over go
                connection.execute(delete(attempt).where(attempt.c.until <= now))
        return hits

    def get(self, key: str) -> int:
        """How many there are in the window that is open; 0 if none is."""
        found = self._row(key)
        return 0 if found is None else found[0]

    def get_expiry(self, key: str) -> float:
        """When the window closes, in seconds since 1970; now if none is open."""
        found = self._row(key)
        return self._clock() if found is None else found[1]

    def check(self) -> bool:
        """Whether attempts can be counted."""
        try:
            self.get("")
        except StoreError:
            return False
        return True

    def reset(self) -> int | None:
        """Forget all of them; how many."""
        with self._database.open().writing() as connection:
            return connection.execute(delete(attempt)).rowcount

    def clear(self, key: str) -> None:
        """Forget those of one key."""
        with self._database.open().writing() as connection:
            connection.execute(delete(attempt).where(attempt.c.key == self._hashed(key)))

    def close(self) -> None:
        """Let go of the file; it is opened again if something is counted."""
        self._database.close()

    def _row(self, key: str) -> tuple[int, float] | None:
        wanted = select(attempt.c.hits, attempt.c.until)
        wanted = wanted.where(attempt.c.key == self._hashed(key), attempt.c.until > self._clock())
        with self._database.open().reading() as connection:
            found = connection.execute(wanted).first()
        return None if found is None else (found.hits, found.until)

    def _hashed(self, key: str) -> str:
        return hmac.new(self._secret, key.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class Counting:
    """Where attempts are counted: the store, or a file beside it. Opened when it is first needed."""

    def __init__(self, store: Callable[[], Database]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._file: Database | None = None

    def open(self) -> Database:
        """The database that has the table. Raises StoreError."""
        with self._lock:
            if self._file is None:
                store = self._store()
                if not store.is_sqlite:
                    return store
                self._file = _file_beside(Path(store.place))
            return self._file

    def close(self) -> None:
        """Let go of the file; the store is its owner's."""
        with self._lock:
            file, self._file = self._file, None
        if file is not None:
            file.engine.dispose()


def _file_beside(store: Path) -> Database:
    database = open_database(f"sqlite:///{store.with_name(FILE)}")
    event.listen(database.engine, "connect", _hurry)
    with database.writing() as connection:
        attempt.create(connection, checkfirst=True)
    return database


def _hurry(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")

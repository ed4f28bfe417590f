"""Who may pull a feed: one process at a time among all that share a store.

With SQLite all processes are on one machine, and a lock on a file beside the database decides; with PostgreSQL an
advisory lock, on a connection kept for nothing else. Both end with the process, however it ends.
"""

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy.engine import URL

from connectors.feed import Lease
from connectors.store.engine import Database

if TYPE_CHECKING:
    import psycopg

# A connection that is cut without a word is noticed on both sides within four seconds: after two seconds of silence
# the other side is asked, and asked again after one more second, twice (libpq, "tcp_keepalives").
_HERE = {
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 4000,
}
_THERE = "-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2 -c tcp_user_timeout=4000"
_CONNECT_SECONDS = 3


def lease(database: Database, name: str) -> Lease:
    """The right to pull what goes by a name; not taken yet."""
    url = database.engine.url
    if database.is_sqlite:
        return FileLease(Path(f"{url.database}.{_digest(name)[:12]}.lead"))
    return AdvisoryLease(url, int(_digest(name)[:16], 16) - (1 << 63))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


class FileLease:
    """A lock on a file. All methods may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
        self._locked: os.stat_result | None = None  # the file, as it was when it was locked
        self._guard = threading.Lock()

    def take(self) -> bool:
        """Lock the file, if nobody else has."""
        with self._guard:
            if self._is_held():
                return True
            with suppress(Timeout, OSError):  # another process leads; or the folder cannot be written
                self._lock.acquire()
                self._locked = self._path.stat()
            return self._is_held()

    def holds(self) -> bool:
        """Whether the file that is locked is still the one that others would lock."""
        with self._guard:
            return self._is_held()

    def release(self) -> None:
        """Unlock the file."""
        with self._guard:
            self._unlock()

    def _is_held(self) -> bool:
        if self._locked is not None:
            with suppress(OSError):
                if os.path.samestat(self._locked, self._path.stat()):
                    return True
            self._unlock()  # somebody has removed the file: whoever comes next locks another
        return False

    def _unlock(self) -> None:
        self._locked = None
        self._lock.release(force=True)


class AdvisoryLease:
    """An advisory lock of PostgreSQL. All methods may be called from any thread."""

    def __init__(self, url: URL, key: int) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._key = key
        self._connection: psycopg.Connection[Any] | None = None
        self._held = False
        self._guard = threading.Lock()

    def take(self) -> bool:
        """Ask for the lock, which answers at once."""
        with self._guard:
            if self._held:
                return self._is_alive()
            self._held = bool(self._asked("SELECT pg_try_advisory_lock(%s)", self._key))
            return self._held

    def holds(self) -> bool:
        """Whether the connection still stands: with it the lock would be lost."""
        with self._guard:
            return self._held and self._is_alive()

    def release(self) -> None:
        """Unlock, which the next one sees at once, and hang up, which it would see in a moment."""
        with self._guard:
            if self._held:
                self._asked("SELECT pg_advisory_unlock(%s)", self._key)
            self._hang_up()

    def _is_alive(self) -> bool:
        self._held = self._asked("SELECT %s", self._key) == self._key
        return self._held

    def _asked(self, question: str, key: int) -> Any:
        """The answer; None where the server cannot be reached."""
        import psycopg  # of PostgreSQL only, as are the two below

        try:
            if self._connection is None:
                self._connection = self._connected()
            row = self._connection.execute(question, (key,)).fetchone()
            return row and row[0]
        except psycopg.Error:
            self._hang_up()
            return None

    def _connected(self) -> "psycopg.Connection[Any]":
        import psycopg

        arguments = {**_HERE, "connect_timeout": _CONNECT_SECONDS, "application_name": "dashboard: leadership"}
        return psycopg.connect(self._address, autocommit=True, options=_THERE, **arguments)  # type: ignore[arg-type]

    def _hang_up(self) -> None:
        self._held = False
        connection, self._connection = self._connection, None
        if connection is not None:
            import psycopg

            with suppress(psycopg.Error):
                connection.close()

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


def session(database: Database) -> "AdvisorySession | None":
    """What the leases of a process may share: with PostgreSQL one connection for all. Nothing is opened yet."""
    return None if database.is_sqlite else AdvisorySession(database.engine.url)


def lease(database: Database, name: str, shared: "AdvisorySession | None" = None) -> Lease:
    """The right to pull what goes by a name; not taken yet. `shared` is the session of the process's leases."""
    url = database.engine.url
    if database.is_sqlite:
        return FileLease(Path(f"{url.database}.{_digest(name)[:12]}.lead"))
    return AdvisoryLease(url, int(_digest(name)[:16], 16) - (1 << 63), shared)


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


class AdvisorySession:
    """A connection kept for advisory locks alone; all leases of a process may share it. Locks end with it.

    All methods may be called from any thread.
    """

    def __init__(self, url: URL) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.Connection[Any] | None = None
        self._guard = threading.RLock()
        self.number = 0  # of the connection: locks taken on an earlier one are gone

    def asked(self, question: str, key: int) -> Any:
        """The answer; None where the server cannot be reached."""
        import psycopg  # of PostgreSQL only, as are the two below

        with self._guard:
            try:
                if self._connection is None:
                    self._connection = self._connected()
                    self.number += 1
                row = self._connection.execute(question, (key,)).fetchone()
                return row and row[0]
            except psycopg.Error:
                self.close()
                return None

    def close(self) -> None:
        """Hang up, which others see in a moment."""
        with self._guard:
            connection, self._connection = self._connection, None
            self.number += 1
            if connection is not None:
                import psycopg

                with suppress(psycopg.Error):
                    connection.close()

    def _connected(self) -> "psycopg.Connection[Any]":
        import psycopg

        arguments = {**_HERE, "connect_timeout": _CONNECT_SECONDS, "application_name": "dashboard: leadership"}
        return psycopg.connect(self._address, autocommit=True, options=_THERE, **arguments)  # type: ignore[arg-type]


class AdvisoryLease:
    """An advisory lock of PostgreSQL. All methods may be called from any thread."""

    def __init__(self, url: URL, key: int, session: AdvisorySession | None = None) -> None:
        """`session` is shared with others; without one the lease has its own, and hangs up when it is released."""
        self._key = key
        self._own = session is None
        self._session = session or AdvisorySession(url)
        self._held_on: int | None = None  # the number of the connection
        self._guard = threading.Lock()

    def take(self) -> bool:
        """Ask for the lock, which answers at once."""
        with self._guard:
            if self._held_on is not None:
                return self._is_alive()
            if self._session.asked("SELECT pg_try_advisory_lock(%s)", self._key):
                self._held_on = self._session.number
            return self._held_on is not None

    def holds(self) -> bool:
        """Whether the connection still stands: with it the lock would be lost."""
        with self._guard:
            return self._held_on is not None and self._is_alive()

    def release(self) -> None:
        """Unlock, which the next one sees at once."""
        with self._guard:
            if self._held_on is not None and self._held_on == self._session.number:
                self._session.asked("SELECT pg_advisory_unlock(%s)", self._key)
            self._held_on = None
            if self._own:
                self._session.close()

    def _is_alive(self) -> bool:
        same = self._session.asked("SELECT %s", self._key) == self._key and self._held_on == self._session.number
        if not same:
            self._held_on = None
        return same

"""Opens the database: SQLite in one file of its own, or PostgreSQL by URL."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from connectors.store.errors import StoreError, explained

APPLICATION_ID = 0x45434C54  # "ECLT": tells the file from any other SQLite database
BUSY_MILLISECONDS = 20_000  # longer than the longest write: the first record of 400,000 rows
CONNECT_SECONDS = 5
# A server that is cut off without a word is noticed within half a minute; else a question waits a quarter of an hour.
_ALIVE = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # ms
}
_WRITES = "store_writes"
_SQLITE = "sqlite:///"


class Database:
    """Transactions on one engine. Their faults come out as StoreError."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place  # what to call it in a sentence
        self._writing = engine.execution_options(**{_WRITES: True})

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout."""
        with explained(self.place), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end of the block, or not at all."""
        with explained(self.place), self._writing.begin() as connection:
            yield connection


def open_database(url: str) -> Database:
    """The database of a URL: sqlite:///path, postgresql://… or postgresql+psycopg://…. Raises StoreError."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "")
        _make_file(path)
        engine = create_engine(parsed, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
        _prepare_sqlite(engine)
        return Database(engine, str(path))
    arguments = {"connect_timeout": CONNECT_SECONDS, "application_name": "dashboard", **_ALIVE}
    engine = create_engine(parsed, pool_pre_ping=True, connect_args=arguments)
    return Database(engine, f"{parsed.host or parsed.query.get('host', '')}/{parsed.database or ''}")


def _parsed(url: str) -> URL:
    if url.startswith(_SQLITE) and len(url) > len(_SQLITE):
        # As it is written: a folder may have any sign in its name.
        return URL.create("sqlite", database=url.removeprefix(_SQLITE))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError("store_url_invalid", setting="DASHBOARD_STORE") from None
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreError("store_url_invalid", setting="DASHBOARD_STORE")
    return parsed.set(drivername="postgresql+psycopg")


def _make_file(path: Path) -> None:
    """Make the file (0600, in a folder 0700) if there is none. It appears whole or not at all.

    So an empty file, or a missing one whose write-ahead log is still there, is damage and never made anew.
    """
    try:
        if path.exists():
            if path.stat().st_size == 0:
                raise StoreError("store_corrupt", place=str(path), kind="empty")
            return
        if path.with_name(f"{path.name}-wal").exists():
            raise StoreError("store_corrupt", place=str(path), kind="missing")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put_empty_database(path)
    except (OSError, sqlite3.Error) as error:
        detail = getattr(error, "strerror", None) or type(error).__name__
        raise StoreError("store_not_opened", place=str(path), kind=detail) from None


def _put_empty_database(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(draft)) as made:
            made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            made.execute("PRAGMA journal_mode = WAL")
        os.link(draft, path)  # fails where another process was first
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say so, below
        for setting in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock at once: one that had to wait for it later would fail instead of waiting.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

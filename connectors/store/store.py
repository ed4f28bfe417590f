"""The store as a whole: its feeds, its audit, and whether it can be reached."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, text

from connectors.store.audits import read_audits, write_audit
from connectors.store.engine import Database, open_database
from connectors.store.feed import FeedStore
from connectors.store.migrate import migrate
from connectors.store.tables import feed
from dashboard.history import Audit


class Store:
    """One database. All methods may be called from any thread, and raise StoreError where it fails."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def feed(self, programme_id: str, source_key: str) -> FeedStore:
        """The history of a programme's roster from one source; `source_key` names that without any secret."""
        named = (feed.c.programme == programme_id, feed.c.source == source_key)
        with self.database.reading() as connection:
            found = connection.execute(select(feed.c.id).where(*named)).scalar()
        if found is None:
            with self.database.writing() as connection:
                _alone(connection)
                found = connection.execute(select(feed.c.id).where(*named)).scalar()
                if found is None:
                    found = _new_feed(connection, programme_id, source_key)
        return FeedStore(self.database, found)

    def audit(self, at: datetime, by: str, action: str, detail: Mapping[str, str | int]) -> None:
        """Note who did what. `detail` holds counts and names of things, never a participant's value."""
        with self.database.writing() as connection:
            write_audit(connection, at, by, action, detail)

    def audits(self, limit: int) -> Sequence[Audit]:
        """The newest notes, the newest first."""
        with self.database.reading() as connection:
            return read_audits(connection, limit)

    def ping(self) -> None:
        """Raises StoreError where the store cannot be reached."""
        with self.database.reading() as connection:
            connection.execute(select(func.count()).select_from(feed))

    def close(self) -> None:
        """Let go of all connections."""
        self.database.engine.dispose()


def open_store(url: str) -> Store:
    """The store of a URL (connectors.store.engine), its tables brought up to date. Raises StoreError."""
    database = open_database(url)
    try:
        migrate(database)
    except BaseException:
        database.engine.dispose()
        raise
    return Store(database)


def _alone(connection: Connection) -> None:
    """Nobody else adds a feed until the transaction ends; SQLite's writers are alone already."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("LOCK TABLE feed IN SHARE ROW EXCLUSIVE MODE"))


def _new_feed(connection: Connection, programme: str, source: str) -> int:
    number: int = connection.execute(select(func.coalesce(func.max(feed.c.id), 0) + 1)).scalar_one()
    counters = dict.fromkeys(("number", "edition", "counted", "persons", "pulls"), 0)
    connection.execute(feed.insert(), {"id": number, "programme": programme, "source": source, **counters})
    return number

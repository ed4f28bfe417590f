"""How much room the store takes, and giving room back."""

from pathlib import Path

from sqlalchemy import text

from connectors.store.engine import Database
from connectors.store.errors import explained


def size(database: Database) -> int:
    """Bytes of data: the SQLite file after its log was written into it, or the PostgreSQL database."""
    if database.is_sqlite:
        _outside_transactions(database, "PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(database.place).stat().st_size
    with database.reading() as connection:
        found: int = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    return found


def tidy(database: Database) -> None:
    """Leave nothing of what was deleted in free pages or in the write-ahead log of SQLite; let PostgreSQL reuse it."""
    if database.is_sqlite:
        _outside_transactions(database, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        _outside_transactions(database, "VACUUM ANALYZE")


def _outside_transactions(database: Database, *commands: str) -> None:
    with explained(database.place):
        raw = database.engine.raw_connection()
        try:
            if not database.is_sqlite:
                raw.driver_connection.autocommit = True  # type: ignore[union-attr]
            cursor = raw.cursor()
            for command in commands:
                cursor.execute(command)
            cursor.close()
        finally:
            raw.invalidate()

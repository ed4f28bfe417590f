"""How much room the store takes."""

from pathlib import Path

from sqlalchemy import text

from connectors.store.engine import Database


def size(database: Database) -> int:
    """Bytes of data: the SQLite file without its write-ahead log, or the PostgreSQL database."""
    if database.is_sqlite:
        with database.reading() as connection:
            connection.exec_driver_sql("SELECT 1 FROM feed LIMIT 1")
        with database.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(database.place).stat().st_size
    with database.reading() as connection:
        found: int = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    return found

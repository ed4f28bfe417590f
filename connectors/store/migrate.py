"""Brings a database to the newest revision of the tables, once, whoever opens it first.

Alembic is loaded where there is something to migrate only: it takes a tenth of the time of a start.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from connectors.store.engine import Database
from connectors.store.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "r0006"  # the newest revision that this dashboard knows: the last in the folder below
SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 7_204_511_893  # any number that nobody else locks in the same PostgreSQL database


def migrate(database: Database) -> None:
    """Upgrade to the newest revision. Raises StoreError store_newer where a newer dashboard has been here."""
    with database.reading() as connection:
        if revision(connection) == NEWEST:
            return
    with database.writing() as connection:
        if not database.is_sqlite:  # SQLite's writers are alone already
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = revision(connection)
        if found is not None and found not in known():
            raise StoreError("store_newer", place=database.place, revision=found)
        upgrade(connection, "head")


def upgrade(connection: Connection, target: str) -> None:
    """Run the migrations up to a revision, within the transaction of the connection."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def revision(connection: Connection) -> str | None:
    """The revision of a database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def known() -> frozenset[str]:
    """All revisions that this dashboard knows."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

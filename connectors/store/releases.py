"""Published releases: written once, numbered without gaps, never changed. There is no way to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, text

from connectors.store.audits import write_audit
from connectors.store.engine import Database
from connectors.store.errors import StoreError
from connectors.store.tables import release
from dashboard.publishing import StoredRelease


class ReleaseStore:
    """The releases of one programme. All methods raise StoreError where the database fails."""

    def __init__(self, database: Database, programme: str) -> None:
        self._database = database
        self._programme = programme

    def all(self) -> Sequence[StoredRelease]:
        """Every release, the oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(release).where(self._mine).order_by(release.c.number)).all()
        return [_read(row) for row in rows]

    def count(self) -> int:
        """How many there are, which is the number of the newest one."""
        with self._database.reading() as connection:
            return self._newest(connection)

    def get(self, number: int | None = None) -> StoredRelease | None:
        """One release, the newest without a number; None where there is none."""
        wanted = select(release).where(self._mine).order_by(release.c.number.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(wanted if number is None else wanted.where(release.c.number == number)).first()
        return None if row is None else _read(row)

    def by_code(self, code: str) -> StoredRelease | None:
        """The newest release that was published under a check code as it is stored."""
        wanted = select(release).where(self._mine, release.c.code == code).order_by(release.c.number.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _read(row)

    def publish(self, made: StoredRelease) -> None:
        """Keep a release. Audited.

        Raises StoreError release_overtaken unless its number is the next one: somebody else has published meanwhile.
        """
        with self._database.writing() as connection:
            _alone(connection)
            if made.number != self._newest(connection) + 1:
                raise StoreError("release_overtaken", number=made.number)
            values = {"number": made.number, "document": made.document, "code": made.code}
            values |= {"published_at": made.published_at, "by": made.by, "programme": self._programme}
            connection.execute(release.insert(), values)
            write_audit(connection, made.published_at, made.by, "publish", {"number": made.number, "code": made.code})

    def _newest(self, connection: Connection) -> int:
        wanted = select(func.coalesce(func.max(release.c.number), 0)).where(self._mine)
        number: int = connection.execute(wanted).scalar_one()
        return number

    @property
    def _mine(self) -> ColumnElement[bool]:
        return release.c.programme == self._programme


def _read(row: Any) -> StoredRelease:
    return StoredRelease(row.number, row.document, row.code, row.published_at, row.by)


def _alone(connection: Connection) -> None:
    """Nobody else publishes until the transaction ends; SQLite's writers are alone already."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("LOCK TABLE release IN SHARE ROW EXCLUSIVE MODE"))

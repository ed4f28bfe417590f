"""Donor links: found by the hash of their token, which is all that is known of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, text, update

from connectors.store.audits import write_audit
from connectors.store.engine import Database
from connectors.store.errors import StoreError
from connectors.store.tables import link
from dashboard.publishing import Link, NewLink


class LinkStore:
    """The links of one programme. Whatever a person does to one is audited. All methods raise StoreError."""

    def __init__(self, database: Database, programme: str) -> None:
        self._database = database
        self._programme = programme

    def all(self) -> Sequence[Link]:
        """Every link, the newest first, those that open nothing any more included."""
        with self._database.reading() as connection:
            rows = connection.execute(select(link).where(self._mine).order_by(link.c.id.desc())).all()
        return [_read(row) for row in rows]

    def find(self, number: int) -> Link | None:
        """A link by its id."""
        return self._one(link.c.id == number)

    def by_token(self, token_hash: str) -> Link | None:
        """The link whose token has a hash."""
        return self._one(link.c.token_hash == token_hash)

    def new(self, wanted: NewLink, token_hash: str, *, by: str, at: datetime) -> Link:
        """Make a link."""
        with self._database.writing() as connection:
            _alone(connection)
            newest = select(func.coalesce(func.max(link.c.id), 0)).where(self._mine)
            number: int = connection.execute(newest).scalar_one() + 1
            values = {"programme": self._programme, "id": number, "label": wanted.label, "language": wanted.language}
            values |= {"shows": wanted.shows, "expires_at": wanted.expires_at, "password_hash": wanted.password_hash}
            values |= {"token_hash": token_hash, "created_by": by, "created_at": at, "views": 0}
            connection.execute(link.insert(), values)
            write_audit(connection, at, by, "link_new", {"link": number})
        return self._known(number)

    def revoke(self, number: int, *, by: str, at: datetime) -> Link:
        """Shut a link for ever. Raises StoreError link_unknown."""
        return self._change(number, {"revoked_at": at}, "link_revoke", by, at)

    def rotate(self, number: int, token_hash: str, *, by: str, at: datetime) -> Link:
        """Give a link another token; whoever came in by the old one is out. Raises StoreError link_unknown."""
        return self._change(number, {"token_hash": token_hash}, "link_rotate", by, at)

    def seen(self, number: int, at: datetime) -> None:
        """Count a view."""
        with self._database.writing() as connection:
            counted = {"views": link.c.views + 1, "last_seen": at}
            connection.execute(update(link).where(self._mine, link.c.id == number).values(counted))

    def _change(self, number: int, values: dict[str, Any], action: str, by: str, at: datetime) -> Link:
        """Change a link that has not been revoked."""
        which = (self._mine, link.c.id == number, link.c.revoked_at.is_(None))
        with self._database.writing() as connection:
            if connection.execute(update(link).where(*which).values(values)).rowcount == 0:
                raise StoreError("link_unknown", link=number)
            write_audit(connection, at, by, action, {"link": number})
        return self._known(number)

    def _known(self, number: int) -> Link:
        found = self.find(number)
        if found is None:
            raise StoreError("link_unknown", link=number)
        return found

    def _one(self, condition: ColumnElement[bool]) -> Link | None:
        with self._database.reading() as connection:
            row = connection.execute(select(link).where(self._mine, condition)).first()
        return None if row is None else _read(row)

    @property
    def _mine(self) -> ColumnElement[bool]:
        return link.c.programme == self._programme


def _read(row: Any) -> Link:
    return Link(
        id=row.id,
        label=row.label,
        language=row.language,
        shows=row.shows,
        expires_at=row.expires_at,
        password_hash=row.password_hash,
        token_hash=row.token_hash,
        created_by=row.created_by,
        created_at=row.created_at,
        last_seen=row.last_seen,
        views=row.views,
        revoked_at=row.revoked_at,
    )


def _alone(connection: Connection) -> None:
    """Nobody else makes a link until the transaction ends; SQLite's writers are alone already."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("LOCK TABLE link IN SHARE ROW EXCLUSIVE MODE"))

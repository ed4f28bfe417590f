"""Looks at the whole store once: is the database sound, and can everything that it holds be rebuilt?"""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from connectors.store.engine import Database
from connectors.store.rebuild import BROKEN, Known, holding, rebuilt
from connectors.store.reviews import review_faults
from connectors.store.tables import feed, state, version
from dashboard.history import Checked

MOST = 100  # faults are listed


def check_store(database: Database) -> Checked:
    """Read everything. Raises StoreError where the database cannot even be read."""
    with database.reading() as connection:
        faults = list(_engine_faults(connection)) if database.is_sqlite else []
        feeds = connection.execute(select(feed).order_by(feed.c.id)).all()
        versions = 0
        for row in feeds:
            count, found = _feed_faults(connection, row.id, row.number)
            versions += count
            faults += [*found, *review_faults(connection, row.id)]
    return Checked(len(feeds), versions, tuple(faults[:MOST]))


def _engine_faults(connection: Connection) -> Iterator[str]:
    for pragma in ("integrity_check", "foreign_key_check"):
        for row in connection.execute(text(f"PRAGMA {pragma}")):
            if row[0] != "ok":
                yield f"{pragma}: {row[0]}"


def _feed_faults(connection: Connection, feed_id: int, newest: int) -> tuple[int, list[str]]:
    """How many versions a feed has, and what is wrong with them."""
    faults: list[str] = []
    near: Known | None = None
    rows = connection.execute(select(version).where(version.c.feed_id == feed_id).order_by(version.c.number)).all()
    if rows and [row.number for row in rows] != list(range(rows[0].number, newest + 1)):
        faults.append(f"feed {feed_id}: versions are missing")
    for row in rows:
        held = select(func.count()).where(state.c.feed_id == feed_id, *holding(row.number))
        if (count := connection.execute(held).scalar_one()) != row.women:
            faults.append(f"feed {feed_id}, version {row.number}: {count} women, not {row.women}")
        try:
            near = rebuilt(connection, feed_id, row, near)
        except BROKEN as error:
            faults.append(f"feed {feed_id}, version {row.number}: {type(error).__name__}")
    return len(rows), faults

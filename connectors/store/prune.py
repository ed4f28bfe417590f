"""Drops what was replaced long ago."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from connectors.store.pulls import change_head, locked
from connectors.store.shelf import Shelf
from connectors.store.tables import feed, person, pull, state, version


def prune_feeds(connection: Connection, before: datetime) -> int:
    """Drop the versions that were replaced before a moment, in all feeds; how many.

    The version that held at that moment stays, and so does the newest one, so that every later moment can be rebuilt.
    """
    feeds = connection.execute(select(feed.c.id).order_by(feed.c.id)).scalars().all()
    return sum(_prune(connection, feed_id, before) for feed_id in feeds)


def _prune(connection: Connection, feed_id: int, before: datetime) -> int:
    last = locked(connection, feed_id)
    connection.execute(delete(pull).where(pull.c.feed_id == feed_id, pull.c.at < before))
    held = (version.c.feed_id == feed_id, version.c.recorded_at <= before)
    first = connection.execute(select(func.max(version.c.number)).where(*held)).scalar()
    if first is None:
        return 0
    old = (version.c.feed_id == feed_id, version.c.number < first)
    dropped = connection.execute(delete(version).where(*old)).rowcount
    if dropped:
        connection.execute(delete(state).where(state.c.feed_id == feed_id, state.c.valid_to <= first))
        kept = select(state.c.person_id).where(state.c.feed_id == feed_id)
        connection.execute(delete(person).where(person.c.feed_id == feed_id, person.c.id.not_in(kept)))
        Shelf(connection, feed_id).sweep()
        change_head(connection, feed_id, edition=last.edition + 1)
    return dropped

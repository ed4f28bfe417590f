"""The newest state of a feed, and the log of its pulls."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, select, update

from connectors.store.documents import compact, held_from, held_text
from connectors.store.rebuild import version_of
from connectors.store.tables import feed, pull, version
from dashboard.history import Head, Held, Pull, StoredFault

KEPT = 10_000  # pulls of a feed; at one a minute that fail, a week


def read_head(connection: Connection, feed_id: int) -> Head:
    """The newest state of a feed, in one question."""
    newest = and_(version.c.feed_id == feed.c.id, version.c.number == feed.c.number)
    wanted = select(feed, *(column for column in version.c if column.name not in feed.c)).add_columns(
        version.c.number.label("newest")
    )
    row = connection.execute(wanted.select_from(feed.outerjoin(version, newest)).where(feed.c.id == feed_id)).one()
    return Head(
        version=None if row.newest is None else version_of(row),
        checked_at=row.checked_at,
        error=_fault(row),
        error_at=row.error_at,
        held=None if row.held is None else held_from(row.held),
        accepted_hash=row.accepted_hash,
        counted=row.counted,
        edition=row.edition,
        asked=row.asked,
        begun=row.begun,
        answered=row.answered,
    )


def feed_row(connection: Connection, feed_id: int) -> Row[Any]:
    """The feed's row."""
    return connection.execute(select(feed).where(feed.c.id == feed_id)).one()


def locked(connection: Connection, feed_id: int) -> Row[Any]:
    """The feed's row, which nobody else writes until the transaction ends."""
    return connection.execute(select(feed).where(feed.c.id == feed_id).with_for_update()).one()


def change_head(connection: Connection, feed_id: int, **values: Any) -> None:
    """Change the head; whoever follows it sees that it was changed."""
    changed = update(feed).where(feed.c.id == feed_id).values(counted=feed.c.counted + 1, **values)
    connection.execute(changed)


CLEARED: Mapping[str, None] = dict.fromkeys(("error_code", "error_params", "error_at", "held", "accepted_hash"))
"""What a good reading that is published puts an end to."""

_FAULT = ("error_code", "error_params", "error_at")


def fault_values(fault: StoredFault) -> dict[str, str]:
    """A fault in the columns of feed and pull."""
    return {"error_code": fault.code, "error_params": compact(dict(fault.params))}


def held_values(held: Held) -> dict[str, Any]:
    """A held reading in the columns of the feed. The pull that found it was good."""
    return {**dict.fromkeys(_FAULT), "held": held_text(held)}


def log_pull(connection: Connection, feed_id: int, row: Row[Any], **values: Any) -> None:
    """Add a line to the log and drop what is too old. `row` is the feed's, locked."""
    number = row.pulls + 1
    connection.execute(pull.insert(), {"feed_id": feed_id, "number": number, **values})
    connection.execute(update(feed).where(feed.c.id == feed_id).values(pulls=number))
    connection.execute(delete(pull).where(pull.c.feed_id == feed_id, pull.c.number <= number - KEPT))


def read_pulls(connection: Connection, feed_id: int, limit: int) -> Sequence[Pull]:
    """The newest pulls, the newest first."""
    wanted = select(pull).where(pull.c.feed_id == feed_id).order_by(pull.c.number.desc()).limit(limit)
    return [
        Pull(
            at=row.at,
            outcome=row.outcome,
            seconds=row.seconds,
            version=row.version,
            source_version=row.source_version,
            content_hash=row.content_hash,
            rows_read=row.rows_read,
            findings=row.findings,
            error=_fault(row),
        )
        for row in connection.execute(wanted)
    ]


def _fault(row: Row[Any]) -> StoredFault | None:
    return None if row.error_code is None else StoredFault(row.error_code, json.loads(row.error_params))

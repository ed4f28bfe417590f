"""Who did what to the store, and when. Never about whom."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from connectors.store.documents import compact
from connectors.store.tables import audit
from dashboard.history import Audit


def write_audit(connection: Connection, at: datetime, by: str, action: str, detail: Mapping[str, str | int]) -> None:
    """Add a line. `detail` holds counts and names of things, never a participant's value or pseudonym."""
    values = {"at": at, "by": by, "action": action, "detail": compact(dict(detail))}
    connection.execute(audit.insert(), values)


def read_audits(connection: Connection, limit: int) -> Sequence[Audit]:
    """The newest lines, the newest first."""
    wanted = select(audit).order_by(audit.c.id.desc()).limit(limit)
    return [Audit(row.at, row.by, row.action, json.loads(row.detail)) for row in connection.execute(wanted)]

"""Readings that people have asked for, counted, so that any process can ask the one that leads."""

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three counters."""
    for name in ("asked", "begun", "answered"):
        op.add_column("feed", sa.Column(name, sa.Integer, nullable=False, server_default="0"))

"""The book of the weekly reviews: signed documents, decisions, notes of the open one."""

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _key(*names: str) -> list[sa.Column[int]]:
    """The feed, and numbers within it."""
    feed = sa.Column("feed_id", sa.Integer, sa.ForeignKey("feed.id"), primary_key=True)
    return [feed, *(sa.Column(name, sa.Integer, primary_key=True) for name in names)]


def upgrade() -> None:
    """Add the four tables."""
    counters = ("counted", "reviews", "decisions", "notes")
    op.create_table("meeting", *_key(), *(sa.Column(name, sa.Integer, nullable=False) for name in counters))
    op.create_table(
        "signed_review",
        *_key("number"),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("signed_at", _MOMENT, nullable=False),
        sa.Column("signed_by", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table("decision", *_key("number"), sa.Column("body", sa.Text, nullable=False))
    op.create_table(
        "review_note",
        *_key("number"),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )

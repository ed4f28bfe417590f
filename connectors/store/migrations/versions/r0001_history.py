"""History by validity: feeds, versions, women's states, documents, pulls, audit.

Written out once and never changed: a later change of the tables is a revision of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_HASH = sa.String(64)


def upgrade() -> None:
    """Make the first tables."""
    _feed()
    _versions()
    _states()
    _log()


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("number", "edition", "counted", "persons", "pulls")),
        sa.Column("checked_at", _MOMENT),
        sa.Column("error_code", sa.Text),
        sa.Column("error_params", sa.Text),
        sa.Column("error_at", _MOMENT),
        sa.Column("held", sa.Text),
        sa.Column("accepted_hash", _HASH),
        sa.UniqueConstraint("programme", "source", name="feed_name"),
    )


def _versions() -> None:
    op.create_table(
        "document",
        sa.Column("feed_id", sa.Integer, sa.ForeignKey("feed.id"), primary_key=True),
        sa.Column("hash", _HASH, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("base", _HASH),
        sa.Column("depth", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    documents = ("placement", "findings", "account")
    op.create_table(
        "version",
        sa.Column("feed_id", sa.Integer, sa.ForeignKey("feed.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("source_version", sa.Text),
        sa.Column("women", sa.Integer, nullable=False),
        sa.Column("rows_read", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        *(sa.Column(name, _HASH, nullable=False) for name in documents),
        *(sa.ForeignKeyConstraint(["feed_id", name], ["document.feed_id", "document.hash"]) for name in documents),
    )


def _states() -> None:
    op.create_table(
        "person",
        sa.Column("feed_id", sa.Integer, sa.ForeignKey("feed.id"), primary_key=True),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("woman", sa.Text, nullable=False),
        sa.UniqueConstraint("feed_id", "woman", name="person_woman"),
    )
    op.create_table(
        "layout",
        sa.Column("feed_id", sa.Integer, sa.ForeignKey("feed.id"), primary_key=True),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("columns", sa.Text, nullable=False),
    )
    op.create_table(
        "state",
        sa.Column("feed_id", sa.Integer, primary_key=True),
        sa.Column("valid_from", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, primary_key=True),
        sa.Column("valid_to", sa.Integer, nullable=False),
        sa.Column("layout", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["feed_id", "person_id"], ["person.feed_id", "person.id"]),
        sa.ForeignKeyConstraint(["feed_id", "layout"], ["layout.feed_id", "layout.id"]),
        sqlite_with_rowid=False,
    )


def _log() -> None:
    op.create_table(
        "pull",
        sa.Column("feed_id", sa.Integer, sa.ForeignKey("feed.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("source_version", sa.Text),
        sa.Column("content_hash", sa.Text),
        sa.Column("rows_read", sa.Integer),
        sa.Column("findings", sa.Integer),
        sa.Column("error_code", sa.Text),
        sa.Column("error_params", sa.Text),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )

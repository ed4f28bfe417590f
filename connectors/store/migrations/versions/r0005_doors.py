"""What people outside are shown, and the links that they open it with."""

import sqlalchemy as sa
from alembic import op

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "release",
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
    op.create_table(
        "link",
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("shows", sa.Integer),
        sa.Column("expires_at", _MOMENT),
        sa.Column("password_hash", sa.Text),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("last_seen", _MOMENT),
        sa.Column("views", sa.Integer, nullable=False),
        sa.Column("revoked_at", _MOMENT),
        sa.UniqueConstraint("token_hash", name="link_token"),
    )

"""Which letter of which due time went to whom."""

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "mailing",
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("due", sa.Text, primary_key=True),
        sa.Column("recipient", sa.String(64), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("again_at", _MOMENT),
        sa.Column("code", sa.Text),
    )

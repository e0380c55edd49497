"""Layout 3: corrections beside a final result."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """From layout 2."""
    op.create_table(
        "corrections",
        sa.Column("scan_id", sa.String, sa.ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("agency_id", sa.String, nullable=False),
        sa.Column("item", sa.String, nullable=False),
        sa.Column("json", sa.Text, nullable=False),
    )

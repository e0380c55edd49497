"""Layout 2: the order of finishing, reviews as rows, results compressed, smaller tables in SQLite.

The order of finishing is counted, not told by the clock: a clock that jumps back does not make an older
scan the latest.
"""

import zlib

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = None


def upgrade() -> None:
    """From layout 1."""
    _count_finishes()
    _compress_results()
    _add_reviews()
    if op.get_context().dialect.name == "sqlite":
        for table in ("findings", "evidence"):
            with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_with_rowid": False}):
                pass


def _count_finishes() -> None:
    with op.batch_alter_table("scans") as batch:
        batch.add_column(sa.Column("finish_order", sa.Integer))
        batch.create_unique_constraint("scans_finish_order", ["finish_order"])
    scans = sa.table("scans", sa.column("id"), sa.column("finished_at"), sa.column("finish_order"))
    finished = sa.select(scans.c.id).where(scans.c.finished_at != "").order_by(scans.c.finished_at, scans.c.id)
    for number, scan_id in enumerate(op.get_bind().execute(finished).scalars().all(), 1):
        op.execute(scans.update().where(scans.c.id == scan_id).values(finish_order=number))


def _compress_results() -> None:
    op.add_column("agency_results", sa.Column("content", sa.LargeBinary))
    names = ("scan_id", "agency_id", "json", "content")
    results = sa.table("agency_results", *(sa.column(name) for name in names))
    connection = op.get_bind()
    keys = connection.execute(sa.select(results.c.scan_id, results.c.agency_id)).all()
    for scan_id, agency_id in keys:
        one = sa.and_(results.c.scan_id == scan_id, results.c.agency_id == agency_id)
        text = connection.execute(sa.select(results.c.json).where(one)).scalar_one()
        content = zlib.compress(text.encode())
        connection.execute(results.update().where(one).values(content=sa.bindparam("packed", content, sa.LargeBinary)))
    with op.batch_alter_table("agency_results") as batch:
        batch.drop_column("json")
        batch.alter_column("content", existing_type=sa.LargeBinary(), nullable=False)


def _add_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("scan_id", sa.String, sa.ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("agency_id", sa.String, nullable=False),
        sa.Column("item", sa.String, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("justification", sa.Text, nullable=False),
        sa.Column("reviewer", sa.String, nullable=False),
        sa.Column("reviewed_on", sa.String, nullable=False),
        sa.Column("expires", sa.String),
        sa.Column("json", sa.Text, nullable=False),
    )

"""The tables: whole results (JSON, compressed) for reading back, and plain rows for questions in SQL.

Times are ISO 8601 UTC text. A file's content stands once, under its SHA-256. A change here is a new layout:
raise ``SCHEMA`` and write the migration to it.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

APPLICATION = "ppid-audit"

SCHEMA = 3
"""Number of this layout, kept in the table ``meta`` and by Alembic; a newer one is refused."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), primary_key=True),
)

files = Table(
    "files",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

scans = Table(
    "scans",
    metadata,
    Column("id", String, primary_key=True),
    Column("started_at", String, nullable=False),
    Column("finished_at", String, nullable=False),
    Column("as_of", String, nullable=False),
    Column("state", String, nullable=False),
    Column("tool", String, nullable=False),
    Column("rubric_sha256", String, nullable=False),
    Column("agencies_sha256", String, nullable=False),
    Column("reviews_sha256", String),
    Column("rubric_as_read", String, ForeignKey("files.sha256"), nullable=False),
    Column("head", Text, nullable=False),
    Column("finish_order", Integer),
    UniqueConstraint("finish_order", name="scans_finish_order"),
)
"""``finish_order`` counts the scans as they finish, whatever the clock says; NULL while unfinished."""


def _of_scan() -> Column[str]:
    return Column("scan_id", String, ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True)


agency_results = Table(
    "agency_results",
    metadata,
    _of_scan(),
    Column("agency_id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    _of_scan(),
    Column("n", Integer, primary_key=True),
    Column("agency_id", String, nullable=False),
    Column("item", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("justification", Text, nullable=False),
    Column("reviewer", String, nullable=False),
    Column("reviewed_on", String, nullable=False),
    Column("expires", String),
    Column("json", Text, nullable=False),
)
"""The reviews that a scan was judged with, in the order of their file."""

corrections = Table(
    "corrections",
    metadata,
    _of_scan(),
    Column("n", Integer, primary_key=True),
    Column("agency_id", String, nullable=False),
    Column("item", String, nullable=False),
    Column("json", Text, nullable=False),
)
"""Reviews that came after a result was final, in the order in which they came; they change nothing in it."""

scores = Table(
    "scores",
    metadata,
    _of_scan(),
    Column("agency_id", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("score", Float),
    Column("low", Float),
    Column("high", Float),
    Column("coverage", Float),
    Column("predikat", String),
    Column("rank", Integer),
)

findings = Table(
    "findings",
    metadata,
    _of_scan(),
    Column("agency_id", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("verdict", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("period_due", String),
    Column("period_found", String),
    Column("reviewed", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

evidence = Table(
    "evidence",
    metadata,
    Column("scan_id", String, primary_key=True),
    Column("agency_id", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("found_on", Text, nullable=False),
    Column("matched", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("year", Integer),
    Column("sha256", String, nullable=False),
    Column("warc", String, nullable=False),
    ForeignKeyConstraint(
        ["scan_id", "agency_id", "item"],
        ["findings.scan_id", "findings.agency_id", "findings.item"],
        ondelete="CASCADE",
    ),
    sqlite_with_rowid=False,
)

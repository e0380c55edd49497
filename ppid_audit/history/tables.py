"""The tables: whole results as JSON for reading back, and plain rows for questions in SQL.

Times are ISO 8601 UTC text. A file's content stands once, under its SHA-256.
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
)

APPLICATION = "ppid-audit"

SCHEMA = 1
"""Number of this layout, kept in the table ``meta``; a newer one is refused."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
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
)


def _of_scan() -> Column[str]:
    return Column("scan_id", String, ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True)


agency_results = Table(
    "agency_results",
    metadata,
    _of_scan(),
    Column("agency_id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("json", Text, nullable=False),
)

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
)

"""Which database belongs to a data folder."""

from pathlib import Path

from ppid_audit.history.store import Store

DATABASE = "ppid-audit.db"


def open_store(data: Path, db: str | None = None) -> Store:
    """The database at the address ``db`` (a path or a URL); without one, that of the data folder."""
    return Store(db or data / DATABASE)

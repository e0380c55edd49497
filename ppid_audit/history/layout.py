"""Laying the tables out, and bringing an older database to today's layout by Alembic's migrations.

A migration is one transaction: interrupted at any instant it leaves the old database as it was. A SQLite
file is copied first (``ppid-audit.db.v1``), so that the older program can be gone back to.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, select, text

from ppid_audit.errors import StorageError
from ppid_audit.history import tables
from ppid_audit.history.address import engine_for, file_of

_MIGRATIONS = Path(__file__).parent / "migrations"
_TURN = 0x70706964
"""PostgreSQL's advisory lock under which the tables are made: the letters "ppid"."""


def about(connection: Connection) -> dict[str, str]:
    """What the table ``meta`` says of the database; empty when that table is not ours."""
    columns = {column["name"] for column in inspect(connection).get_columns("meta")}
    if columns != {"key", "value"}:
        return {}
    return {row.key: str(row.value) for row in connection.execute(select(tables.meta))}


def create_file(path: Path) -> None:
    """Makes a SQLite database beside its place and moves it there, so that a kill leaves none half made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for orphan in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")):
        if orphan.exists():
            # SQLite would mix what is in there into the new file.
            raise StorageError(
                f"basis data {path} hilang, tetapi {orphan.name} masih ada; pulihkan atau pindahkan dahulu",
                en=f"the database {path} is gone, but {orphan.name} is still there; restore it or move that away first",
            )
    draft = path.with_name(f"{path.name}.baru-{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        engine = engine_for(URL.create("sqlite", database=str(draft)))
        create_tables(engine)
        engine.dispose()
        with closing(sqlite3.connect(draft)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
        if not path.exists():
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def create_tables(engine: Engine) -> None:
    """Today's layout in an empty database, in one transaction; nothing when another process was faster."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        _take_turn(connection)
        if inspect(connection).has_table("meta"):
            return
        tables.metadata.create_all(connection)
        known = {"application": tables.APPLICATION, "schema": str(tables.SCHEMA)}
        connection.execute(tables.meta.insert(), [{"key": key, "value": value} for key, value in known.items()])
        connection.execute(tables.alembic_version.insert(), {"version_num": str(tables.SCHEMA)})


def upgrade(url: URL, number: int) -> None:
    """Brings layout ``number`` to today's, after a copy of a file; nothing when another process was faster."""
    engine = engine_for(url, foreign_keys=False)  # to SQLite a table that is rebuilt is one that loses its rows
    path = file_of(url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        _take_turn(connection)
        if about(connection).get("schema") != str(number):
            return
        if path:
            _copy(path, path.with_name(f"{path.name}.v{number}"))
        _migrate(connection)
        today = {"value": str(tables.SCHEMA)}
        connection.execute(tables.meta.update().where(tables.meta.c.key == "schema"), today)
        if path and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise StorageError(
                f"basis data {path} rusak: ada baris tanpa induk; susunannya tidak diubah",
                en=f"the database {path} is damaged: there are rows without a parent; its layout was not changed",
            )


def _migrate(connection: Connection) -> None:
    from alembic import command  # slow to load, and needed once in the life of a database
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))


def _copy(path: Path, target: Path) -> None:
    draft = target.with_name(f"{target.name}.baru-{os.getpid()}")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)

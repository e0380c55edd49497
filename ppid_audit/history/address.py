"""Where a database is: a file, or a URL; and the engine that opens it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from ppid_audit.errors import StorageError

_BUSY_MILLISECONDS = 10_000
_CONNECT_SECONDS = 10
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def parse(text: str) -> URL:
    """A path or URL as an address that names its driver; StorageError when it leads to no database of ours."""
    try:
        url = make_url(text) if "://" in text else URL.create("sqlite", database=text)
        name = url.drivername.partition("+")[0]
    except (SQLAlchemyError, ValueError) as error:
        # The address may hold a password, so it is not repeated.
        raise StorageError(
            "alamat basis data tidak sah; bentuknya sqlite:///berkas atau postgresql://...",
            en="this is no address of a database; it looks like sqlite:///file or postgresql://...",
        ) from error
    if name not in _DRIVERS:
        raise StorageError(
            f'basis data "{name}" tidak dikenal; yang dikenal: sqlite:///berkas atau postgresql://...',
            en=f'the database "{name}" is not known; known are sqlite:///file and postgresql://...',
        )
    if name == "sqlite" and url.database in (None, "", ":memory:"):
        raise StorageError(f'basis data "{text}" tidak menyebut berkas', en=f'the database "{text}" names no file')
    return url.set(drivername=_DRIVERS[name])


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for a server."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def engine_for(url: URL, foreign_keys: bool = True) -> Engine:
    """An engine that keeps no connection open, so that it leaves no file handle and no lock behind."""
    server = url.get_backend_name() == "postgresql"
    try:
        engine = create_engine(
            url, poolclass=NullPool, connect_args={"connect_timeout": _CONNECT_SECONDS} if server else {}
        )
    except ImportError as error:
        raise StorageError(
            f"penggerak basis data {url.drivername} belum terpasang ({error.name}); pasang ppid-audit[postgres]",
            en=f"the driver of {url.drivername} is not installed ({error.name}); install ppid-audit[postgres]",
        ) from error
    if not server:
        event.listen(engine, "connect", _preparing(foreign_keys))
        event.listen(engine, "begin", _begin)
    return engine


def _preparing(foreign_keys: bool) -> Callable[[Any, object], None]:
    def prepare(connection: Any, _record: object) -> None:
        """Per connection; WAL is a property of the file and is set once, when it is made."""
        connection.isolation_level = None  # the driver's own idea of transactions leaves out DDL and SELECT
        keys = "ON" if foreign_keys else "OFF"
        for pragma in (f"foreign_keys = {keys}", "synchronous = FULL", f"busy_timeout = {_BUSY_MILLISECONDS}"):
            connection.execute(f"PRAGMA {pragma}")

    return prepare


def _begin(connection: Connection) -> None:
    """Readers see one instant; a writer waits for its turn before it looks at anything."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

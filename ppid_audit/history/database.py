"""Opening the database: made whole or not at all, and only used when it is truly ours."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from ppid_audit.errors import StorageError
from ppid_audit.history import tables

_BUSY_MILLISECONDS = 10_000


class Database:
    """A database by file path or SQLAlchemy URL. Nothing is opened or made before it is used."""

    def __init__(self, url_or_path: str | Path) -> None:
        self._url = _parse(str(url_or_path))
        self.name = self._url.database if self._file else self._url.render_as_string(hide_password=True)
        self._engine: Engine | None = None

    @property
    def _file(self) -> Path | None:
        return Path(self._url.database or "") if self._url.get_backend_name() == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A connection, or None when there is no database yet (reading makes none)."""
        with _sentences(self.name):
            if self._file and not self._file.exists():
                yield None
            else:
                with self._ready().connect() as connection:
                    yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, committed at the end of the block; makes the database if needed."""
        with _sentences(self.name):
            if self._file and not self._file.exists():
                _create(self._file)
            with self._ready().begin() as connection:
                yield connection

    def _ready(self) -> Engine:
        """The engine, once the database has been found to be ours."""
        if self._engine is None:
            if self._file and self._file.stat().st_size == 0:
                raise StorageError(f"basis data {self.name} kosong (0 byte): berkas ini rusak atau bukan milik kami")
            engine = _engine(self._url)
            with engine.begin() as connection:
                if not self._file and not inspect(connection).has_table("meta"):
                    _lay_out(connection)
                self._check(connection)
            self._engine = engine
        return self._engine

    def _check(self, connection: Connection) -> None:
        about: dict[str, str] = {}
        if inspect(connection).has_table("meta"):
            columns = {column["name"] for column in inspect(connection).get_columns("meta")}
            if columns == {"key", "value"}:
                about = {row.key: str(row.value) for row in connection.execute(select(tables.meta))}
        if about.get("application") != tables.APPLICATION:
            raise StorageError(f"basis data {self.name} bukan milik ppid-audit; berkas itu tidak diubah")
        number = about.get("schema", "")
        if not number.isdecimal():
            raise StorageError(f"basis data {self.name} rusak: nomor susunannya tidak terbaca")
        if int(number) > tables.SCHEMA:
            raise StorageError(
                f"basis data {self.name} dibuat oleh ppid-audit yang lebih baru "
                f"(susunan {number}; versi ini membaca sampai {tables.SCHEMA})"
            )


def _parse(text: str) -> URL:
    try:
        url = make_url(text) if "://" in text else URL.create("sqlite", database=text)
        backend = url.get_backend_name()
    except (SQLAlchemyError, ValueError) as error:
        # The address may hold a password, so it is not repeated.
        raise StorageError("alamat basis data tidak sah; bentuknya sqlite:///berkas atau postgresql://...") from error
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        raise StorageError(f'basis data "{text}" tidak menyebut berkas')
    return url


def _engine(url: URL) -> Engine:
    try:
        # Connections are rare and short: keeping none open leaves no file handle and no lock behind.
        engine = create_engine(url, poolclass=NullPool)
    except ImportError as error:
        raise StorageError(f"penggerak basis data {url.drivername} belum terpasang: {error.name}") from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Per connection; WAL is a property of the file and is set once, when it is made."""
    for pragma in ("foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {_BUSY_MILLISECONDS}"):
        connection.execute(f"PRAGMA {pragma}")


def _create(path: Path) -> None:
    """Makes a SQLite database beside its place and moves it there, so that a kill leaves none half made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for orphan in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")):
        if orphan.exists():
            # SQLite would mix what is in there into the new file.
            raise StorageError(
                f"basis data {path} hilang, tetapi {orphan.name} masih ada; pulihkan atau pindahkan dahulu"
            )
    draft = path.with_name(f"{path.name}.baru-{os.getpid()}")
    try:
        engine = _engine(URL.create("sqlite", database=str(draft)))
        with engine.begin() as connection:
            _lay_out(connection)
        engine.dispose()
        raw = sqlite3.connect(draft)
        raw.execute("PRAGMA journal_mode = WAL")
        raw.close()
        if not path.exists():
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _lay_out(connection: Connection) -> None:
    tables.metadata.create_all(connection)
    about = {"application": tables.APPLICATION, "schema": str(tables.SCHEMA)}
    connection.execute(tables.meta.insert(), [{"key": key, "value": value} for key, value in about.items()])


@contextmanager
def _sentences(name: str | None) -> Iterator[None]:
    """Turns whatever the database or the disk throws into one sentence."""
    try:
        yield
    except (SQLAlchemyError, OSError, sqlite3.Error) as error:
        why = str(error.orig if isinstance(error, DBAPIError) else error).strip().partition("\n")[0]
        raise StorageError(f"basis data {name} tidak dapat dipakai: {why}") from error

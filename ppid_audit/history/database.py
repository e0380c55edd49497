"""Opening the database: made whole or not at all, and only used when it is truly ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ppid_audit.errors import StorageError
from ppid_audit.history import layout, tables
from ppid_audit.history.address import engine_for, file_of, parse


class Database:
    """A database by file path or SQLAlchemy URL. Nothing is opened or made before it is used."""

    def __init__(self, url_or_path: str | Path) -> None:
        self._url = parse(str(url_or_path))
        self._file = file_of(self._url)
        self.name = str(self._file) if self._file else self._url.render_as_string(hide_password=True)
        self._engine: Engine | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A connection that sees one instant, or None when there is no database yet (reading makes none)."""
        with _sentences(self.name):
            engine = None if self._file and not self._file.exists() else self._ready(make=False)
            if engine is None:
                yield None
            else:
                with engine.connect() as connection:
                    if not self._file:
                        connection = connection.execution_options(isolation_level="REPEATABLE READ")
                    yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, committed at the end of the block; makes the database if needed.

        Writers take turns, so that what one of them counts stays true until it has written.
        """
        with _sentences(self.name):
            if self._file and not self._file.exists():
                layout.create_file(self._file)
            engine = self._ready(make=True)
            assert engine is not None
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                connection.execute(select(tables.meta).with_for_update()).all()
                yield connection

    def _ready(self, make: bool) -> Engine | None:
        """The engine, once the database has been found to be ours and brought to today's layout.

        None when the server's database is still empty and is not to be made.
        """
        if self._engine is None:
            if self._file and self._file.stat().st_size == 0:
                raise StorageError(
                    f"basis data {self.name} kosong (0 byte): berkas ini rusak atau bukan milik kami",
                    en=f"the database {self.name} is empty (0 bytes): the file is damaged or not ours",
                )
            engine = engine_for(self._url)
            with engine.connect() as connection:
                number = self._number(connection)
            if number is None:
                if not make:
                    return None
                layout.create_tables(engine)
            elif number < tables.SCHEMA:
                layout.upgrade(self._url, number)
            self._engine = engine
        return self._engine

    def _number(self, connection: Connection) -> int | None:
        """The number of its layout; None when a server's database is empty. StorageError when it is not ours."""
        present = set(inspect(connection).get_table_names())
        if not present and not self._file:
            return None
        about = layout.about(connection) if "meta" in present else {}
        if about.get("application") != tables.APPLICATION:
            raise StorageError(
                f"basis data {self.name} bukan milik ppid-audit; isinya tidak diubah",
                en=f"the database {self.name} is not one of ppid-audit; nothing in it was changed",
            )
        number = about.get("schema", "")
        if not number.isdecimal():
            raise StorageError(
                f"basis data {self.name} rusak: nomor susunannya tidak terbaca",
                en=f"the database {self.name} is damaged: the number of its layout cannot be read",
            )
        if int(number) > tables.SCHEMA:
            raise StorageError(
                f"basis data {self.name} dibuat oleh ppid-audit yang lebih baru "
                f"(susunan {number}; versi ini membaca sampai {tables.SCHEMA})",
                en=f"the database {self.name} was made by a newer ppid-audit "
                f"(layout {number}; this version reads up to {tables.SCHEMA})",
            )
        return int(number)


@contextmanager
def _sentences(name: str) -> Iterator[None]:
    """Turns whatever the database or the disk throws into one sentence."""
    try:
        yield
    except (SQLAlchemyError, OSError, sqlite3.Error) as error:
        why = str(error.orig if isinstance(error, DBAPIError) else error).strip().partition("\n")[0]
        raise StorageError(
            f"basis data {name} tidak dapat dipakai: {why}", en=f"the database {name} cannot be used: {why}"
        ) from error

"""From the first layout to today's, on both kinds of database."""

import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine

from ppid_audit.errors import StorageError
from ppid_audit.history import layout, tables
from ppid_audit.history.address import engine_for, parse
from ppid_audit.history.store import Store
from tests.history.asking import ask, change
from tests.history.samples import result

ROOT = Path(__file__).parents[2]
FIRST = "20261101-aaaa", "2026-11-01T11:00:00Z"
SECOND = "20261108-bbbb", "2026-11-08T11:00:00Z"
UNFINISHED = "20261109-cccc", ""
TABLES = ("files", "scans", "agency_results", "scores", "findings", "evidence")


@pytest.fixture(scope="module")
def first_file(tmp_path_factory):
    """A database as the first version of the program left it."""
    path = tmp_path_factory.mktemp("v1") / "v1.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parent / "v1.sql").read_text())
        connection.execute("pragma journal_mode = wal")
    return path


@pytest.fixture
def first(first_file, address):
    """The same at ``address``, whatever the kind."""
    if "://" not in address:
        Path(address).parent.mkdir()
        shutil.copy(first_file, address)
        return address
    source, target = create_engine(f"sqlite:///{first_file}"), engine_for(parse(address))
    metadata = MetaData()
    metadata.reflect(source)
    for column in (column for table in metadata.sorted_tables for column in table.columns):
        column.type = column.type.as_generic()
    with source.connect() as rows, target.begin() as connection:
        metadata.create_all(connection)
        for table in metadata.sorted_tables:
            connection.execute(table.insert(), [row._asdict() for row in rows.execute(table.select())])
    return address


def test_every_result_of_the_first_version_is_read_as_it_was(first):
    counts = {table: ask(first, f"select count(*) from {table}") for table in TABLES}
    store = Store(first)
    for scan in (FIRST, SECOND, UNFINISHED):
        assert store.load(scan[0]) == result(*scan)
    assert store.load().scan.id == SECOND[0]
    assert [scan.id for scan in store.finished()] == [FIRST[0], SECOND[0]]
    assert {table: ask(first, f"select count(*) from {table}") for table in TABLES} == counts
    store.save(result("baru", "2020-01-01T00:00:00Z"))
    assert store.load() == result("baru", "2020-01-01T00:00:00Z")


def test_a_migrated_database_is_laid_out_as_a_new_one(first):
    Store(first).list()
    with engine_for(parse(first)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    assert ask(first, "select version_num from alembic_version") == [(str(tables.SCHEMA),)]
    assert ask(first, "select value from meta where key = 'schema'") == [(str(tables.SCHEMA),)]


def test_a_new_database_is_laid_out_as_the_code_says(store, address):
    store.save(result())
    with engine_for(parse(address)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    assert ask(address, "select version_num from alembic_version") == [(str(tables.SCHEMA),)]


def test_rows_still_fall_with_their_scan_after_the_migration(first):
    store = Store(first)
    store.save(result(*FIRST, quote="baru"))
    assert ask(
        first, "select count(*) from evidence where scan_id = :scan and quote = 'Renstra 2021'", scan=FIRST[0]
    ) == [(0,)]


def test_a_file_is_copied_before_it_is_migrated(first_file, tmp_path):
    path = tmp_path / "x.db"
    shutil.copy(first_file, path)
    Store(path).list()
    copy = tmp_path / "x.db.v1"
    assert ask(str(copy), "select value from meta where key = 'schema'") == [("1",)]
    assert ask(str(copy), "select count(*) from scans") == [(3,)]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.db", "x.db.v1"]
    again = tmp_path / "dipulihkan.db"
    shutil.copy(copy, again)
    assert Store(again).load() == result(*SECOND)


def test_an_interrupted_migration_leaves_the_old_database(first, monkeypatch):
    before = _whole(first)
    original = layout._migrate

    def broken(connection):
        original(connection)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(layout, "_migrate", broken)
    with pytest.raises(StorageError, match="No space left"):
        Store(first).load()
    assert _whole(first) == before
    monkeypatch.undo()
    assert Store(first).load() == result(*SECOND)


def test_a_migration_that_is_killed_leaves_the_old_database(first):
    before = _whole(first)
    program = textwrap.dedent("""
        import os, sys
        from ppid_audit.history import layout
        from ppid_audit.history.store import Store
        migrate = layout._migrate
        def killed(connection):
            migrate(connection)
            os.kill(os.getpid(), 9)
        layout._migrate = killed
        Store(sys.argv[1]).list()
    """)
    done = subprocess.run([sys.executable, "-c", program, first], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert _whole(first) == before
    assert Store(first).load() == result(*SECOND)


def test_two_that_open_an_old_database_at_once_migrate_it_once(first):
    program = "import sys; from ppid_audit.history.store import Store; print(Store(sys.argv[1]).load().scan.id)"
    opening = [
        subprocess.Popen([sys.executable, "-c", program, first], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [each.communicate()[0].strip() for each in opening] == [SECOND[0]] * 3


def test_a_newer_database_is_refused_and_left_alone(store, address):
    store.save(result())
    change(address, "update meta set value = '99' where key = 'schema'")
    for use in (lambda: Store(address).load(), lambda: Store(address).save(result("lain"))):
        with pytest.raises(StorageError, match="lebih baru"):
            use()
    assert ask(address, "select count(*) from scans") == [(1,)]


def test_a_foreign_database_is_refused_and_left_alone(store, address):
    if "://" not in address:
        Path(address).parent.mkdir()
    change(address, "create table pegawai (nama text)")
    for use in (lambda: Store(address).load(), lambda: Store(address).save(result("lain"))):
        with pytest.raises(StorageError, match="bukan milik"):
            use()
    change(address, "drop table pegawai")


def test_reading_an_empty_server_makes_nothing(store, address):
    assert store.list() == ()
    if "://" in address:
        assert ask(address, "select count(*) from information_schema.tables where table_schema = 'public'") == [(0,)]
    else:
        assert not Path(address).exists()


def _whole(address: str) -> dict[str, list[object]]:
    """Everything in the database, with its columns."""
    metadata = MetaData()
    engine = engine_for(parse(address))
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: [tuple(table.columns.keys()), *(tuple(row) for row in connection.execute(table.select()))]
            for table in metadata.sorted_tables
        }

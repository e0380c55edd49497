import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ppid_audit.errors import NotFoundError, StorageError
from ppid_audit.history.store import Store
from tests.history.samples import result

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "ppid-audit.db"


@pytest.fixture
def store(path):
    return Store(path)


def ask(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def change(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql, values)


def test_a_url_opens_the_same_database_as_its_path(store, path):
    store.save(result())
    assert Store(f"sqlite:///{path}").load() == result()
    assert Store(str(path)).load() == result()
    assert ask(path, "pragma journal_mode") == [("wal",)]


def test_reading_makes_no_database(store, path):
    assert store.list() == ()
    with pytest.raises(NotFoundError, match="belum ada"):
        store.load()
    with pytest.raises(NotFoundError):
        store.file("0" * 64)
    assert not path.parent.exists()


def foreign(path):
    change(path, "create table meta (nama text)")


def foreign_with_our_columns(path):
    change(path, "create table meta (key text, value text)")


def newer(path):
    Store(path).save(result())
    change(path, "update meta set value = '99' where key = 'schema'")


def unnumbered(path):
    Store(path).save(result())
    change(path, "update meta set value = 'x' where key = 'schema'")


def shortened(path):
    Store(path).save(result())
    path.write_bytes(path.read_bytes()[:9000])


def overwritten(path):
    Store(path).save(result())
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.touch(), "kosong"),
        (lambda path: path.write_bytes(b"catatan rapat\n" * 500), "tidak dapat dipakai"),
        (lambda path: path.mkdir(), "tidak dapat dipakai"),
        (foreign, "bukan milik"),
        (foreign_with_our_columns, "bukan milik"),
        (newer, "lebih baru"),
        (unnumbered, "rusak"),
        (shortened, "tidak dapat dipakai"),
        (overwritten, "tidak dapat dipakai"),
    ],
)
def test_a_database_that_is_not_in_order_is_refused_and_kept(path, spoil, says):
    path.parent.mkdir(parents=True)
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    for use in (lambda: Store(path).load(), lambda: Store(path).save(result("lain"))):
        with pytest.raises(StorageError, match=says):
            use()
    assert (path.read_bytes() if path.is_file() else None) == before


def test_what_sqlite_left_of_a_lost_database_is_not_mixed_into_a_new_one(store, path):
    path.parent.mkdir()
    path.with_name("ppid-audit.db-wal").write_bytes(b"sisa")
    with pytest.raises(StorageError, match="hilang"):
        store.save(result())
    assert not path.exists()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "bukan-basis-data://x",
        "://",
        "postgresql://h:bukan-angka/x",
        "mysql://[::1/x",
        "mysql://h/x",
        "postgresql+pg8000:///",
    ],
)
def test_an_address_that_names_no_database_is_one_sentence(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StorageError) as error:
        Store(url).save(result())
    assert "\n" not in str(error.value)


def test_a_missing_driver_or_server_is_one_sentence():
    with pytest.raises(StorageError) as error:
        Store("postgresql+psycopg://nama:rahasia@127.0.0.1:1/x").load()
    assert "rahasia" not in str(error.value)


def test_a_disk_that_refuses_is_one_sentence(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(StorageError, match="tidak dapat dipakai"):
        Store(tmp_path / "berkas" / "x.db").save(result())


@pytest.mark.parametrize("after", [0.0, 0.05, 0.2])
def test_killed_at_any_moment_there_are_only_whole_results(path, after):
    program = textwrap.dedent("""
        import sys
        from ppid_audit.history.store import Store
        from tests.history.samples import result
        store = Store(sys.argv[1])
        print("mulai", flush=True)
        for number in range(10_000):
            store.save(result(f"s{number % 5}", quote=str(number)))
    """)
    saving = subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert saving.stdout
    saving.stdout.readline()
    time.sleep(after)
    saving.kill()
    saving.communicate()
    kept = Store(path)
    for scan in kept.list():
        got = kept.load(scan.id)
        quotes = {agency.assessment.findings[1].evidence[0].quote for agency in got.agencies}
        assert len(quotes) == 1
        assert got == result(scan.id, quote=quotes.pop())
    kept.save(result("sesudahnya"))
    assert kept.load("sesudahnya") == result("sesudahnya")

import hashlib
import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ppid_audit.errors import NotFoundError, StorageError
from ppid_audit.history.store import Store
from ppid_audit.model.scan import Result
from tests.history.samples import RENSTRA, result

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


def test_a_result_comes_back_as_it_was(store):
    store.save(result())
    assert store.load("20261124-aaaa") == result()
    assert store.load() == result()


def test_a_url_opens_the_same_database_as_its_path(store, path):
    store.save(result())
    assert Store(f"sqlite:///{path}").load() == result()
    assert Store(str(path)).load() == result()


def test_saving_again_replaces_and_makes_no_new_scan(store, path):
    store.save(result(quote="lama"))
    again = result(quote="baru")
    again = replace(again, scan=replace(again.scan, tool="1.1.0"), agencies=again.agencies[:2])
    store.save(again)
    assert store.load() == again
    assert store.list() == (again.scan,)
    assert ask(path, "select count(*) from evidence where quote = 'lama'") == [(0,)]
    assert ask(path, "select count(distinct agency_id) from findings") == [(2,)]


def test_the_rows_answer_questions_in_plain_sql(store, path):
    store.save(result())
    assert ask(path, "select agency_id, status, score, low, high, coverage, rank from scores order by 1")[0] == (
        "arsip", "assessed", 71.4, 66.0, 78.2, 0.91, 1,
    )  # fmt: skip
    assert ask(path, f"select verdict, reason, period_due, reviewed from findings where item = '{RENSTRA}'")[0] == (
        "fulfilled", "found", "2021-2026", 0,
    )  # fmt: skip
    assert ask(path, "select n, quote, year, warc from evidence where agency_id = 'dinkes' order by n") == [
        (0, "Renstra 2021", 2021, ""),
        (1, "", None, "dinkes.warc.gz#77"),
    ]
    assert ask(path, "pragma journal_mode") == [("wal",)]


def test_the_rubric_is_kept_once_and_input_files_exactly(store, path):
    files = {"agencies": b"agencies: []\r\n", "rubric": b"name: x\n\xff"}
    for number in range(3):
        store.save(result(f"scan-{number}"), files)
    assert ask(path, "select kind, count(*) from files group by kind order by kind") == [
        ("agencies", 1),
        ("rubric", 1),
        ("rubric-as-read", 1),
    ]
    assert store.file(hashlib.sha256(files["rubric"]).hexdigest()) == files["rubric"]
    with pytest.raises(NotFoundError):
        store.file("0" * 64)


def test_words_that_no_database_takes_are_kept_all_the_same(store, path):
    odd = result(quote="nol \0 dan \udcff '; drop table scans; --")
    store.save(odd)
    assert store.load() == odd
    assert ask(path, "select quote from evidence where n = 0")[0] == ("nol \ufffd dan ? '; drop table scans; --",)


def test_latest_is_the_one_that_finished_last(store):
    store.save(result("a", finished_at="2026-11-24T12:00:00Z"))
    store.save(result("b", finished_at="2026-11-24T11:00:00Z"))
    store.save(result("c", finished_at=""))
    assert store.load("latest").scan.id == "a"
    assert {scan.id for scan in store.list()} == {"a", "b", "c"}


def test_a_scan_is_found_by_the_start_of_its_id(store):
    for scan_id in ("20261101-ab", "20261124-cd", "20261124-ce", "2026"):
        store.save(result(scan_id))
    assert store.load("20261101").scan.id == "20261101-ab"
    assert store.load("2026").scan.id == "2026"
    with pytest.raises(
        NotFoundError, match='pemindaian "20261124" tidak tunggal; yang cocok: 20261124-ce, 20261124-cd'
    ):
        store.load("20261124")
    with pytest.raises(NotFoundError, match='pemindaian "2_26" tidak ada; yang ada: 20261124-ce'):
        store.load("2_26")


def test_many_ids_are_not_all_told(store):
    for number in range(12):
        store.save(result(f"s{number:02d}"))
    with pytest.raises(NotFoundError, match=r"s11, .*s02, dan 2 lagi"):
        store.load("x")


def test_reading_makes_no_database(store, path):
    assert store.list() == ()
    with pytest.raises(NotFoundError, match="belum ada"):
        store.load()
    with pytest.raises(NotFoundError):
        store.file("0" * 64)
    assert not path.parent.exists()


def test_unfinished_scans_only(store):
    store.save(result(finished_at=""))
    with pytest.raises(NotFoundError, match="belum ada pemindaian yang selesai"):
        store.load()


def foreign(path):
    change(path, "create table meta (nama text)")


def foreign_with_our_columns(path):
    change(path, "create table meta (key text, value text)")


def newer(path):
    Store(path).save(result())
    change(path, "update meta set value = '2' where key = 'schema'")


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


def test_a_damaged_row_is_one_sentence(store, path):
    store.save(result())
    for table, column in [("agency_results", "json"), ("scans", "head"), ("files", "content")]:
        (kept,) = ask(path, f"select {column} from {table} limit 1")[0]
        for bad in ("{", b"\xff\xfe", 7):
            change(path, f"update {table} set {column} = ?", bad)
            with pytest.raises(StorageError):
                store.load()
        store.save(result())
        change(path, f"update {table} set {column} = ?", kept)


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


def test_a_save_that_fails_half_way_changes_nothing(store):
    store.save(result())
    twice = result(quote="baru")
    broken = Result(twice.scan, twice.rubric, (*twice.agencies, twice.agencies[0]))
    with pytest.raises(StorageError):
        store.save(broken)
    assert store.load() == result()


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

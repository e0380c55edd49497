import hashlib
import threading
import zlib
from dataclasses import replace
from datetime import date

import pytest

from ppid_audit.errors import NotFoundError, StorageError
from ppid_audit.history.store import Store
from ppid_audit.model.amendment import Amendment, Amendments, SeenEvidence
from ppid_audit.model.comparison import TrendRow
from ppid_audit.model.rubric import Verdict
from ppid_audit.model.scan import Result
from tests.history.asking import ask, change
from tests.history.samples import RENSTRA, result


def test_a_result_comes_back_as_it_was(store):
    store.save(result())
    assert store.load("20261124-aaaa") == result()
    assert store.load() == result()


def test_saving_again_replaces_and_makes_no_new_scan(store, address):
    store.save(result(quote="lama"))
    again = result(quote="baru")
    again = replace(again, scan=replace(again.scan, tool="1.1.0"), agencies=again.agencies[:2])
    store.save(again)
    assert store.load() == again
    assert store.list() == (again.scan,)
    assert ask(address, "select count(*) from evidence where quote = 'lama'") == [(0,)]
    assert ask(address, "select count(distinct agency_id) from findings") == [(2,)]


def test_the_rows_answer_questions_in_plain_sql(store, address):
    store.save(result())
    assert ask(address, "select agency_id, status, score, low, high, coverage, rank from scores order by 1")[0] == (
        "arsip", "assessed", 71.4, 66.0, 78.2, 0.91, 1,
    )  # fmt: skip
    assert ask(address, f"select verdict, reason, period_due, reviewed from findings where item = '{RENSTRA}'")[0] == (
        "fulfilled", "found", "2021-2026", 0,
    )  # fmt: skip
    assert ask(address, "select n, quote, year, warc from evidence where agency_id = 'dinkes' order by n") == [
        (0, "Renstra 2021", 2021, ""),
        (1, "", None, "dinkes.warc.gz#77"),
    ]


def test_the_rubric_is_kept_once_and_input_files_exactly(store, address):
    files = {"agencies": b"agencies: []\r\n", "rubric": b"name: x\n\xff"}
    for number in range(3):
        store.save(result(f"scan-{number}"), files)
    assert ask(address, "select kind, count(*) from files group by kind order by kind") == [
        ("agencies", 1),
        ("rubric", 1),
        ("rubric-as-read", 1),
    ]
    assert store.file(hashlib.sha256(files["rubric"]).hexdigest()) == files["rubric"]
    with pytest.raises(NotFoundError):
        store.file("0" * 64)


def test_words_that_no_database_takes_are_kept_all_the_same(store, address):
    odd = result(quote="nol \0 dan \udcff '; drop table scans; --")
    store.save(odd)
    assert store.load() == odd
    assert ask(address, "select quote from evidence where n = 0")[0] == ("nol \ufffd dan ? '; drop table scans; --",)


def test_latest_is_the_one_that_finished_last_whatever_the_clock_said(store):
    store.save(result("a", finished_at="2026-11-24T12:00:00Z"))
    store.save(result("b", finished_at="2025-01-01T00:00:00Z"))
    store.save(result("c", finished_at=""))
    assert store.load("latest").scan.id == "b"
    assert [scan.id for scan in store.list()] == ["c", "b", "a"]
    store.save(result("a", quote="dinilai lagi"))
    assert [scan.id for scan in store.finished()] == ["a", "b"]
    store.save(result("c", finished_at="2024-01-01T00:00:00Z"))
    assert [scan.id for scan in store.finished()] == ["a", "b", "c"]
    assert store.load().scan.id == "c"


def test_a_scan_is_found_by_the_start_of_its_id(store):
    for scan_id in ("20261101-ab", "20261124-cd", "20261124-ce", "2026"):
        store.save(result(scan_id))
    assert store.load("20261101").scan.id == "20261101-ab"
    assert store.load("2026").scan.id == "2026"
    with pytest.raises(
        NotFoundError, match='pemindaian "20261124" tidak tunggal; yang cocok: 20261124-ce, 20261124-cd'
    ):
        store.load("20261124")
    with pytest.raises(NotFoundError, match='pemindaian "2_26" tidak ada; yang ada: 2026, 20261124-ce'):
        store.load("2_26")


def test_many_ids_are_not_all_told(store):
    for number in range(12):
        store.save(result(f"s{number:02d}"))
    with pytest.raises(NotFoundError, match=r"s11, .*s02, dan 2 lagi"):
        store.load("x")


def test_unfinished_scans_only(store):
    store.save(result(finished_at=""))
    with pytest.raises(NotFoundError, match="belum ada pemindaian yang selesai"):
        store.load()


def test_a_save_that_fails_half_way_changes_nothing(store):
    store.save(result())
    twice = result(quote="baru")
    broken = Result(twice.scan, twice.rubric, (*twice.agencies, twice.agencies[0]))
    with pytest.raises(StorageError):
        store.save(broken)
    assert store.load() == result()


def test_the_reviews_of_a_scan_come_back_and_answer_in_sql(store, address):
    reviews = Amendments(
        (
            Amendment(
                "dinkes", RENSTRA, Verdict.FULFILLED, "attested", "dilihat \0 di kantor", "Sari", date(2026, 11, 3),
                expires=date(2027, 1, 1), evidence=(SeenEvidence("https://a.example/", "d" * 64),),
            ),
            Amendment("arsip", RENSTRA, Verdict.NOT_APPLICABLE, "waived", "-", "Sari", date(2026, 11, 4)),
        ),
        sha256="e" * 64,
    )  # fmt: skip
    seen = result()
    seen = replace(seen, scan=replace(seen.scan, reviews_sha256=reviews.sha256))
    store.save(seen, amendments=reviews)
    assert store.reviews(seen.scan) == reviews
    assert ask(address, "select agency_id, reviewer, reviewed_on, expires from reviews order by n") == [
        ("dinkes", "Sari", "2026-11-03", "2027-01-01"),
        ("arsip", "Sari", "2026-11-04", None),
    ]
    store.save(seen, amendments=Amendments((), reviews.sha256))
    assert store.reviews(seen.scan) is None
    assert store.reviews(result().scan) == Amendments()
    assert ask(address, "select count(*) from reviews") == [(0,)]


def test_the_trend_holds_every_finished_scan_in_its_order(store):
    store.save(result("a"))
    later = result("b", finished_at="2020-01-01T00:00:00Z")
    blank = replace(later.agencies[0].scorecard.total, score=None)
    first = replace(later.agencies[0], scorecard=replace(later.agencies[0].scorecard, total=blank))
    store.save(replace(later, agencies=(later.agencies[1], first)))
    store.save(result("c", finished_at=""))
    trend = store.trend()
    assert [scan.id for scan in trend.scans] == ["a", "b"]
    assert trend.rows == (
        TrendRow("bappeda", (71.4, 71.4)),
        TrendRow("dinkes", (71.4, None)),
        TrendRow("arsip", (71.4, None)),
    )


def test_two_that_save_at_once_take_turns(store, address):
    store.save(result("0"))
    failed: list[BaseException] = []

    def save(name: str) -> None:
        try:
            mine = Store(address)
            for number in range(5):
                mine.save(result(f"{name}{number}"))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=save, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [order for (order,) in ask(address, "select finish_order from scans order by 1")] == list(range(1, 22))
    assert len(store.finished()) == 21


def test_a_damaged_row_is_one_sentence(store, address):
    store.save(result())
    for table, column, bad in [
        ("agency_results", "content", b"{"),
        ("agency_results", "content", zlib.compress(b"{")),
        ("agency_results", "content", zlib.compress(b"\xff")),
        ("scans", "head", "{"),
        ("files", "content", b"{"),
        ("files", "content", b"\xff\xfe"),
    ]:
        (kept,) = ask(address, f"select {column} from {table} limit 1")[0]
        change(address, f"update {table} set {column} = :bad", bad=bad)
        with pytest.raises(StorageError) as error:
            store.load()
        assert "\n" not in str(error.value)
        change(address, f"update {table} set {column} = :kept", kept=kept)
    store.load()

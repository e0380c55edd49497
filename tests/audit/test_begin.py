"""Where a scan begins: names that always grow, and which interrupted scan is gone on with."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.archive.folder import HEAD, ScanFolder
from ppid_audit.audit.begin import begin, new_id, selection
from ppid_audit.audit.job import Resume, ScanJob
from ppid_audit.history.store import Store
from ppid_audit.model.agency import Agency, CrawlSettings, Registry
from ppid_audit.model.scan import Result
from tests.history.samples import RUBRIC

NOON = "2026-11-24T12:00:00Z"


def job(tmp_path, at: str = NOON, **more) -> ScanJob:
    agencies = (Agency("dinkes", "Dinas Kesehatan", "dinas", "http://127.0.0.1:1/"),)
    registry = Registry(agencies, crawl=CrawlSettings(0.0, 20), sha256="a" * 64)
    return ScanJob(
        **{"registry": registry, "rubric": RUBRIC, "data": tmp_path, "as_of": date(2026, 11, 24), "now": lambda: at}
        | more
    )


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "ppid-audit.db")


def finish(store: Store, given: ScanJob, start) -> None:
    store.save(Result(replace(start.head, finished_at=given.now()), given.rubric, ()))


def test_an_interrupted_scan_of_the_same_files_is_gone_on_with(tmp_path, store):
    first = begin(job(tmp_path), store)
    assert not first.resumed
    later = begin(job(tmp_path, "2026-11-25T11:00:00Z", as_of=date(2026, 11, 25)), store)
    assert later.resumed
    assert (later.head.id, later.head.started_at, later.head.as_of) == (first.head.id, NOON, "2026-11-24")
    asked_for = begin(job(tmp_path, as_of=date(2026, 11, 26), day_given=True), store)
    assert (asked_for.resumed, asked_for.head.as_of) == (True, "2026-11-26")


@pytest.mark.parametrize(
    "other",
    [
        {"rubric": replace(RUBRIC, sha256="b" * 64)},
        {"registry": Registry((), sha256="a" * 64)},
        {"resume": Resume.NEVER},
        {"now": lambda: "2026-11-25T12:00:01Z"},
        {"now": lambda: "2026-11-23T11:59:59Z"},
    ],
)
def test_other_files_another_day_or_the_wish_for_a_fresh_one_begin_anew(tmp_path, store, other):
    first = begin(job(tmp_path), store)
    again = begin(job(tmp_path, **other), store)
    assert not again.resumed
    assert again.head.id > first.head.id


def test_asked_for_it_is_resumed_however_old(tmp_path, store):
    first = begin(job(tmp_path), store)
    again = begin(job(tmp_path, "2027-03-01T12:00:00Z", resume=Resume.ALWAYS), store)
    assert (again.resumed, again.head.id) == (True, first.head.id)


def test_what_the_database_holds_is_finished_and_what_stands_before_it_is_left(tmp_path, store):
    given = job(tmp_path)
    left = begin(given, store)
    finished = begin(job(tmp_path, resume=Resume.NEVER), store)
    finish(store, given, finished)
    third = begin(job(tmp_path, resume=Resume.ALWAYS), store)
    assert not third.resumed
    assert left.head.id < finished.head.id < third.head.id
    assert [folder.id for folder in third.before] == [finished.head.id]


def test_a_damaged_head_is_passed_over(tmp_path, store):
    first = begin(job(tmp_path), store)
    head = first.folder.path / HEAD
    for text in (
        "",
        "{",
        head.read_text().replace("2026-11-24T12", "2026-11-24Tx"),
        head.read_text().replace(NOON, ""),
    ):
        head.write_text(text)
        assert not begin(job(tmp_path), store).resumed
        for folder in tmp_path.glob("archive/*"):
            if folder != first.folder.path:
                (folder / HEAD).unlink(missing_ok=True)


def test_the_selection_is_who_is_visited_where_and_how_far(tmp_path):
    given = job(tmp_path)
    moved = replace(given.registry, agencies=(replace(given.registry.agencies[0], url="http://127.0.0.1:2/"),))
    further = replace(given.registry, crawl=CrawlSettings(0.0, 21))
    slower = replace(given.registry, crawl=CrawlSettings(2.0, 20))
    same = selection(given)
    assert selection(replace(given, registry=slower)) == same
    assert len({same, *(selection(replace(given, registry=other)) for other in (moved, further))}) == 3


@given(st.lists(st.datetimes(min_value=datetime(1980, 1, 1)), min_size=1, max_size=8))
def test_names_grow_whatever_the_clock_does(times):
    taken: list[str] = ["99999999-999999-abc", "lost+found"]
    for moment in times:
        name = new_id(f"{moment.replace(microsecond=0).isoformat()}Z", "x", taken)
        assert all(name > other for other in taken[2:])
        taken.append(name)


def test_a_folder_of_an_older_program_is_no_interrupted_scan(tmp_path, store):
    (tmp_path / "archive" / "20261124-110000-abcdef").mkdir(parents=True)
    start = begin(job(tmp_path), store)
    assert not start.resumed
    assert ScanFolder(tmp_path / "archive" / start.head.id).begun() is not None

"""What is looked at before anything is sent: whether there is room, and what ``--dry-run`` tells."""

from types import SimpleNamespace

import pytest

from ppid_audit.audit.space import LEAST, LITTLE
from ppid_audit.history.store import Store
from tests.cli.desk import call
from tests.cli.nightly import Nightly, pages

SCAN = ("scan", "--as-of", "2026-11-24", "--quiet")
PUBLIC = """\
contact: {contact}
crawl: {{delay: {delay}}}
agencies:
  - {{id: dinkes, name: Dinas Kesehatan, kind: dinas, url: 'https://dinkes.example.go.id/'}}
"""


@pytest.fixture
def regency(tmp_path):
    made = Nightly(tmp_path, dinkes=pages(), bkd=pages())
    yield made
    made.close()


@pytest.fixture
def free(monkeypatch):
    """``free(bytes)`` has the disk say so."""

    def said(count: int) -> None:
        monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=count))

    return said


def test_without_room_nothing_is_begun(regency, free):
    free(LEAST - 1)
    assert "tinggal 49 MB; pemindaian memerlukan sedikitnya 50 MB" in regency.run(*SCAN, code=6)
    assert "only 49 MB are free" in regency.run(*SCAN, "--lang", "en", code=6)
    assert regency.asked == []
    assert not (regency.folder / "ppid-data" / "archive").exists()


@pytest.mark.parametrize(("count", "warned"), [(LEAST, True), (LITTLE - 1, True), (LITTLE, False)])
def test_little_room_is_said_and_no_hindrance(regency, free, count, warned):
    free(count)
    assert (f"tinggal {count // 1_000_000} MB" in regency.run(*SCAN)) is warned


def test_where_the_system_does_not_tell_a_scan_goes_on(regency, monkeypatch):
    def refuse(path):
        raise OSError

    monkeypatch.setattr("shutil.disk_usage", refuse)
    assert regency.run(*SCAN) == ""


def test_a_scan_is_finished_only_when_everything_is_written(regency):
    in_the_way = regency.folder / "ppid-data" / "temuan-keamanan.json"
    in_the_way.mkdir(parents=True)
    regency.run(*SCAN, code=6)
    in_the_way.rmdir()
    store = Store(regency.folder / "ppid-data" / "ppid-audit.db")
    assert store.finished() == ()
    regency.asked.clear()
    regency.run(*SCAN)
    assert regency.asked == []
    assert len(store.finished()) == 1
    assert "utuh" in regency.run("archive", "verify")


@pytest.mark.parametrize(
    ("contact", "delay", "more", "hint"),
    [
        ("''", 1, (), "contact masih kosong"),
        ("''", 1, ("--lang", "en"), "contact is empty"),
        ("ppid@example.go.id", 0, (), "--delay 0 hanya boleh"),
        ("ppid@example.go.id", 1, (), "Tidak ada yang dikirim."),
    ],
)
def test_a_dry_run_lists_what_would_be_visited_and_what_a_scan_would_be_refused_for(
    regency, contact, delay, more, hint
):
    regency.write("agencies.yaml", PUBLIC.format(contact=contact, delay=delay))
    code, listed, said = call(regency.folder, "scan", "--dry-run", *more)
    assert code == 0
    assert listed.startswith("dinkes\thttps://dinkes.example.go.id/\t")
    assert hint in said
    assert not (regency.folder / "ppid-data").exists()

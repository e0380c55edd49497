"""Night after night: what did not change costs next to nothing, and only what did is told."""

import hashlib
import json
import re
from datetime import date

import pytest

from ppid_audit.archive.reader import read
from ppid_audit.history.store import Store
from ppid_audit.report.jsonfile import report_json
from tests.cli.nightly import Nightly, pages
from tests.cli.small_regency import ITEMS, page, rubric

SCAN = ("scan", "--as-of", "2026-11-24", "--quiet")


@pytest.fixture
def regency(tmp_path):
    made = Nightly(tmp_path, dinkes=pages(), bkd=pages())
    yield made
    made.close()


def store(regency) -> Store:
    return Store(regency.folder / "ppid-data" / "ppid-audit.db")


def judgement(regency) -> str:
    return str(json.loads(report_json(store(regency).load()))["scan"]["judgement_sha256"])


def heartbeat(regency) -> str:
    return str((regency.folder / "ppid-data" / "heartbeat").read_text())


def test_an_unchanged_night_sends_no_page_and_says_nothing(regency):
    regency.run(*SCAN)
    first, sent = judgement(regency), regency.sent
    assert regency.statuses() == {200, 404}
    regency.sent = 0
    assert regency.run(*SCAN) == ""
    assert regency.statuses() == {304, 404}
    assert regency.sent <= sent * 0.05
    assert judgement(regency) == first
    scan = store(regency).load().scan
    assert re.fullmatch(rf"{scan.finished_at} {scan.id} exit=0 assessed=2/2\n", heartbeat(regency))
    unchanged = [
        each.capture.unchanged
        for each in read(regency.folder / "ppid-data" / "archive" / scan.id / "dinkes.warc.gz")
        if each.capture.ok
    ]
    assert unchanged == [True] * 5
    assert "utuh" in regency.run("archive", "verify")


def test_what_changed_is_all_that_is_told(regency):
    regency.run(*SCAN)
    del regency.sites["bkd"]["/profil"]
    told = regency.run(*SCAN)
    assert "Dinas Bkd" in told
    assert "Dinas Dinkes" not in told
    assert "Tanpa perubahan: 1" in told
    assert regency.run(*SCAN) == ""
    regency.sites["dinkes"]["/sop"] = page("SOP layanan")
    assert "Dinas Dinkes" in regency.run(*SCAN)


def test_an_outage_is_told_once_and_one_that_is_known_is_no_alarm(regency):
    regency.run(*SCAN)
    regency.down.add("bkd")
    assert "Dinas Bkd" in regency.run(*SCAN, code=3)
    assert regency.run(*SCAN, code=3) == ""
    assert " exit=3 assessed=1/2" in heartbeat(regency)
    text = (regency.folder / "agencies.yaml").read_text()
    known = text.replace("name: Dinas Bkd,", "name: Dinas Bkd, known_down: {until: 2026-12-31, reason: pindah server},")
    regency.write("agencies.yaml", known)
    assert regency.run("scan", "--as-of", "2026-12-31", "--quiet") == ""
    regency.run("scan", "--as-of", "2027-01-01", "--quiet", code=3)
    assert "gangguan yang sudah diketahui, sampai 31 Desember 2026" in regency.run("scan", "--as-of", "2026-12-31")


def test_after_an_outage_the_last_answers_still_count(regency):
    regency.run(*SCAN)
    regency.down.add("bkd")
    regency.run(*SCAN, code=3)
    regency.down.clear()
    regency.statuses()
    regency.run(*SCAN)
    assert regency.statuses() == {304, 404}


def test_a_first_night_names_those_that_could_not_be_assessed(regency):
    regency.down.add("bkd")
    told = regency.run(*SCAN, code=3)
    assert told.startswith("Dinas Bkd (bkd): ")
    assert told.count("\n") == 1


def test_one_agency_alone_is_compared_with_itself(regency):
    regency.run(*SCAN)
    assert regency.run(*SCAN, "--only", "bkd") == ""
    assert regency.run(*SCAN) == ""
    regency.sites["bkd"].clear()
    assert "Dinas Bkd" in regency.run(*SCAN, "--only", "bkd")


def test_a_missed_gate_is_in_the_heartbeat(regency):
    regency.run(*SCAN, "--fail-under", "99", code=4)
    assert " exit=4 " in heartbeat(regency)
    del regency.sites["bkd"]["/lkjip"]
    assert "Dinas Bkd" in regency.run(*SCAN, "--fail-on-drop", code=4)


def test_a_gate_on_drops_is_about_the_site_alone(regency):
    regency.run(*SCAN)
    before = store(regency).load().agencies[1].scorecard.total.score
    regency.write("rubric.yaml", rubric({**ITEMS, "berkala.lhkpn": ("LHKPN", "standing", "null", "lhkpn")}))
    assert "Rubrik diganti" in regency.run(*SCAN, "--fail-on-drop")
    after = store(regency).load().agencies[1].scorecard.total.score
    assert before is not None
    assert after is not None
    assert after < before
    regency.down.add("bkd")
    regency.run(*SCAN, "--fail-on-drop", code=3)
    regency.down.clear()
    regency.run(*SCAN)
    del regency.sites["bkd"]["/lkjip"]
    assert "Turun karena situsnya (1)" in regency.run(*SCAN, "--fail-on-drop", code=4)


def test_a_clock_that_is_put_back_changes_nothing(regency, monkeypatch):
    regency.run(*SCAN)
    first = store(regency).load().scan
    monkeypatch.setattr("ppid_audit.cli.scan.now", lambda: "2001-01-01T00:00:00Z")
    del regency.sites["bkd"]["/profil"]
    assert "Dinas Bkd" in regency.run(*SCAN)
    second = store(regency).load().scan
    assert second.id > first.id
    assert second.started_at == second.finished_at == "2001-01-01T00:00:00Z"
    assert regency.run(*SCAN) == ""
    assert [scan.id for scan in store(regency).finished()] == sorted(scan.id for scan in store(regency).list())
    assert "utuh" in regency.run("archive", "verify")


def test_pruned_nights_leave_the_kept_ones_whole(regency):
    for _ in range(4):
        regency.run(*SCAN)
    before = regency.run("rescore", "--json")
    assert regency.run("archive", "prune", "--keep", "1", "--dry-run").endswith("belum ada yang dihapus.\n")
    assert regency.run("archive", "list").count("selesai") == 4
    told = regency.run("archive", "prune", "--keep", "1")
    assert "2 arsip tetap disimpan karena dirujuk" in told
    assert "utuh" in regency.run("archive", "verify")
    listed = regency.run("archive", "list")
    assert (listed.count("selesai"), listed.count("dipangkas")) == (1, 3)
    assert regency.run("rescore", "--json") == before
    oldest = store(regency).finished()[1].id
    assert "sudah dipangkas" in regency.run("rescore", oldest, code=6)
    assert regency.run(*SCAN) == ""


def test_pruning_spares_final_results_and_those_of_another_database(regency, tmp_path):
    for _ in range(3):
        regency.run(*SCAN)
    first, second, _ = store(regency).finished()
    archive = regency.folder / "ppid-data" / "archive"
    store(regency).finalize(second.id, "Hadi", date(2026, 12, 8), date(2026, 12, 7))
    assert regency.run("archive", "prune", "--keep", "1", "--db", str(tmp_path / "lain.db")).startswith("0 byte")
    assert len(list(archive.glob("*/*.warc.gz"))) == 6
    before = sorted(path.name for path in (archive / second.id).iterdir())
    assert first.id in regency.run("archive", "prune", "--keep", "1")
    assert sorted(path.name for path in (archive / second.id).iterdir()) == before
    assert "utuh" in regency.run("archive", "verify")
    regency.run("rescore", second.id)


def test_what_is_missing_is_asked_by_head_until_it_is_there(regency):
    regency.sites["dinkes"]["/sop"] = page("SOP layanan")
    regency.dead.add("/sop")
    regency.heads = []
    regency.run(*SCAN)
    missing = {path for site, path, status in regency.asked if (site, status) == ("dinkes", 404)}
    assert "/sop" in missing
    assert regency.heads == []
    first, in_full = judgement(regency), regency.statuses()
    regency.run(*SCAN)
    asked = {path for site, path in regency.heads if site == "dinkes"} - {"/"}
    again = {path for site, path, status in regency.asked if (site, status) == ("dinkes", 404)}
    assert asked | again == missing
    assert asked
    assert asked.isdisjoint(again)
    assert judgement(regency) == first
    assert in_full == {200, 404}
    assert regency.run("rescore", "--json") == regency.run("report", "--json")
    regency.dead.clear()
    assert "SOP" in regency.run(*SCAN)
    assert judgement(regency) != first


def test_damage_is_named_and_the_next_night_does_without(regency):
    regency.run(*SCAN)
    scan = store(regency).load().scan
    archive = regency.folder / "ppid-data" / "archive" / scan.id / "bkd.warc.gz"
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 4
    archive.write_bytes(data)
    told = regency.run("archive", "verify", code=6)
    assert regency.run("archive", "verify", "latest", code=6) == told
    assert "tidak ada di arsip" in regency.run("archive", "verify", "2031", code=2)
    assert f"{scan.id}/bkd.warc.gz: isinya berubah" in told
    assert "dinkes" not in told
    assert "rusak" in regency.run("rescore", code=6)
    assert "Dinas Bkd: arsip pemindaian sebelumnya tidak dipakai" in regency.run(*SCAN)
    assert regency.statuses() >= {200, 304}


def test_an_archive_that_lost_its_end_proves_no_absence(regency):
    regency.run(*SCAN)
    scan = store(regency).load()
    archive = regency.folder / "ppid-data" / "archive" / scan.scan.id / "bkd.warc.gz"
    archive.write_bytes(archive.read_bytes()[:-20])
    items = json.loads(regency.run("rescore", "--json"))["agencies"][1]["items"]
    assert {item["verdict"] for item in items} == {"fulfilled", "cannot_tell"}
    before = {finding.item: finding.reason for finding in scan.agencies[1].assessment.findings}
    assert [item["reason"] for item in items if before[item["id"]] == "not_found"] == ["not_looked_everywhere"]


def test_rescore_keeps_what_is_not_given_and_leaves_the_scan_as_it_was(regency):
    review = """\
reviews:
  - {agency: bkd, item: setiap-saat.sop, verdict: fulfilled, reason: attested, justification: dilihat, by: Sari,
     on: 2026-11-20}
"""
    regency.write("reviews.yaml", review)
    regency.run(*SCAN, "--reviews", "reviews.yaml", "--out", "laporan")
    database = regency.folder / "ppid-data" / "ppid-audit.db"
    kept = store(regency).load()
    again = regency.run("rescore", "--json", "--out", "lagi")
    assert (regency.folder / "lagi" / "report.json").read_bytes() == again.encode()
    assert again.encode() == (regency.folder / "laporan" / "report.json").read_bytes()
    told = json.loads(again)["scan"]
    manifest = regency.folder / "ppid-data" / "archive" / told["id"] / "manifest.json"
    assert told["evidence_sha256"] == hashlib.sha256(manifest.read_bytes()).hexdigest()
    assert told["reviews_sha256"] == hashlib.sha256(review.encode()).hexdigest()
    assert (told["tool"], told["rubric"]["sha256"]) == (kept.scan.tool, kept.scan.rubric_sha256)
    later = json.loads(regency.run("rescore", "--json", "--as-of", "2027-06-01"))["scan"]
    assert (later["id"], later["as_of"]) == (told["id"], "2027-06-01")
    assert store(regency).load() == kept
    assert database.exists()
    assert date.fromisoformat(kept.scan.as_of) == date(2026, 11, 24)

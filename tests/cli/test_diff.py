"""``diff`` on real scans of small sites: every cause by a run that has it, and only it."""

import json
from dataclasses import replace

import pytest

from ppid_audit.history.store import Store
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.rubric import Reason
from ppid_audit.model.scan import Result
from tests.cli.small_regency import ITEMS, Pages, Regency, page, rubric

Told = tuple[float | None, dict[str, float], list[tuple[str, str, bool]]]
LKJIP, PROFIL, RENSTRA, SOP = ITEMS
LOOSE = rubric({**ITEMS, SOP: ("SOP", "standing", "null", "sop layanan, alur layanan")})
REVIEW = f"""\
reviews:
  - {{agency: bkd, item: {RENSTRA}, verdict: fulfilled, reason: attested, justification: dilihat di kantor, by: Sari,
     on: 2026-11-20, expires: 2027-01-31}}
"""


@pytest.fixture(scope="module")
def regency(tmp_path_factory):
    """Five scans: the first, then one with another site, rubric, reviews, program each; the names of the last four."""
    dinkes = Pages(
        {
            "/lkjip": page("LKjIP 2025"),
            "/profil": page("Profil"),
            "/renstra": page("Renstra 2021-2026"),
            "/alur": page("Alur layanan"),
        }
    )
    regency = Regency(tmp_path_factory.mktemp("kabupaten"), dinkes=dinkes, bkd=Pages({"/profil": page("Profil")}))
    try:
        regency.scan()
        del dinkes["/profil"]
        regency.scan()
        regency.write("rubric.yaml", LOOSE)
        regency.scan()
        regency.write("reviews.yaml", REVIEW)
        regency.scan("--reviews", "reviews.yaml")
        _as_an_older_program_saw_it(Store(regency.folder / "ppid-data" / "ppid-audit.db"))
        regency.scan("--reviews", "reviews.yaml")
        yield regency
    finally:
        regency.close()


def _as_an_older_program_saw_it(store: Store) -> None:
    """The latest scan made by a version that took the LKjIP for another document."""
    seen = store.load()
    findings = tuple(
        replace(found, reason=Reason.WRONG_DOCUMENT) if found.item == LKJIP else found
        for found in seen.agencies[0].assessment.findings
    )
    first = replace(seen.agencies[0], assessment=replace(seen.agencies[0].assessment, findings=findings))
    total = replace(first.scorecard.total, score=50.0, low=50.0, high=50.0)
    first = replace(first, scorecard=replace(first.scorecard, total=total))
    older = Result(replace(seen.scan, tool="0.0.1"), seen.rubric, (first, *seen.agencies[1:]))
    store.save(older, amendments=store.reviews(seen.scan) or Amendments())


def scans(regency) -> list[str]:
    data = regency.folder / "ppid-data" / "ppid-audit.db"
    return [scan.id for scan in Store(data).finished()]


def diff(regency, *arguments: str) -> dict[str, Told]:
    """Agency -> its difference, the points by cause and its changes in short."""
    told = json.loads(regency.run("diff", *arguments, "--json"))
    assert told["schema"] == "ppid-audit/diff/1"
    return {
        agency["id"]: (
            agency["difference"],
            agency["points"],
            [(change["item"], change["cause"], change["proved"]) for change in agency["changes"]],
        )
        for agency in told["agencies"]
    }


SAME: Told = (0.0, {}, [])


def test_each_cause_is_told_by_a_run_that_has_it(regency):
    first, site, ruler, review, tool = scans(regency)
    assert diff(regency, first, site) == {"dinkes": (-25.0, {"site": -25.0}, [(PROFIL, "site", True)]), "bkd": SAME}
    assert diff(regency, site, ruler) == {"dinkes": (25.0, {"rubric": 25.0}, [(SOP, "rubric", True)]), "bkd": SAME}
    regency.run("rescore", review, "--json")
    found = diff(regency, ruler, review)
    assert found["bkd"] == (25.0, {"review": 25.0}, [(RENSTRA, "review", True)])
    assert diff(regency, review, tool) == {
        "dinkes": (25.0, {"tool": 25.0}, [(LKJIP, "tool", True)]),
        "bkd": SAME,
    }
    assert diff(regency) == diff(regency, review, tool)


def test_several_causes_at_once_are_told_apart(regency):
    first, _, _, _, tool = scans(regency)
    assert diff(regency, first, tool) == {
        "dinkes": (0.0, {"site": -25.0, "rubric": 25.0}, [(PROFIL, "site", True), (SOP, "rubric", True)]),
        "bkd": (25.0, {"review": 25.0}, [(RENSTRA, "review", True)]),
    }
    assert diff(regency, first, first) == {"dinkes": SAME, "bkd": SAME}


def test_without_the_archive_the_ruler_is_suspected_and_the_doubt_is_shown(regency):
    first, _, _, _, tool = scans(regency)
    archive = regency.folder / "ppid-data" / "archive"
    archive.rename(archive.with_name("simpanan"))
    try:
        found = diff(regency, first, tool)
        text = regency.run("diff", first, tool)
    finally:
        archive.with_name("simpanan").rename(archive)
    assert found["dinkes"][2] == [(PROFIL, "site", False), (SOP, "rubric", False)]
    assert "situs? · Profil" in text
    assert "dugaan" in text


def test_the_text_never_lets_the_ruler_look_like_the_agency(regency):
    first, site, ruler, review, tool = scans(regency)
    text = regency.run("diff", site, ruler)
    assert "Rubrik diganti: butir diubah setiap-saat.sop." in text
    assert "Skor bergeser, tetapi bukan karena situsnya (1)" in text
    assert "Naik karena situsnya" not in text
    assert "rubrik · SOP: tidak ditemukan → terpenuhi" in text
    fell = regency.run("diff", first, site, "--lang", "en")
    assert "Fell because of their site (1)" in fell
    assert "site · Profil: fulfilled → not found" in fell
    assert "Agencies without change: 1." in fell
    assert "ppid-audit 0.0.1" in regency.run("diff", review, tool)


def test_the_trend_holds_all_scans_and_marks_where_the_ruler_changed(regency):
    told = json.loads(regency.run("diff", "--trend", "--json"))
    assert told["schema"] == "ppid-audit/trend/1"
    assert [scan["id"] for scan in told["scans"]] == scans(regency)
    assert told["agencies"] == [
        {"id": "dinkes", "name": "Dinas Dinkes", "scores": [75.0, 50.0, 75.0, 50.0, 75.0]},
        {"id": "bkd", "name": "Dinas Bkd", "scores": [25.0, 25.0, 25.0, 50.0, 50.0]},
    ]
    lines = regency.run("diff", "--trend").splitlines()
    assert [line.split()[0] for line in lines if "▇" in line or "▃" in line] == ["Dinas", "Dinas"]
    assert next(line for line in lines if "^" in line).split() == ["──^^^", "^", "^", "^"]


def test_what_goes_stale_is_foretold_with_its_day(regency):
    told = json.loads(regency.run("diff", "--until", "2027-04-30", "--json"))
    assert told["schema"] == "ppid-audit/forecast/1"
    assert {
        agency["id"]: [(each["item"], each["day"], each["then"]["reason"]) for each in agency["expiries"]]
        for agency in told["agencies"]
    } == {
        "dinkes": [(RENSTRA, "2027-01-01", "stale"), (LKJIP, "2027-04-01", "stale")],
        "bkd": [(RENSTRA, "2027-02-01", "not_found")],
    }
    text = regency.run("diff", "--until", "2027-04-01")
    assert "LKjIP: 2026 diminta mulai 1 April 2027 (yang ada 2025)" in text
    assert "mulai 1 Februari 2027 menjadi tidak ditemukan" in text
    assert "LKjIP" not in regency.run("diff", "--until", "2027-03-31")
    assert "Tidak ada butir" in regency.run("diff", "--until", "2026-11-25")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("tidak-ada",), "tidak ada"),
        (("--until", "besok"), "bukan tanggal"),
        (("--until", "2026-11-24"), "tidak sesudah"),
        (("--trend", "latest"), "--trend"),
        (("latest", "latest", "--until", "2027-01-01"), "satu pemindaian"),
        (("--data", "kosong"), "yang ada: 0"),
        (("--trend", "--data", "kosong"), "belum ada"),
        (("--lang", "xx"), "--lang"),
    ],
)
def test_a_wrong_question_is_one_sentence(regency, arguments, says):
    said = regency.run("diff", *arguments, code=2)
    assert says in said
    assert said.count("\n") == 1


def test_a_damaged_database_is_code_6(regency):
    (regency.folder / "rusak.db").write_bytes(b"catatan rapat\n" * 500)
    assert "tidak dapat dipakai" in regency.run("diff", "--db", "rusak.db", code=6)
    assert "tidak dikenal" in regency.run("diff", "--db", "oracle://x/y", code=6)

from dataclasses import replace

import pytest

from ppid_audit.model.rubric import Category, Reason
from ppid_audit.model.scan import Result
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import Shown
from tests.report.sample import AGENCIES, GOOD, MIXED, RESULT, RUBRIC, agency, offline, ranked, sampled

ID = Locale.load("id")


def by_id(id_: str):
    return next(row for row in AGENCIES if row.agency.id == id_)


def test_the_ranking_holds_those_with_a_score_in_rank_order_and_the_partly_assessed_last():
    rows = view.ranking_rows(RESULT, ID)
    assert [(row.card.agency, row.card.rank) for row in rows] == [
        ("dinkes", 1),
        ("dinsos", 2),
        ("dishub", 3),
        ("bkpsdm", 3),
        ("jiken", None),
    ]
    assert [row.predikat for row in rows] == [
        "Menuju Informatif",
        "Kurang Informatif",
        "Kurang Informatif",
        "Kurang Informatif",
        "",
    ]


def test_ranges_that_reach_into_another_rank_are_marked_and_ties_alone_are_not():
    assert view.overlapping(view.ranking_rows(RESULT, ID)) == {"dinsos", "dishub", "bkpsdm"}
    tie = Result(RESULT.scan, RUBRIC, ranked(agency("a", "A", MIXED), agency("b", "B", MIXED), agency("c", "C", GOOD)))
    assert view.overlapping(view.ranking_rows(tie, ID)) == frozenset()


def test_those_without_a_score_are_grouped_by_reason_the_largest_group_last():
    groups = view.unassessed(RESULT, ID)
    assert [(reason, [row.card.agency for row in rows]) for reason, rows in groups] == [
        ("gangguan yang sudah diketahui, sampai 31 Desember 2026", ["rsud"]),
        ("host belum dikonfirmasi", ["cepu", "blora"]),
    ]


def test_what_is_most_often_missing_counts_agencies_and_leaves_advisory_items_out():
    gaps = view.most_missing(RESULT, ID)
    assert [(gap.item, gap.count, gap.title_only, gap.of) for gap in gaps] == [
        ("setiap-saat.renstra", 5, 2, 5),
        ("berkala.agenda", 2, 2, 3),
    ]
    assert view.most_missing(RESULT, ID, limit=1) == gaps[:1]
    assert view.most_missing(offline(), ID) == ()


def test_counts_and_band():
    row = view.agency_row(by_id("dishub"), RUBRIC, ID)
    assert {kind: n for kind, n in row.counts.items() if n} == {
        Shown.MISSING: 2,
        Shown.TITLE_ONLY: 1,
        Shown.STALE: 1,
        Shown.PARTIAL: 1,
        Shown.FULFILLED: 1,
        Shown.NOT_APPLICABLE: 1,
    }
    assert row.band == 3


def test_every_item_is_there_in_rubric_order_even_where_nothing_was_judged():
    empty = agency("x", "X", (), "host_unconfirmed")
    somewhere = replace(RUBRIC, criteria=(replace(RUBRIC.criteria[0], applies_to=("rsud",)), *RUBRIC.criteria[1:]))
    found = view.findings_of(empty, somewhere)
    assert [f.item for f in found] == [c.id for c in RUBRIC.criteria]
    assert [f.reason for f in found] == [Reason.NOT_FOR_THIS_KIND, *[Reason.NOT_LOOKED_EVERYWHERE] * 6]
    shell = view.findings_of(agency("x", "X", (), "script_only"), RUBRIC)
    assert {f.reason for f in shell} == {Reason.SCRIPT_ONLY}
    dead = view.findings_of(agency("x", "X", (), "dns_not_found"), RUBRIC)
    assert {f.reason for f in dead} == {Reason.UNREACHABLE}


def test_the_gain_is_what_the_item_lacks_of_its_share_of_the_applicable_weight():
    rows = {row.criterion.id: row for row in view.finding_rows(by_id("dishub"), RUBRIC, ID)}
    assert rows["setiap-saat.renstra"].gain == pytest.approx(100 * 2 / 9.5)
    assert rows["berkala.laporan-kinerja"].gain == pytest.approx(100 * 2 / 9.5 / 2)
    assert rows["berkala.visi-misi"].gain == 0
    assert rows["berkala.lhkpn"].gain == 0
    assert rows["serta-merta.kanal"].gain == 0


def test_the_gain_follows_a_committees_category_weights():
    weights = {Category.BERKALA: 50.0, Category.SERTA_MERTA: 10.0, Category.SETIAP_SAAT: 40.0}
    rows = view.finding_rows(by_id("dishub"), replace(RUBRIC, category_weights=weights), ID)
    gains = {row.criterion.id: row.gain for row in rows}
    assert gains["setiap-saat.renstra"] == pytest.approx(100 * (2 / 4.5) * 40 / 90)


def test_a_remedy_is_given_only_where_there_is_something_to_mend():
    rows = {row.criterion.id: row.remedy for row in view.finding_rows(by_id("dinsos"), RUBRIC, ID)}
    assert rows["setiap-saat.renstra"] == "Unggah Rencana strategis (Renstra) di halaman PPID."
    assert rows["berkala.agenda"].startswith("Pastikan halaman dan berkasnya dapat dibuka")
    assert rows["berkala.visi-misi"] == ""


def test_a_report_says_what_it_is():
    facts, caveat = view.head_lines(RESULT, ID)
    assert facts == (
        'Penilaian per 24 November 2026 · rubrik "Rubrik contoh 2026" (c0ffeec0) · ppid-audit 0.1.0 · '
        "DRAF: hasil ini masih dapat disanggah"
    )
    assert "bukan kepatuhan terhadap hukum" in caveat
    assert "Ps 24(3)" in caveat
    assert view.head_lines(sampled(), ID)[2].startswith("CONTOH")
    assert view.title(sampled(), ID).startswith("CONTOH — ")
    assert view.title(RESULT, ID).endswith(" — Kabupaten Contoh")


def test_a_suspect_scan_is_announced():
    assert view.warning(RESULT, ID) == ""
    assert "Tidak ada perangkat daerah yang dinilai" in view.warning(offline(), ID)
    odd = replace(RESULT, scan=replace(RESULT.scan, suspect="clock_wrong"))
    assert "clock_wrong" in view.warning(odd, ID)

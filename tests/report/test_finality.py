from dataclasses import replace
from datetime import date

from ppid_audit.model.amendment import Amendment
from ppid_audit.model.calibration import Calibration, Share
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.scan import Correction, Finality, ScanState
from ppid_audit.report import view
from ppid_audit.report.accuracy import calibration_line
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import ranking
from tests.report.sample import NASTY, RESULT

ID, EN = Locale.load("id"), Locale.load("en")
FINAL = replace(
    RESULT,
    scan=replace(
        RESULT.scan,
        state=ScanState.FINAL,
        final=Finality(f"Ir. Hadi {NASTY[3]}", date(2026, 12, 8), date(2026, 12, 7), "ab" * 32),
    ),
)
ENTRY = Amendment(
    "dishub", "setiap-saat.renstra", Verdict.FULFILLED, "attested", f"menyusul {NASTY[2]}", "Sri", date(2026, 12, 9)
)
CORRECTED = replace(
    FINAL, scan=replace(FINAL.scan, corrections=(Correction(ENTRY, Reason.NOT_FOUND, Reason.ATTESTED, None, 61.25),))
)
FIGURES = Calibration(
    "s1", "0.1.0", "aa", "2026-12-01", ("Sri",), 44, 2, Share(0.954, 0.84, 0.99, 40), Share(0.9, 0.8, 0.95, 30),
    Share(None, None, None, 0),
)  # fmt: skip


def test_a_final_result_names_its_officer_and_days_and_no_draft():
    facts = view.head_lines(FINAL, ID)[0]
    assert "FINAL: ditetapkan oleh Ir. Hadi" in facts
    assert "8 Desember 2026, masa sanggah sampai 7 Desember 2026 (sidik abababab)" in facts
    assert "DRAF" not in ranking(FINAL, ID, 120, False)
    assert "DRAF" in ranking(RESULT, ID, 120, False)
    assert "\x1b" not in facts


def test_corrections_are_listed_beside_it():
    assert len(view.head_lines(FINAL, ID)) == 2
    *_, told, line = view.head_lines(CORRECTED, ID)
    assert told == "Koreksi sesudah hasil final (tidak mengubah skor di atas)"
    assert "Dinas Perhubungan, Komunikasi dan Informatika" in line
    assert "tidak ditemukan (tidak ada) → terpenuhi (dinyatakan terpenuhi oleh peninjau); skor – → 61," in line
    assert "Sri, 9 Desember 2026: menyusul" in line
    assert "Corrections after the final result" in ranking(CORRECTED, EN, 120, False)


def test_the_measured_figures_stand_at_the_foot():
    line = calibration_line(FIGURES, ID)
    assert "42 butir yang dibaca orang (1 Desember 2026, pemindaian s1, ppid-audit 0.1.0)" in line
    assert "benar 95% (84–99%, n=40)" in line
    assert line in ranking(RESULT, ID, 400, False, FIGURES)
    assert "Ketepatan alat" not in ranking(RESULT, ID, 400, False)

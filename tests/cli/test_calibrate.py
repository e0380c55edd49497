"""A calibration by script: the sample out, readings in, the figures printed and kept."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from ppid_audit.audit.calibrate import cells_of, load_calibration, sample
from ppid_audit.errors import StorageError
from ppid_audit.history.store import Store
from ppid_audit.model.rubric import Verdict
from tests.cli.desk import call
from tests.cli.filling import Fill, cells, filled, save_csv, save_xlsx
from tests.report.sample import RESULT

ALIKE = {
    Verdict.FULFILLED: "terpenuhi",
    Verdict.PARTIAL: "sebagian",
    Verdict.MISSING: "tidak ditemukan",
    Verdict.CANNOT_TELL: "tidak dapat dinilai",
}


@pytest.fixture
def folder(tmp_path):
    Store(tmp_path / "ppid-data" / "ppid-audit.db").save(RESULT)
    return tmp_path


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    ended, out, err = call(folder, *arguments)
    assert "Traceback" not in err
    assert ended == code, err
    return out + err


def readings(by: str, wrong: Sequence[tuple[str, str]] = ()) -> Fill:
    truth = {(cell.agency, cell.item): ALIKE[cell.verdict] for cell in cells_of(RESULT)}
    return {
        cell: {"putusan peninjau": "tidak ditemukan" if cell in wrong else word, "oleh": by}
        for cell, word in truth.items()
    }


def test_the_same_scan_gives_the_same_sample(folder):
    run(folder, "calibrate", "--size", "6", "--out", "a.xlsx")
    run(folder, "calibrate", "--size", "6", "--out", "b.xlsx")
    run(folder, "calibrate", "--size", "6", "--out", "c.csv")
    assert (folder / "a.xlsx").read_bytes() == (folder / "b.xlsx").read_bytes()
    drawn = {(cell.agency, cell.item) for cell in sample(RESULT, 6)}
    head, *rows = cells(folder / "c.csv")
    assert {(row[head.index("id")], row[head.index("butir")]) for row in rows} == drawn
    assert len(cells(folder / "a.xlsx")) == 7


def test_the_readings_come_back_as_figures_that_reports_carry(folder):
    run(folder, "calibrate", "--size", "1000", "--out", "sampel.xlsx")
    fulfilled = [(c.agency, c.item) for c in cells_of(RESULT) if c.verdict is Verdict.FULFILLED]
    save_xlsx(folder / "sari.xlsx", filled(folder / "sampel.xlsx", readings("Sari", fulfilled[:1])))
    save_csv(folder / "budi.csv", filled(folder / "sampel.xlsx", readings("Budi", fulfilled[:2])))
    said = run(folder, "calibrate", "--import", "sari.xlsx", "--import", "budi.csv")
    assert "dibaca oleh Sari, Budi" in said
    assert "1 butir tidak dipakai" in said
    assert "kappa Cohen" in said

    kept = json.loads((folder / "ppid-data" / "kalibrasi.json").read_text("utf-8"))
    assert kept["schema"] == "ppid-audit/calibration/1"
    measured = load_calibration(folder / "ppid-data")
    assert measured is not None
    assert (measured.cells, measured.disputed) == (len(cells_of(RESULT)), 1)
    count = len(fulfilled)
    assert measured.precision.n == count - 1
    assert measured.precision.value == pytest.approx((count - 2) / (count - 1))
    assert measured.recall.value == 1
    told = next(total for total in measured.totals if total.verdict is Verdict.FULFILLED)
    assert told.told == count
    assert told.corrected == pytest.approx(count * (count - 2) / (count - 1))
    assert "Ketepatan alat menurut" in run(folder, "report", code=3)
    run(folder, "report", "--out", "laporan", "--format", "terminal", code=3)
    assert "Ketepatan alat menurut" in (folder / "laporan" / "ringkasan.txt").read_text("utf-8")
    assert "The tool's accuracy" in run(folder, "report", "--lang", "en", code=3)


def test_bad_readings_are_sentences(folder):
    run(folder, "calibrate", "--size", "4", "--out", "sampel.csv")
    assert "tidak ada yang dihitung" in run(folder, "calibrate", "--import", "sampel.csv", code=2)
    head, *rows = cells(folder / "sampel.csv")
    at = head.index("putusan peninjau")
    for row in rows[:2]:
        row[at] = "entah"
    save_csv(folder / "salah.csv", [head, *rows])
    said = run(folder, "calibrate", "--import", "salah.csv", code=2)
    assert said.count("salah.csv:2: ") == said.count("salah.csv:3: ") == 2
    assert not (folder / "ppid-data" / "kalibrasi.json").exists()
    assert ".xlsx, .csv" in run(folder, "calibrate", "--out", "x.pdf", code=2)


def test_damaged_figures_are_told_and_not_guessed(folder):
    (folder / "ppid-data" / "kalibrasi.json").write_text('{"schema": "lain"}', "utf-8")
    with pytest.raises(StorageError, match=r"kalibrasi\.json"):
        load_calibration(folder / "ppid-data")
    assert "tidak terbaca" in run(folder, "report", code=6)

"""Comparisons, trends and forecasts on a terminal and for programs."""

import json
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from ppid_audit.history.compare import Again, compare
from ppid_audit.model.comparison import AgencyForecast, Comparison, Expiry, Forecast, Trend, TrendRow
from ppid_audit.model.rubric import Reason
from ppid_audit.model.scan import Result
from ppid_audit.report.changes import changes
from ppid_audit.report.changesjson import diff_json, forecast_json, trend_json
from ppid_audit.report.forecast import forecast
from ppid_audit.report.locale import Locale
from ppid_audit.report.trend import trend
from ppid_audit.score import score
from tests.report.sample import AGENCIES, DOUBTFUL, GOOD, MIXED, NASTY, RESULT, RUBRIC, SCAN, agency, offline, ranked

ID, EN = Locale.load("id"), Locale.load("en")
WIDTHS = (60, 80, 104, 120)

LATER_RUBRIC = replace(
    RUBRIC,
    criteria=tuple(replace(c, sha256="baru") if c.id == "berkala.agenda" else c for c in RUBRIC.criteria[:-1]),
    points={**RUBRIC.points, Reason.STALE: 0.25},
    sha256="beef" * 16,
)


def later() -> Result:
    rows = ranked(
        agency("dishub", AGENCIES[0].agency.name, GOOD, functions=("perhubungan", "komunikasi")),
        agency("dinkes", "Dinas Kesehatan", MIXED, functions=("kesehatan",)),
        agency("bkpsdm", AGENCIES[2].agency.name, MIXED, kind="badan"),
        agency("dinsos", AGENCIES[3].agency.name, (), "unreachable"),
        agency("baru", f"Dinas Baru {NASTY[3]}", DOUBTFUL),
    )
    scan = replace(SCAN, id="20261201-0900", rubric_sha256=LATER_RUBRIC.sha256, tool="0.2.0", reviews_sha256="x")
    return Result(scan, LATER_RUBRIC, rows)


def comparison() -> Comparison:
    again = {"bkpsdm": Again(AGENCIES[2].assessment, AGENCIES[2].assessment)}
    return compare(RESULT, later(), again, score)


def told_trend(count: int) -> Trend:
    scans = tuple(
        replace(SCAN, id=f"s{n}", as_of=f"2026-{n % 12 + 1:02d}-05", tool="0.1.0" if n < count - 2 else "0.2.0")
        for n in range(count)
    )
    scores = tuple(None if n % 5 == 3 else float(n * 7 % 101) for n in range(count))
    return Trend(
        scans, (TrendRow("dinkes", scores), TrendRow(f"x{NASTY[4]}", scores[::-1]), TrendRow("kosong", (None,) * count))
    )


def foretold() -> Forecast:
    row = AGENCIES[1]
    now = row.assessment.findings[1]
    stale = replace(now, reason=Reason.STALE, period_due="2026", period_found="2025")
    lapsed = replace(now, item="setiap-saat.dip", reviewed=True)
    expiries = (
        Expiry("berkala.laporan-kinerja", date(2027, 4, 1), now, stale),
        Expiry("setiap-saat.dip", date(2027, 5, 2), lapsed, replace(lapsed, reason=Reason.NOT_FOUND)),
    )
    return Forecast(RESULT, date(2027, 6, 1), (AgencyForecast(row.agency, row.scorecard, row.scorecard, expiries),))


def all_texts(locale: Locale, width: int) -> list[str]:
    return [
        changes(comparison(), locale, width, color=False),
        changes(compare(RESULT, offline(), {}, score), locale, width, color=False),
        *(trend(told_trend(count), {"dinkes": NASTY[2]}, locale, width, color=False) for count in (1, 2, 90)),
        forecast(foretold(), locale, width, color=False),
        forecast(replace(foretold(), agencies=()), locale, width, color=False),
    ]


@pytest.mark.parametrize("locale", [ID, EN])
@pytest.mark.parametrize("width", WIDTHS)
def test_fits_the_width_and_holds_nothing_that_a_terminal_would_obey(width, locale):
    for text in all_texts(locale, width):
        assert max(map(len, text.splitlines())) <= width
        assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in text)


def test_what_the_evaluator_changed_is_said_before_any_agency_is_named():
    text = changes(comparison(), ID, 120, color=False)
    assert "butir dihapus setiap-saat.renstra; butir diubah berkala.agenda; juga nilai tiap alasan" in text
    assert "Alat berganti dari versi 0.1.0 ke 0.2.0." in text
    assert "Berkas tinjauan berganti." in text
    assert text.index("Yang berubah pada penilaiannya") < text.index("Dinas")


def test_everyone_stands_under_the_heading_that_is_true_of_them():
    text = changes(comparison(), ID, 120, color=False)
    sections = [part.split("\n", 1) for part in text.split("\n\n")]
    found = {head: body for head, *rest in sections for body in rest}
    (moved,) = (body for head, body in found.items() if head.startswith("Skor bergeser, tetapi bukan karena situsnya"))
    assert "(dishub): alat +20,1 · rubrik +28,6 · Kurang Informatif" in moved
    assert "(bkpsdm): ±0,0" in found["Skor tetap, ada butir yang berubah (1)"]
    assert "Dinas Sosial" in found["Hanya dapat dinilai pada salah satu pemindaian (tidak dihitung naik atau turun)"]
    assert "situs tidak dapat dibuka" in text
    assert "Dinas Baru ⟨U+001B⟩" in found["Baru ikut dinilai"]
    assert "Kecamatan Jiken" in found["Tidak ikut dinilai lagi"]
    assert text.index("Baru ikut dinilai") < text.index("Tanda ? berarti dugaan")


def test_colour_is_a_choice():
    assert "\x1b[" in changes(comparison(), ID, 80, color=True)
    assert "\x1b[" in trend(told_trend(3), {}, ID, 80, color=True)


def test_a_suspect_scan_is_told_as_one():
    assert ID.t("suspect.runner_offline")[:40] in changes(compare(RESULT, offline(), {}, score), ID, 200, color=False)


def test_the_trend_shows_the_last_scans_that_fit_and_says_so():
    text = trend(told_trend(90), {"dinkes": "Dinas Kesehatan"}, ID, 80, color=False)
    assert "Ditampilkan 5 skor dan 12 langkah terakhir dari 90 pemindaian" in text
    assert "──────────^─" in text
    whole = trend(told_trend(3), {}, EN, 80, color=False)
    assert "Shown are" not in whole
    assert "kosong" in whole


def test_the_forecast_names_the_period_and_its_day():
    text = forecast(foretold(), ID, 120, color=False)
    assert "Ringkasan kinerja (LKjIP/LAKIP): 2026 diminta mulai 1 April 2027 (yang ada 2025)" in text
    assert "mulai 2 Mei 2027 menjadi tidak ditemukan (tidak ada), karena tinjauannya berakhir" in text


def test_programs_get_codes_and_the_same_bytes_each_time():
    told = json.loads(diff_json(comparison()))
    assert diff_json(comparison()) == diff_json(comparison())
    assert told["ruler"] == {
        "added": [], "removed": ["setiap-saat.renstra"], "edited": ["berkala.agenda"], "terms": ["points"],
    }  # fmt: skip
    by_id = {entry["id"]: entry for entry in told["agencies"]}
    assert by_id["baru"]["before"] is None
    assert by_id["jiken"]["after"] is None
    assert by_id["dinsos"]["difference"] is None
    assert by_id["dinsos"]["after"]["status_reason"] == "unreachable"
    assert {change["cause"] for change in by_id["bkpsdm"]["changes"]} == {"rubric"}
    assert round(sum(by_id["dishub"]["points"].values()), 1) == by_id["dishub"]["difference"]
    course = json.loads(trend_json(told_trend(3), {"dinkes": "Dinas Kesehatan"}))
    assert course["agencies"][0] == {"id": "dinkes", "name": "Dinas Kesehatan", "scores": [0.0, 7.0, 14.0]}
    ahead = json.loads(forecast_json(foretold()))
    assert [each["day"] for each in ahead["agencies"][0]["expiries"]] == ["2027-04-01", "2027-05-02"]

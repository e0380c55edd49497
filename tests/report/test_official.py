from ppid_audit.model.calibration import Calibration, Share
from ppid_audit.report.accuracy import calibration_line
from ppid_audit.report.markdown import markdown
from ppid_audit.report.movement import movement
from ppid_audit.report.paper.blocks import address, line, link
from ppid_audit.report.paper.frame import Facts
from ppid_audit.report.paper.official import official
from ppid_audit.report.summary import summary
from tests.report.big import big
from tests.report.printing import ID
from tests.report.sample import RESULT, offline


def read(result, **more) -> str:
    return markdown(official(Facts.of(result, ID, **more))).decode()


def test_the_summary_has_the_figures_that_every_format_shows():
    result = big(20)
    figures, text = summary(result, ID), read(result)
    assert f"Rata-rata skor {ID.number(figures.average.score or 0, 1)}, nilai tengah " in text
    assert f"Tertinggi {ID.number(figures.ranked[0].card.total.score or 0, 1)} ({figures.ranked[0].name})" in text
    assert f"di antaranya {len(figures.ranked)} mendapat skor, peringkat" in text
    for band in figures.bands:
        names = "; ".join(row.name for row in band.rows) or "–"
        assert f"| {band.label} | {len(band.rows)} | {names} |" in text


def test_every_item_is_counted_over_all_agencies():
    text = read(RESULT)
    section = text[text.index("## 5. Daftar menurut") : text.index("## 6. Rekomendasi")]
    rows = [line for line in section.splitlines() if line.startswith("| **")]
    assert len(rows) == len(RESULT.rubric.criteria)
    assert {sum(int(cell) for cell in row.split("|")[2:-1]) for row in rows} <= set(range(len(RESULT.agencies) + 1))
    assert "| **Visi dan misi**<br>Perki 1/2021 Ps 15 | 5 | 0 | 0 | 0 | 3 |" in rows


def test_what_moved_is_told_where_there_is_an_earlier_result():
    before, after = big(9, seed=2), big(9, seed=1)
    moved = movement(after, ID, previous=before)
    assert moved is not None
    text = read(after, moved=moved)
    assert "Sejak pemindaian sebelumnya" in text
    first = moved.risers[0]
    old, new, by = (ID.number(value or 0, 1) for value in (first.before, first.after, first.moved))
    assert f"| {first.name} | {old} | {new} | +{by} |" in text
    assert "Sejak pemindaian sebelumnya" not in read(after)


def test_how_right_the_tool_is_stands_among_the_limits():
    share = Share(0.95, 0.88, 0.98, 44)
    measured = Calibration("x", "0.1.0", "ab" * 32, "2026-11-20", ("Sri",), 44, 0, share, share, share, (), (), ())
    assert calibration_line(measured, ID) in read(RESULT, measured=measured).replace("\\", "")
    assert "belum diukur dengan pemeriksaan orang" in read(RESULT)


def test_a_fault_at_our_own_end_is_said_before_anything_else():
    text = read(offline())
    assert text.index("PERINGATAN") < text.index("## 2. Dasar Hukum")


def test_links_are_web_addresses_or_none():
    assert address("javascript:alert(1)") == ""
    assert address("http://[") == ""
    assert address("//tanpa.skema/x") == ""
    assert address("https://a.example/b c<d>\"'\u202e`") == "https://a.example/b%20c%3Cd%3E%22'%E2%80%AE%60"
    assert link("data:text/html,x").link == ""
    assert [span.text for span in line("  a\tb ", "", "c\x00")] == [" a b ", "c⟨U+0000⟩"]


def test_an_agency_without_a_score_is_listed_with_its_reason_and_gets_an_annex_without_failures():
    text = read(RESULT)
    assert "| host belum dikonfirmasi | 2 | Kecamatan Cepu; Kecamatan Blora |" in text
    annex = text[text.index("## Lampiran 6. Kecamatan Cepu") : text.index("## Lampiran 7.")]
    assert "Tidak diberi skor: host belum dikonfirmasi" in annex
    assert "Yang perlu diperbaiki" not in annex
    assert RESULT.scan.region in text

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import points, shortened, shown, status_reason, verdict_word, visible, why_sentence
from tests.report.sample import AGENCIES, RUBRIC, agency

ID, EN = Locale.load("id"), Locale.load("en")


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        (Reason.FOUND_OFF_SITE, "terpenuhi"),
        (Reason.STALE, "kedaluwarsa"),
        (Reason.LISTED_IN_DIP, "sebagian"),
        (Reason.NAMED_WITHOUT_CONTENT, "baru judul"),
        (Reason.NOT_FOUND, "tidak ditemukan"),
        (Reason.SCRIPT_ONLY, "tidak dapat dinilai"),
        (Reason.WAIVED, "tidak berlaku"),
    ],
)
def test_a_verdict_in_plain_words(reason, word):
    assert verdict_word(reason, RUBRIC, ID) == word


def test_the_rubrics_points_decide_what_is_only_a_title():
    generous = replace(RUBRIC, points={**RUBRIC.points, Reason.DEAD_LINK: 0.1})
    assert (shown(Reason.DEAD_LINK, RUBRIC), shown(Reason.DEAD_LINK, generous)) == ("title_only", "partial")


def test_points_are_there_for_decided_verdicts_only():
    decided = {Verdict.FULFILLED, Verdict.PARTIAL, Verdict.MISSING}
    assert [r for r in Reason if (points(r, RUBRIC) is not None) != (r.verdict in decided)] == []
    assert points(Reason.STALE, RUBRIC) == 0.5


def test_the_tools_reasons_are_not_put_into_a_reviewers_mouth():
    finding = Finding("x", Reason.NOT_FOUND, 1.0)
    assert "sudah dibaca" in why_sentence(finding, ID)
    assert "sudah dibaca" not in why_sentence(replace(finding, reviewed=True), ID)
    assert "peninjau" in why_sentence(Finding("x", Reason.WAIVED, 1.0, reviewed=True), ID)


def test_why_an_agency_was_not_assessed():
    told = {row.agency.id: status_reason(row, ID) for row in AGENCIES}
    assert told["cepu"] == "host belum dikonfirmasi"
    assert told["rsud"] == "gangguan yang sudah diketahui, sampai 31 Desember 2026"
    assert told["jiken"] == "terlalu banyak butir yang tidak terlihat"
    assert told["dinkes"] == ""
    assert status_reason(agency("x", "X", (), "connect_timeout"), EN) == "no connection within the time limit"


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b]52;c;aGFp\x07", "⟨U+001B⟩]52;c;aGFp⟨U+0007⟩"),
        ("a\u202egnp.exe", "a⟨U+202E⟩gnp.exe"),
        ("a\x9b31m", "a⟨U+009B⟩31m"),
        ("nol\u200blebar", "nol⟨U+200B⟩lebar"),
        ("\ud800", "⟨U+D800⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        (" baris\r\nbaru\u2028lagi\t tab ", "baris baru lagi tab"),
        ("ren\u00adstra – “é” 文", "renstra – “é” 文"),
        ("[/bold]", "[/bold]"),
    ],
)
def test_nothing_is_left_that_a_terminal_would_obey(hostile, harmless):
    assert visible(hostile) == harmless


@given(st.text(st.characters(codec=None), max_size=30))
def test_law_visible_text_is_one_line_of_printable_characters_and_stays_as_it_is(text):
    shown_text = visible(text)
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"} for c in shown_text)
    assert visible(shown_text) == shown_text
    assert shown_text == shown_text.strip()


def test_shortened():
    assert shortened("abcdef", 6) == "abcdef"
    assert shortened("abc defg", 5) == "abc…"

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import ppid_audit
from ppid_audit.model.agency import KINDS
from ppid_audit.model.capture import Problem, UnreadWhy
from ppid_audit.model.finding import Where
from ppid_audit.model.rubric import Category, Duty, Reason, Renew, Verdict, Words
from ppid_audit.model.scan import ScanState
from ppid_audit.model.scorecard import Status
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import Shown

ID, EN = Locale.load("id"), Locale.load("en")
SOURCES = {path: path.read_text(encoding="utf-8") for path in Path(ppid_audit.__file__).parent.rglob("*.py")}
STATUS_REASONS = (
    "host_unconfirmed unreachable blocked script_only runner_offline runner_captive runner_certificates "
    "opted_out known_down coverage_below_floor "
    "robots_disallowed robots_unreachable moved_elsewhere not_ours server_error tls_failed dns_not_found "
    "nothing_applicable nothing_decided probe_error"
)
CODES: dict[str, Iterable[str]] = {
    "verdict": Verdict,
    "shown": Shown,
    "shown_sentence": Shown,
    "reason": Reason,
    "reason_sentence": Reason,
    "status": Status,
    "status_reason": STATUS_REASONS.split(),
    "problem": Problem,
    "outcome": ("ok", "not_found"),
    "unread": UnreadWhy,
    "category": Category,
    "ranking": Category,
    "duty": Duty,
    "renew": Renew,
    "where": Where,
    "kind": KINDS,
    "state": ScanState,
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys():
    assert sorted(ID.texts) == sorted(EN.texts)


def test_every_text_is_filled_and_has_the_same_placeholders_in_both_languages():
    assert [key for locale in (ID, EN) for key, text in locale.texts.items() if not text.strip()] == []
    assert [key for key, text in ID.texts.items() if placeholders(text) != placeholders(EN.texts[key])] == []


@pytest.mark.parametrize("group", CODES)
def test_every_code_has_its_word(group):
    assert [code for code in CODES[group] if f"{group}.{code}" not in ID.texts] == []


def test_every_key_and_note_code_that_the_program_names_has_its_words():
    keys = {key for text in SOURCES.values() for key in re.findall(r"\bt\(\s*\"([a-z_.-]+)\"", text)}
    notes = {f"note.{code}" for text in SOURCES.values() for code in re.findall(r"\bNote\(\"([a-z_]+)\"", text)}
    assert len(keys) > 40
    assert len(notes) > 3
    assert sorted((keys | notes) - set(ID.texts)) == []


def test_an_unknown_key_is_an_error_and_an_unknown_code_is_shown_as_it_is():
    with pytest.raises(KeyError):
        ID.t("no.such.key")
    assert ID.word("note", "brand_new_code") == "brand new code"
    assert ID.word("note", "slow") == "situs lambat menjawab"


def test_values_are_never_read_as_templates():
    assert ID.t("not_found.item", name="{0.__class__}") == 'Tidak ada butir "{0.__class__}" dalam rubrik ini.'


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (71.4, 1, "71,4", "71.4"),
        (0, 1, "0,0", "0.0"),
        (1234567.5, 2, "1.234.567,50", "1,234,567.50"),
        (12, 0, "12", "12"),
    ],
)
def test_numbers_as_their_readers_write_them(value, decimals, indonesian, english):
    assert (ID.number(value, decimals), EN.number(value, decimals)) == (indonesian, english)


@pytest.mark.parametrize(
    ("share", "printed"), [(0.749, "74%"), (0.75, "75%"), (0.999, "99%"), (1.0, "100%"), (0.29, "29%")]
)
def test_a_share_is_rounded_down_so_that_it_never_looks_as_if_it_reached_the_floor(share, printed):
    assert ID.percent(share) == printed


def test_dates():
    assert ID.date(date(2026, 12, 1)) == "1 Desember 2026"
    assert EN.date("2026-11-24") == "24 November 2026"
    assert ID.date("2026-11-24T02:00:00Z") == "24 November 2026"
    assert ID.date("besok") == "besok"


def test_bilingual_words():
    words = Words("rencana", "plan")
    assert (ID.pick(words), EN.pick(words)) == ("rencana", "plan")

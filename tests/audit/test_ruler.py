"""The rubric's self-test: ``ruler_problems``, and how ``ppid-audit check`` tells of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ppid_audit.audit.ruler import Remark, ruler_problems
from ppid_audit.cli.app import app
from ppid_audit.cli.words import language
from ppid_audit.config import load_rubric
from ppid_audit.errors import InputError
from ppid_audit.model.rubric import AnyOf, Check, Criterion, Duty, Examples, Form, Probe, Renew, Rubric, Words
from ppid_audit.report.locale import Locale

ROOT = Path(__file__).parents[2]
CODES = ("match_missed", "near_matched", "no_examples", "no_words", "never", "twice", "shared")
WORDS = Words("Judul", "Title")
PLAN = Probe("published", ("renstra", "rencana strategis"), ("rpjmd",), (Form.DOCUMENT,))


def item(name: str, check: Check, match: tuple[str, ...] = ("Renstra",), near: tuple[str, ...] = ("RPJMD",)):
    examples = Examples(match, near)
    return Criterion(name, WORDS, "Ps 1", Duty.PROVIDE, Renew.STANDING, check, WORDS, examples=examples)


def remarks(*criteria: Criterion) -> tuple[list[Remark], list[Remark]]:
    return ruler_problems(Rubric("uji", criteria, {}, ()))


def only(found: list[Remark]) -> tuple[str, dict[str, str]]:
    (remark,) = found
    return remark.code, dict(remark.values)


def test_a_rubric_whose_examples_hold_is_silent():
    near = ("RPJMD 2025-2029", "Rencana Strategis dalam RPJMD", "Proyek Strategis")
    assert remarks(item("setiap-saat.renstra", PLAN, ("Renstra Dinas 2025-2029", "Rencana Stategis"), near)) == ([], [])


def test_a_match_example_that_the_check_does_not_know_is_a_problem():
    problems, _ = remarks(item("setiap-saat.renstra", PLAN, match=("Renstra", "Peta Jalan")))
    assert only(problems) == ("match_missed", {"item": "setiap-saat.renstra", "example": "Peta Jalan"})


def test_a_match_example_may_be_matched_by_any_leaf_but_not_by_another_item():
    either = AnyOf((Probe("contact"), Probe("published", ("kontak kami",))))
    plan = item("setiap-saat.renstra", PLAN)
    problems, _ = remarks(plan, item("berkala.alamat-kontak", either, ("Kontak Kami", "Renstra"), ("Kontrak",)))
    assert only(problems) == ("match_missed", {"item": "berkala.alamat-kontak", "example": "Renstra"})


def test_a_near_example_that_the_check_takes_for_its_own_is_a_problem():
    loose = replace(PLAN, excludes=())
    problems, _ = remarks(item("setiap-saat.renstra", AnyOf((PLAN, loose)), near=("Renstra dalam RPJMD",)))
    named = {"item": "setiap-saat.renstra", "example": "Renstra dalam RPJMD", "term": "renstra"}
    assert only(problems) == ("near_matched", named)


def test_an_item_without_examples_is_not_tested():
    for examples in (Examples(("Renstra",), ()), Examples((), ("RPJMD",)), Examples()):
        problems, warnings = remarks(replace(item("setiap-saat.renstra", PLAN), examples=examples))
        assert (problems, only(warnings)) == ([], ("no_examples", {"item": "setiap-saat.renstra"}))


@pytest.mark.parametrize("field", ["terms", "excludes"])
@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("dan atau", ("no_words", {"item": "setiap-saat.renstra", "term": "dan atau"})),
        ("Rencana, dan Strategis!", ("twice", {"item": "setiap-saat.renstra", "other": "rencana strategis"})),
    ],
)
def test_terms_without_effect(field, term, expected):
    words = ("renstra", "rencana strategis", term)
    probe = Probe("published", words) if field == "terms" else Probe("published", ("rsb",), words)
    _, warnings = remarks(item("setiap-saat.renstra", probe))
    code, values = only(warnings)
    assert (code, {key: values[key] for key in expected[1]}) == expected


def test_a_term_that_counts_only_alone_is_not_the_same_as_one_that_counts_anywhere():
    probe = Probe("published", ("renstra", "=program", "program"))
    assert remarks(item("setiap-saat.renstra", probe)) == ([], [])


def test_a_shorter_term_inside_a_longer_one_is_no_fault():
    probe = Probe("published", ("renstra", "renstra dinas", "dokumen renstra dinas"))
    assert remarks(item("setiap-saat.renstra", probe)) == ([], [])


def test_a_term_that_holds_an_excluded_word_can_never_match():
    probe = Probe("published", ("renstra", "rancangan renstra"), ("rpjmd", "rancangan"))
    _, warnings = remarks(item("setiap-saat.renstra", probe))
    never = {"item": "setiap-saat.renstra", "term": "rancangan renstra", "word": "rancangan"}
    assert only(warnings) == ("never", never)


def test_terms_that_name_two_items_are_listed_once_for_the_pair():
    report = Probe("published", ("lra", "laporan keuangan", "laporan keuangan daerah"))
    notes = Probe("published", ("calk", "laporan keuangan"))
    first, second = item("berkala.lra", report, ("LRA",)), item("berkala.calk", notes, ("CaLK",))
    problems, warnings = remarks(first, second)
    assert problems == []
    terms = "laporan keuangan, laporan keuangan daerah"
    assert only(warnings) == ("shared", {"items": "berkala.calk, berkala.lra", "terms": terms, "count": "2"})


def test_sentences_are_no_titles_and_are_not_shared():
    cost = AnyOf((Probe("published", ("biaya layanan",)), Probe("statement", ("renstra tanpa biaya",))))
    assert remarks(item("a.plan", PLAN), item("a.cost", cost, ("Biaya Layanan",), ("Belanja",))) == ([], [])


def test_every_remark_has_its_sentence_in_both_languages():
    names = {f"ruler.{code}" for code in CODES}
    for lang in ("id", "en"):
        texts = Locale.load(lang).texts
        assert names | {"ruler.option", "ruler.summary"} == {key for key in texts if key.startswith("ruler.")}


def test_the_rubric_of_the_project_passes_its_own_test():
    problems, warnings = ruler_problems(load_rubric(ROOT / "rubric.yaml"))
    assert problems == []
    assert [warning for warning in warnings if warning.code != "shared"] == []


AGENCIES = 'agencies:\n  - {id: dinkes, name: Dinas Kesehatan, kind: dinas, url: "https://dinkes.contohkab.go.id/"}\n'
RUBRIC = """\
name: Rubrik uji
points: {found: 1, found_other_wording: 1, found_off_site: 1, owner_linked: 1, attested: 1, stale: 0.5,
  listed_in_dip: 0.75, named_without_content: 0, dead_link: 0, empty_list: 0, empty_document: 0, placeholder: 0,
  wrong_document: 0, wrong_body: 0, portal_front_page: 0, gated_off_site: 0, not_found: 0}
bands: [{id: baik, floor: 0, label: {id: Baik, en: Good}}]
items:
"""
ITEM = """\
  - id: %s
    title: {id: Rencana, en: Plan}
    basis: Ps 21
    duty: provide
    renew: standing
    check: {published: {terms: [renstra, %s], forms: [document]}}
    remedy: {id: Unggah., en: Upload.}
    examples: {match: [Renstra], near: [%s]}
"""


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Runs ``check`` in a folder with these items; gives the outcome of the command."""
    monkeypatch.chdir(tmp_path)
    language.cache_clear()

    def run(*items: tuple[str, str, str], options: tuple[str, ...] = ()):
        Path("agencies.yaml").write_text(AGENCIES, encoding="utf-8")
        Path("rubric.yaml").write_text(RUBRIC + "".join(ITEM % one for one in items), encoding="utf-8")
        return CliRunner().invoke(app, ["check", *options])

    return run


def test_check_refuses_a_rubric_whose_examples_fail(check):
    done = check(("setiap-saat.renstra", "rsb", "Renstra Lama"))
    assert isinstance(done.exception, InputError)
    assert done.exception.exit_code == 2
    sentence = 'contoh near "Renstra Lama" keliru dikenali, karena istilah "renstra".'
    assert done.exception.problems == (f"rubric.yaml: setiap-saat.renstra: {sentence}",)


def test_check_counts_the_warnings_and_lists_them_when_asked(check):
    items = (("setiap-saat.renstra", "rsb", "RPJMD"), ("setiap-saat.renja", "RSB", "RKPD"))
    short = check(*items)
    assert short.exit_code == 0
    assert "2 istilah cocok dengan lebih dari satu butir, 0 peringatan lain; lihat --warnings." in short.stderr
    whole = check(*items, options=("--warnings",))
    assert whole.exit_code == 0
    assert whole.stdout == short.stdout == "Berkas baik: 1 perangkat daerah, 2 butir rubrik.\n"
    assert "setiap-saat.renja, setiap-saat.renstra: renstra, rsb" in whole.stderr
    assert "--warnings" not in whole.stderr


def test_check_is_silent_about_a_rubric_without_warnings(check):
    done = check(("setiap-saat.renstra", "rsb", "RPJMD"))
    assert done.exit_code == 0
    assert "Rubrik:" not in done.stderr

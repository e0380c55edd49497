"""Words of the rubric in titles of sites."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.assess.assess import lexicon_of
from ppid_audit.assess.evaluate import leaves
from ppid_audit.assess.inflection import same_word
from ppid_audit.assess.matching import Lexicon, Match, significant, tokens
from ppid_audit.model.rubric import Probe
from tests.criteria.judging import rubric

WORDS = st.lists(st.text(string.ascii_lowercase, min_size=2, max_size=12), min_size=1, max_size=5)


def found(terms: str | tuple[str, ...], title: str, *excludes: str) -> Match | None:
    """The match of a lexicon with that one probe."""
    probe = Probe("published", (terms,) if isinstance(terms, str) else terms, excludes)
    return Lexicon([probe]).match(title).get(probe)


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("renstra", "RENSTRA Dinas Contoh 2025-2029"),
        ("tugas fungsi", "Tugas & Fungsi"),
        ("tugas fungsi", "Tugas dan/atau Fungsi"),
        ("tugas dan fungsi", "Tugas, Fungsi"),
        ("laporan keuangan", "Laporan_Keuangan-2025"),
        ("maklumat", "Maklumatnya"),
        ("terbuka umum", "Pertemuan dibuka, terbuka umum"),
        ("umumkan", "Yang diumumkan bulan ini"),
        ("hak masyarakat", "Hak-hak Masyarakat"),
        ("rencana strategis", "Rencana Stategis"),
        ("rencana strategis", "Rencana Strattegis"),
        ("struktur organisasi", "Struktur Orgnaisasi"),
        ("lhkpn", "LKHPN Kepala Dinas"),
        ("penetapan ppid", "SK PENE\u03a4\u0391\u03a1\u0391\u039d PPID"),
        ("renstra", "Renstr\u0430 dengan huruf Kiril"),
        ("profil pejabat", "\uff30rofil \ufb01ktif, Profil Pejabat"),
        ("renstra", "Ren\u00adstra"),
        ("program kegiatan", "ProgramKegiatan"),
    ],
)
def test_a_title_names_it(term, title):
    assert found(term, title)


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("struktur organisasi", "Infrastruktur Organisasi"),
        ("struktur", "Bidang Infrastruktur"),
        ("lakip", "Rumah Sakit Lakipadada"),
        ("dip", "DIK 2025"),
        ("rkpd", "RKP"),
        ("agenda", "Lagenda"),
        ("rencana strategis", "Proyek Strategis"),
        ("laporan keuangan", "Keuangan dan Laporan"),
        ("perda 2025", "Perda 2026"),
        ("renstra", ""),
        ("renstra", "\u200b \u00ad"),
    ],
)
def test_a_title_does_not_name_it(term, title):
    assert found(term, title) is None


def test_a_word_of_the_rubric_is_never_a_slip_of_another():
    plan, complaint = Probe("published", ("pengadaan",)), Probe("published", ("pengaduan",))
    assert set(Lexicon([plan, complaint]).match("Pengadaan")) == {plan}
    assert set(Lexicon([complaint]).match("Pengadaan")) == {complaint}


def test_an_excluded_word_makes_it_something_else():
    assert found("renstra", "Rancangan Renstra", "rancangan") is None
    probe = Probe("published", ("renstra",), ("rpjmd", "rancangan akhir"))
    lexicon = Lexicon([probe])
    assert lexicon.match("Rancangan Renstra")
    assert lexicon.rejects("Rancangan Akhir Renstra", probe)
    assert not lexicon.rejects("Renstra", probe)
    assert lexicon.is_foreign("RPJMD 2025-2029", probe)
    assert not lexicon.is_foreign("Renstra menurut RPJMD", probe)
    assert not lexicon.is_foreign("Brosur", probe)


def test_the_longest_term_is_told_and_slips_are_not_exact():
    terms = ("laporan", "laporan kinerja", "laporan kinerja instansi")
    match = found(terms, "Laporan Kinerja Instansi Pemerintah 2025")
    assert match == Match("laporan kinerja instansi", 3, 4, True, True)
    slip = found(terms, "Laporan Kinreja")
    assert slip is not None
    assert (slip.term, slip.exact) == ("laporan kinerja", False)


@pytest.mark.parametrize(
    ("title", "least", "most"),
    [
        ("Serapan Anggaran", 1.0, 1.0),
        ("Serapan Anggaran Tahun 2025", 1.0, 1.0),
        ("Wakil Bupati Minta Semua Kantor Mempercepat Serapan Anggaran Sebelum Tutup Tahun", 0.0, 0.25),
        ("Serapan Anggaran Semua Kantor Meningkat Tajam Menjelang Tutup Buku Akhir Desember", 0.3, 0.4),
        ("Serapan Anggaran: sebuah ikhtisar singkat yang disusun sekretariat", 1.0, 1.0),
    ],
)
def test_a_name_has_more_focus_than_a_sentence(title, least, most):
    match = found("serapan anggaran", title)
    assert match is not None
    assert least <= match.focus <= most


def test_a_term_with_an_equals_sign_must_be_the_whole_title():
    assert found("=program", "PROGRAM")
    assert found("=program", "Program (daftar lengkap)")
    assert found("=program", "Program Studi") is None
    assert found("=program", "Nama Program") is None


def test_numbers_letters_and_fillers_name_nothing():
    assert significant(tokens("1. Informasi tentang Renstra Tahun 2025")) == 1
    assert significant(tokens("")) == 1


@pytest.mark.parametrize("item", rubric().criteria, ids=lambda criterion: criterion.id)
def test_every_term_of_the_rubric_matches_itself(item):
    lexicon = lexicon_of(rubric())
    for probe in leaves(item.check):
        assert [term for term in probe.terms if probe not in lexicon.match(term.removeprefix("="))] == []


@given(WORDS, WORDS)
def test_a_term_matches_wherever_it_stands_as_whole_words(term, around):
    phrase = " ".join(term)
    if tokens(phrase):
        assert found(phrase, f"{' '.join(around)} {phrase.upper()}, {' '.join(around)}")
        assert found("=" + phrase, phrase.title())


@given(st.text(max_size=80), st.lists(st.text(max_size=30), max_size=4), st.lists(st.text(max_size=30), max_size=2))
def test_any_text_is_matched_without_error_and_always_alike(title, terms, excludes):
    probe = Probe("published", tuple(terms), tuple(excludes))
    one, other = Lexicon([probe]), Lexicon([probe])
    assert one.match(title) == other.match(title) == one.match(title)
    for match in one.match(title).values():
        assert 0 < match.focus <= 1
        assert match.term in terms


@given(st.text(max_size=15), st.text(max_size=15))
def test_a_word_is_itself_and_the_first_letter_never_slips(word, term):
    assert same_word(word, word)
    if word[:1] != term[:1] and not word.startswith("di"):
        assert not same_word(word, term)

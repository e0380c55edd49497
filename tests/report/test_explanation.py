import pytest

from ppid_audit.errors import NotFoundError
from ppid_audit.report.explanation import explain
from ppid_audit.report.locale import Locale
from tests.report.sample import AGENCIES, RESULT, RUBRIC, offline, sampled
from tests.report.test_terminal import OWN_COLOURS, flat, inert

ID, EN = Locale.load("id"), Locale.load("en")


def told(agency: str, item: str | None = None, locale: Locale = ID, result=RESULT) -> str:
    return explain(result, agency, item, locale, 100, color=False)


def test_an_item_out_of_date():
    lines = told("dishub", "berkala.laporan-kinerja").splitlines()
    assert lines == [
        "Ringkasan kinerja (LKjIP/LAKIP)",
        "berkala.laporan-kinerja · Perki 1/2021 Ps 15 · wajib diumumkan, tiap tahun · bobot 2",
        "Dinas Perhubungan, Komunikasi dan Informatika (dishub) · https://dishub.contoh.example/",
        "",
        "Putusan: kedaluwarsa",
        "  Informasinya ada, tetapi sudah kedaluwarsa. Yang ada berasal dari periode yang lebih lama daripada",
        "  yang diminta.",
        "  Yang diminta: 2025. Yang ditemukan: 2023.",
        "  Keyakinan alat: 93%.",
        "  Catatan penilaian: LKjIP atau LAKIP sama baiknya",
        "",
        "Bukti",
        "  1. https://dishub.contoh.example/ppid/berkas.pdf",
        "     tercantum di: https://dishub.contoh.example/ppid",
        "     letak: tabel · kata yang cocok: renstra · tahun 2025 · tanggal 31 Maret 2025",
        "     kutipan: “=cmd|' /C calc'!A0”",
        "     status 200 · application/pdf · 12.345 bita",
        "     salinan arsip: dinkes.warc.gz#1234",
        "",
        "Juga dilihat, tetapi tidak dihitung",
        "  - https://dishub.contoh.example/?q==cmd|' /C calc'!A0 — masih teks contoh",
        "    kutipan: “=cmd|' /C calc'!A0”",
        "    tercantum di: https://dishub.contoh.example/",
        "",
        "Cara termudah memperbaiki",
        "  Unggah Ringkasan kinerja (LKjIP/LAKIP) di halaman PPID.",
        "  Nilainya: skor dapat naik sampai 10,5 poin dari 100.",
        "",
        'Penilaian per 24 November 2026 · rubrik "Rubrik contoh 2026" (c0ffeec0) · ppid-audit 0.1.0 · DRAF:',
        "hasil ini masih dapat disanggah",
        "Skor mengukur keterbukaan di situs web, bukan kepatuhan terhadap hukum: situs web hanya salah satu",
        "saluran (Perki 1/2021 Ps 24(3)).",
    ]


def test_a_missing_item_says_that_everything_was_read_and_what_to_do():
    text = flat(told("dishub", "setiap-saat.renstra", EN))
    for part in (
        "Verdict: not found",
        "This information was not found on the site. Every page that could hold it was read, and it is not there.",
        "Evidence None.",
        "The cheapest fix Publish Strategic plan on the PPID page. What it is worth: the score may rise by up to 21.1",
    ):
        assert part in text


def test_a_fulfilled_item_needs_no_remedy_and_a_lapsed_review_is_told():
    text = told("dinkes", "berkala.visi-misi")
    assert "Putusan: terpenuhi" in text
    assert "Cara termudah memperbaiki" not in text
    assert "habis masa berlakunya" in text
    assert "review_lapsed" not in text


def test_a_reviewed_item_shows_the_reviewers_word_and_the_verdict_that_it_overrode():
    text = flat(told("dinkes", "setiap-saat.renstra"))
    assert "Putusan: baru judul" in text
    assert "Putusan ini diberikan oleh seorang peninjau." in text
    assert "hanya sampul [/bold][link=file:///etc/passwd]klik[/link] — Sri, 2026-11-24" in text
    assert "Putusan alat sebelum ditinjau: terpenuhi (ditemukan)." in text
    assert "Bukti alat: https://dinkes.contoh.example/ppid/berkas.pdf" in text
    assert "Keyakinan alat" not in text


def test_an_item_in_doubt_promises_no_points():
    text = told("dinsos", "berkala.agenda")
    assert "tidak mengurangi skor" in text
    assert "Pastikan halaman dan berkasnya dapat dibuka" in text
    assert "skor dapat naik" not in text


def test_an_advisory_item_says_that_it_is_not_scored():
    assert "tidak dihitung dalam skor" in flat(told("dishub", "berkala.lhkpn"))


def test_all_items_of_an_agency_grouped_by_verdict():
    text = told("dishub")
    assert "Skor 51,3 (antara 51,3 dan 51,3), cakupan 100% · Kurang Informatif · peringkat 3" in text
    assert "Dikunjungi: 120 halaman, 33 dokumen, 180 permintaan" in text
    heads = [line for line in text.splitlines() if line.endswith(")") and line[0] not in " DS"]
    assert heads == [
        "Tidak ditemukan (2)",
        "Baru judul (1)",
        "Kedaluwarsa (1)",
        "Terpenuhi (1)",
        "Tidak berlaku (1)",
    ]
    assert "  - berkala.agenda: Agenda penting — hanya nama, tanpa isi" in text
    assert all(criterion.id in text for criterion in RUBRIC.criteria)
    assert "  - sertifikat keamanan (HTTPS) bermasalah\n    https://dishub.contoh.example/ · ⟨U+001B⟩]52;c;aGFp" in text
    assert "Perbarui sertifikat lewat penyedia hosting" in text
    assert "ppid-audit explain dishub berkala.lhkpn" in text


def test_an_agency_without_a_score_says_why():
    assert "Tidak diberi skor: host belum dikonfirmasi" in told("cepu")
    assert "No score: the evaluator's network was down" in told("dishub", locale=EN, result=offline())
    assert "dinilai sebagian: terlalu banyak butir yang tidak terlihat" in flat(told("jiken"))


def test_a_sample_is_marked():
    assert told("dishub", result=sampled()).startswith("CONTOH")
    assert "CONTOH" not in told("dishub")


@pytest.mark.parametrize("color", [True, False])
@pytest.mark.parametrize("width", [80, 120])
def test_no_explanation_holds_anything_that_a_terminal_would_obey(width, color):
    for row in AGENCIES:
        for item in (None, *(criterion.id for criterion in RUBRIC.criteria)):
            text = OWN_COLOURS.sub("", explain(RESULT, row.agency.id, item, ID, width, color))
            assert inert(text)
            assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("agency", "item", "message"),
    [
        ("dinkse", None, 'Tidak ada perangkat daerah "dinkse" dalam pemindaian ini. Maksudnya: dinkes, dinsos?'),
        ("dinkes", "renstra", 'Tidak ada butir "renstra" dalam rubrik ini. Maksudnya: setiap-saat.renstra?'),
        (
            "\x1b[2J[/x]",
            None,
            'Tidak ada perangkat daerah "⟨U+001B⟩[2J[/x]" dalam pemindaian ini. '
            "Yang ada: dishub, dinkes, bkpsdm, dinsos, jiken, cepu, blora, rsud.",
        ),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(agency, item, message):
    with pytest.raises(NotFoundError) as caught:
        told(agency, item)
    assert str(caught.value) == message

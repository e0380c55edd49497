import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.model.scan import Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.tables import finding_csv, score_csv, worksheet
from tests.report.sample import MIXED, NASTY, RESULT, RUBRIC, SCAN, agency, ranked, sampled

ID, EN = Locale.load("id"), Locale.load("en")
SEPARATORS = {"excel": ";", "baku": ","}
SCORE_HEADER = (
    "peringkat;id;nama;jenis;status;skor;rendah;tinggi;cakupan;predikat;berkala;serta_merta;setiap_saat;terpenuhi;"
    "sebagian;baru_judul;tidak_ditemukan;tidak_dapat_dinilai;tidak_berlaku;url;tanggal_penilaian;pemindaian"
)
FINDING_HEADER = (
    "id;nama;butir;judul;kategori;dasar_hukum;verdict;alasan;poin;bobot;keyakinan;periode_diminta;periode_ditemukan;"
    "bukti_url;ditemukan_di;kutipan;saran;ditinjau;pemindaian"
)


def rows(data: bytes, profile: str) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=SEPARATORS[profile], strict=True))


@pytest.mark.parametrize(("make", "header"), [(score_csv, SCORE_HEADER), (finding_csv, FINDING_HEADER)])
@pytest.mark.parametrize("profile", ["excel", "baku"])
def test_bytes_of_both_profiles(make, header, profile):
    data = make(RESULT, ID, profile)
    assert data.startswith(b"\xef\xbb\xbf") == (profile == "excel")
    text = data.decode("utf-8-sig")
    assert text.split("\r\n")[0] == header.replace(";", SEPARATORS[profile])
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")


def test_scores_for_excel():
    text = score_csv(RESULT, ID, "excel").decode("utf-8-sig").splitlines()
    assert text[1] == (
        '3;"dishub";"Dinas Perhubungan, Komunikasi dan Informatika";"Dinas";"dinilai";51,3;51,3;51,3;1,000;'
        '"Kurang Informatif";60,0;;41,7;1;2;1;2;0;1;"https://dishub.contoh.example/";2026-11-24;"20261124-0900"'
    )
    assert text[6] == (
        ';"cepu";"Kecamatan Cepu";"Kecamatan";"tidak dapat dinilai: host belum dikonfirmasi";;;;;;;;;0;0;0;0;7;0;'
        '"https://cepu.contoh.example/";2026-11-24;"20261124-0900"'
    )


def test_scores_for_programs():
    first, *_, last = rows(score_csv(RESULT, ID, "baku"), "baku")
    assert {name: first[name] for name in ("peringkat", "jenis", "status", "skor", "cakupan", "predikat")} == {
        "peringkat": "3",
        "jenis": "dinas",
        "status": "assessed",
        "skor": "51.3",
        "cakupan": "1.000",
        "predikat": "kurang_informatif",
    }
    assert (last["status"], last["skor"], last["peringkat"]) == ("not_assessable", "", "")


def test_every_agency_and_every_item_has_its_row_in_order():
    names = [row.agency.id for row in RESULT.agencies]
    assert [row["id"] for row in rows(score_csv(RESULT, ID, "excel"), "excel")] == names
    expected = [(name, criterion.id) for name in names for criterion in RUBRIC.criteria]
    assert [(row["id"], row["butir"]) for row in rows(finding_csv(RESULT, ID, "excel"), "excel")] == expected


def test_the_counts_of_an_agency_add_up_to_its_items():
    counted = ("terpenuhi", "sebagian", "baru_judul", "tidak_ditemukan", "tidak_dapat_dinilai", "tidak_berlaku")
    for row in rows(score_csv(RESULT, ID, "baku"), "baku"):
        assert sum(int(row[name]) for name in counted) == len(RUBRIC.criteria)


def finding(profile: str, item: str, locale: Locale = ID) -> dict[str, str]:
    table = rows(finding_csv(RESULT, locale, profile), profile)  # type: ignore[arg-type]
    return next(row for row in table if row["id"] == "dishub" and row["butir"] == item)


def test_a_finding_in_words_and_in_codes():
    words, codes = (finding(profile, "berkala.laporan-kinerja") for profile in ("excel", "baku"))
    assert words == {
        "id": "dishub",
        "nama": "Dinas Perhubungan, Komunikasi dan Informatika",
        "butir": "berkala.laporan-kinerja",
        "judul": "Ringkasan kinerja (LKjIP/LAKIP)",
        "kategori": "Berkala",
        "dasar_hukum": "Perki 1/2021 Ps 15",
        "verdict": "kedaluwarsa",
        "alasan": "bukan yang terbaru",
        "poin": "0,50",
        "bobot": "2",
        "keyakinan": "0,93",
        "periode_diminta": "2025",
        "periode_ditemukan": "2023",
        "bukti_url": "https://dishub.contoh.example/ppid/berkas.pdf",
        "ditemukan_di": "https://dishub.contoh.example/ppid",
        "kutipan": "'=cmd|' /C calc'!A0",
        "saran": "Unggah Ringkasan kinerja (LKjIP/LAKIP) di halaman PPID.",
        "ditinjau": "tidak",
        "pemindaian": "20261124-0900",
    }
    assert [codes[name] for name in ("kategori", "verdict", "alasan", "poin", "bobot", "ditinjau")] == [
        "berkala",
        "partial",
        "stale",
        "0.50",
        "2",
        "false",
    ]


def test_cells_without_a_value_are_empty():
    row = finding("baku", "serta-merta.kanal")
    assert [row[name] for name in ("poin", "periode_diminta", "bukti_url", "kutipan", "saran")] == [""] * 5
    assert finding("excel", "setiap-saat.dip")["bobot"] == "2,50"


def test_the_words_follow_the_language():
    row = finding("excel", "berkala.agenda", EN)
    assert (row["verdict"], row["alasan"], row["judul"]) == ("title only", "a name without content", "Important agenda")


def test_a_sample_is_marked_in_every_row():
    for table in (score_csv(sampled(), ID, "excel"), finding_csv(sampled(), ID, "excel")):
        assert {row["pemindaian"] for row in rows(table, "excel")} == {"20261124-0900 (CONTOH)"}


@pytest.mark.parametrize("profile", ["excel", "baku"])
def test_no_cell_is_a_formula_whatever_separator_it_is_read_with(profile):
    hostile = ranked(*(agency(f"a{n}", f'{text};=1+1,@x; "+1', MIXED) for n, text in enumerate(NASTY)))
    result = Result(SCAN, RUBRIC, hostile)
    for data in (score_csv(result, ID, profile), finding_csv(result, ID, profile)):
        for separator in ";,":
            for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator):
                assert [cell for cell in line if opens_a_formula(cell)] == []


def opens_a_formula(cell: str) -> bool:
    return cell.strip().startswith(tuple("=+-@|＝＋－＠｜"))


@given(st.text(st.sampled_from(list("=+-@|;,\"' \r\n\ta1＝")), max_size=12))
def test_law_no_text_opens_a_formula_whatever_separator_it_is_read_with(text):
    data = worksheet(["id", "judul", "lain"], [["x", text, "y"]]).decode("utf-8-sig")
    for separator in ";,":
        for line in csv.reader(io.StringIO(data, newline=""), delimiter=separator):
            assert [cell for cell in line if opens_a_formula(cell)] == []


@given(st.text(st.characters(codec=None), max_size=40))
def test_law_any_text_comes_back_as_one_harmless_cell(text):
    ((head,), (cell,)) = csv.reader(
        io.StringIO(worksheet(["judul"], [[text or "x"]]).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert head == "judul"
    assert not opens_a_formula(cell)
    assert "\n" not in cell
    assert not any(ord(character) < 32 for character in cell)


def test_a_very_long_cell_is_cut_with_a_mark():
    data = worksheet(["judul"], [["a" * 50_000]]).decode("utf-8-sig")
    assert len(data) < 32_767
    assert "…" in data


def test_the_same_result_gives_the_same_bytes():
    again = replace(RESULT)
    assert finding_csv(again, ID, "excel") == finding_csv(RESULT, ID, "excel")

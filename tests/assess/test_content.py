"""What pages say of themselves: nothing here, later, empty, or something."""

import pytest

from ppid_audit.assess.content import Content, of_page, of_section, said
from tests.assess.small import whole
from tests.extract.making import page

LONG = "Warga menanam mangrove bersama para pelajar di pesisir utara sejak pagi. " * 8


def content(html: str, heading: str = "Renstra") -> Content:
    return of_page(page(whole(heading, html)))


@pytest.mark.parametrize(
    "text",
    [
        "Coming soon",
        "UNDER CONSTRUCTION",
        "Halaman ini sedang dalam pengembangan.",
        "Mohon maaf, halaman ini masih dalam perbaikan",
        "Data akan diperbarui",
        "Konten akan segera ditampilkan",
        "Dokumen segera hadir",
        "Isi konten di sini",
        "Ini Nama Pejabat",
    ],
)
def test_placeholders(text):
    assert content(f"<p>{text}</p>").says_placeholder
    assert not content(f"<p>{text}</p><p>{LONG}</p>").says_placeholder


@pytest.mark.parametrize(
    "text",
    [
        "Data ini diperbarui setiap bulan",
        "Rencana pengembangan pasar rakyat",
        "Pembangunan gedung selesai tahun lalu",
        "Dokumen telah diunggah",
        "Nama pejabat: Sri Lestari",
    ],
)
def test_no_placeholders(text):
    assert not content(f"<p>{text}</p>").says_placeholder


@pytest.mark.parametrize(
    "text",
    [
        "Belum ada data",
        "Tidak ada data yang tersedia pada tabel ini",
        "No data available in table",
        "Data tidak ditemukan",
        "Dokumen belum tersedia",
        "Belum ada agenda",
        "Showing 0 to 0 of 0 entries",
    ],
)
def test_empty_lists(text):
    assert content(f"<p>{text}</p>").says_empty
    assert not content(f"<p>{text}</p><p>{LONG}</p>").says_empty


@pytest.mark.parametrize(
    "text",
    [
        "Semua data tersedia di kantor",
        "Layanan ini tidak ada biaya",
        "Sudah ada dua dokumen",
        "Kami menemukan 20 berkas",
    ],
)
def test_no_empty_lists(text):
    assert not content(f"<p>{text}</p>").says_empty


@pytest.mark.parametrize(
    ("text", "is_not_found"),
    [
        ("Halaman yang Anda cari tidak ditemukan", True),
        ("Error 404", True),
        ("Page not found", True),
        ("404 Not Found", True),
        ("Nomor berkas 404/12/2025", False),
        ("Halaman ini memuat renstra", False),
    ],
)
def test_pages_that_say_404(text, is_not_found):
    assert content(f"<p>{text}</p>", "Maaf").says_not_found is is_not_found


@pytest.mark.parametrize(
    ("text", "is_filler"),
    [
        ("Lorem ipsum dolor sit amet", True),
        ("We are a team for your business. This is the place in which you are with us, and we do it for you.", True),
        ("Dinas ini adalah unsur pelaksana di daerah untuk urusan pangan pada tahun berjalan.", False),
        ("Aplikasi kami: Smart City, e-Office, Single Sign On, Command Center, Open Data.", False),
    ],
)
def test_text_that_came_with_the_theme(text, is_filler):
    assert content(f"<p>{text}</p>").is_filler is is_filler


@pytest.mark.parametrize(
    ("row", "is_data"),
    [
        ("<td>1</td><td>Renstra</td><td>2025</td>", True),
        ("<td>Jumlah pegawai</td><td>12</td><td></td>", True),
        ("<td>1</td><td></td><td></td>", False),
        ("<td>Kepala Dinas</td><td></td><td></td>", False),
        ("<td>-</td><td>-</td><td>-</td>", False),
        ("<td>Rp</td><td>Rp</td><td>N/A</td>", False),
        ("<td></td><td>Belum ada data</td><td></td>", False),
        ("<td colspan='3'>Belum ada data</td>", False),
    ],
)
def test_rows_with_data(row, is_data):
    head = "<tr><th>A</th><th>B</th><th>C</th></tr>"
    assert bool(content(f"<table>{head}<tr>{row}</tr></table>").data_rows) is is_data


def test_announcements_of_content_are_no_content():
    assert said("Berikut ini adalah dokumen kami. Silakan unduh berkas di bawah ini.") == 0
    assert said("Kantor buka pukul tujuh pagi.") == 5


def test_words_of_links_and_tables_are_no_prose():
    listed = content(
        '<ul><li><a href="/a.pdf">Renstra Dinas Contoh</a></li></ul><table><tr><td>a b</td><td>c</td></tr></table>'
    )
    assert listed.prose <= 1
    assert content("<p>Kantor buka pukul tujuh pagi.</p>").prose >= 5


def test_a_section_holds_its_sub_sections_and_no_more():
    html = "<h2>Renstra</h2><p>satu</p><h3>Lampiran</h3><p>dua</p><a href='/a.pdf'>a</a><h2>Renja</h2><p>tiga</p>"
    read = page(whole("Dokumen", html))
    index = next(at for at, section in enumerate(read.sections) if section.heading == "Renstra")
    inside = of_section(read, index)
    assert inside.text.split() == ["satu", "dua", "a"]
    assert [link.href for link in inside.own_links] == ["/a.pdf"]

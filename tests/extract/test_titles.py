import pytest

from ppid_audit.model.site import LinkKind, Region, TitleFrom
from tests.extract.making import HOME, link, page


def named(html: str, address: str = "/f.pdf") -> tuple[str, TitleFrom]:
    found = link(page(html), address)
    return found.title, found.title_from


GENERIC = (
    "Lihat",
    "Unduh",
    "Download",
    "Lihat File",
    "Link",
    "Buka",
    "di sini",
    "klik di sini",
    "Selengkapnya",
    "Read more",
    "Detail",
    "View",
    "PDF",
    "Preview",
    "Lihat Dokumen",
    "<i class='fa fa-download'></i>",
    "Unduh PDF (1,2 MB)",
    "12/03/2024",
    "»",
)


@pytest.mark.parametrize("words", GENERIC)
def test_a_link_that_says_nothing_is_named_by_its_table_row(words):
    html = f"""<table><tr><th>No</th><th>Judul</th><th>Berkas</th></tr>
      <tr><td>1</td><td>Rencana Strategis 2021-2026</td><td><a href=/f.pdf>{words}</a></td></tr></table>"""
    found = link(page(html), "/f.pdf")
    assert found.title.startswith("Rencana Strategis 2021-2026")
    assert found.title_from is TitleFrom.ROW
    assert found.column == "Berkas"
    assert found.row == ("1", "Rencana Strategis 2021-2026")


def test_own_words_win():
    assert named("<p>Lampiran <a href=/f.pdf>Unduh Renstra 2024</a></p>") == ("Unduh Renstra 2024", TitleFrom.OWN)


def test_a_link_around_a_whole_card_is_named_by_its_heading():
    html = "<a href=/f.pdf><h5>Visi dan Misi</h5><p>Pelajari arah kebijakan kami</p></a>"
    assert named(html) == ("Visi dan Misi", TitleFrom.OWN)


def test_attributes_name_an_icon():
    assert named("<a href=/f.pdf title='Laporan Kinerja 2024'><i></i></a>") == (
        "Laporan Kinerja 2024",
        TitleFrom.ATTRIBUTE,
    )
    assert named("<a href=/f.pdf aria-label='Neraca'>Unduh</a>") == ("Neraca", TitleFrom.ATTRIBUTE)
    assert named("<a href=/f.pdf><img src=a.png alt='SK PPID'></a>") == ("SK PPID", TitleFrom.ATTRIBUTE)


def test_a_file_name_as_alt_text_is_no_name():
    html = "<h3>Struktur Organisasi</h3><a href=/f.pdf><img src=a.png alt='IMG_2024.jpg'></a>"
    assert named(html) == ("Struktur Organisasi", TitleFrom.HEADING)


def test_the_list_item_the_sentence_and_the_card_name_their_link():
    assert named("<ul><li>Laporan Keuangan 2023 <a href=/f.pdf>Unduh</a></li><li>b</li></ul>") == (
        "Laporan Keuangan 2023",
        TitleFrom.ITEM,
    )
    assert named("<p>Maklumat pelayanan dapat dibaca <a href=/f.pdf>di sini</a>.</p>") == (
        "Maklumat pelayanan dapat dibaca",
        TitleFrom.SENTENCE,
    )
    card = (
        "<div class=card><h5>DPA 2024</h5><p>Dokumen Pelaksanaan Anggaran.</p><div><a href=/f.pdf>Unduh</a></div></div>"
    )
    assert named(f"<h2>Anggaran</h2>{card}") == ("DPA 2024", TitleFrom.CARD)


def test_a_card_whose_text_is_long_is_named_by_its_heading_further_out():
    lines = "Penjelasan panjang tentang dokumen perencanaan lima tahunan yang memuat tujuan, sasaran dan program. " * 2
    card = f"<div class=card><div><h4>Renja 2025</h4></div><div>{lines}<a href=/f.pdf>Read more</a></div></div>"
    assert named(card) == ("Renja 2025", TitleFrom.CARD)


def test_two_buttons_in_an_item_both_take_the_name_of_the_item():
    html = "<ul><li><span>Renja 2025</span> <a href=/v>Lihat</a> <a href=/f.pdf>Unduh</a></li><li>lain</li></ul>"
    assert named(html, "/v")[0] == named(html)[0] == "Renja 2025"


def test_a_year_takes_the_heading_before_it():
    html = "<h3>Laporan Keuangan</h3><ul><li><a href=/2022.pdf>2022</a></li><li><a href=/f.pdf>Tahun 2023</a></li></ul>"
    assert named(html) == ("Laporan Keuangan Tahun 2023", TitleFrom.HEADING)


def test_a_year_in_a_nested_list_takes_the_label_of_the_list():
    html = "<ul><li>Renstra<ul><li><a href=/f.pdf>2024</a></li></ul></li></ul>"
    found = link(page(html), "/f.pdf")
    assert (found.title, found.trail) == ("Renstra 2024", ("Renstra",))


def test_a_heading_that_is_a_year_sends_us_one_level_up():
    html = "<h2>Laporan Kinerja</h2><h4>2024</h4><div><a href=/f.pdf>Unduh</a></div>"
    assert named(html)[0] == "Laporan Kinerja"


def test_columns_of_years_tell_which_year_a_button_means():
    html = """<table><tr><th>Dokumen</th><th>2023</th><th>2024</th></tr>
      <tr><td>LKjIP</td><td><a href=/a.pdf>Unduh</a></td><td><a href=/f.pdf>Unduh</a></td></tr></table>"""
    assert named(html) == ("LKjIP 2024", TitleFrom.ROW)


def test_a_title_cell_that_spans_rows_names_the_links_of_all_of_them():
    html = """<table><tr><th>Judul</th><th>Tahun</th><th>Berkas</th></tr>
      <tr><td rowspan=2>Neraca</td><td>2023</td><td><a href=/a.pdf>Unduh</a></td></tr>
      <tr><td>2024</td><td><a href=/f.pdf>Unduh</a></td></tr></table>"""
    assert named(html)[0] == "Neraca"


def test_without_words_near_the_page_heading_and_then_the_address_name_it():
    assert named("<a href=/f.pdf>Unduh</a><h1>Renstra</h1>") == ("Renstra", TitleFrom.PAGE)
    assert named("<a href=/uploads/lkjip-2024.pdf>Unduh</a>", "2024.pdf") == ("lkjip 2024", TitleFrom.ADDRESS)


def test_an_arrow_that_leads_nowhere_is_not_named_after_the_page():
    assert named("<h1>Renstra</h1><a href=#><i class=fa></i></a>", "#")[0] == ""


def test_the_number_of_a_page_is_not_named_after_the_page():
    assert named("<h1>Renstra</h1><div><a href=/1>1</a><a href=/2>2</a><a href=/3>3</a></div>", "/2")[0] == "2"


def test_a_menu_entry_keeps_its_words():
    assert named("<nav><ul><li><a href=/f.pdf>Download</a></li></ul></nav><p>isi</p>")[0] == "Download"


def test_heading_and_section_of_a_link():
    read = page("<h1>Informasi</h1><h2>Berkala</h2><p><a href=/f.pdf>Renja</a></p><h2>Lain</h2>")
    found = link(read, "/f.pdf")
    assert found.heading == "Berkala"
    assert read.sections[found.section].heading == "Berkala"


def test_drop_down_parents_are_legitimately_empty_and_give_their_name_to_the_trail():
    html = """<nav><ul><li class=dropdown><a href=# class=dropdown-toggle>Informasi Publik</a>
      <ul class=dropdown-menu><li><a href=/f.pdf>Berkala</a></li><li><a href='#!'>Serta Merta</a></li></ul>
      </li></ul></nav>"""
    read = page(html)
    parent, leaf, dead = read.links
    assert (parent.parent, parent.url, parent.title) == (True, None, "Informasi Publik")
    assert (leaf.parent, leaf.trail) == (False, ("Informasi Publik",))
    assert (dead.parent, dead.url, dead.trail) == (False, None, ("Informasi Publik",))


def test_drop_downs_made_of_boxes():
    html = (
        "<div class=navbar><button>Profil</button><div class=dropdown-content>"
        "<a href=/f.pdf>Tupoksi</a></div></div><p>isi</p>"
    )
    assert link(page(html), "/f.pdf").trail == ("Profil",)


def test_controls_that_open_something_on_the_page_are_parents():
    html = (
        "<a href='#satu' data-bs-toggle=collapse>Anggaran</a><div id=satu class=collapse><a href=/f.pdf>Unduh</a></div>"
    )
    read = page(html)
    assert link(read, "#satu").parent
    assert link(read, "#satu").url is None
    assert link(read, "/f.pdf").title == "Anggaran"
    assert not link(page("<a href='#tidak-ada'>Anggaran</a>"), "#tidak-ada").parent


def test_a_jump_within_the_page_points_to_the_section_it_jumps_to():
    read = page(
        "<nav><a href='#visi'>Visi</a></nav><h2>Lain</h2><p>a</p><div id=visi><h2>Visi</h2>"
        "<p>Menjadi badan terbuka</p></div>"
    )
    jump = link(read, "#visi")
    assert read.sections[jump.section].heading in ("Visi", "Lain")
    assert (jump.url, jump.region) == (None, Region.MENU)


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<button onclick=\"window.open('/berkas/renstra.pdf')\">Renstra</button>", "renstra.pdf"),
        ("<a href='#' onclick=\"location.href='/berkas/renstra.pdf'\">Renstra</a>", "renstra.pdf"),
        ("<a href='javascript:void(0)' data-file='berkas/renstra.pdf'>Renstra</a>", "renstra.pdf"),
        ("<div data-href='/profil/renstra' class=card>Renstra</div>", "profil/renstra"),
    ],
)
def test_buttons_that_open_an_address_are_links(html, address):
    (found,) = page(html).links
    assert (found.url or "").endswith(address)
    assert found.title == "Renstra"


def test_embedded_documents_are_links_with_the_heading_as_title():
    html = """<h2>Renstra</h2><iframe src=/renstra.pdf></iframe><h2>DPA</h2><embed src=/dpa.pdf><h2>LKjIP</h2>
      <object data=/lkjip.pdf></object>
      <h2>Neraca</h2>
      <iframe src="https://docs.google.com/viewer?url=https%3A%2F%2Fdinas.contoh.go.id%2Fneraca.pdf&embedded=true"></iframe>
      <h2>SOP</h2><iframe src="/pdfjs/web/viewer.html?file=/sop.pdf"></iframe><h2>Kosong</h2><iframe></iframe>"""
    found = [(x.title, x.kind, x.url) for x in page(html).links]
    assert found == [
        ("Renstra", LinkKind.FRAME, f"{HOME}renstra.pdf"),
        ("DPA", LinkKind.EMBED, f"{HOME}dpa.pdf"),
        ("LKjIP", LinkKind.EMBED, f"{HOME}lkjip.pdf"),
        ("Neraca", LinkKind.FRAME, f"{HOME}neraca.pdf"),
        ("SOP", LinkKind.FRAME, f"{HOME}sop.pdf"),
        ("Kosong", LinkKind.FRAME, None),
    ]


def test_a_document_drawn_by_script_is_an_embedded_one():
    (found,) = page("<h2>Renstra</h2><div id=v></div><script>PDFObject.embed('/renstra.pdf', '#v')</script>").links
    assert (found.kind, found.url) == (LinkKind.EMBED, f"{HOME}renstra.pdf")


def test_addresses_that_lead_nowhere_have_no_url():
    html = "".join(
        f'<a href="{href}">Renstra</a>' for href in ("#", "#!", "", "javascript:;", "mailto:a@b.id", "tel:021")
    )
    assert [x.url for x in page(html + "<a>Renstra</a>").links] == [None] * 7


def test_spaces_in_addresses_and_the_base_are_honoured():
    read = page("<base href='https://www.contoh.go.id/opd/'><a href='Renstra 2024.pdf'>Renstra</a>")
    assert read.links[0].url == "https://www.contoh.go.id/opd/Renstra%202024.pdf"


def test_pictures_with_caption_alt_and_heading():
    html = """<h2>Struktur Organisasi</h2><figure>
      <img data-src=/bagan.jpg src="data:image/gif;base64,AA" width=800 height=600px alt="Bagan">
      <figcaption>Bagan organisasi 2024</figcaption></figure>"""
    read = page(html)
    (picture,) = read.pictures
    assert (picture.url, picture.alt, picture.caption) == (f"{HOME}bagan.jpg", "Bagan", "Bagan organisasi 2024")
    assert (picture.width, picture.height) == (800, 600)
    assert read.sections[picture.section].heading == "Struktur Organisasi"

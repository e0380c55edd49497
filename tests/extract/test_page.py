from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.extract.page import read_page
from ppid_audit.model.capture import Rendered, Role
from tests.extract.making import HOME, capture, page

_PARTS = st.sampled_from(
    [
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<a href='/x'>",
        "<a href='#a'>",
        "</a>",
        "<div id=a>",
        "<nav>",
        "<h2>",
        "</h2>",
        "<p>",
        "<b>",
        "Renstra 2024 ",
        "Unduh",
        "<iframe src='",
        "<script>",
        "</script>",
        "<td rowspan=9 colspan=99>",
        "<div class='collapse menu' style='display:none'>",
        "</div>",
        "<button data-bs-toggle=collapse data-bs-target='#a'>",
        "<!--",
        "-->",
        "<base href='//",
        "\x00",
        "&#xD800;",
        "<![CDATA[",
        "<meta http-equiv=refresh content='0;url=",
        "<img src=a>",
        "<select><option>",
    ]
)


@given(
    st.binary(max_size=400)
    | st.lists(_PARTS | st.text(max_size=8), max_size=40).map(lambda x: "".join(x).encode("utf-8", "replace"))
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_page(body):
    read = read_page(capture(), body)
    assert "\x00" not in read.all_text
    assert all(-1 <= link.section < len(read.sections) for link in read.links)
    assert all(-1 <= table.section < len(read.sections) for table in read.tables)
    assert read == read_page(capture(), body)


@pytest.mark.parametrize(
    "html",
    [
        "<div><a href=/x>Unduh</a>" * 20_000,
        "<table><tr><td>teks <a href=/x>Unduh</a>" * 500,
        "<a <a " * 50_000,
        '<a href="' * 20_000,
        "<![" * 50_000,
        "<ul><li class=dropdown><a href=#>Menu</a>" * 5_000,
        "<div class=nav>" + "<button>A</button><div class=dropdown-content><a href=x>z</a></div>" * 5_000,
        "<script>" + "load" * 50_000,
        "&" * 500_000,
        "<p><a href=/a.pdf>Unduh</a></p>" * 300_000,
    ],
    ids=[
        "deep",
        "tables",
        "open-tags",
        "quotes",
        "declarations",
        "menus",
        "flat-menu",
        "script",
        "ampersands",
        "ten-megabytes",
    ],
)
def test_hostile_pages_end(html):
    read = page(html)
    assert len(read.links) <= 3_000
    assert len(read.all_text) <= 400_000


def test_shells_are_told_from_pages():
    assert page("<body><div id=root></div><script type=module src=/assets/app.js></script></body>").shell
    assert page("<body><div id=app data-page='{}'></div></body>").shell
    assert page("<body data-sveltekit-preload-data=hover><div style='display: contents'></div></body>").shell
    assert not page("<body><p>Halaman ini kosong.</p></body>").shell
    assert not page("<body><div id=app>" + "Badan publik ini melayani permohonan. " * 9 + "</div></body>").shell


def test_lists_that_scripts_fill_are_counted():
    script = "fetch('/api/dip').then(r => { document.getElementById('daftar').innerHTML = r })"
    filled = f"<ul id=daftar></ul><script>{script}</script>"
    assert page(filled).script_lists == 1
    assert page(filled.replace("daftar", "modalPratinjau")).script_lists == 0
    assert page("<ul><li v-for='x in daftar'>{{ x }}</li></ul>").script_lists == 1
    assert page("<div id=main-content></div><script src=js/muat-isi.js></script>").script_lists == 1
    assert page("<ul id=daftar><li>Renstra</li></ul><script>fetch('/api/kunjungan')</script>").script_lists == 0


def test_pieces_that_scripts_insert():
    html = """<div id=nav></div><div w3-include-html=kaki.html></div>
      <script>fetch('../includes/navbar.html').then(x => x);
      $('#f').load("footer.html"); muat('menu', 'bagian/menu-samping.html'); fetch('/api/data.json')</script>"""
    assert page(html).fragments == (
        f"{HOME}ppid/kaki.html",
        f"{HOME}includes/navbar.html",
        f"{HOME}ppid/footer.html",
        f"{HOME}ppid/bagian/menu-samping.html",
    )


def test_a_piece_is_read_against_the_page_that_includes_it():
    read = page(
        "<a href=profil.html>Profil</a>", f"{HOME}includes/nav.html", role=Role.FRAGMENT, found_on=f"{HOME}index.html"
    )
    assert read.links[0].url == f"{HOME}profil.html"


def test_facts_of_the_head():
    html = """<html lang=id><title> Renstra |  Dinas </title><meta http-equiv=refresh content="3; url='/baru'">
      <script type="application/ld+json">{"datePublished":"2024-01-05T08:00","dateModified": "2025-03-09"}</script>
      <form><input name=nik><input type=hidden name=token><textarea name=rincian></textarea></form>"""
    read = page(html)
    assert (read.title, read.lang, read.refresh) == ("Renstra | Dinas", "id", f"{HOME}baru")
    assert read.modified == date(2025, 3, 9)
    assert read.forms == (("nik", "rincian"),)


def test_the_day_of_a_time_element_counts_when_nothing_better_is_said():
    assert page("<time datetime=2024-05-06T10:00>6 Mei 2024</time>").modified == date(2024, 5, 6)
    assert page(
        "<meta property='og:updated_time' content='2024-07-01'><time datetime=2024-05-06>x</time>"
    ).modified == date(2024, 7, 1)
    assert page("<p>6 Mei 2024</p>").modified is None


def test_dates_say_where_they_stand():
    read = page("<title>Renja 2025</title><p>Ditetapkan 3 Maret 2024</p>", f"{HOME}2024/10/renja")
    assert {(seen.day, seen.precision, seen.where) for seen in read.dates} >= {
        (date(2025, 1, 1), "year", "title"),
        (date(2024, 10, 1), "day", "address"),
        (date(2024, 3, 3), "day", "text"),
    }


def test_personal_data_is_masked_everywhere():
    nik = "3316015203900001"
    html = (
        f"<h2>NIK {nik}</h2><p>{nik}</p><table><tr><td>a</td><td>{nik}</td></tr><tr><td>b</td><td>c</td>"
        f"</tr></table><a href=/x>{nik} Budi</a>"
    )
    read = page(html)
    seen = [
        read.text,
        read.all_text,
        read.heading,
        str(read.sections),
        str(read.tables),
        str([x.title for x in read.links]),
    ]
    assert not any(nik in text for text in seen)


FILLED = "<table id=t><thead><tr><th>No<th>Judul</thead></table><script>fetch('/d').then(x=>t.innerHTML=x)</script>"


@pytest.mark.parametrize(
    ("rendered", "lists", "by_script"),
    [(Rendered.NO, 1, True), (Rendered.PART, 1, True), (Rendered.WHOLE, 0, False)],
)
def test_what_is_empty_after_all_scripts_have_run_is_empty(rendered, lists, by_script):
    read = page(f"<h1>DIP</h1>{FILLED}", rendered=rendered)
    assert (read.script_lists, read.tables[0].filled_by_script) == (lists, by_script)


@pytest.mark.parametrize("rendered", [Rendered.PART, Rendered.WHOLE])
def test_a_drawn_page_is_a_shell_only_where_nothing_is_to_be_seen(rendered):
    shell = "<div id=root>{}</div><script src=/a.js></script>"
    assert page(shell.format(""), rendered=rendered).shell
    assert not page(shell.format("<a href=/ppid>PPID</a>"), rendered=rendered).shell
    assert not page(shell.format("Daftar Informasi Publik yang Dikuasai oleh Dinas"), rendered=rendered).shell

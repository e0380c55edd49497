import time

from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.model.site import Region
from ppid_audit.web.html import SkimLink, parse, skim, xml_text

BASE = "https://dinas.contoh.go.id/ppid/"


def test_the_tree_is_flat_and_ranges_nest():
    tree = parse("<div id=a class='Satu Dua'><p>Halo <b>Dunia</b></p></div><p>Lain</p>")
    box = tree.ids["a"]
    assert box.words == ("satu", "dua", "a")
    assert tree.words_of(box) == "Halo Dunia"
    assert [node.tag for node in tree.within(box)] == ["p", "b"]
    assert [node.tag for node in tree.children(box)] == ["p"]
    assert all(
        node.parent is None or node.parent.index < node.index < node.last <= node.parent.last for node in tree.nodes
    )


def test_skim_gives_places_with_names_and_regions():
    html = """<title>PPID</title><nav><ul><li><a href=/profil>Profil</a></li></ul></nav>
      <table><tr><th>No</th><th>Judul</th><th>Aksi</th></tr><tr><td>1</td><td>Renstra 2021-2026</td><td>
      <a href="r e.pdf">Unduh</a></td></tr></table>
      <h3>Maklumat</h3><iframe src=maklumat.pdf></iframe><map><area href=/peta alt=Peta></map><a href=#>Kosong</a>
      <footer><a href=https://contoh.go.id/>Kabupaten</a></footer>"""
    read = skim(html, BASE)
    assert read.title == "PPID"
    assert read.links == (
        SkimLink("https://dinas.contoh.go.id/profil", "Profil", Region.MENU),
        SkimLink(f"{BASE}r%20e.pdf", "Renstra 2021-2026", Region.CONTENT),
        SkimLink(f"{BASE}maklumat.pdf", "Maklumat", Region.CONTENT, frame=True),
        SkimLink("https://dinas.contoh.go.id/peta", "Peta", Region.CONTENT),
        SkimLink("https://contoh.go.id/", "Kabupaten", Region.FOOTER),
    )


def test_skim_honours_base_fragments_and_refresh():
    html = """<base href="/opd/"><meta http-equiv=Refresh content="0; URL=baru.html"><a href=a.html>A</a>
      <script>fetch("inc/nav.html")</script>"""
    read = skim(html, BASE)
    assert [link.url for link in read.links] == ["https://dinas.contoh.go.id/opd/a.html"]
    assert read.refresh == "https://dinas.contoh.go.id/opd/baru.html"
    assert read.fragments == ("https://dinas.contoh.go.id/opd/inc/nav.html",)
    assert skim("<meta http-equiv=refresh content=30>", BASE).refresh == ""


def test_skim_keeps_each_place_once_and_not_too_many():
    assert len(skim("<a href=/x>Renstra</a>" * 50, BASE).links) == 1
    found = skim("".join(f"<a href=/{n}>Renstra {n}</a>" for n in range(5_000)), BASE)
    assert (len(found.links), len(found.beyond), found.cut) == (3_000, 2_000, False)
    assert (found.beyond[0].url, found.beyond[0].title) == ("https://dinas.contoh.go.id/3000", "Renstra 3000")
    assert skim("<a href=/x>Renstra</a>" * 10_000, BASE).cut
    assert skim("<i>" * 100_001, BASE).cut
    assert skim("x" * 5_000_001, BASE).cut


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_page(text):
    skim(text, BASE)
    skim(f"<a href='{text}'>{text}</a><{text}>", BASE)


def test_a_page_of_ten_megabytes_of_nesting_ends_soon():
    start = time.perf_counter()
    skim("<div>" * 2_000_000, BASE)
    assert time.perf_counter() - start < 20


def test_words_of_xml_parts():
    assert xml_text(b"<d xmlns:w='w'><w:p><w:t>Satu</w:t><w:t> dua</w:t></w:p><w:p>tiga</w:p></d>") == "Satu dua\ntiga"
    assert xml_text(b"<d><p>rusak") == "rusak"
    assert xml_text(b"") == xml_text(b"bukan xml") == ""
    bomb = b"<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><d><p>x&b;</p></d>"
    assert xml_text(bomb) == xml_text(bomb.decode().encode("utf-16")) == ""


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_xml(data):
    assert len(xml_text(data)) <= 100_000

import pytest

from ppid_audit.web.gambling import Lure, lure_of, lure_of_address
from ppid_audit.web.injection import MAX_FOUND, injections
from tests.web.pairs import BASE, bare, samples, site

PAGE = site("Profil", "<p>Tugas dan fungsi dinas.</p>")


def test_planted_links_are_told_from_news_timetables_and_plans():
    wrong = [s.name for s in samples() if bool(injections(s.html, BASE)) != s.injected]
    assert wrong == []


@pytest.mark.parametrize(
    ("html", "where"),
    [
        (f"<a href='https://x.example/slot/'>https://x.example/slot/</a>{PAGE}", "before_doctype"),
        (f"{PAGE}<p><a href='https://x.example/'>slot gacor</a></p>", "after_html"),
        (
            PAGE.replace(
                "</main>", "<div style='display: none'><b><a href='https://x.example/a'>Togel</a></b></div></main>"
            ),
            "hidden",
        ),
        (PAGE.replace("</main>", "<a href='https://x.example/slot-gacor/'>Slot Gacor</a></main>"), "visible"),
        (bare("SLOT88 Gacor Hari Ini - Dinas", "<p>Profil dinas</p>"), "meta"),
        (bare("激安 ブランド コピー 通販", "<p>Profil dinas</p>"), "meta"),
    ],
)
def test_where_it_stands(html, where):
    assert {found.where for found in injections(html, BASE)} == {where}


def test_the_address_and_the_words_are_told():
    (found,) = injections(f"{PAGE}<a href='https://x.example/?a=1&amp;b=2'>slot <b>gacor</b></a>", BASE)
    assert (found.url, found.text) == ("https://x.example/?a=1&b=2", "slot gacor")


def test_what_a_browser_never_shows_as_a_link_is_none():
    assert (
        injections(
            PAGE.replace("</main>", "<!-- <a href='https://x.example/slot-gacor/'>Slot Gacor</a> --></main>"), BASE
        )
        == ()
    )


def test_a_flood_of_links_is_bounded():
    assert len(injections(PAGE + "<a href='https://x.example/'>slot gacor</a>" * 5_000, BASE)) == MAX_FOUND


@pytest.mark.parametrize(
    ("text", "lure"),
    [
        ("Slot Gacor", Lure.STRONG),
        ("slotbet88", Lure.STRONG),
        ("Togel", Lure.WEAK),
        ("Satgas Judi Online", Lure.NONE),
        ("Slot waktu layanan", Lure.NONE),
        ("RTP Kawasan", Lure.NONE),
        ("Bahaya slot gacor bagi pelajar", Lure.NONE),
        ("", Lure.NONE),
    ],
)
def test_words_are_weighed(text, lure):
    assert lure_of(text) is lure


@pytest.mark.parametrize(
    ("url", "lure"),
    [
        ("https://a.go.id/assets/slot-gacor/", Lure.STRONG),
        ("https://a.go.id/Raja/?link=SLOT+SINGAPORE", Lure.STRONG),
        ("https://a.go.id/slot/", Lure.WEAK),
        ("https://a.go.id/berita/bahaya-slot-gacor", Lure.NONE),
        ("https://a.go.id/dokumen/rtp-2026.pdf", Lure.NONE),
    ],
)
def test_addresses_are_weighed(url, lure):
    assert lure_of_address(url) is lure

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.web.sitemap import MAX_ADDRESSES, Sitemap, parse

SITE = "https://dinkes.go.id"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MAP = f"""{HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://x/image">
<url><loc> {SITE}/ppid </loc><lastmod>2099-99-99</lastmod><image:image><image:loc>{SITE}/a.jpg</image:loc></image:image>
</url><url><loc>{SITE}/lakip?a=1&amp;b=2</loc></url><url><loc>{SITE}/ppid</loc></url></urlset>"""
PAGES = (f"{SITE}/ppid", f"{SITE}/lakip?a=1&b=2")


@pytest.mark.parametrize(
    "body",
    [
        MAP.encode(),
        b"\xef\xbb\xbf\n\n  " + MAP.encode(),
        MAP.replace("http://www.sitemaps.org/schemas/sitemap/0.9", "http://salah/").encode(),
        MAP.replace("UTF-8", "UTF-16").encode("utf-16"),
        MAP.replace("</urlset>", "").encode(),
        MAP.replace("<lastmod>", "<lastmod>\xff").encode("latin-1"),
        gzip.compress(MAP.encode()),
        gzip.compress(MAP.encode() + b"<!-- " + bytes(range(40, 60)) * 5000 + b" -->")[:-40],
        f"{SITE}/ppid\r\n{SITE}/lakip?a=1&b=2\r\nbukan alamat\r\n{SITE}/ppid\n".encode(),
    ],
    ids=["plain", "bom and blanks", "namespace", "utf-16", "truncated", "bad utf-8", "gzip", "cut gzip", "text"],
)
def test_pages(body):
    assert parse(body) == Sitemap(PAGES)


def test_an_index_lists_further_sitemaps():
    entries = f"<sitemap><loc>{SITE}/a.xml</loc></sitemap><sitemap><loc>{SITE}/b.xml.gz</loc></sitemap>"
    assert parse(f"{HEAD}<sitemapindex>{entries}</sitemapindex>".encode()) == Sitemap(
        (), (f"{SITE}/a.xml", f"{SITE}/b.xml.gz")
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x1f\x8b",
        b"\x1f\x8brusak",
        b'{"url": "https://dinkes.go.id/"}',
        b"<!DOCTYPE html><html><body><url><loc>https://dinkes.go.id/</loc></url></body></html>",
        f'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>{SITE}/&x;</loc></url></urlset>'.encode(),
        b"<urlset><url><loc>javascript:alert(1)</loc></url><url><loc>/relatif</loc></url></urlset>",
        f"<loc>{SITE}/</loc>".encode(),
    ],
    ids=["empty", "gzip head", "broken gzip", "json", "web page", "entity", "no address", "no entry"],
)
def test_what_is_no_sitemap_lists_nothing(body):
    assert parse(body) == Sitemap()


def test_a_doctype_behind_a_long_comment_is_refused_too():
    lol = '<!DOCTYPE l [<!ENTITY a "' + "x" * 1000 + '">]>'
    assert parse(f"<!-- {'x' * 100_000} -->{lol}{MAP.removeprefix(HEAD)}".encode()) == Sitemap()


def test_no_more_addresses_than_the_protocol_allows():
    entries = "".join(f"<url><loc>{SITE}/{number}</loc></url>" for number in range(MAX_ADDRESSES + 10))
    assert len(parse(f"<urlset>{entries}</urlset>".encode()).pages) == MAX_ADDRESSES


def test_a_gzip_bomb_is_cut():
    bomb = gzip.compress(MAP.encode().replace(b"</urlset>", b" " * 60_000_000))
    assert parse(bomb) == Sitemap(PAGES)


def test_very_deep_xml_ends():
    assert parse(b"<a>" * 200_000) == Sitemap()


@given(st.binary())
def test_nothing_raises(body):
    assert isinstance(parse(body), Sitemap)


@given(
    st.lists(
        st.sampled_from(
            [
                "<url>",
                "</url>",
                "<loc>",
                "</loc>",
                "<sitemap>",
                "<urlset>",
                f"{SITE}/a",
                "&x;",
                "<",
                "\x00",
                "<![CDATA[",
            ]
        )
    ).map("".join)
)
def test_nothing_raises_on_broken_xml(text):
    found = parse(text.encode())
    assert all(address.startswith(SITE) for address in found.pages + found.sitemaps)

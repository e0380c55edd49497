import re
from typing import Any

import pytest
from hypothesis import given

from ppid_audit.web import urls
from tests.web import addresses
from tests.web.vectors import url_cases

BASE = "https://dinkes.blorakab.go.id/ppid/berkala/index.html?x=1#y"
SITE = "https://dinkes.blorakab.go.id"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("//ppid.go.id/x", "https://ppid.go.id/x"),
        ("?q=2", f"{SITE}/ppid/berkala/index.html?q=2"),
        ("../lakip", f"{SITE}/ppid/lakip"),
        ("%2e%2e/lakip", f"{SITE}/ppid/lakip"),
        ("../../../../lakip", f"{SITE}/lakip"),
        ("\\unduh\\a.pdf", f"{SITE}/unduh/a.pdf"),
        ("  \t/un\nduh/ren\tstra.pdf ", f"{SITE}/unduh/renstra.pdf"),
        ("/unduh/Renstra 2024.pdf", f"{SITE}/unduh/Renstra%202024.pdf"),
        ("/unduh/laporan–akhir.pdf", f"{SITE}/unduh/laporan%E2%80%93akhir.pdf"),
        ("https://tést.id/", "https://xn--tst-bma.id/"),
        ("https://ＰＰＩＤ.go.id/", "https://ppid.go.id/"),
        ("https:///ppid.go.id/x", "https://ppid.go.id/x"),
        ("http:/ppid.go.id/x", "http://ppid.go.id/x"),
        ("HTTPS://PPID.GO.ID:443/X", "https://ppid.go.id/X"),
        ("/x#bagian", f"{SITE}/x"),
        ("/x?a=%23#bagian", f"{SITE}/x?a=%23"),
        ("https://user:rahasia@ppid.go.id/x@y", "https://ppid.go.id/x@y"),
        ("/a;params?b", f"{SITE}/a;params?b"),
    ],
)
def test_resolves_as_a_browser_does(href, expected):
    assert urls.resolve(BASE, href) == expected


NOWHERE = (
    *("", "   ", "#", "#!", " #atas", "javascript:void(0)", "JavaScript:;", "mailto:ppid@go.id", "tel:0296", "data:,x"),
    *("whatsapp:send", "blob:x", "about:blank", "http://[", "http://a:99999/", "http://", "https://a b/", "\ud800"),
    *("ftp://a.go.id/x", "file:///etc/passwd", "/" + "a" * 2083, "x" * 70_000),
)


@pytest.mark.parametrize("href", NOWHERE, ids=range(len(NOWHERE)))
def test_what_leads_nowhere_is_none(href):
    assert urls.resolve(BASE, href) is None


def _expected(case: dict[str, Any]) -> str | None:
    """What ``resolve`` owes the standard: its result without userinfo and fragment, http(s) only."""
    wanted = case["input"].strip("".join(map(chr, range(33))))
    if case.get("failure") or case["protocol"] not in ("http:", "https:") or not wanted or wanted.startswith("#"):
        return None
    plain: str = case["href"].partition("#")[0]
    return re.sub(r"//[^/]*@", "//", plain, count=1) if case["username"] or case["password"] else plain


@pytest.mark.parametrize("case", url_cases(), ids=lambda case: ascii(case["input"])[:40])
def test_agrees_with_the_standards_own_cases(case):
    assert urls.resolve(case["base"] or "about:blank", case["input"]) == _expected(case)


@pytest.mark.parametrize(
    "other",
    [
        "http://dinkes.go.id/ppid",
        "https://WWW.Dinkes.go.id/ppid/",
        "https://dinkes.go.id:443/ppid#isi",
        "https://dinkes.go.id/index.php/ppid",
        "https://dinkes.go.id/ppid/index.html",
        "https://dinkes.go.id/ppid/index.php?",
        "https://dinkes.go.id//ppid//",
        "https://dinkes.go.id/%70pid",
        "https://dinkes.go.id/ppid?utm_source=fb&fbclid=1",
        "https://dinkes.go.id/ppid;jsessionid=A1?PHPSESSID=b&sid=3",
        "https://dinkes.go.id./ppid",
    ],
)
def test_one_key_for_one_page(other):
    assert urls.key(other) == urls.key("https://dinkes.go.id/ppid")


@pytest.mark.parametrize(
    "other",
    [
        "https://dinkes.go.id/PPID",
        "https://dinkes.go.id/ppid?id=1",
        "https://dinkes.go.id:8080/ppid",
        "https://ppid.dinkes.go.id/ppid",
        "https://dinkes.go.id/ppid%2F",
        "https://dinkes.go.id/a/index.php/ppid",
    ],
)
def test_another_key_for_another_page(other):
    assert urls.key(other) != urls.key("https://dinkes.go.id/ppid")


def test_key_sorts_the_parameters_and_keeps_them():
    assert urls.key("https://a.go.id/?b=2&a=%7e1&a=0") == "http://a.go.id/?a=0&a=~1&b=2"


def test_keys_of_internal_hosts_keep_their_port():
    assert urls.key("http://127.0.0.1:8001/") != urls.key("http://127.0.0.1:8002/")


@given(addresses.urls)
def test_key_of_a_key_is_itself(url):
    assert urls.key(urls.key(url)) == urls.key(url)


@given(addresses.http, addresses.urls)
def test_resolving_again_changes_nothing(base, href):
    url = urls.resolve(base, href)
    if url is not None:
        assert urls.resolve(url, url) == url
        assert url.startswith(("http://", "https://"))
        assert len(url) <= urls.MAX_LENGTH
        assert url.isascii()
        assert "#" not in url
        assert urls.host(url) == urls.host(urls.key(url)) or urls.host(url).startswith("www.")


@given(addresses.urls, addresses.urls)
def test_nothing_raises(base, href):
    assert urls.resolve(base, href) is None or urls.host(urls.resolve(base, href) or "")
    for read in (urls.key, urls.host, urls.authority, urls.path, urls.path_words, urls.extension):
        assert isinstance(read(href), str)
    assert urls.looks_like_document(href) in (True, False)


@pytest.mark.parametrize(
    ("url", "host", "authority"),
    [
        ("https://WWW.A.go.id:443/x", "www.a.go.id", "www.a.go.id"),
        ("http://a.go.id:443/x", "a.go.id", "a.go.id:443"),
        ("http://127.1:8001/", "127.0.0.1", "127.0.0.1:8001"),
        ("http://[::1]:8001/", "::1", "[::1]:8001"),
        ("http://[::1]/", "::1", "[::1]"),
        ("http://u:p@a.go.id./", "a.go.id", "a.go.id"),
        ("mailto:a@b.id", "", ""),
    ],
)
def test_host_and_authority(url, host, authority):
    assert (urls.host(url), urls.authority(url)) == (host, authority)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/uploads/lkjip-2024_final.pdf", "lkjip 2024 final"),
        ("/lakip/2024", "lakip 2024"),
        ("/ppid/dinkes/Rencana%20Kerja+2025.docx", "Rencana Kerja 2025"),
        ("/renstra/download/27", "renstra 27"),
        ("/upload/renja/file_20241014080751.pdf", "renja"),
        ("/renja/d41d8cd98f00b204e9800998ecf8427e_1728893271.pdf", "renja"),
        ("/berkas/LaporanKinerja2024Dinkes.pdf", "Laporan Kinerja 2024 Dinkes"),
        ("/lhkpn/1aB2cD3eF4gH5iJ6kL7mN8", "lhkpn"),
        ("/index.php/profil/index.html", "profil"),
        ("/uploads/2024/05/", "2024 05"),
        ("/", ""),
    ],
)
def test_words_of_an_address(path, words):
    assert urls.path_words(f"{SITE}{path}") == words


@pytest.mark.parametrize(
    ("path", "extension", "document"),
    [
        ("/a/B.PDF?x=1.html#y", "pdf", True),
        ("/a/b.pdf/", "", False),
        ("/a.b/c", "", False),
        ("/.htaccess", "", False),
        ("/berita v.2.html", "html", False),
        ("/struktur.jpeg", "jpeg", True),
        ("/dip.xlsx", "xlsx", True),
        ("/unduh.php?file=a.pdf", "php", False),
    ],
)
def test_extension(path, extension, document):
    assert (urls.extension(f"{SITE}{path}"), urls.looks_like_document(f"{SITE}{path}")) == (extension, document)

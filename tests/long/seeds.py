"""What fuzzing starts from: the published test cases and small texts of each kind."""

from tests.web.vectors import encoding_cases, robots_cases, url_cases

_HEADS = (
    "Content-Type: text/html; charset=utf-8\nLocation: /a?b=c\nSet-Cookie: a=1; Path=/",
    "Location: http://lain.example:99999/\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\nContent-Encoding: gzip, br",
    'Content-Encoding: gzip\nContent-Length: -1\nLast-Modified: besok\nETag: W/"x"',
)
_MAPS = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://a.example/</loc></url></urlset>',
    "<sitemapindex><sitemap><loc>http://a.example/b.xml.gz</loc><lastmod>2026-01-01</lastmod></sitemap></sitemapindex>",
    '<!DOCTYPE u [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
    "http://a.example/\nhttps://b.example/x\n",
)
_TEXTS = ("<html><head><meta charset=utf-8><title>Dinas</title></head><body>caf\u00e9 \u2713</body></html>",)

SEEDS: dict[str, list[bytes]] = {
    "address": [case["input"].encode("utf-8", "replace") for case in url_cases()],
    "robots": [case["robots"].encode() for case in robots_cases()],
    "sitemap": [text.encode() for text in _MAPS],
    "head": [text.encode() for text in _HEADS],
    "charset": [page for page, _ in encoding_cases()],
    "coding": [text.encode() for text in (*_TEXTS, *_MAPS)],
}

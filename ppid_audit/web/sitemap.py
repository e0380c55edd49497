"""Sitemaps (https://www.sitemaps.org/protocol.html): XML, an index of them, plain text, each also gzipped."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from lxml import etree

from ppid_audit.web import charset, urls

MAX_BYTES = 10_000_000
"""What is read of a sitemap after decompression."""

MAX_ADDRESSES = 50_000
"""The protocol's own limit per sitemap."""

_GZIP = b"\x1f\x8b"
_CHUNK = 65_536
_ADDRESS_LINE = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The absolute addresses that a sitemap lists, each once, in its order: ``pages`` and further ``sitemaps``."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def parse(body: bytes) -> Sitemap:
    """What the sitemap ``body`` lists, as far as it can be read; never raises.

    A DOCTYPE is refused (entities, and web pages served in a sitemap's place), so nothing is ever
    expanded or fetched. At most 10 MB and 50,000 addresses are read.
    """
    text = charset.decode(_unpacked(body)).lstrip()
    if re.search("<!DOCTYPE", text, re.IGNORECASE):
        return Sitemap()
    if not text.startswith("<"):
        lines = (line.strip() for line in text.splitlines())
        return Sitemap(_absolute(line for line in lines if _ADDRESS_LINE.fullmatch(line)))
    found = list(islice(_locations(text), MAX_ADDRESSES))
    return Sitemap(
        _absolute(address for parent, address in found if parent == "url"),
        _absolute(address for parent, address in found if parent == "sitemap"),
    )


def _absolute(addresses: Iterable[str]) -> tuple[str, ...]:
    resolved = (urls.resolve(address, address) for address in islice(addresses, MAX_ADDRESSES))
    return tuple(dict.fromkeys(url for url in resolved if url))


def _locations(text: str) -> Iterator[tuple[str, str]]:
    """(name of the entry, address) of each <loc>, whatever the namespace; ends where the XML is beyond repair."""
    source = BytesIO(text.encode("utf-8"))
    options = {"recover": True, "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        for _, element in etree.iterparse(source, events=("end",), encoding="utf-8", **options):
            parent = element.getparent()
            if _name(element) == "loc" and parent is not None:
                yield _name(parent), (element.text or "").strip()
            elif _name(element) in ("url", "sitemap"):
                element.clear()
    except etree.XMLSyntaxError:
        return


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _unpacked(body: bytes) -> bytes:
    """At most ``MAX_BYTES`` of the content; of a damaged gzip stream what comes before the damage."""
    if not body.startswith(_GZIP):
        return body[:MAX_BYTES]
    stream, out = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray()
    for start in range(0, len(body), _CHUNK):
        try:
            out += stream.decompress(body[start : start + _CHUNK], MAX_BYTES - len(out))
        except zlib.error:
            break
        if stream.eof or len(out) >= MAX_BYTES:
            break
    return bytes(out)

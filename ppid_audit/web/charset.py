"""Bytes to text as browsers do it: byte order mark, header, <meta>, then what the bytes themselves show.

After the encoding sniffing algorithm of the HTML standard (section 13.2.3.2), with two departures for
pages that a browser would garble: what is valid UTF-8 is UTF-8 whatever its label says (text in other
charsets is not valid by accident), and UTF-16 without a mark is told by its NUL bytes.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from ppid_audit.web.labels import codec_for

PRESCANNED = 16_384
"""Bytes searched for a <meta>: the standard says 1024, but a browser starts over when one comes later."""

_FALLBACK = "cp1252"
_BOMS = ((BOM_UTF8, "utf_8"), (BOM_UTF16_LE, "utf_16_le"), (BOM_UTF16_BE, "utf_16_be"))
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_CONTENT_CHARSET = re.compile(
    rb"charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r ;\"'][^\t\n\f\r ;]*))", re.IGNORECASE
)
_TAG = re.compile(rb"</?[A-Za-z][^\t\n\f\r >]*")
_META = re.compile(rb"<meta(?=[\t\n\f\r /])", re.IGNORECASE)
_BLANKS = re.compile(rb"[\t\n\f\r /]*")
_ATTRIBUTE = re.compile(
    rb"([^\t\n\f\r />][^\t\n\f\r />=]*)"
    rb"(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|(?=>)|([^\t\n\f\r >\"'][^\t\n\f\r >]*)))?"
)
_VALUE_MISSING = re.compile(rb"[\t\n\f\r ]*=")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_FOREIGN = re.compile("[^\x00-\x7f\ufffd]")


def decode(body: bytes, content_type: str = "") -> str:
    """``body`` as text; ``content_type`` is the header's value. Never raises.

    What cannot be read becomes U+FFFD, as do NUL characters; there are no lone surrogates and no byte
    order mark in the result.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(codec, "replace"))
    wide = _wide_codec(body)
    if wide:
        return _clean(body.decode(wide, "replace"))
    return _clean(_decode_narrow(body, declared(body, content_type)))


def declared(body: bytes, content_type: str = "") -> str | None:
    """The Python codec that header, <meta> or XML declaration name, in this order; None when none of them does."""
    header = _HEADER_CHARSET.search(content_type)
    return (header and codec_for(header[1])) or _prescan(body[:PRESCANNED]) or _xml_codec(body)


def _decode_narrow(body: bytes, codec: str | None) -> str:
    for candidate in ("iso2022_jp" if codec == "iso2022_jp" else "utf_8", codec):
        text = _strictly(body, candidate) if candidate else None
        if text is not None:
            return text
    text = body.decode("utf_8", "replace")
    readable, broken = len(_FOREIGN.findall(text)), text.count("\ufffd")
    return text if readable > broken else body.decode(_FALLBACK, "replace")


def _strictly(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except ValueError:
        return None


def _clean(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\x00", "\ufffd")
    return _LONE_SURROGATE.sub("\ufffd", text)


def _wide_codec(body: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text every other byte is NUL."""
    head = body[:512]
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 10 >= pairs * 7 and even * 10 <= pairs:
        return "utf_16_le"
    return "utf_16_be" if even * 10 >= pairs * 7 and odd * 10 <= pairs else None


def _xml_codec(body: bytes) -> str | None:
    found = _XML_ENCODING.match(body[:256].lstrip())
    return _page_codec(found[1]) if found else None


def _prescan(data: bytes) -> str | None:
    """HTML standard, "prescan a byte stream to determine its encoding"."""
    at = data.find(b"<")
    while at >= 0:
        after: int | None = at + 1
        tag = _TAG.match(data, at)
        if data.startswith(b"<!--", at):
            after = _behind(data, b"-->", at + 2)
        elif tag:
            meta = _META.match(data, at)
            read = _attributes(data, meta.end() if meta else tag.end())
            codec = _meta_codec(read[0]) if meta and read else None
            if codec:
                return codec
            after = read and read[1]
        elif data.startswith((b"<!", b"</", b"<?"), at):
            after = _behind(data, b">", at + 2)
        if after is None:
            return None
        at = data.find(b"<", after)
    return None


def _behind(data: bytes, mark: bytes, start: int) -> int | None:
    at = data.find(mark, start)
    return None if at < 0 else at + len(mark)


def _attributes(data: bytes, at: int) -> tuple[dict[bytes, bytes], int] | None:
    """The attributes of the tag and where it ends; None when the data end before the tag does."""
    found: dict[bytes, bytes] = {}
    while True:
        blanks = _BLANKS.match(data, at)
        at = blanks.end() if blanks else at
        if data.startswith(b">", at):
            return found, at + 1
        part = _ATTRIBUTE.match(data, at)
        if part is None or (part.lastindex == 1 and _VALUE_MISSING.match(data, part.end())):
            return None
        found.setdefault(part[1].lower(), part[2] or part[3] or part[4] or b"")
        at = part.end()


def _meta_codec(attributes: dict[bytes, bytes]) -> str | None:
    if b"charset" in attributes:
        return _page_codec(attributes[b"charset"])
    if attributes.get(b"http-equiv", b"").lower() != b"content-type":
        return None
    named = _CONTENT_CHARSET.search(attributes.get(b"content", b""))
    return _page_codec(named[1] or named[2] or named[3] or b"") if named else None


def _page_codec(label: bytes) -> str | None:
    """The codec of a label inside the page; one that could be read as ASCII cannot be UTF-16."""
    codec = codec_for(label.decode("latin-1"))
    return "utf_8" if codec in ("utf_16_le", "utf_16_be") else codec

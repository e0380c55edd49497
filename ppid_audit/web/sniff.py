"""What a body is, told from its first bytes; the header is asked only where the bytes leave it open.

In the spirit of https://mimesniff.spec.whatwg.org, widened by the office formats that documents come in.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

HTML = "text/html"
PDF = "application/pdf"
ZIP = "application/zip"
OLE2 = "application/x-ole2"
"""The container of .doc, .xls and .ppt; which of them it holds is not told by its first bytes."""
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

_OOXML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OFFICE_BY_FOLDER = {
    b"word": f"{_OOXML}wordprocessingml.document",
    b"xl": f"{_OOXML}spreadsheetml.sheet",
    b"ppt": f"{_OOXML}presentationml.presentation",
}
_MAGIC = (
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE2),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_DOCUMENTS = frozenset(
    {PDF, OLE2, ZIP, "application/rtf", "application/vnd.rar", "application/x-7z-compressed", "application/epub+zip"}
    | {"text/csv", *_OFFICE_BY_FOLDER.values()}
)
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_LOOKED_AT = 1_445
_ZIP_SEARCHED = 1 << 20
_ZIP_ENTRY = re.compile(rb"PK(?:\x03\x04.{26}|\x01\x02.{42})(word|xl|ppt)/", re.DOTALL)
_ODF_ENTRY = re.compile(rb"PK\x03\x04.{26}mimetype(application/[a-z0-9.+-]+?)(?:PK|$|[^a-z0-9.+-])", re.DOTALL)
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_PAGE_START = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PAGE_PART = re.compile(
    rb"<(?:script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|meta|link|center|nav|header|footer|main|section"
    rb"|article|ul|ol|span|form|img)\b|<!--",
    re.IGNORECASE,
)
_COMMENTS = re.compile(rb"(?:<!--.*?-->\s*)+", re.DOTALL)
_JSON = re.compile(rb"\{\s*(?:\"|\})|\[\s*[\"\[{\]]")
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)


def media_type(head: bytes, declared: str = "") -> str:
    """The media type of a body that begins with ``head`` (the more of a ZIP, the better), in lower case.

    ``declared`` is the Content-Type header. An empty body is ``application/x-empty``, unknown binary
    data ``application/octet-stream``.
    """
    said = declared.partition(";")[0].strip().lower()
    said = said if _TYPE.fullmatch(said) else ""
    if not head:
        return EMPTY
    return _by_magic(head, said) or _by_text(head[:_LOOKED_AT], said)


def is_html(media: str) -> bool:
    """Whether the type is a web page."""
    return media in (HTML, "application/xhtml+xml")


def is_image(media: str) -> bool:
    """Whether the type is a picture."""
    return media.startswith("image/")


def is_document(media: str) -> bool:
    """Whether the type is a document or an archive of documents: PDF, office formats, CSV, ZIP, RAR."""
    return media in _DOCUMENTS or media.startswith(_OPEN_DOCUMENT)


def _by_magic(head: bytes, said: str) -> str | None:
    for magic, media in _MAGIC:
        if head.startswith(magic):
            return media
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_type(head[:_ZIP_SEARCHED], said)
    if head.startswith(b"RIFF"):
        return "image/webp" if head[8:12] == b"WEBP" else UNKNOWN
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return "image/avif" if head[8:12] in (b"avif", b"avis") else "video/mp4"
    return None


def _zip_type(head: bytes, said: str) -> str:
    named = _ODF_ENTRY.match(head)
    if named:
        return named[1].decode("ascii")
    entry = _ZIP_ENTRY.search(head)
    if entry:
        return _OFFICE_BY_FOLDER[entry[1]]
    return said if said.startswith(_OOXML) and b"[Content_Types].xml" in head else ZIP


def _by_text(head: bytes, said: str) -> str:
    text = _narrow(head).lstrip()
    start = _COMMENTS.sub(b"", text, count=1) if text.startswith(b"<!--") else text
    if _PAGE_START.match(start):
        return HTML
    if b"%PDF-" in head[:1024]:
        return PDF
    if _BINARY.search(text):
        return UNKNOWN
    if start.startswith(b"<?xml"):
        return _xml_type(start)
    if _SVG.match(start):
        return "image/svg+xml"
    if _JSON.match(text):
        return "application/json"
    if said in (HTML, "application/xhtml+xml") or (_PAGE_PART.match(text) and said != "text/plain"):
        return HTML
    return _said_text(start, said)


def _narrow(head: bytes) -> bytes:
    """The bytes without byte order mark, UTF-16 made one byte a character: enough to see tags."""
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return head[2:].replace(b"\x00", b"")
    if head[1:4:2] == b"\x00\x00" or head[0:3:2] == b"\x00\x00":
        return head.replace(b"\x00", b"")
    return head.removeprefix(BOM_UTF8)


def _xml_type(start: bytes) -> str:
    if re.search(rb"<html[\s>]", start, re.IGNORECASE):
        return HTML
    return "image/svg+xml" if _SVG.search(start) else "application/xml"


def _said_text(start: bytes, said: str) -> str:
    if said.startswith("text/") or said in ("application/javascript", "application/json", "application/xml"):
        return said
    return "application/xml" if re.match(rb"<[A-Za-z]", start) else "text/plain"

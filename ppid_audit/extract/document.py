"""(Capture, bytes) -> Document: what a file turned out to be. The only place that knows PDFium.

PDFium is not thread-safe; documents are read in worker processes, one at a time in each.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pypdfium2 as pdfium

from ppid_audit.extract.dates import iso_date
from ppid_audit.extract.office import office_text
from ppid_audit.extract.pictures import picture_size
from ppid_audit.extract.privacy import mask, mask_misread
from ppid_audit.model.capture import Capture
from ppid_audit.model.site import Document, DocumentState
from ppid_audit.web import urls
from ppid_audit.web.charset import decode
from ppid_audit.web.sniff import media_type

MAX_PAGES = 5
MAX_CHARS = 20_000
_SCAN_CHARS = 20
_PASSWORD_ERROR = 4
_DOTS = 200
_MOST_PIXELS = 4_000


@dataclass(frozen=True, slots=True)
class _Read:
    state: DocumentState
    title: str = ""
    text: str = ""
    pages: int | None = None
    width: int = 0
    height: int = 0
    modified: date | None = None


def read_document(capture: Capture, body: bytes) -> Document:
    """The file in ``body``: its kind, state, title, first words (at most 20,000 characters, masked); never raises."""
    told = media_type(body[:4096], capture.header("content-type"))
    told = (
        capture.media_type
        if told in ("", "application/octet-stream", "application/zip") and capture.media_type
        else told
    )
    kind = _kind(told, capture.final_url)
    blank = not body.strip(b"\0\r\n\t ")
    read = _Read(DocumentState.EMPTY) if blank else READERS.get(kind, _unread)(body)
    return Document(
        capture=capture,
        kind=kind,
        state=read.state,
        title=mask(" ".join(read.title.split())[:300]),
        text=mask(read.text[:MAX_CHARS]),
        pages=read.pages,
        width=read.width,
        height=read.height,
        modified=read.modified,
    )


def _kind(media: str, url: str) -> str:
    """A short name for a media type: ``pdf``, ``docx``, ``image`` ...; the address decides between old office files."""
    if media.startswith("image/"):
        return "image"
    if media in _KINDS:
        return _KINDS[media]
    ending = urls.extension(url)
    if media == _OLE2:
        return ending if ending in ("doc", "xls", "ppt", "dot", "pps", "msg") else "doc"
    if media.startswith("text/") or media in ("application/json", "application/xml"):
        return "csv" if ending == "csv" or media == "text/csv" else "text"
    return ending if ending in ("rtf", "rar", "7z", "zip", "mp4", "mp3") else "file"


_OLE2 = "application/x-ole2"
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_KINDS = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/vnd.rar": "rar",
    "application/x-7z-compressed": "7z",
    "application/rtf": "rtf",
    f"{_OOXML}.wordprocessingml.document": "docx",
    f"{_OOXML}.spreadsheetml.sheet": "xlsx",
    f"{_OOXML}.presentationml.presentation": "pptx",
    f"{_ODF}.text": "odt",
    f"{_ODF}.spreadsheet": "ods",
    f"{_ODF}.presentation": "odp",
}


def _unread(_: bytes) -> _Read:
    return _Read(DocumentState.UNREAD)


def _read_text(body: bytes) -> _Read:
    return _Read(DocumentState.TEXT, text=decode(body[: MAX_CHARS * 4])[:MAX_CHARS])


def _read_image(body: bytes) -> _Read:
    width, height = picture_size(body)
    return _Read(DocumentState.IMAGE, width=width, height=height)


def _read_office(body: bytes) -> _Read:
    words = office_text(body, MAX_CHARS)
    if words is None:
        return _Read(DocumentState.CORRUPT)
    return _Read(
        DocumentState.TEXT if words.text else DocumentState.EMPTY, words.title, words.text, None, 0, 0, words.modified
    )


def _read_pdf(body: bytes) -> _Read:
    try:
        pdf = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        return _Read(DocumentState.ENCRYPTED if locked else DocumentState.CORRUPT)
    try:
        return _opened(pdf)
    except pdfium.PdfiumError:
        return _Read(DocumentState.CORRUPT)
    finally:
        pdf.close()


def _opened(pdf: pdfium.PdfDocument) -> _Read:
    told = pdf.get_metadata_dict(skip_empty=True)
    texts: list[str] = []
    pictures = False
    for number in range(min(len(pdf), MAX_PAGES)):
        page = pdf[number]
        text = _page_text(page)
        texts.append(text)
        pictures = pictures or (len(text.strip()) < _SCAN_CHARS and _has_picture(page))
        page.close()
        if sum(map(len, texts)) >= MAX_CHARS:
            break
    words = "\n".join(line for line in (" ".join(part.split()) for part in "\n".join(texts).splitlines()) if line)
    modified = iso_date(told.get("ModDate", "")) or iso_date(told.get("CreationDate", ""))
    return _Read(
        _pdf_state(words, len(pdf), pictures), told.get("Title", ""), words[:MAX_CHARS], len(pdf), modified=modified
    )


def _pdf_state(words: str, pages: int, pictures: bool) -> DocumentState:
    """Text when there are words at all; pages of pictures only are a scan; pages with nothing are empty."""
    if len(words) >= _SCAN_CHARS:
        return DocumentState.TEXT
    if pictures:
        return DocumentState.SCAN
    return DocumentState.TEXT if words else DocumentState.EMPTY if pages else DocumentState.CORRUPT


def _page_text(page: pdfium.PdfPage) -> str:
    words = page.get_textpage()
    try:
        text: str = words.get_text_range(0, min(words.count_chars(), MAX_CHARS)) if words.count_chars() > 0 else ""
    finally:
        words.close()
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _has_picture(page: pdfium.PdfPage) -> bool:
    """Whether anything is drawn on the page: an image, or words as outlines."""
    return next(iter(page.get_objects(max_depth=2)), None) is not None


READERS: dict[str, Callable[[bytes], _Read]] = {
    "pdf": _read_pdf,
    "docx": _read_office,
    "xlsx": _read_office,
    "pptx": _read_office,
    "odt": _read_office,
    "ods": _read_office,
    "odp": _read_office,
    "image": _read_image,
    "csv": _read_text,
    "text": _read_text,
}
"""How a kind of document is read; what has no reader is ``UNREAD``."""


def recognised(document: Document, words: str) -> Document:
    """A scan or picture with the ``words`` that a machine read off it, masked as all others; as it is without any."""
    text = mask_misread(mask("\n".join(line for part in words.splitlines() if (line := " ".join(part.split())))))
    return replace(document, text=text[:MAX_CHARS], recognised=True) if text else document


def page_pictures(body: bytes, most: int = 2) -> tuple[bytes, ...]:
    """The first pages of a PDF as pictures (grey pixmaps, 200 dots an inch), for reading a scan; none if unreadable."""
    try:
        pdf = pdfium.PdfDocument(body)
    except pdfium.PdfiumError:
        return ()
    try:
        return tuple(_pixmap(pdf[number]) for number in range(min(len(pdf), most)))
    except pdfium.PdfiumError:
        return ()
    finally:
        pdf.close()


def _pixmap(page: pdfium.PdfPage) -> bytes:
    scale = min(_DOTS / 72, _MOST_PIXELS / max(page.get_width(), page.get_height(), 1))
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = (rows[at : at + bitmap.width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)

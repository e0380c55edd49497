"""The words of zipped office files (OOXML, OpenDocument), within hard limits on what is unpacked."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date

from ppid_audit.extract.dates import iso_date
from ppid_audit.web.html import xml_text

_MAX_MEMBER = 8_000_000
_MAX_RATIO = 200
_MAX_NAMES = 5_000
_MAX_PARTS = 12
_PARTS = re.compile(
    r"word/document\.xml|xl/sharedStrings\.xml|ppt/slides/slide\d+\.xml|content\.xml|xl/worksheets/sheet1\.xml"
)
_TITLE = re.compile(rb"<dc:title[^>]*>([^<]{1,300})</dc:title>")
_MODIFIED = re.compile(rb"<(?:dcterms:modified|dc:date)[^>]*>([^<]{8,40})<")


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """What an office file says of itself and its first words."""

    title: str
    text: str
    modified: date | None


def office_text(body: bytes, most: int) -> OfficeWords | None:
    """The words of an office file (at most ``most`` characters), or None when the file is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = archive.infolist()[:_MAX_NAMES]
            about = b"".join(_unpack(archive, m) for m in members if m.filename in ("docProps/core.xml", "meta.xml"))
            texts = _texts(archive, members, most)
    # zipfile raises NotImplementedError for packing methods and versions that it does not know, RuntimeError for
    # encrypted members, and KeyError or ValueError where the directory of the file lies.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError):
        return None
    title, modified = _TITLE.search(about), _MODIFIED.search(about)
    return OfficeWords(
        title=title[1].decode("utf-8", "replace") if title else "",
        text="\n".join(texts)[:most],
        modified=iso_date(modified[1].decode("ascii", "replace")) if modified else None,
    )


def _texts(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], most: int) -> list[str]:
    texts: list[str] = []
    for member in [m for m in members if _PARTS.fullmatch(m.filename)][:_MAX_PARTS]:
        if member.filename.startswith("xl/worksheets") and any(texts):
            continue
        texts.append(xml_text(_unpack(archive, member)))
        if sum(map(len, texts)) >= most:
            break
    return [text for text in texts if text]


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a member; empty when it claims to be, or turns out, larger than is reasonable."""
    if member.file_size > _MAX_MEMBER or member.file_size > _MAX_RATIO * max(member.compress_size, 1_000):
        return b""
    with archive.open(member) as stream:
        return stream.read(_MAX_MEMBER)

"""Small real files made at run time: PDF, scanned PDF, PNG, DOCX, XLSX. No binaries lie in the package.

The same arguments give the same bytes; different titles give different files.
"""

import textwrap
import zipfile
import zlib
from collections.abc import Callable, Sequence
from html import escape
from io import BytesIO
from struct import pack

FAKE = b"\n"
"""What stands behind some links that end in ``.pdf``: one byte."""

_PAGE = (595, 842)
"""A4 in points (ISO 32000-1, 7.7.3.3)."""


def pdf(title: str, lines: Sequence[str] = ()) -> bytes:
    """A one-page PDF that bears ``title`` and ``lines`` as text; about fifty lines fit."""
    words = [*textwrap.wrap(title, 62), "", *(part for line in lines for part in textwrap.wrap(line, 80) or [""])]
    shown = b"".join(b"(" + _pdf_string(line) + b") Tj T*\n" for line in words)
    stream = b"BT /F0 12 Tf 15 TL 56 780 Td\n" + shown + b"ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    return _pdf_file(stream, b"/Font << /F0 5 0 R >>", font, b"<< /Title (" + _pdf_string(title) + b") >>")


def scan(title: str, lines: Sequence[str] = ()) -> bytes:
    """A one-page PDF that holds nothing but a picture of a page: no text, no title of its own."""
    width, height = 620, 877
    picture = zlib.compress(b"".join(_grey_rows(width, height, zlib.crc32("\n".join([title, *lines]).encode()))))
    image = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % (
        width,
        height,
    )
    image += b" /Filter /FlateDecode /Length %d >>\nstream\n" % len(picture) + picture + b"\nendstream"
    place = b"q %d 0 0 %d 0 0 cm /I0 Do Q" % _PAGE
    return _pdf_file(place, b"/XObject << /I0 5 0 R >>", image, b"<< /Producer (Pemindai) >>")


def png(title: str, lines: Sequence[str] = (), width: int = 1000, height: int = 700) -> bytes:
    """A grey picture of ``width`` x ``height`` pixels with stripes like lines of text (PNG, ISO 15948)."""
    rows = _grey_rows(width, height, zlib.crc32("\n".join([title, *lines]).encode()))
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _png_chunk(b"IHDR", head) + _png_chunk(b"IDAT", data) + _png_chunk(b"IEND", b"")


def docx(title: str, lines: Sequence[str] = ()) -> bytes:
    """A minimal Word document (ECMA-376): the title and one paragraph a line."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in [title, *lines])
    body = f'<w:document xmlns:w="{_OOXML}/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>'
    return _office_file(
        "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", body
    )


def xlsx(title: str, lines: Sequence[str] = ()) -> bytes:
    """A minimal workbook (ECMA-376): the title in the first row, then one row a line, cells parted by ``;``."""
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in line.split(";")) + "</row>"
        for line in [title, *lines]
    )
    main = f"{_OOXML}/spreadsheetml/2006/main"
    tab = '<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>'
    book = f'<workbook xmlns="{main}" xmlns:r="{_RELATIONS}">{tab}</workbook>'
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _office_file(
        "xl/workbook.xml", f"{kind}.sheet.main+xml", book, ("worksheets/sheet1.xml", f"{kind}.worksheet+xml", sheet)
    )


def fake(title: str, lines: Sequence[str] = ()) -> bytes:
    """One byte, whatever it is called."""
    return FAKE


MAKERS: dict[str, Callable[[str, Sequence[str]], bytes]] = {
    "pdf": pdf,
    "scan": scan,
    "png": png,
    "docx": docx,
    "xlsx": xlsx,
    "fake": fake,
}
"""How each kind of file named in ``_documents.json`` is made."""

_OOXML = "http://schemas.openxmlformats.org"
_RELATIONS = f"{_OOXML}/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _pdf_string(text: str) -> bytes:
    plain = text.encode("cp1252", "replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _pdf_file(content: bytes, resources: bytes, resource: bytes, info: bytes) -> bytes:
    """One page: ``content`` drawn with one ``resource`` (object 5). Structure: ISO 32000-1, 7.5."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources << " % _PAGE
        + resources
        + b" >> >>",
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
        resource,
        info,
    )
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n" % count
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))
    )


def _grey_rows(width: int, height: int, seed: int) -> list[bytes]:
    """Rows of 8-bit grey that look like ruled text: a line of 14 pixels in every 28, as long as ``seed`` says."""
    margin, blank = width // 12, b"\xdd" * width
    rows = []
    for y in range(height):
        line, inside = divmod(y, 28)
        if inside < 14 or not 1 <= line < height // 28 - 1:
            rows.append(blank)
            continue
        ink = (width - 2 * margin) * (5 + (seed >> line % 24 & 3)) // 8
        rows.append(b"\xdd" * margin + b"\x55" * ink + b"\xdd" * (width - margin - ink))
    return rows


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))


def _office_file(main: str, main_type: str, body: str, part: tuple[str, str, str] | None = None) -> bytes:
    """A package with one main part and, beside it, at most one part that it refers to as ``rId1``."""
    folder, name = main.split("/")
    types, files = f'<Override PartName="/{main}" ContentType="{main_type}"/>', {main: body}
    if part:
        types += f'<Override PartName="/{folder}/{part[0]}" ContentType="{part[1]}"/>'
        files[f"{folder}/{part[0]}"] = part[2]
        files[f"{folder}/_rels/{name}.rels"] = _relations("worksheet", part[0])
    package = f"{_OOXML}/package/2006/content-types"
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}">{defaults}{types}</Types>',
        "_rels/.rels": _relations("officeDocument", main),
        **files,
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), _XML + text)
    return out.getvalue()


def _relations(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_OOXML}/package/2006/relationships">{relation}</Relationships>'

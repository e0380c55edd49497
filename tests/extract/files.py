"""Small files of every kind, made by hand."""

import io
import zipfile
import zlib
from collections.abc import Mapping


def pdf(*contents: str, info: str = "", picture: bool = False, encrypted: bool = False) -> bytes:
    """A PDF with one page per content stream (``BT ... ET`` or drawing operators)."""
    pages = range(len(contents))
    resources = "/Font << /F1 3 0 R >>" + (" /XObject << /Im 4 0 R >>" if picture else "")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in pages)}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _stream(
            b"\xff" * 12, "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8"
        ),
        f"<< {info} >>".encode(),
    ]
    for number, content in enumerate(contents):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> "
            f"/Contents {7 + 2 * number} 0 R >>"
        )
        objects += [page.encode(), _stream(content.encode("latin-1"), "")]
    lock = (
        f" /Encrypt << /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -4 >> "
        f"/ID [<{'33' * 16}> <{'33' * 16}>]"
    )
    return _assembled(objects, lock if encrypted else "")


def _stream(data: bytes, entries: str) -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _assembled(objects: list[bytes], trailer: str) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    size = len(objects) + 1
    out.write(f"trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def words(text: str) -> str:
    """A content stream that writes ``text``."""
    return f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"


PICTURE = "q 400 0 0 600 90 100 cm /Im Do Q"
"""A content stream that shows the picture of the page."""


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP with these members, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """The head of a PNG of this size."""
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0d" + head + zlib.crc32(head).to_bytes(4, "big")


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG of this size, after an APP0 segment."""
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8\xff\xe0\x00\x10" + b"JFIF\x00" + b"\x00" * 9 + b"\xff\xc2\x00\x11\x08" + size + b"\x03" * 10


def gif(width: int, height: int) -> bytes:
    """The head of a GIF of this size."""
    return b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x00" * 5


def webp(width: int, height: int) -> bytes:
    """The head of an extended WebP of this size."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x40\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + size + b"\x00" * 8

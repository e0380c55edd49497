"""Makes the pictures of docs/gambar from the sample regency (``make pictures``); needs Chromium and the extra ``pdf``.

They show what the program writes: the table of the terminal as SVG, the report for the projector and a page
of the official report as PNG. Every one of them is marked CONTOH by the program itself.
"""

import io
import shutil
import struct
import tempfile
import zlib
from pathlib import Path

import pypdfium2 as pdfium
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

from tests.program import run

GAMBAR = Path(__file__).parent.parent / "docs" / "gambar"

_FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {terminal_width} {terminal_height}" role="img">
<style>text {{ font-family: monospace; font-size: {char_height}px; white-space: pre }} {styles}</style>
<defs>{lines}</defs><rect width="{terminal_width}" height="{terminal_height}" fill="#ffffff"/>
{backgrounds}<g>{matrix}</g></svg>
"""
"""The SVG of rich without its window and without the fonts that it would fetch from elsewhere."""

_PAGE = 2
"""Counted from 0: after the cover and the contents."""

_LIGHT = {"#c5c8c6": "#1f2328", "#292929": "#ffffff"}
"""The default colours of rich's dark terminal on white paper."""


def main() -> None:
    """Runs the demo and writes docs/gambar."""
    GAMBAR.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = run("demo", "--quiet", "--format", "html,pdf", cwd=folder)
        assert done.returncode == 0, done.stderr
        (GAMBAR / "peringkat.svg").write_text(_terminal(done.stdout), encoding="utf-8")
        _pages(folder / "ppid-contoh" / "laporan" / "laporan.html")
        first = (folder / "ppid-contoh" / "laporan" / "laporan-rakor.pdf").read_bytes()
        (GAMBAR / "laporan-rakor.png").write_bytes(_page(first))


def _terminal(text: str) -> str:
    until = text.partition("\nPaling sering")[0]
    console = Console(record=True, width=120, file=io.StringIO())
    console.print(Text(until))
    svg = console.export_svg(title="", code_format=_FRAME, unique_id="p")
    for dark, light in _LIGHT.items():
        svg = svg.replace(dark, light)
    return svg


def _pages(report: Path) -> None:
    program = next(path for name in ("chromium", "chromium-browser") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 720})
        page.goto(report.as_uri())
        page.screenshot(path=str(GAMBAR / "laporan-html.png"))
        browser.close()


def _page(pdf: bytes) -> bytes:
    """The page with the summary, of a PDF, as a grey PNG (RFC 2083), 96 dots an inch."""
    page = pdfium.PdfDocument(pdf)[_PAGE]
    bitmap = page.render(scale=96 / 72, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = b"".join(b"\0" + rows[at : at + bitmap.width] for at in range(0, len(rows), bitmap.stride))
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


if __name__ == "__main__":
    main()

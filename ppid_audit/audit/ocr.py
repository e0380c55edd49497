"""Scans and pictures read by a machine where that is asked for; their text enters what the judge sees, marked as such.

What comes out is a function of the archive and of the engine, whose name therefore stands in the result beside the
program's version: results with and without it are made by different tools, and no agency changed between them.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ppid_audit import __version__
from ppid_audit.archive import reader
from ppid_audit.engines.local import WorkerError, WorkerLimit, Workers
from ppid_audit.engines.ocr import Ocr, tesseract
from ppid_audit.extract.document import page_pictures, recognised
from ppid_audit.model.capture import Capture, Exchange
from ppid_audit.model.site import Document, DocumentState, Page

MOST_FILES = 25
"""Of one agency, scanned documents before pictures."""
MOST_PAGES = 2
MOST_PIXELS = 25_000_000
_LEAST_WIDTH, _LEAST_HEIGHT = 400, 200

Reading = Page | Document


def tool(ocr: Ocr | None) -> str:
    """What judges: the program's version and, where one reads the scans, the engine with its own."""
    return __version__ if ocr is None else f"{__version__} + {ocr.name}"


def of_tool(named: str) -> Ocr | None:
    """The engine of this machine, if it is the one that ``named`` names."""
    found = tesseract() if named != __version__ else None
    return found if found is not None and tool(found) == named else None


async def recognise(path: Path, readings: Sequence[Reading], ocr: Ocr, workers: Workers) -> list[Reading]:
    """``readings`` with the words of the scans and pictures among them; ``path`` is the archive of their bytes.

    One after the other, so that the visits that share the workers are not held up. What cannot be read within the
    workers' limits stays without words.
    """
    wanted = chosen(readings)
    words: dict[Capture, str] = {}
    known: dict[str, str] = {}
    for exchange in reader.read(path) if wanted else ():
        capture = exchange.capture
        if capture in wanted and capture not in words:
            if capture.sha256 not in known:
                known[capture.sha256] = await _words(exchange, wanted[capture], ocr, workers)
            words[capture] = known[capture.sha256]
    return [recognised(each, words.get(each.capture, "")) if isinstance(each, Document) else each for each in readings]


def chosen(readings: Iterable[Reading]) -> dict[Capture, Document]:
    """The first ``MOST_FILES`` that may hold words, in the order of the visit."""
    found = [each for each in readings if isinstance(each, Document) and _may_speak(each)]
    found.sort(key=lambda document: document.state is not DocumentState.SCAN)
    return {document.capture: document for document in found[:MOST_FILES]}


def _may_speak(document: Document) -> bool:
    if document.state is DocumentState.SCAN:
        return document.kind == "pdf"
    large = document.width >= _LEAST_WIDTH and document.height >= _LEAST_HEIGHT
    return document.state is DocumentState.IMAGE and large and document.width * document.height <= MOST_PIXELS


async def _words(exchange: Exchange, document: Document, ocr: Ocr, workers: Workers) -> str:
    pictures: tuple[bytes, ...] = (exchange.body,)
    try:
        if document.state is DocumentState.SCAN:
            pictures = await workers.run(page_pictures, exchange.body, MOST_PAGES)
        read: str = await workers.run(ocr.words, pictures)
    except (WorkerLimit, WorkerError):
        return ""
    return read

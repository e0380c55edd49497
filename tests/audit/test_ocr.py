"""Scans read where that is asked for: what is read, how it counts, and that the result says so."""

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ppid_audit import __version__
from ppid_audit.archive import reader
from ppid_audit.archive.writer import Writer
from ppid_audit.audit import ocr
from ppid_audit.audit.judge import Judged, judge
from ppid_audit.audit.together import working
from ppid_audit.demo.documents import pdf, png
from ppid_audit.engines.ocr import Ocr, tesseract
from ppid_audit.extract.reading import read
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.capture import Capture, Exchange, Role, Snapshot
from ppid_audit.model.finding import Finding, Where
from ppid_audit.model.rubric import Reason
from ppid_audit.model.site import Document
from tests.assess.small import AGENCY, menu
from tests.criteria.judging import HOME, rubric
from tests.extract.scans import scanned

ITEM = "setiap-saat.renstra"
NAME = "Rencana Strategis Dinas Contoh 2025-2029"
NIK = "3316014101900001"
DAY = "2026-11-24T01:00:00Z"


def plan(pictures: tuple[bytes, ...]) -> str:
    return f"PEMERINTAH KABUPATEN CONTOH\n\nRencana   Strategis 2025-2029\nNIK {NIK}\nNIK 33l601410l9000O1\n"


def other(pictures: tuple[bytes, ...]) -> str:
    return "Laporan Kinerja Instansi Pemerintah 2024"


def nothing(pictures: tuple[bytes, ...]) -> str:
    return ""


def breaks(pictures: tuple[bytes, ...]) -> str:
    raise ValueError("gambar rusak")


def counts(pictures: tuple[bytes, ...]) -> str:
    return f"{len(pictures)} gambar, {pictures[0][:2]!r}"


def archive(path: Path, files: dict[str, bytes]) -> Path:
    """A visited site whose front page names each of ``files`` (path -> bytes) a Renstra."""
    answers = {"": menu(**dict.fromkeys(files, "Renstra")).encode(), **files}
    with Writer(path, AGENCY.id, "1.0") as writer:
        kept = [writer.store(exchange(name, body)) for name, body in answers.items()]
        writer.finish(Snapshot(AGENCY.id, DAY, DAY, tuple(kept)))
    return path


def exchange(name: str, body: bytes) -> Exchange:
    role, media = (Role.DOCUMENT, "") if name else (Role.HOME, "text/html")
    capture = Capture(HOME + name, HOME + name, role, DAY, 200, media_type=media, bytes=len(body))
    return Exchange(capture, body, body)


def finding(path: Path, engine: Ocr | None) -> Finding:
    async def run() -> Judged:
        async with working(1) as workers:
            return await judge(AGENCY, path, rubric(), Amendments(), date(2026, 11, 24), workers, engine)

    judged = asyncio.run(run())
    return next(found for found in judged.result.assessment.findings if found.item == ITEM)


def documents(path: Path, engine: Ocr) -> list[Document]:
    readings = [reading for each in reader.read(path) if (reading := read(each)) is not None]

    async def run() -> list[ocr.Reading]:
        async with working(1) as workers:
            return await ocr.recognise(path, readings, engine, workers)

    return [each for each in asyncio.run(run()) if isinstance(each, Document)]


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    return archive(tmp_path_factory.mktemp("pindai") / "contoh.warc.gz", {"a.pdf": scanned(NAME)})


def test_without_an_engine_a_scan_counts_by_its_title(scan):
    found = finding(scan, None)
    assert (found.reason, found.confidence) == (Reason.FOUND, 0.82)
    assert [seen.where for seen in found.evidence] == [Where.LINK]


def test_words_that_bear_the_title_out_make_it_surer_and_are_shown(scan):
    found = finding(scan, Ocr("palsu 1", plan))
    assert (found.reason, found.confidence, found.period_found) == (Reason.FOUND, 0.87, "2025-2029")
    assert [seen.where for seen in found.evidence] == [Where.LINK, Where.OCR]
    assert found.evidence[1].quote == "Rencana Strategis 2025-2029"
    assert found.evidence[1].url == found.evidence[0].url == f"{HOME}a.pdf"
    assert found.evidence[1].sha256 == found.evidence[0].sha256 != ""


def test_words_that_name_something_else_speak_against_it_less_surely_than_text(scan, tmp_path):
    found = finding(scan, Ocr("palsu 1", other))
    text = finding(archive(tmp_path / "teks.warc.gz", {"a.pdf": pdf("Laporan Kinerja Instansi Pemerintah 2024")}), None)
    assert (found.reason, text.reason) == (Reason.WRONG_DOCUMENT, Reason.WRONG_DOCUMENT)
    assert found.confidence < text.confidence
    assert found.evidence[-1].where is Where.OCR


@pytest.mark.parametrize("words", [nothing, breaks], ids=["none", "fails"])
def test_a_scan_that_cannot_be_read_counts_by_its_title(scan, words):
    assert finding(scan, Ocr("palsu 1", words)) == finding(scan, None)


def test_the_words_are_masked_and_marked(scan):
    (document,) = documents(scan, Ocr("palsu 1", plan))
    assert document.recognised
    assert "33" not in document.text
    assert document.text.splitlines()[1] == "Rencana Strategis 2025-2029"


def test_a_picture_of_a_page_is_read_and_an_icon_is_not(tmp_path):
    files = {"poster.png": png("a"), "ikon.png": png("b", width=300, height=300), "teks.pdf": pdf(NAME)}
    read = {each.url.removeprefix(HOME): each for each in documents(archive(tmp_path / "a", files), Ocr("p", counts))}
    assert read["poster.png"].text == "1 gambar, b'\\x89P'"
    assert not read["ikon.png"].recognised
    assert not read["teks.pdf"].recognised


def test_scans_come_before_pictures_and_no_more_than_allowed():
    shown, paper = read(exchange("x", png("a"))), read(exchange("a.pdf", scanned(NAME)))
    assert isinstance(shown, Document)
    assert isinstance(paper, Document)
    blank = Document(Capture("", "", Role.DOCUMENT, DAY), "image", state=shown.state)
    pictures = [
        replace(blank, capture=replace(blank.capture, url=f"{n}"), width=800, height=800) for n in range(ocr.MOST_FILES)
    ]
    huge = replace(blank, width=100_000, height=100_000)
    found = list(ocr.chosen([huge, *pictures, paper]).values())
    assert found == [paper, *pictures[:-1]]


def test_the_engine_is_part_of_what_judges():
    assert ocr.tool(None) == __version__
    assert ocr.tool(Ocr("tesseract 5.3.0 (ind 01234567)", plan)) == f"{__version__} + tesseract 5.3.0 (ind 01234567)"
    assert ocr.of_tool(__version__) is None
    assert ocr.of_tool(f"{__version__} + mesin lain") is None


def test_the_same_bytes_at_two_addresses_have_the_same_words(tmp_path):
    paper = scanned(NAME)
    found = documents(archive(tmp_path / "a", {"a.pdf": paper, "b.pdf": paper}), Ocr("p", counts))
    assert [each.text for each in found] == ["1 gambar, b'P5'"] * 2


@pytest.mark.full
def test_a_real_scan_is_read(scan):
    engine = tesseract()
    assert engine is not None
    assert ocr.of_tool(ocr.tool(engine)) == engine
    found = finding(scan, engine)
    assert (found.reason, found.confidence) == (Reason.FOUND, 0.87)
    assert "Rencana Strategis" in found.evidence[1].quote
    assert finding(scan, engine) == found

"""Scans read by tesseract; needs the program with Indonesian installed."""

import pytest

from ppid_audit.demo.documents import MAKERS
from ppid_audit.engines.ocr import available, words_of
from ppid_audit.extract.document import page_pictures

TITLE = "Rencana Strategis Dinas Contoh 2025-2029"


def test_pages_become_grey_pixmaps():
    pages = page_pictures(MAKERS["pdf"](TITLE, ["Bab satu"]), most=1)
    assert len(pages) == 1
    assert pages[0].startswith(b"P5 1653 2339 255\n")
    assert len(pages[0]) == len(b"P5 1653 2339 255\n") + 1653 * 2339


def test_what_is_no_pdf_gives_no_pages():
    assert page_pictures(b"<html>bukan PDF</html>") == ()


def test_without_the_program_there_are_no_words(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert not available()
    assert words_of([b"P5 1 1 255\n\xff"]) == ""


@pytest.mark.full
def test_the_title_of_a_scan_is_read():
    assert available()
    words = words_of(page_pictures(MAKERS["pdf"](TITLE, ["Bab satu"])))
    assert TITLE in words


@pytest.mark.full
def test_a_broken_picture_gives_no_words():
    assert words_of([b"not a picture"]) == ""

"""BeautifulSoup reads the sample regency's pages a second time: slower, another way, and it must see the same."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import PreformattedString

from ppid_audit.demo import regency
from ppid_audit.web.html import parse

PAGES = sorted((Path(regency.__file__).parent / "sites").rglob("*.html"))
SILENT = {"script", "style", "title", "template", "noscript", "textarea", "option"}


def letters(text: str) -> str:
    return "".join(text.split())


def said(page: BeautifulSoup) -> str:
    pieces = (piece for piece in page.find_all(string=True) if not isinstance(piece, PreformattedString))
    return letters("".join(piece for piece in pieces if not SILENT & {box.name for box in piece.parents}))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "/".join(path.parts[-2:]))
def test_both_readings_see_the_same(path: Path):
    text = path.read_text(encoding="utf-8", errors="replace")
    ours, theirs = parse(text), BeautifulSoup(text, "lxml")
    assert ours.title == " ".join((theirs.title.get_text() if theirs.title else "").split())
    assert [node.get("href") for node in ours.nodes if node.tag == "a"] == [
        str(link.get("href", "")).strip() for link in theirs.find_all("a")
    ]
    seen = letters("".join(ours.pieces))
    if any(node.hidden for node in ours.nodes):  # BeautifulSoup knows no style: it sees what visitors do not
        assert len(seen) <= len(said(theirs))
    else:
        assert seen == said(theirs)

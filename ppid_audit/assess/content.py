"""What a page or a section really carries, apart from its name and the site's template."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ppid_audit.assess.lexicon import EMPTY_STATE, ENGLISH, INDONESIAN, INTRODUCTION, NOT_FOUND, PLACEHOLDER
from ppid_audit.assess.matching import tokens
from ppid_audit.model.site import Link, LinkKind, Page, Picture, Region, Table

_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")

_BLANK = frozenset({"", "rp", "na", "n a", "null", "nan", "undefined"})
"""Cells that wait for a value."""

_MUCH = 6
_FEW_WORDS = 60
"""A phrase such as "coming soon" speaks for the whole only where little else is said."""


@dataclass(frozen=True, slots=True)
class Content:
    """The content under one name: a whole page (``section`` None) or one section with its sub-sections."""

    page: Page
    words: int
    items: tuple[str, ...]
    tables: tuple[Table, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    text: str
    section: int | None = None

    @property
    def says_placeholder(self) -> bool:
        """It says that it will be filled later, and hardly anything else."""
        return self.words <= _FEW_WORDS and bool(PLACEHOLDER.search(plain(self.text)))

    @property
    def is_filler(self) -> bool:
        """Text that came with the theme: lorem ipsum, or English prose on an Indonesian office's site."""
        return _is_filler(self.text)

    @property
    def says_empty(self) -> bool:
        """It says that there is nothing, and hardly anything else."""
        return self.words <= _FEW_WORDS and bool(EMPTY_STATE.search(plain(self.text)))

    @property
    def says_not_found(self) -> bool:
        """It answers 200 and says 404."""
        return self.words <= _FEW_WORDS and bool(NOT_FOUND.search(plain(self.text)))

    @property
    def data_rows(self) -> tuple[tuple[str, ...], ...]:
        """Rows of its tables that hold something else than a number and an empty-state sentence."""
        return tuple(row for table in self.tables for row in table.rows if _has_data(row, _columns(table)))

    @property
    def prose(self) -> int:
        """Words that say something outside of links and tables."""
        listed = sum(len(tokens(link.text)) for link in self.own_links)
        listed += sum(len(tokens(cell)) for table in self.tables for row in (table.head, *table.rows) for cell in row)
        return said(self.text) - listed

    @property
    def own_links(self) -> tuple[Link, ...]:
        """Links and embedded documents that stand in the content."""
        return tuple(link for link in self.links if link.region is Region.CONTENT)

    @property
    def embeds(self) -> tuple[Link, ...]:
        """Documents shown inside the page."""
        return tuple(link for link in self.links if link.kind in {LinkKind.FRAME, LinkKind.EMBED})


@lru_cache(maxsize=2_048)
def _is_filler(text: str) -> bool:
    words = tokens(text)
    english, indonesian = sum(w in ENGLISH for w in words), sum(w in INDONESIAN for w in words)
    return "lorem ipsum" in " ".join(words) or (english >= _MUCH and english > _MUCH * indonesian)


@lru_cache(maxsize=2_048)
def said(text: str) -> int:
    """The number of words of ``text`` that say something, sentences that only announce content left out."""
    sentences = (plain(part) for part in _SENTENCE.split(text))
    return sum(len(part.split()) for part in sentences if not INTRODUCTION.match(part))


def plain(text: str) -> str:
    """``text`` as the phrase lists of ``lexicon`` expect it."""
    return " ".join(tokens(text))


def of_page(page: Page) -> Content:
    """Everything that the page carries in its content."""
    return Content(
        page=page,
        words=len(tokens(page.text)),
        items=tuple(item for section in page.sections for item in section.items),
        tables=page.tables,
        links=tuple(link for link in page.links if link.region is Region.CONTENT),
        pictures=tuple(picture for picture in page.pictures if picture.region is Region.CONTENT),
        text=page.text,
    )


def of_section(page: Page, index: int) -> Content:
    """What stands under heading ``index``, up to the next heading of the same or a higher level."""
    inside = frozenset(_subtree(page, index))
    parts = [page.sections[i] for i in sorted(inside)]
    text = "\n".join(part.text for part in parts if part.text)
    return Content(
        page=page,
        words=len(tokens(text)),
        items=tuple(item for part in parts for item in part.items),
        tables=tuple(table for table in page.tables if table.section in inside),
        links=tuple(link for link in page.links if link.section in inside and link.region is Region.CONTENT),
        pictures=tuple(picture for picture in page.pictures if picture.section in inside),
        text=text,
        section=index,
    )


def _subtree(page: Page, index: int) -> Sequence[int]:
    level = page.sections[index].level
    end = index + 1
    while end < len(page.sections) and page.sections[end].level > level:
        end += 1
    return range(index, end)


def _columns(table: Table) -> int:
    return max((len(table.head), *map(len, table.rows)), default=0)


def _has_data(row: tuple[str, ...], columns: int) -> bool:
    """A label without a value beside it is no data, nor is a sentence that there is none.

    A cell that spans columns stands in each of them: it counts once.
    """
    cells = [plain(cell) for cell in row]
    said = {cell: at for at, cell in reversed(list(enumerate(cells))) if cell not in _BLANK}
    if cells and cells[0].isdigit() and len(said) > 1:
        said.pop(cells[0])
    if len(said) == 1:
        cell, at = next(iter(said.items()))
        spans = cells.count(cell) > 1
        return not (EMPTY_STATE.search(cell) or spans or (at == 0 and columns > 1) or cell.isdigit())
    return bool(said)

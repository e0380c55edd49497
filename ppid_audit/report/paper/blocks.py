"""A printed report as blocks: the one thing that the DOCX, PDF, Markdown and HTML writers have in common.

Every text in a block is harmless and on one line (``words.visible``), and every link is http or https:
the functions below see to it, so a writer only has to escape for its own format.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal
from urllib.parse import quote, urlsplit

from ppid_audit.report.words import shortened, visible


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. ``link`` is an absolute http(s) address of printable ASCII, or empty."""

    text: str
    bold: bool = False
    link: str = ""


Line = tuple[Span, ...]


class Tone(StrEnum):
    """What a cell says beside its words; never told by colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines under one another."""

    lines: tuple[Line, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1..3. ``chapter`` headings are numbered 1, 1.1; ``annex`` ones by themselves; ``plain`` not at all."""

    level: Literal[1, 2, 3]
    text: str
    kind: Literal["chapter", "annex", "plain"] = "chapter"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``notice`` stands in a frame, ``note`` is small print, ``lead`` is large."""

    line: Line
    style: Literal["body", "lead", "note", "notice", "center"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each entry may have further lines under its first."""

    items: tuple[tuple[Line, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its head, and its share of the width (the shares are relative to each other)."""

    head: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption (empty: none, and not counted); every row has a cell for every column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: ``low <= score <= high``, 0..100, and the numbers in words."""

    label: str
    low: float
    score: float
    high: float
    shown: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars on a scale of 0..100. ``legend`` says what dark and light mean."""

    bars: tuple[Bar, ...]
    caption: str
    legend: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: over the title (CONTOH, DRAF), the title, and what stands under it."""

    mark: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Here comes the table of contents."""

    title: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs: role by role, each with room for a signature, a name and a number (NIP)."""

    roles: tuple[str, ...]
    name: str
    number: str


Block = Heading | Text | Bullets | Table | Chart | Cover | Contents | Break | Signatures


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that a writer adds by itself."""

    table: str
    chart: str
    annex: str
    page: str
    of: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report.

    ``mark`` (DRAF, CONTOH; empty when final) stands in the head of every page, ``running`` beside it.
    ``finished`` is ISO 8601 UTC: the only time that any file bears.
    """

    title: str
    running: str
    mark: str
    lang: Literal["id", "en"]
    author: str
    finished: str
    words: Words
    blocks: tuple[Block, ...] = field(default=())


def line(*parts: str | Span) -> Line:
    """Harmless spans; empty ones fall away."""
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(Span(_harmless(span.text), span.bold, span.link) for span in spans if span.text)


def bold(text: str) -> Span:
    """``text`` in bold."""
    return Span(text, bold=True)


def link(url: str, length: int = 70, text: str = "") -> Span:
    """A link that shows ``text``, or else its address, cut in the middle of nowhere at ``length`` characters."""
    return Span(shortened(visible(text or url), length), link=address(url))


def address(url: str) -> str:
    """``url`` as an address that no format can take for anything else; empty unless it is http or https."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=-._~", errors="replace")


def cell(*lines: Line | str, tone: Tone = Tone.PLAIN) -> Cell:
    """A cell of lines; empty lines fall away."""
    made = (line(one) if isinstance(one, str) else one for one in lines)
    return Cell(tuple(one for one in made if one), tone)


def row(cells: Iterable[Cell | str]) -> tuple[Cell, ...]:
    """A row of cells; a text becomes a cell."""
    return tuple(cell(one) if isinstance(one, str) else one for one in cells)


def _harmless(text: str) -> str:
    """``visible``, but the blanks that join spans stay."""
    inner = visible(text)
    return f"{' ' * text.startswith(' ')}{inner}{' ' * (text.endswith(' ') and bool(inner))}"

"""Blocks as WordprocessingML (ECMA-376 part 1): text in, text out, no file and no zip.

All looks are in named styles (``parts/styles.xml``), so that a secretary changes them in one place; only
widths, spans and tints stand at the cells. Lengths are twentieths of a point.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ppid_audit.report.paper.blocks import (
    Bar,
    Break,
    Bullets,
    Cell,
    Chart,
    Column,
    Contents,
    Cover,
    Heading,
    Line,
    Paper,
    Signatures,
    Span,
    Table,
    Text,
    Tone,
    bold,
)

PAGE = (12191, 18709)
"""F4, the paper of Indonesian offices: 21.5 x 33 cm."""
MARGIN = 1304
WIDTH = PAGE[0] - 2 * MARGIN
ORDERED_FROM = 100
"""Every numbered list is a numbering instance of its own, from this number on: so each starts at 1."""

_TINT = {Tone.GOOD: "E2F0D9", Tone.FAIR: "FFF2CC", Tone.POOR: "F8E0DC", Tone.DOUBT: "E9E4F0"}
_CERTAIN, _DOUBT, _NOTHING = "1F3864", "A9BCD9", "F2F2F2"
_UNITS = 50
"""Grid columns of a bar: Word takes 63 in a table, so one stands for two points."""
_LABEL, _BAR = 0.40, 0.40
"""Shares of a chart's width; the numbers take the rest."""
_KEPT_TOGETHER = 1200
"""Characters of a row that is never split over two pages; a longer one could not be."""
_STYLE = {"body": "Teks", "lead": "Pengantar", "note": "Catatan", "notice": "Pemberitahuan", "center": "Tengah"}


_TOC, _LINKED = r'TOC \o "1-2" \h \z \u', r"\h"


class Body:
    """One document's body.

    ``links`` (address -> relation) and ``ordered`` (how many numbered lists) fill up as it is written.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.links: dict[str, str] = {}
        self.ordered = 0
        self._marked = 0
        self._captions = {"Tabel": 0, "Grafik": 0}
        self._fresh = False
        self._write: dict[type, Callable[[Any], str]] = {
            Heading: self._heading,
            Text: lambda block: self._paragraph(_STYLE[block.style], self._runs(block.line)),
            Bullets: self._bullets,
            Table: self._table,
            Chart: self._chart,
            Cover: self._cover,
            Contents: self._contents,
            Break: self._break,
            Signatures: self._signatures,
        }

    def xml(self) -> str:
        """All blocks in their order."""
        return "".join(self._write[type(block)](block) for block in self.paper.blocks)

    def _break(self, _block: Break) -> str:
        self._fresh = True
        return ""

    def _paragraph(self, style: str, inner: str, extra: str = "") -> str:
        """``extra`` are further properties, which the schema wants after style and page break."""
        fresh, self._fresh = "<w:pageBreakBefore/>" if self._fresh else "", False
        return paragraph(style, inner, fresh + extra)

    def _runs(self, line: Line) -> str:
        return "".join(self._run(span) for span in line)

    def _run(self, span: Span) -> str:
        made = run(span.text, bold=span.bold, style="Hyperlink" if span.link else "")
        if not span.link:
            return made
        relation = self.links.setdefault(span.link, f"rLink{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{relation}" w:history="1">{made}</w:hyperlink>'

    def _heading(self, block: Heading) -> str:
        style = {"chapter": "Heading", "annex": "Lampiran", "plain": "JudulPolos"}[block.kind] + str(block.level)
        inner = self._runs((Span(block.text),))
        if listed(block):
            self._marked += 1
            inner = (
                f'<w:bookmarkStart w:id="{self._marked}" w:name="_Toc{self._marked:06}"/>{inner}'
                f'<w:bookmarkEnd w:id="{self._marked}"/>'
            )
        return self._paragraph(style, inner)

    def _bullets(self, block: Bullets) -> str:
        style, numbering = "Butir", ""
        if block.ordered:
            self.ordered += 1
            number = ORDERED_FROM + self.ordered
            style = "ButirBernomor"
            numbering = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        made = []
        for first, *more in block.items:
            made.append(self._paragraph(style, self._runs(first), numbering))
            made += [self._paragraph("ButirLanjutan", self._runs(line)) for line in more]
        return "".join(made)

    def _table(self, block: Table) -> str:
        widths = shares([column.width for column in block.columns], WIDTH)
        head = "".join(
            _cell(paragraph(_cell_style(column, "SelKepala"), run(column.head)), width)
            for column, width in zip(block.columns, widths, strict=True)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
        rows += [self._row(cells, block.columns, widths) for cells in block.rows]
        caption = self._caption("Tabel", self.paper.words.table, block.caption) if block.caption else ""
        return caption + _framed("TabelLaporan", widths, rows, block.caption) + paragraph("Sela", "")

    def _row(self, cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int]) -> str:
        length = sum(len(span.text) for cell in cells for line in cell.lines for span in line)
        properties = "<w:trPr><w:cantSplit/></w:trPr>" if length < _KEPT_TOGETHER else ""
        made = (
            _cell(self._lines(cell, _cell_style(column, "Sel")), width, _TINT.get(cell.tone, ""))
            for cell, column, width in zip(cells, columns, widths, strict=True)
        )
        return f"<w:tr>{properties}{''.join(made)}</w:tr>"

    def _lines(self, cell: Cell, style: str) -> str:
        return "".join(paragraph(style, self._runs(line)) for line in cell.lines) or paragraph(style, "")

    def _caption(self, kind: str, word: str, text: str) -> str:
        self._captions[kind] += 1
        number = field(f"SEQ {kind} \\* ARABIC", str(self._captions[kind]))
        return self._paragraph("Caption", run(f"{word} ") + number + run(f". {text}"))

    def _chart(self, block: Chart) -> str:
        label, whole = int(WIDTH * _LABEL), int(WIDTH * _BAR)
        unit = whole // _UNITS
        value = WIDTH - label - unit * _UNITS
        rows = [_bar(bar, label, unit, value) for bar in block.bars]
        grid = [label, *[unit] * _UNITS, value]
        caption = self._caption("Grafik", self.paper.words.chart, block.caption)
        table = _framed("TabelGrafik", grid, rows, block.caption, block.legend)
        return caption + table + paragraph("Catatan", run(block.legend))

    def _cover(self, block: Cover) -> str:
        made = [paragraph("SampulTanda", run(block.mark)), paragraph("Title", run(block.title))]
        made += [paragraph("Subtitle", run(text)) for text in block.lines]
        self._fresh = True
        return "".join(made)

    def _contents(self, block: Contents) -> str:
        """A table of contents that is complete as it stands and can be updated: the page numbers are fields."""
        entries = list(contents(self.paper))
        lines = [
            f'<w:hyperlink w:anchor="_Toc{place:06}" w:history="1">{run(text)}<w:r><w:tab/></w:r>'
            f"{field(f'PAGEREF _Toc{place:06} {_LINKED}', '')}</w:hyperlink>"
            for place, (_, text) in enumerate(entries, start=1)
        ]
        opening = f"{_mark('begin')}{_instruction(_TOC)}{_mark('separate')}"
        made = [
            paragraph(f"TOC{level}", (opening if place == 0 else "") + inner)
            for place, ((level, _), inner) in enumerate(zip(entries, lines, strict=True))
        ]
        closing = paragraph("Sela", _mark("end") if made else "")
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{self._paragraph('TOCHeading', run(block.title))}"
            f"{''.join(made)}{closing}</w:sdtContent></w:sdt>"
        )

    def _signatures(self, block: Signatures) -> str:
        half = WIDTH // 2
        cells = [
            _cell(
                paragraph("TandaTangan", self._runs((bold(role),)))
                + paragraph("RuangTandaTangan", "")
                + paragraph("TandaTangan", run(block.name))
                + paragraph("TandaTangan", run(block.number)),
                half,
            )
            for role in block.roles
        ]
        cells += [_cell(paragraph("TandaTangan", ""), half)] * (len(cells) % 2)
        pairs = zip(cells[::2], cells[1::2], strict=True)
        rows = [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{one}{other}</w:tr>" for one, other in pairs]
        return _framed("TabelTandaTangan", [half, half], rows, "") + paragraph("Sela", "")


def listed(block: Heading) -> bool:
    """Whether a heading stands in the table of contents."""
    return block.level <= 2 and block.kind != "plain"


def contents(paper: Paper) -> Iterator[tuple[int, str]]:
    """(level, number and text) of every heading that the table of contents lists."""
    chapter = section = annex = 0
    for block in paper.blocks:
        if not isinstance(block, Heading) or not listed(block):
            continue
        if block.kind == "annex":
            annex += 1
            yield 1, f"{paper.words.annex} {annex}. {block.text}"
        elif block.level == 1:
            chapter, section = chapter + 1, 0
            yield 1, f"{chapter}. {block.text}"
        else:
            section += 1
            yield 2, f"{chapter}.{section} {block.text}"


def paragraph(style: str, inner: str, properties: str = "") -> str:
    """A paragraph in a named style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


def run(text: str, bold: bool = False, style: str = "") -> str:
    """A run of text; nothing for no text."""
    if not text:
        return ""
    properties = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/>" if bold else "")
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str, shown: str) -> str:
    """A field with the text that it shows until it is updated."""
    return f"{_mark('begin')}{_instruction(instruction)}{_mark('separate')}{run(shown)}{_mark('end')}"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(text)} </w:instrText></w:r>'


def shares(parts: Sequence[float], whole: int) -> list[int]:
    """``parts`` as whole numbers that add up to ``whole``."""
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + part)  # type: ignore[arg-type]
    return [round(end * whole / ends[-1]) - round(start * whole / ends[-1]) for start, end in pairwise(ends)]


def _cell_style(column: Column, style: str) -> str:
    return f"{style}Kanan" if column.right else style


def _cell(inner: str, width: int, tint: str = "", span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>' if tint else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{shade}</w:tcPr>{inner}</w:tc>'


def _bar(bar: Bar, label: int, unit: int, value: int) -> str:
    certain = round(bar.low * _UNITS / 100)
    reached = max(round(bar.high * _UNITS / 100), certain)
    lengths = ((certain, _CERTAIN), (reached - certain, _DOUBT), (_UNITS - reached, _NOTHING))
    drawn = "".join(_cell(paragraph("SelBatang", ""), unit * n, tint, n) for n, tint in lengths if n)
    cells = (
        _cell(paragraph("SelGrafik", run(bar.label)), label),
        drawn,
        _cell(paragraph("SelGrafik", run(bar.shown)), value),
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _framed(style: str, grid: Iterable[int], rows: Iterable[str], title: str, about: str = "") -> str:
    """A table of fixed widths; ``title`` and ``about`` are what a screen reader says of it."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    told = f"<w:tblCaption w:val={quoteattr(title)}/>" if title else ""
    told += f"<w:tblDescription w:val={quoteattr(about)}/>" if about else ""
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/>{told}'
    )
    grid_and_rows = f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{grid_and_rows}</w:tbl>"

"""A printed report's blocks as the body of a DOCX file: what ``docx`` puts into its package."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

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
)
from ppid_audit.report.wordml import (
    WIDTH,
    field,
    instruction,
    mark,
    paragraph,
    run,
    shares,
    table,
    table_cell,
)

ORDERED_FROM = 100
"""Every numbered list is a numbering instance of its own, from this number on: so each starts at 1."""

_TINT = {Tone.GOOD: "E2F0D9", Tone.FAIR: "FFF2CC", Tone.POOR: "F8E0DC", Tone.DOUBT: "E9E4F0"}
_CERTAIN, _DOUBT, _NOTHING = "1F3864", "A9BCD9", "F2F2F2"
_UNITS = 50
"""Grid columns of a bar: Word takes 63 in a table, so one stands for two points."""
_LABEL, _BAR = 0.36, 0.42
"""Shares of a chart's width; the numbers take the rest."""
_ONE_PAGE = 30
"""Bars of a chart that stays on one page."""
_KEPT_TOGETHER = 1200
"""Characters of a row that is never split over two pages; a longer one could not be."""
_STYLE = {"body": "Teks", "lead": "Pengantar", "note": "Catatan", "notice": "Pemberitahuan", "center": "Tengah"}


_TOC = r'TOC \o "1-2" \h \z \u'


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
            table_cell(paragraph(_cell_style(column, "SelKepala"), run(column.head)), width)
            for column, width in zip(block.columns, widths, strict=True)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
        rows += [self._row(cells, block.columns, widths) for cells in block.rows]
        caption = self._caption("Tabel", self.paper.words.table, block.caption) if block.caption else ""
        return caption + table("TabelLaporan", widths, rows, block.caption) + paragraph("Sela", "")

    def _row(self, cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int]) -> str:
        length = sum(len(span.text) for cell in cells for line in cell.lines for span in line)
        properties = "<w:trPr><w:cantSplit/></w:trPr>" if length < _KEPT_TOGETHER else ""
        made = (
            table_cell(self._lines(cell, _cell_style(column, "Sel")), width, _TINT.get(cell.tone, ""))
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
        kept = "<w:keepNext/>" if len(block.bars) <= _ONE_PAGE else ""
        rows = [_bar(bar, label, unit, value, kept) for bar in block.bars]
        grid = [label, *[unit] * _UNITS, value]
        caption = self._caption("Grafik", self.paper.words.chart, block.caption)
        drawn = table("TabelGrafik", grid, rows, block.caption, block.legend)
        return caption + drawn + paragraph("Catatan", run(block.legend))

    def _cover(self, block: Cover) -> str:
        made = [paragraph("SampulTanda", run(block.mark)), paragraph("Title", run(block.title))]
        made += [paragraph("Subtitle", run(text)) for text in block.lines]
        self._fresh = True
        return "".join(made)

    def _contents(self, block: Contents) -> str:
        """A table of contents to click on, complete as it stands; whoever updates it adds the page numbers."""
        entries = list(contents(self.paper))
        opening = f"{mark('begin')}{instruction(_TOC)}{mark('separate')}" if entries else ""
        lines = [
            f'<w:hyperlink w:anchor="_Toc{place:06}" w:history="1">{run(text)}</w:hyperlink>'
            for place, (_, text) in enumerate(entries, start=1)
        ]
        made = [
            paragraph(f"TOC{level}", ("" if place else opening) + inner)
            for place, ((level, _), inner) in enumerate(zip(entries, lines, strict=True))
        ]
        closing = paragraph("Sela", mark("end") if entries else "")
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{self._paragraph('TOCHeading', run(block.title))}"
            f"{''.join(made)}{closing}</w:sdtContent></w:sdt>"
        )

    def _signatures(self, block: Signatures) -> str:
        halves = shares([1, 1], WIDTH)
        roles = [*block.roles, ""] if len(block.roles) % 2 else list(block.roles)
        rows = [
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(map(partial(_signature, block), pair, halves))}</w:tr>"
            for pair in zip(roles[::2], roles[1::2], strict=True)
        ]
        return table("TabelTandaTangan", halves, rows, "") + paragraph("Sela", "")


def _signature(block: Signatures, role: str, width: int) -> str:
    """A role with room to sign; an empty cell for no role."""
    if not role:
        return table_cell(paragraph("TandaTangan", ""), width)
    named = (paragraph("TandaTangan", run(text)) for text in (block.name, block.number))
    signed = paragraph("TandaTangan", run(role, bold=True)) + paragraph("RuangTandaTangan", "")
    return table_cell(signed + "".join(named), width)


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


def _cell_style(column: Column, style: str) -> str:
    return f"{style}Kanan" if column.right else style


def _bar(bar: Bar, label: int, unit: int, value: int, kept: str) -> str:
    certain = round(bar.low * _UNITS / 100)
    reached = max(round(bar.high * _UNITS / 100), certain)
    lengths = ((certain, _CERTAIN), (reached - certain, _DOUBT), (_UNITS - reached, _NOTHING))
    drawn = "".join(table_cell(paragraph("SelBatang", ""), unit * n, tint, n) for n, tint in lengths if n)
    cells = (
        table_cell(paragraph("SelGrafik", run(bar.label)), label),
        drawn,
        table_cell(paragraph("SelGrafik", run(bar.shown)), value),
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

"""Pieces of WordprocessingML (ECMA-376 part 1): paragraphs, runs, fields, tables; text in, text out.

All looks are in named styles (``parts/styles.xml``), so that a secretary changes them in one place; only
widths, spans and tints stand at the cells. Lengths are twentieths of a point.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape, quoteattr

PAGE = (12191, 18709)
"""F4, the paper of Indonesian offices: 21.5 x 33 cm."""
MARGIN = 1304
WIDTH = PAGE[0] - 2 * MARGIN


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


def field(code: str, shown: str) -> str:
    """A field with the text that it shows until it is updated."""
    return f"{mark('begin')}{instruction(code)}{mark('separate')}{run(shown)}{mark('end')}"


def mark(kind: str) -> str:
    """The begin, the parting (``separate``) or the end of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    """What a field shows."""
    return f'<w:r><w:instrText xml:space="preserve"> {escape(text)} </w:instrText></w:r>'


def shares(parts: Sequence[float], whole: int) -> list[int]:
    """``parts`` as whole numbers that add up to ``whole``."""
    ends = [0.0, *accumulate(parts)]
    return [round(end * whole / ends[-1]) - round(start * whole / ends[-1]) for start, end in pairwise(ends)]


def table_cell(inner: str, width: int, tint: str = "", span: int = 1) -> str:
    """A cell of paragraphs, on ``tint`` (RRGGBB), over ``span`` columns of the grid."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>' if tint else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{shade}</w:tcPr>{inner}</w:tc>'


def table(style: str, grid: Iterable[int], rows: Iterable[str], title: str, about: str = "") -> str:
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

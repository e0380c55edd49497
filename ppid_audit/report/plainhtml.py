"""A printed report as one plain HTML file: no script, nothing fetched, to be read, mailed or printed.

All text passes ``html.escape``; the page forbids itself everything but its own style (CSP).
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files

from ppid_audit.report.paper.blocks import (
    Bar,
    Block,
    Bullets,
    Cell,
    Chart,
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


def plain_html(paper: Paper) -> bytes:
    """The file's bytes."""
    style = (files(__package__) / "parts" / "plain.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    mark = f'<span class="mark">{escape(paper.mark)}</span>' if paper.mark else ""
    body = "\n".join(made for made in map(_block, paper.blocks) if made)
    return (
        f'<!doctype html>\n<html lang="{paper.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{escape(paper.title)}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n"
        f'<header class="head"><span>{escape(paper.running)}</span>{mark}</header>\n<main>\n{body}\n</main>\n'
        f'<footer class="note">{escape(paper.author)}</footer>\n</body>\n</html>\n'
    ).encode()


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Text():
            return f'<p class="{block.style}">{_line(block.line)}</p>'
        case Bullets():
            kind = "ol" if block.ordered else "ul"
            return f"<{kind}>{''.join(f'<li>{_lines(lines)}</li>' for lines in block.items)}</{kind}>"
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case Cover():
            told = "".join(f"<p>{escape(text)}</p>" for text in block.lines)
            return f"<h1>{escape(block.title)}</h1>{told}"
        case Signatures():
            return "".join(f"<p>{escape(role)}<br>{escape(block.name)}</p>" for role in block.roles)
        case _:
            return ""


def _table(block: Table) -> str:
    head = "".join(
        f'<th scope="col"{_class("right" * column.right)}>{escape(column.head)}</th>' for column in block.columns
    )
    sides = ["right" * column.right for column in block.columns]
    rows = "".join(
        f"<tr>{''.join(_cell(cell, side) for cell, side in zip(row, sides, strict=True))}</tr>" for row in block.rows
    )
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    return f'<div class="scroll"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cell(cell: Cell, side: str) -> str:
    tone = "" if cell.tone is Tone.PLAIN else str(cell.tone)
    return f"<td{_class(side, tone)}>{_lines(cell.lines)}</td>"


def _class(*names: str) -> str:
    given = " ".join(name for name in names if name)
    return f' class="{given}"' if given else ""


def _chart(block: Chart) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(bar.label)}</th><td>{_bar(bar)}</td><td>{escape(bar.shown)}</td></tr>'
        for bar in block.bars
    )
    caption = f"<caption>{escape(block.caption)}</caption>"
    return f'<table class="chart">{caption}<tbody>{rows}</tbody></table><p class="note">{escape(block.legend)}</p>'


def _bar(bar: Bar) -> str:
    rects = (("all", 100.0), ("reached", bar.high), ("certain", bar.low))
    drawn = "".join(f'<rect class="{name}" width="{length:g}" height="8"/>' for name, length in rects)
    return f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'


def _lines(lines: tuple[Line, ...]) -> str:
    return "<br>".join(_line(line) for line in lines)


def _line(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    text = f"<strong>{escape(span.text)}</strong>" if span.bold else escape(span.text)
    return f'<a href="{escape(span.link)}" rel="noopener noreferrer nofollow">{text}</a>' if span.link else text

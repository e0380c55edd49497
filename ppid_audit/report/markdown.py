"""A printed report as Markdown (CommonMark with GitHub's tables): for a wiki, a repository or a chat.

Every character that means something to Markdown or HTML is escaped, so a text of a website is a text here.
"""

import re

from ppid_audit.report.paper.blocks import (
    Block,
    Break,
    Bullets,
    Cell,
    Chart,
    Contents,
    Cover,
    Heading,
    Line,
    Paper,
    Signatures,
    Span,
    Table,
    Text,
)

_ACTIVE = re.compile(r"[\\`*_\[\]<>&|~$@#]")
_ADDRESS = re.compile(r"(:)(//)|(\bwww)(\.)", re.IGNORECASE)
"""Where GitHub would make a link of a bare address."""
_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
"""What opens a list or underlines a heading, at the start of a line."""
_BLOCKS = 20
"""Characters of a bar."""


def markdown(paper: Paper) -> bytes:
    """The file's bytes: UTF-8, one blank line between blocks."""
    first = isinstance(paper.blocks[0], Cover) if paper.blocks else False
    head = [] if first or not paper.mark else [f"**{_escaped(paper.mark)}** · {_escaped(paper.running)}"]
    parts = head + [text for text in _numbered(paper) if text]
    return ("\n\n".join(parts) + "\n").encode()


def _numbered(paper: Paper) -> list[str]:
    made: list[str] = []
    counts = {"chapter": 0, "section": 0, "annex": 0, "table": 0, "chart": 0}
    for block in paper.blocks:
        if isinstance(block, Heading):
            made.append(_heading(block, counts, paper))
        elif isinstance(block, (Table, Chart)):
            made.append(_captioned(block, counts, paper))
        else:
            made.append(_plain(block))
    return made


def _heading(block: Heading, counts: dict[str, int], paper: Paper) -> str:
    number = ""
    if block.kind == "annex":
        counts["annex"] += 1
        number = f"{paper.words.annex} {counts['annex']}. "
    elif block.kind == "chapter" and block.level == 1:
        counts["chapter"], counts["section"] = counts["chapter"] + 1, 0
        number = f"{counts['chapter']}. "
    elif block.kind == "chapter":
        counts["section"] += 1
        number = f"{counts['chapter']}.{counts['section']} "
    level = block.level + 1
    return f"{'#' * level} {_escaped(number + block.text)}"


def _captioned(block: Table | Chart, counts: dict[str, int], paper: Paper) -> str:
    body = _table(block) if isinstance(block, Table) else _chart(block)
    if not block.caption:
        return body
    kind, word = ("table", paper.words.table) if isinstance(block, Table) else ("chart", paper.words.chart)
    counts[kind] += 1
    return f"**{_escaped(f'{word} {counts[kind]}. {block.caption}')}**\n\n{body}"


def _plain(block: Block) -> str:
    if isinstance(block, Text):
        text = _line(block.line)
        return f"> {text}" if block.style == "notice" else text
    if isinstance(block, Bullets):
        return "\n".join(_bullet(lines, place if block.ordered else 0) for place, lines in enumerate(block.items, 1))
    if isinstance(block, Cover):
        mark = [f"**{_escaped(block.mark)}**"] if block.mark else []
        lines = "  \n".join(_opened(_escaped(text)) for text in block.lines)
        return "\n\n".join([f"# {_escaped(block.title)}", *mark, *([lines] if lines else [])])
    if isinstance(block, Signatures):
        named = f"{_escaped(block.name)}<br>{_escaped(block.number)}"
        return _rows(["", ""], [[_escaped(role), named] for role in block.roles])
    assert isinstance(block, (Break, Contents))
    return ""


def _bullet(lines: tuple[Line, ...], number: int) -> str:
    mark = f"{number}. " if number else "- "
    return mark + f"  \n{' ' * len(mark)}".join(_line(line) for line in lines)


def _table(block: Table) -> str:
    rows = [[_cell(cell) for cell in row] for row in block.rows]
    return _rows([_escaped(column.head) for column in block.columns], rows, [column.right for column in block.columns])


def _chart(block: Chart) -> str:
    rows = []
    for bar in block.bars:
        certain, reached = round(bar.low * _BLOCKS / 100), round(bar.high * _BLOCKS / 100)
        drawn = "█" * certain + "▒" * (reached - certain) + "·" * (_BLOCKS - max(reached, certain))
        rows.append([_escaped(bar.label), drawn, _escaped(bar.shown)])
    return f"{_rows(['', '', ''], rows)}\n\n{_opened(_escaped(block.legend))}"


def _rows(head: list[str], rows: list[list[str]], right: list[bool] | None = None) -> str:
    rule = ["--:" if one else "---" for one in right or [False] * len(head)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule, *rows])


def _cell(cell: Cell) -> str:
    return "<br>".join(_spans(line) for line in cell.lines)


def _line(line: Line) -> str:
    return _opened(_spans(line))


def _spans(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _opened(text: str) -> str:
    """``text`` at the start of a line, where more characters mean something."""
    return _START.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], text)


def _span(span: Span) -> str:
    text = _escaped(span.text)
    if span.link:
        return f"[{text}](<{span.link}>)"
    if not span.bold or not span.text.strip():
        return text
    inner = text.strip()
    return text.replace(inner, f"**{inner}**", 1)


def _escaped(text: str) -> str:
    return _ADDRESS.sub(r"\1\3\\\2\4", _ACTIVE.sub(r"\\\g<0>", text))

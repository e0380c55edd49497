"""What a link is called: by its own words, or, when these are only "Unduh", by what stands around it.

Places are tried from near to far: attributes, the words around it in ever wider boxes (sentence, list
item, card, table row), the label of the menu or tab it stands in, the heading above, the page's heading,
the words of its address.
"""

from bisect import bisect_left
from dataclasses import dataclass

from ppid_audit.model.site import LinkKind, Region, TitleFrom
from ppid_audit.web import urls
from ppid_audit.web.html.anchors import Anchor
from ppid_audit.web.html.outline import Outline
from ppid_audit.web.html.tables import Grid, Row
from ppid_audit.web.html.tree import Element, Tree
from ppid_audit.web.html.words import is_generic, period_in, trim
from ppid_audit.web.urls import names

MAX_TITLE = 300
_HOPS = 9
_MOST_LINKS = 6
_MOST_CHARS = 900
_WALLS = names("body main html table tbody thead form ul ol nav tr")
_BLOCKS = names("p div h1 h2 h3 h4 h5 h6 li section article")
_FAR = (TitleFrom.HEADING, TitleFrom.PAGE, TitleFrom.ITEM)
_READ_AROUND = (Region.CONTENT, Region.ASIDE)
_PROSE = 100
_SHORT = 60
_SENTENCES = names("p span label dd td th strong b em figcaption blockquote small font u")


@dataclass(frozen=True, slots=True)
class Name:
    """A title and the place it was taken from; ``row`` and ``column`` when the link stands in a table."""

    title: str
    place: TitleFrom
    text: str
    row: tuple[str, ...] = ()
    column: str = ""


class Namer:
    """Names the links of one page."""

    def __init__(self, tree: Tree, outline: Outline, tables: list[Grid], references: list[Anchor]) -> None:
        self.tree = tree
        self.outline = outline
        self.rows = {row.node.index: (grid, row) for grid in tables for row in grid.rows}
        self.places = [anchor.node.index for anchor in references]
        self.muted = _buttons(tree)
        self.page_heading = next((h.text for h in outline.headings if h.level <= 3 and h.region is Region.CONTENT), "")

    def name(self, anchor: Anchor, region: Region) -> Name:
        """The best name for ``anchor`` which stands in ``region``."""
        node = anchor.node
        text = "" if anchor.kind is not LinkKind.ANCHOR else trim(self.tree.words_of(node, MAX_TITLE))
        row, column = self._row(node)
        title, place = self._title(anchor, region, text, column)
        return Name(title[:MAX_TITLE], place, text, row, column)

    def _title(self, anchor: Anchor, region: Region, text: str, column: str) -> tuple[str, TitleFrom]:
        if text and not is_generic(text):
            return self._own(anchor.node, text), TitleFrom.OWN
        if said := self._attribute(anchor.node):
            return said, TitleFrom.ATTRIBUTE
        if region is Region.MENU and text and not period_in(text):
            return text, TitleFrom.OWN
        title, place = self._around(anchor, region)
        if place in _FAR and _is_control(anchor, text):
            return text, TitleFrom.OWN
        period = period_in(text) or (period_in(column) if place is TitleFrom.ROW else "")
        if not title:
            return (text, TitleFrom.OWN) if text else (trim(urls.path_words(anchor.url or "")), TitleFrom.ADDRESS)
        return (f"{title} {period}" if period and period not in title else title), place

    def _own(self, node: Element, text: str) -> str:
        """The link's words; when it wraps a whole card, its heading or first line."""
        inner = self.tree.within(node)[:40]
        if not any(n.tag in _BLOCKS for n in inner):
            return text
        heading = self._heading_in(node, node)
        return heading or next(iter(self._names(node.text_from, node.text_to)), text)

    def _attribute(self, node: Element) -> str:
        values = [node.get("title"), node.get("aria-label"), node.get("alt") if node.tag == "area" else ""]
        if node.tag == "a":
            pictures = [n for n in self.tree.within(node)[:12] if n.tag in ("img", "i", "svg", "span")]
            values.extend(value for n in pictures for value in (n.get("alt"), n.get("title")))
        values.append(node.get("data-title"))
        return next((trim(" ".join(v.split())) for v in values if v and len(v) < 300 and not is_generic(trim(v))), "")

    def _around(self, anchor: Anchor, region: Region) -> tuple[str, TitleFrom]:
        found = self._climb(anchor.node) if region in _READ_AROUND else None
        if found is not None:
            return found
        trail = self.outline.trails[anchor.node.index]
        if label := next((label for label in reversed(trail) if not is_generic(label)), ""):
            return label, TitleFrom.ITEM
        if heading := self.outline.telling(anchor.node, region):
            return heading, TitleFrom.HEADING
        if region is Region.CONTENT and self.page_heading and not is_generic(self.page_heading):
            return self.page_heading, TitleFrom.PAGE
        words = urls.path_words(anchor.url) if anchor.url else ""
        return (words, TitleFrom.ADDRESS) if words and not is_generic(words) else ("", TitleFrom.OWN)

    def _climb(self, node: Element) -> tuple[str, TitleFrom] | None:
        """The words of the smallest box around the link that has any; prose gives way to a heading further out."""
        prose: tuple[str, TitleFrom] | None = None
        for box in node.ancestors(_HOPS):
            if box.tag == "tr":
                return self._row_title(box, node) or prose
            if box.tag in _WALLS:
                break
            size = self.tree.size(box)
            if size > _MOST_CHARS or self._links_in(box) > _MOST_LINKS:
                if not self._in_row(box):
                    break
            elif size > self.tree.size(node) and prose is None:
                found = self._title_in(box, node)
                if found and (len(found) <= _PROSE or _place_of(box) is not TitleFrom.CARD):
                    return found, _place_of(box)
                prose = (found, TitleFrom.CARD) if found else None
            elif prose is not None and (heading := self._heading_in(box, node)):
                return heading, TitleFrom.CARD
        return prose

    def _in_row(self, node: Element) -> bool:
        return any(box.index in self.rows for box in node.ancestors(4))

    def _links_in(self, box: Element) -> int:
        return bisect_left(self.places, box.last) - bisect_left(self.places, box.index)

    def _title_in(self, box: Element, node: Element) -> str:
        """The line of ``box`` that names ``node``: its heading, else the line before, else the one after."""
        if box.tag not in ("p", "li", "td", "span"):
            heading = self._heading_in(box, node)
            if heading:
                return heading
        before = self._names(box.text_from, node.text_from)
        if before:
            return before[0] if _place_of(box) is TitleFrom.CARD and self._links_in(box) <= 2 else before[-1]
        after = self._names(node.text_to, box.text_to)
        return after[0] if after else ""

    def _heading_in(self, box: Element, node: Element) -> str:
        heading = None
        for inner in self.outline.headings_in(box):
            if heading is None or inner.end <= node.text_from:
                heading = inner
        return heading.text if heading is not None and not is_generic(heading.text) else ""

    def _names(self, start: int, end: int) -> list[str]:
        """The lines of ``pieces[start:end]`` that say something, without the words of buttons such as "Unduh"."""
        lines = self.tree.lines(start, end, _MOST_CHARS, self.muted)
        return [line for line in map(trim, lines) if not is_generic(line)]

    def _row(self, node: Element) -> tuple[tuple[str, ...], str]:
        """The other cells of the link's row, and the head of its column."""
        cell, row, grid = self._cell(node)
        if row is None or grid is None:
            return (), ""
        others = tuple(dict.fromkeys(c.text for c in row.cells if c.node is not cell and c.text))
        column = next((at for at, c in enumerate(row.cells) if c.node is cell), -1)
        return others[:20], grid.head[column] if 0 <= column < len(grid.head) else ""

    def _cell(self, node: Element) -> tuple[Element | None, Row | None, Grid | None]:
        cell: Element | None = None
        for box in node.ancestors(_HOPS):
            if box.tag in ("td", "th"):
                cell = box
            if box.tag == "tr":
                grid, row = self.rows.get(box.index, (None, None))
                wide = cell is None or self.tree.size(cell) > _MOST_CHARS or self._links_in(cell) > 12
                return (None, None, None) if wide else (cell, row, grid)
        return None, None, None

    def _row_title(self, box: Element, node: Element) -> tuple[str, TitleFrom] | None:
        cell, row, _ = self._cell(node)
        if row is None or box.index != row.node.index:
            return None
        for other in row.cells:
            if other.node is not cell and other.text and not is_generic(other.text):
                return trim(other.text), TitleFrom.ROW
        return None


def _place_of(box: Element) -> TitleFrom:
    if box.tag == "li":
        return TitleFrom.ITEM
    return TitleFrom.SENTENCE if box.tag in _SENTENCES else TitleFrom.CARD


def _is_control(anchor: Anchor, text: str) -> bool:
    """An arrow that leads nowhere, or the number of a page: it is no name for what is far around it."""
    return (text.isdecimal() and len(text) < 4) or (not text and anchor.url is None and anchor.kind is LinkKind.ANCHOR)


def _buttons(tree: Tree) -> frozenset[int]:
    """The places of the words on links and buttons that only say "Unduh" or "Lihat"."""
    muted: set[int] = set()
    for node in tree.nodes:
        if node.tag in ("a", "button") and 0 < tree.size(node) <= _SHORT and is_generic(tree.words_of(node)):
            muted.update(range(node.text_from, min(node.text_to, node.text_from + 3 * _SHORT)))
    return frozenset(muted)

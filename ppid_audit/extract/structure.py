"""The content of a page as sections: each heading with the words and list items under it."""

from bisect import bisect_right
from dataclasses import dataclass

from ppid_audit.extract.privacy import mask
from ppid_audit.model.site import Region, Section
from ppid_audit.web.html.outline import Heading, Outline
from ppid_audit.web.html.tree import Tree
from ppid_audit.web.urls import names

MAX_SECTIONS = 800
MAX_ITEMS = 200
MAX_TEXT = 400_000
_ITEM_TAGS = names("li p dd dt blockquote td")
_MAX_ITEM = 500


@dataclass(frozen=True, slots=True)
class Outlined:
    """Sections in order, and where in the tree's pieces each begins."""

    sections: tuple[Section, ...]
    starts: tuple[int, ...]

    def at(self, place: int) -> int:
        """The index of the section that holds the piece at ``place``; -1 when there are no sections."""
        return bisect_right(self.starts, place) - 1


def content_text(tree: Tree, painted: list[Region], start: int, end: int, most: int = MAX_TEXT) -> str:
    """The visible words of the content in ``pieces[start:end]``: one line per block."""
    parts: list[str] = []
    size = 0
    for place in range(start, end):
        piece = tree.pieces[place]
        if painted[tree.owners[place]] is Region.CONTENT:
            parts.append(piece)
            size += len(piece)
        elif parts and parts[-1] != "\n":
            parts.append("\n")
        if size > most * 2:
            break
    return as_lines("".join(parts))[:most]


def as_lines(text: str) -> str:
    """Text with single spaces and no empty lines."""
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


def outlined(tree: Tree, painted: list[Region], outline: Outline) -> Outlined:
    """The sections of the content; section 0 is what stands before the first heading (level 0)."""
    headings = [h for h in outline.headings if h.region is Region.CONTENT][: MAX_SECTIONS - 1]
    bounds = [0, *(h.end for h in headings)]
    ends = [*(h.start for h in headings), len(tree.pieces)]
    items = _items(tree, painted, headings)
    sections = []
    for at, (start, end) in enumerate(zip(bounds, ends, strict=True)):
        text = mask(content_text(tree, painted, start, end))
        level, name = (headings[at - 1].level, mask(headings[at - 1].text)) if at else (0, "")
        sections.append(Section(level, name, text, tuple(items[at])))
    return Outlined(tuple(sections), (0, *(h.start for h in headings)))


def _items(tree: Tree, painted: list[Region], headings: list[Heading]) -> list[list[str]]:
    """The texts of list items, paragraphs and cells, each with the section in which it begins."""
    starts = [h.start for h in headings]
    marks = {h.node.index for h in headings}
    found: list[list[str]] = [[] for _ in range(len(headings) + 1)]
    for node in tree.nodes:
        if (
            node.tag not in _ITEM_TAGS
            or node.hidden
            or node.index in marks
            or painted[node.index] is not Region.CONTENT
        ):
            continue
        here = found[bisect_right(starts, node.text_from)]
        if len(here) < MAX_ITEMS and 0 < tree.size(node) <= 4 * _MAX_ITEM:
            text = mask(tree.words_of(node, _MAX_ITEM))
            if text and (not here or text != here[-1]):
                here.append(text)
    return found

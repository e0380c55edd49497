"""A page as a flat tree: elements in document order, each with the range of text that is its own.

Any part of a page is a slice of two lists, so nothing here or above ever recurses, and every question
("the words in this row", "how many links in that box") costs no more than its answer is long.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator
from itertools import accumulate

MAX_CHARS = 5_000_000
MAX_ELEMENTS = 100_000


class Element:
    """A start tag with its attributes and the ranges of what it holds.

    ``index`` is its place in ``Tree.nodes``; its descendants are ``nodes[index + 1:last]``. Its text is
    ``Tree.pieces[text_from:text_to]``. ``words`` are the lower-case words of class and id.
    """

    __slots__ = ("attrs", "hidden", "in_link", "index", "last", "parent", "tag", "text_from", "text_to", "words")

    def __init__(self, tag: str, attrs: dict[str, str], parent: "Element | None", index: int, text_from: int) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.index = index
        self.last = index + 1
        self.text_from = text_from
        self.text_to = text_from
        self.hidden = False
        self.in_link: bool = tag == "a" or (parent is not None and parent.in_link)
        self.words: tuple[str, ...] = ()
        if attrs:
            self.words = tuple(f"{attrs.get('class', '')} {attrs.get('id', '')}".lower().split())

    def get(self, name: str) -> str:
        """The value of an attribute without surrounding space; empty when absent."""
        return self.attrs.get(name, "").strip()

    def ancestors(self, most: int) -> Iterator["Element"]:
        """At most ``most`` elements around this one, nearest first."""
        node = self.parent
        while node is not None and most > 0:
            yield node
            node = node.parent
            most -= 1


class Tree:
    """A page as parsed. ``owners[k]`` is the index of the element that holds ``pieces[k]`` directly.

    ``cut`` is true when the page is longer than what was read of it.
    """

    def __init__(self) -> None:
        self.nodes: list[Element] = []
        self.pieces: list[str] = []
        self.owners: list[int] = []
        self.scripts: list[tuple[Element, str]] = []
        self.ids: dict[str, Element] = {}
        self.title = ""
        self.cut = False
        self.chars: list[int] = [0]
        self.prose: list[int] = [0]
        self.links: list[int] = [0]

    def text(self, start: int, end: int, most: int = 400_000) -> str:
        """The visible words of ``pieces[start:end]``, one space between, at most ``most`` characters."""
        end = min(end, bisect_left(self.chars, self.chars[start] + most * 2) + 1)
        return " ".join("".join(self.pieces[start:end]).split())[:most]

    def words_of(self, node: Element, most: int = 2_000) -> str:
        """The visible words inside an element."""
        return self.text(node.text_from, node.text_to, most)

    def lines(self, start: int, end: int, most: int, muted: Container[int] = ()) -> list[str]:
        """The same as lines, one per block of the page, empty ones and the ``muted`` pieces left out."""
        end = min(end, bisect_left(self.chars, self.chars[start] + most * 2) + 1)
        told = (" " if place in muted else self.pieces[place] for place in range(start, end))
        rough = "".join(told)[:most].split("\n")
        return [line for line in (" ".join(part.split()) for part in rough) if line]

    def size(self, node: Element) -> int:
        """How many visible characters an element holds."""
        return self.chars[node.text_to] - self.chars[node.text_from]

    def prose_size(self, node: Element) -> int:
        """How many visible characters outside links an element holds."""
        return self.prose[node.text_to] - self.prose[node.text_from]

    def link_count(self, node: Element) -> int:
        """How many links an element holds, itself counted when it is one."""
        return self.links[node.last] - self.links[node.index]

    def within(self, node: Element) -> list[Element]:
        """The descendants of an element in document order."""
        return self.nodes[node.index + 1 : node.last]

    def children(self, node: Element) -> Iterator[Element]:
        """The child elements of an element."""
        at = node.index + 1
        while at < node.last:
            child = self.nodes[at]
            yield child
            at = child.last

    def measure(self) -> None:
        """Count once the text is final: ``chars`` of all of it, ``prose`` of what is no link, and ``links``."""
        self.chars, self.prose = [0], [0]
        self.links = [0, *accumulate(node.tag == "a" for node in self.nodes)]
        every = prose = 0
        for piece, owner in zip(self.pieces, self.owners, strict=True):
            size = 0 if piece.isspace() else len(piece)
            every += size
            prose += 0 if self.nodes[owner].in_link else size
            self.chars.append(every)
            self.prose.append(prose)

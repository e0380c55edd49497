"""HTML text -> Tree. The only place that knows lxml.

lxml only feeds events (no second tree is built), so deep nesting and tag soup cost what their bytes cost.
"""

import re
from typing import Any, cast

from lxml import etree

from ppid_audit.web.html.tree import MAX_CHARS, MAX_ELEMENTS, Element, Tree
from ppid_audit.web.html.visibility import hide
from ppid_audit.web.urls import names

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_INLINE = names(
    "abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd mark q s samp small span strike strong"
    " sub sup tt u var wbr path svg g"
)
_SOFT = names("a button label td th input")
SILENT = names("script style template noscript title select option textarea svg audio video canvas iframe math")
"""Elements whose text a visitor does not read on the page."""


class _Full(Exception):  # noqa: N818 - a signal, not an error
    """Enough elements: the rest of the page is left unread."""


class _Builder:
    def __init__(self) -> None:
        self.tree = Tree()
        self.stack: list[Element] = []
        self.silent = 0
        self.text_of: list[str] | None = None
        self.at_inline = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        tree = self.tree
        if len(tree.nodes) >= MAX_ELEMENTS:
            raise _Full
        tag = tag.lower() if isinstance(tag, str) else ""
        self._separate(tag)
        parent = self.stack[-1] if self.stack else None
        node = Element(tag, dict(attrs) if attrs else {}, parent, len(tree.nodes), len(tree.pieces))
        tree.nodes.append(node)
        self.stack.append(node)
        if tag in SILENT:
            self.silent += 1
            self.text_of = [] if tag in ("script", "title", "style") else None
        if identity := node.attrs.get("id"):
            tree.ids.setdefault(identity.strip(), node)

    def end(self, tag: str) -> None:
        if not self.stack:
            return
        node = self.stack.pop()
        if node.tag in SILENT:
            self.silent -= 1
            self._keep(node)
        node.last = len(self.tree.nodes)
        node.text_to = len(self.tree.pieces)
        self._separate(node.tag)

    def data(self, text: str) -> None:
        if self.silent:
            if self.text_of is not None:
                self.text_of.append(text)
            return
        text = _SPACE.sub(" ", text)
        if self.at_inline and self._joins_words(text):
            self._piece(" ")
        self.at_inline = False
        self._piece(text)

    def comment(self, text: str) -> None:
        """Comments are no content."""

    def close(self) -> Tree:
        while self.stack:
            self.end("")
        return self.tree

    def _keep(self, node: Element) -> None:
        text = "".join(self.text_of or ())
        self.text_of = None
        if node.tag == "script":
            self.tree.scripts.append((node, text))
        elif node.tag == "title" and not self.tree.title and not (node.parent and node.parent.tag == "svg"):
            self.tree.title = " ".join(text.split())[:500]

    def _separate(self, tag: str) -> None:
        self.at_inline = tag in _INLINE
        if not self.at_inline and not self.silent:
            self._piece(" " if tag in _SOFT else "\n")

    def _joins_words(self, text: str) -> bool:
        """Whether two words would run together that only the style keeps apart: Visi<span>Misi</span>."""
        before = self.tree.pieces[-1] if self.tree.pieces else " "
        return before[-1:].isalnum() and text[:1].isupper() and text[1:2].islower()

    def _piece(self, text: str) -> None:
        pieces = self.tree.pieces
        if text.isspace() and pieces and pieces[-1] == text:
            return
        pieces.append(text)
        self.tree.owners.append(self.stack[-1].index if self.stack else 0)


def parse(text: str) -> Tree:
    """A page's text (decoded, at most ``MAX_CHARS`` are read) as a tree; never raises on bad markup."""
    clean = _UNSEEN.sub("", text[:MAX_CHARS]).replace("\0", "\ufffd").encode("utf-8", "replace")
    builder = _Builder()
    parser = etree.HTMLParser(target=cast(Any, builder), encoding="utf-8", huge_tree=True)
    try:
        parser.feed(clean)
        parser.close()
    except _Full:
        builder.tree.cut = True
    except etree.LxmlError:
        pass  # what was read up to here stands
    tree = builder.close()
    tree.cut |= len(text) > MAX_CHARS
    hide(tree)
    tree.measure()
    return tree

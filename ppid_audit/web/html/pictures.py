"""The images that a visitor sees on a page, with what the page says of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ppid_audit.web import urls
from ppid_audit.web.html.tree import Element, Tree

_SOURCES = ("data-src", "data-lazy-src", "data-original", "src")


@dataclass(frozen=True, slots=True)
class Shown:
    """An image: ``width`` and ``height`` in pixels, 0 when the page does not say."""

    node: Element
    url: str | None
    alt: str
    caption: str
    width: int
    height: int


def pictures(tree: Tree, base: str) -> Iterator[Shown]:
    """Every visible <img>, in document order."""
    for node in tree.nodes:
        if node.tag == "img" and not node.hidden:
            yield Shown(
                node=node,
                url=urls.resolve(base, _source(node)),
                alt=" ".join((node.get("alt") or node.get("title")).split())[:300],
                caption=_caption(tree, node),
                width=_pixels(node.get("width")),
                height=_pixels(node.get("height")),
            )


def _source(node: Element) -> str:
    given = (node.get(name) for name in _SOURCES)
    return next((source for source in given if source and not source.startswith("data:")), "")


def _caption(tree: Tree, node: Element) -> str:
    for box in node.ancestors(3):
        if box.tag == "figure" or any("caption" in word for word in box.words):
            return tree.words_of(box, 300)
    return ""


def _pixels(value: str) -> int:
    number = value.removesuffix("px").strip()
    return min(int(number), 100_000) if number.isdecimal() and len(number) < 9 else 0

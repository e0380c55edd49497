"""What the crawler needs of a page: where it leads, what it calls these places, and what scripts insert."""

import re
from dataclasses import dataclass

from ppid_audit.model.site import LinkKind, Region
from ppid_audit.web import urls
from ppid_audit.web.html.anchors import MAX_ANCHORS, Anchor, anchors, base_of
from ppid_audit.web.html.naming import Namer
from ppid_audit.web.html.outline import Outline
from ppid_audit.web.html.parser import parse
from ppid_audit.web.html.pictures import pictures
from ppid_audit.web.html.regions import regions
from ppid_audit.web.html.scripts import scripted
from ppid_audit.web.html.tables import grids
from ppid_audit.web.html.tree import Element, Tree

MAX_KNOWN = 10_000
MAX_PICTURES = 100
SMALL = 200
"""Pixels below which an image is an icon."""
_ROWS = urls.names("tr li p dd article")
_REFRESH = re.compile(r"^\s*\d*\.?\d*\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SkimLink:
    """A place that a page leads to, called as the page calls it."""

    url: str
    title: str
    region: Region
    frame: bool = False


@dataclass(frozen=True, slots=True)
class Skim:
    """The outward side of a page. ``refresh`` is the address of a meta refresh, empty when there is none.

    ``shell`` and ``lists`` are as in ``model.site.Page``: what only a browser can show.
    """

    links: tuple[SkimLink, ...] = ()
    title: str = ""
    fragments: tuple[str, ...] = ()
    refresh: str = ""
    shell: bool = False
    lists: int = 0
    pictures: tuple[SkimLink, ...] = ()
    """Images in the content that are large enough to show a text, called by all that stands around them."""
    beyond: tuple[SkimLink, ...] = ()
    """Links after the first ``MAX_ANCHORS``, which nobody judges: called by all words of their row: known, not read."""
    cut: bool = False
    """Whether the page holds more than was looked at."""


def skim(text: str, base_url: str) -> Skim:
    """The links of a page (decoded text) at ``base_url``: absolute, each once under each name."""
    tree = parse(text)
    base = base_of(tree, base_url)
    painted = regions(tree)
    every = anchors(tree, base, MAX_KNOWN)
    references = [anchor for anchor in every[:MAX_ANCHORS] if anchor.url]
    outline = Outline(tree, painted)
    tables = grids(tree)
    namer = Namer(tree, outline, tables, references)
    links: dict[tuple[str, str], SkimLink] = {}
    for anchor in references:
        region = painted[anchor.node.index]
        framed = anchor.kind in (LinkKind.FRAME, LinkKind.EMBED)
        link = SkimLink(anchor.url or "", namer.name(anchor, region).title, region, framed)
        links.setdefault((link.url, link.title), link)
    does = scripted(tree, base, tables)
    return Skim(
        links=tuple(links.values()),
        title=tree.title,
        fragments=does.fragments,
        refresh=refresh_of(tree, base),
        shell=does.shell,
        lists=does.lists,
        pictures=_pictures(tree, painted, outline, base),
        beyond=_beyond(tree, every[MAX_ANCHORS:]),
        cut=tree.cut or len(every) >= MAX_KNOWN,
    )


def _beyond(tree: Tree, references: list[Anchor]) -> tuple[SkimLink, ...]:
    found = (SkimLink(each.url, _words_around(tree, each.node), Region.CONTENT) for each in references if each.url)
    return tuple(dict.fromkeys(found))


def _words_around(tree: Tree, node: Element) -> str:
    """All words of the row or item that a link stands in."""
    around = next((each for each in node.ancestors(5) if each.tag in _ROWS), node)
    return tree.words_of(around, 300)


def _pictures(tree: Tree, painted: list[Region], outline: Outline, base: str) -> tuple[SkimLink, ...]:
    found: dict[str, SkimLink] = {}
    for shown in pictures(tree, base):
        small = 0 < shown.width < SMALL or 0 < shown.height < SMALL / 2
        if shown.url and not small and painted[shown.node.index] is Region.CONTENT:
            names = (shown.caption, shown.alt, outline.telling(shown.node, Region.CONTENT), urls.path_words(base))
            found.setdefault(shown.url, SkimLink(shown.url, " / ".join(filter(None, names)), Region.CONTENT))
    return tuple(found.values())[:MAX_PICTURES]


def refresh_of(tree: Tree, base: str) -> str:
    """The address that a meta refresh leads to, empty when there is none."""
    for node in tree.nodes:
        if node.tag == "meta" and node.get("http-equiv").lower() == "refresh":
            match = _REFRESH.match(node.get("content")[:2_500])
            address = match[1].strip() if match and "url" in node.get("content").lower() else ""
            return urls.resolve(base, address) or "" if address else ""
    return ""

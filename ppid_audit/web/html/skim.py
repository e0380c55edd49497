"""What the crawler needs of a page: where it leads, what it calls these places, and what scripts insert."""

import re
from dataclasses import dataclass

from ppid_audit.model.site import LinkKind, Region
from ppid_audit.web import urls
from ppid_audit.web.html.anchors import anchors, base_of
from ppid_audit.web.html.naming import Namer
from ppid_audit.web.html.outline import Outline
from ppid_audit.web.html.parser import parse
from ppid_audit.web.html.pictures import pictures
from ppid_audit.web.html.regions import regions
from ppid_audit.web.html.scripts import fragments
from ppid_audit.web.html.tables import grids
from ppid_audit.web.html.tree import Tree

MAX_LINKS = 2_000
MAX_PICTURES = 100
SMALL = 200
"""Pixels below which an image is an icon."""
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
    """The outward side of a page. ``refresh`` is the address of a meta refresh, empty when there is none."""

    links: tuple[SkimLink, ...] = ()
    title: str = ""
    fragments: tuple[str, ...] = ()
    refresh: str = ""
    pictures: tuple[SkimLink, ...] = ()
    """Images in the content that are large enough to show a text, called by all that stands around them."""


def skim(text: str, base_url: str) -> Skim:
    """The links of a page (decoded text) at ``base_url``: absolute, each once per region, at most 2,000."""
    tree = parse(text)
    base = base_of(tree, base_url)
    painted = regions(tree)
    references = [anchor for anchor in anchors(tree, base) if anchor.url]
    outline = Outline(tree, painted)
    namer = Namer(tree, outline, grids(tree), references)
    links: dict[tuple[str, str], SkimLink] = {}
    for anchor in references:
        region = painted[anchor.node.index]
        framed = anchor.kind in (LinkKind.FRAME, LinkKind.EMBED)
        link = SkimLink(anchor.url or "", namer.name(anchor, region).title, region, framed)
        links.setdefault((link.url, link.title), link)
    kept = tuple(links.values())[:MAX_LINKS]
    return Skim(
        kept, tree.title, fragments(tree, base), refresh_of(tree, base), _pictures(tree, painted, outline, base)
    )


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

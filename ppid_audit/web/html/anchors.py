"""Every reference of a page: links, frames, embedded files, image maps, and buttons that open an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ppid_audit.model.site import LinkKind
from ppid_audit.web import urls
from ppid_audit.web.hosts import viewer_target
from ppid_audit.web.html.tree import Element, Tree

MAX_ANCHORS = 3_000
"""References of a page that are judged."""

_FRAMES = {"iframe": ("src", "data-src", "data-lazy-src", "data-litespeed-src"), "frame": ("src",)}
_EMBEDS = {"embed": ("src", "data-src"), "object": ("data",)}
_FILE_NAMES = (
    "data-pdf",
    "data-file",
    "data-source",
    "data-pdf-url",
    "data-document",
    "source",
    "data-href",
    "data-link",
    "data-url",
)
_NO_BUTTONS = urls.names("img source script link meta html body form")
_GOES = re.compile(
    r"(?:\blocation(?:\.href)?\s{0,9}=|\blocation\.(?:assign|replace)\(|\bopen\("
    r"|\b\w{0,20}?(?:pdf|view|preview|file|show|lihat|unduh|download)\w{0,20}\()"
    r"\s{0,9}[\"'`]([^\"'`]{2,600})[\"'`]",
    re.IGNORECASE,
)
_PDF_OBJECT = re.compile(r"(?:PDFObject\.embed|getDocument)\(\s*[\"'`]([^\"'`]{4,600})[\"'`]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A reference as written: ``href`` may be anything, ``url`` is None when it leads nowhere."""

    node: Element
    href: str
    url: str | None
    kind: LinkKind


def base_of(tree: Tree, url: str) -> str:
    """The address against which the page's references are meant (its first usable ``<base href>``)."""
    for node in tree.nodes:
        if node.tag == "base" and node.get("href"):
            return urls.resolve(url, node.get("href")) or url
        if node.tag == "body":
            break
    return url


def anchors(tree: Tree, base: str, most: int = MAX_ANCHORS) -> list[Anchor]:
    """The references that a visitor can see, in document order, at most ``most``."""
    found: list[Anchor] = []
    for node in tree.nodes:
        if node.hidden:
            continue
        read = _READERS.get(node.tag, _scripted)
        anchor = read(node, base)
        if anchor is not None and node.tag == "div" and not tree.size(node):
            anchor = replace(anchor, kind=LinkKind.EMBED)  # a flip book or viewer that a script draws in there
        if anchor is not None:
            found.append(anchor)
            if len(found) >= most:
                return found
    found.extend(_drawn_by_script(tree, base))
    return found[:most]


def _anchor(node: Element, base: str, href: str, kind: LinkKind) -> Anchor:
    url = urls.resolve(base, href)
    return Anchor(node, href[:2_100], (viewer_target(url) or url) if url else None, kind)


def _link(node: Element, base: str) -> Anchor | None:
    href = node.get("href")
    if not href or href.startswith("#") or href.lower().startswith("javascript:"):
        scripted = _address_in(node)
        if scripted:
            return _anchor(node, base, scripted, LinkKind.ANCHOR)
    if "href" not in node.attrs and ("name" in node.attrs or "id" in node.attrs) and not node.get("class"):
        return None
    return _anchor(node, base, href, LinkKind.ANCHOR)


def _area(node: Element, base: str) -> Anchor | None:
    return _anchor(node, base, node.get("href"), LinkKind.AREA) if node.get("href") else None


def _frame(node: Element, base: str) -> Anchor | None:
    return _anchor(node, base, _first(node, _FRAMES[node.tag]), LinkKind.FRAME)


def _embed(node: Element, base: str) -> Anchor | None:
    address = _first(node, _EMBEDS[node.tag])
    return _anchor(node, base, address, LinkKind.EMBED) if address else None


def _scripted(node: Element, base: str) -> Anchor | None:
    if not node.attrs or node.tag in _NO_BUTTONS or (node.tag == "input" and "onclick" not in node.attrs):
        return None
    address = _address_in(node)
    if not address:
        return None
    return _anchor(node, base, address, LinkKind.ANCHOR)


_READERS = {"a": _link, "area": _area, "iframe": _frame, "frame": _frame, "embed": _embed, "object": _embed}


def _address_in(node: Element) -> str:
    """The address that a click on the element opens, as its attributes say; empty when they say none."""
    click = node.attrs.get("onclick")
    if click and (match := _GOES.search(click[:2_000])) and _is_address(match[1]):
        return match[1]
    for name in _FILE_NAMES:
        value = node.attrs.get(name, "").strip()
        if value and (
            urls.looks_like_document(urls.resolve("http://x.invalid/", value) or "") or _is_linkish(name, value)
        ):
            return value
    return ""


def _is_address(value: str) -> bool:
    return (
        value.startswith(("http://", "https://", "/", ".", "?"))
        or "/" in value
        or re.search(r"\.\w{2,5}(?:$|[?#])", value) is not None
    )


def _is_linkish(name: str, value: str) -> bool:
    return name in ("data-href", "data-link") and _is_address(value) and not value.startswith("#")


def _first(node: Element, names: tuple[str, ...]) -> str:
    for name in names:
        value = node.get(name)
        if value and not value.startswith("about:"):
            return value
    return ""


def _drawn_by_script(tree: Tree, base: str) -> Iterator[Anchor]:
    for node, script in tree.scripts:
        for match in _PDF_OBJECT.finditer(script[:200_000]):
            yield _anchor(node, base, match[1], LinkKind.EMBED)

"""(Capture, bytes) -> Page: an HTML page as the judge sees it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ppid_audit.extract.dates import date_in_address, dates_in, iso_date
from ppid_audit.extract.privacy import mask
from ppid_audit.extract.structure import MAX_TEXT, as_lines, content_text, outlined
from ppid_audit.extract.tables import read_tables
from ppid_audit.extract.titles import read_links, read_pictures
from ppid_audit.model.capture import Capture, Rendered, Role
from ppid_audit.model.site import DateSeen, Nature, Page, Region
from ppid_audit.web.charset import decode
from ppid_audit.web.html.anchors import anchors, base_of
from ppid_audit.web.html.naming import Namer
from ppid_audit.web.html.outline import Outline
from ppid_audit.web.html.parser import parse
from ppid_audit.web.html.regions import regions
from ppid_audit.web.html.scripts import Scripted, scripted
from ppid_audit.web.html.skim import refresh_of
from ppid_audit.web.html.tables import grids
from ppid_audit.web.html.tree import Element, Tree
from ppid_audit.web.injection import injections
from ppid_audit.web.nature import nature_of
from ppid_audit.web.urls import names

_STAMPED = re.compile(r'"(dateModified|datePublished)"\s*:\s*"([^"]{4,40})"')
_UPDATED = names("article:modified_time og:updated_time last-modified dcterms.modified")
_PUBLISHED = names("article:published_time date dc.date dcterms.created")
_WORDLESS = 40
_TITLE_PARTS = re.compile(r"\s+[-–—|:»·]\s+|\s*\|\s*")


def read_page(capture: Capture, body: bytes) -> Page:
    """The page in ``body`` (as decoded from the wire); never raises, whatever the bytes are.

    A fragment's references are meant on the page that includes it (``capture.found_on``).
    """
    raw = decode(body, capture.header("content-type"))
    tree = parse(raw)
    included = capture.role is Role.FRAGMENT and capture.found_on
    base = base_of(tree, capture.found_on if included else capture.final_url)
    painted = regions(tree)
    outline = Outline(tree, painted)
    sections = outlined(tree, painted, outline)
    tables = grids(tree)
    references = anchors(tree, base)
    does = _drawn(scripted(tree, base, tables), capture, tree)
    trail = _breadcrumb(tree)
    text = mask(content_text(tree, painted, 0, len(tree.pieces)))
    visible = as_lines("".join(tree.pieces))[:MAX_TEXT]
    return Page(
        capture=capture,
        title=mask(tree.title),
        heading=mask(_heading(tree, outline) or "".join(trail[-1:])),
        breadcrumb=trail,
        sections=sections.sections,
        links=read_links(tree, painted, outline, sections, references, Namer(tree, outline, tables, references)),
        pictures=read_pictures(tree, painted, sections, base),
        tables=read_tables(tree, painted, tables, does.tables, sections),
        text=text,
        all_text=mask(visible),
        lang=_language(tree),
        shell=does.shell,
        script_lists=does.lists,
        fragments=does.fragments,
        forms=_forms(tree),
        dates=_dates(tree, capture, text),
        modified=_modified(tree),
        refresh=refresh_of(tree, base),
        nature=Nature.ORDINARY if included else nature_of(tree.title, visible, raw, capture.headers, capture.status),
        injected=injections(raw, base),
        viewport=any(node.tag == "meta" and node.get("name").lower() == "viewport" for node in tree.nodes),
        unnamed_images=sum(_is_unnamed(node) for node in tree.nodes),
    )


def _drawn(does: Scripted, capture: Capture, tree: Tree) -> Scripted:
    """What scripts have left to do: on a page that a browser drew to its end nothing, unless nothing is to be seen."""
    if not capture.rendered:
        return does
    shell = does.shell and tree.chars[-1] < _WORDLESS and not any(node.tag == "a" for node in tree.nodes)
    return Scripted((), 0, frozenset(), shell) if capture.rendered is Rendered.WHOLE else replace(does, shell=shell)


def _is_unnamed(node: Element) -> bool:
    """An image that says nothing to those who cannot see it; ``alt=""`` is the mark of decoration (HTML 4.8.4.4)."""
    if node.tag != "img" or node.hidden or "alt" in node.attrs:
        return False
    return node.get("role") != "presentation" and node.get("aria-hidden") != "true" and not node.get("aria-label")


def _heading(tree: Tree, outline: Outline) -> str:
    """The first h1-h3 of the content that is not just the name of the site."""
    site = _site_names(tree)
    high = [h for h in outline.headings if h.level <= 3]
    content = [h for h in high if h.region is Region.CONTENT]
    told = [h for h in content if h.text.casefold() not in site]
    if told or content:
        return (told or content)[0].text
    return next((h.text for h in high if not h.node.in_link and h.text.casefold() not in site), "")


def _site_names(tree: Tree) -> frozenset[str]:
    """What the site calls itself: og:site_name, and the last part of a title of several parts."""
    names = {
        node.get("content") for node in tree.nodes if node.tag == "meta" and node.get("property") == "og:site_name"
    }
    parts = [part for part in _TITLE_PARTS.split(tree.title) if part]
    if len(parts) > 1:
        names.add(parts[-1])
    return frozenset(" ".join(name.split()).casefold() for name in names if name)


def _breadcrumb(tree: Tree) -> tuple[str, ...]:
    for node in tree.nodes:
        if (node.words and any("breadcrumb" in word for word in node.words)) or node.get(
            "aria-label"
        ).lower() == "breadcrumb":
            labels = _labels(tree, node)
            if len(labels) > 1:
                return labels
    return ()


def _labels(tree: Tree, node: Element) -> tuple[str, ...]:
    steps = [n for n in tree.within(node)[:200] if n.tag == "li"] or [
        n for n in tree.within(node)[:200] if n.tag in ("a", "span")
    ]
    texts = (tree.words_of(step, 120).strip(" /\\»>›|-") for step in steps)
    return tuple(dict.fromkeys(mask(text) for text in texts if text))[:10]


def _language(tree: Tree) -> str:
    return next((node.get("lang").lower()[:20] for node in tree.nodes[:3] if node.tag == "html"), "")


def _forms(tree: Tree) -> tuple[tuple[str, ...], ...]:
    forms = [node for node in tree.nodes if node.tag == "form" and not node.hidden][:50]
    return tuple(tuple(_fields(tree, form)) for form in forms)


def _fields(tree: Tree, form: Element) -> Iterator[str]:
    for node in tree.within(form)[:500]:
        if node.tag in ("input", "textarea", "select") and node.get("type").lower() not in (
            "hidden",
            "submit",
            "button",
        ):
            name = node.get("name") or node.get("id") or node.get("placeholder")
            if name:
                yield name[:100]


def _dates(tree: Tree, capture: Capture, text: str) -> tuple[DateSeen, ...]:
    found = [*dates_in(tree.title, "title")]
    for node in tree.nodes:
        if node.tag == "time" and not node.hidden and len(found) < 100:
            day = iso_date(node.get("datetime"))
            found += (
                [DateSeen(day, "day", "time", node.get("datetime")[:40])]
                if day
                else dates_in(tree.words_of(node, 100), "time")
            )
    stamped = date_in_address(capture.final_url)
    if stamped:
        found.append(DateSeen(stamped, "day", "address", capture.final_url[-80:]))
    return (*found, *dates_in(text, "text"))


def _modified(tree: Tree) -> date | None:
    """When the page says it was last changed: JSON-LD and meta tags first, then its <time> elements."""
    updated: list[date | None] = []
    published: list[date | None] = []
    for node, script in tree.scripts:
        if "ld+json" in node.get("type"):
            for kind, value in _STAMPED.findall(script[:100_000]):
                (updated if kind == "dateModified" else published).append(iso_date(value))
    for node in tree.nodes:
        if node.tag == "meta":
            name = (node.get("property") or node.get("name") or node.get("itemprop")).lower()
            if name in _UPDATED or name in _PUBLISHED:
                (updated if name in _UPDATED else published).append(iso_date(node.get("content")))
        elif node.tag == "time" and not node.hidden:
            published.append(iso_date(node.get("datetime")))
    for days in (updated, published):
        known = [day for day in days if day is not None]
        if known:
            return max(known)
    return None

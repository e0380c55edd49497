"""Readings -> Site: pages and documents by address, menus of inserted pieces put in, the template told apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from ppid_audit.extract.template import Template
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Role, Snapshot
from ppid_audit.model.site import Document, Link, Nature, Page, Region, Site
from ppid_audit.web import urls

MAX_LINKS = 10_000
MAX_WORDS = 400_000

_MENU_NAME = re.compile(r"nav|menu|head|top|bar", re.IGNORECASE)
_FOOTER_NAME = re.compile(r"foot|copyright", re.IGNORECASE)
_ASIDE_NAME = re.compile(r"side|widget|aside", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
Reading = TypeVar("Reading", Page, Document)


def assemble(agency: Agency, snapshot: Snapshot, readings: Iterable[Page | Document]) -> Site:
    """The site of ``agency`` as the judge sees it; the same whatever the order of ``readings``."""
    # In the order of the visit, not of the clock: seconds are coarse, and a clock may be put back.
    places = {capture: place for place, capture in enumerate(snapshot.captures)}
    ordered = sorted(readings, key=lambda reading: (places.get(reading.capture, len(places)), *_order(reading.capture)))
    answered = [reading for reading in ordered if isinstance(reading, Page)]
    every = _told_apart(answered)
    pieces = {urls.key(page.capture.url): page for page in every if page.capture.role is Role.FRAGMENT}
    joined = [_with_pieces(page, pieces) for page in every if page.capture.role is not Role.FRAGMENT]
    template = Template.of(joined)
    pages = [template.taken_from(page) for page in joined]
    return Site(
        agency=agency.id,
        home=next((page for page in reversed(pages) if page.capture.role is Role.HOME), None),
        pages=_by_key(pages),
        documents=_by_key([reading for reading in ordered if isinstance(reading, Document)]),
        captures=_captures(snapshot),
        unread=snapshot.unread,
        snapshot=snapshot,
        template=template.texts,
    )


def _told_apart(pages: Sequence[Page]) -> list[Page]:
    """The pages without the probes; what looks like the answer to a probe is no page, though it answers 200."""
    front = {urls.key(url) for page in pages if page.capture.role is Role.HOME for url in (page.capture.url, page.url)}
    asked = [page for page in pages if page.capture.role is Role.PROBE]
    probes = [probe for probe in asked if not probe.shell and urls.key(probe.url) not in front]
    return [
        replace(page, nature=Nature.SOFT_404)
        if urls.key(page.url) not in front and any(_is_soft(page, probe) for probe in probes)
        else page
        for page in pages
        if page.capture.role is not Role.PROBE
    ]


def _is_soft(page: Page, probe: Page) -> bool:
    """Whether a page says what the site says to any unknown address: words (but for the addresses), links, pictures."""
    if page.capture.role is not Role.PAGE or page.nature is not Nature.ORDINARY or page.shell:
        return False
    both = (page, probe)
    own = {urls.key(url) for each in both for url in (each.capture.url, each.url)}
    same = len(page.tables) == len(probe.tables) and _shown(page, own) == _shown(probe, own)
    asked = {word for each in both for word in _WORD.findall(f"{each.capture.url} {each.url}".casefold())}
    return same and _said(page, asked) == _said(probe, asked)


def _shown(page: Page, but: set[str]) -> tuple[frozenset[str], frozenset[str]]:
    links = frozenset(key for link in page.links if link.url and (key := urls.key(link.url)) not in but)
    return links, frozenset(picture.url or "" for picture in page.pictures)


def _said(page: Page, but: set[str]) -> list[str]:
    return [word for word in _WORD.findall(page.all_text.casefold()) if word not in but]


def _order(capture: Capture) -> tuple[str, str, str]:
    return capture.fetched_at, capture.url, capture.sha256


def _by_key(readings: Sequence[Reading]) -> dict[str, Reading]:
    """By the address that answered and, winning over it, the address asked for; the latest reading counts."""
    found = {urls.key(reading.capture.final_url): reading for reading in readings}
    found.update((urls.key(reading.capture.url), reading) for reading in readings)
    return dict(sorted(found.items()))


def _captures(snapshot: Snapshot) -> dict[str, Capture]:
    """What became of each address asked for: the latest answer, but no fault over an answer."""
    asked: dict[str, Capture] = {}
    for capture in snapshot.captures:
        if capture.role is Role.RESOURCE:
            continue
        key = urls.key(capture.url)
        if key not in asked or not capture.fault or asked[key].fault:
            asked[key] = capture
    found = {urls.key(capture.final_url): capture for capture in asked.values() if capture.final_url}
    return dict(sorted((found | asked).items()))


def _with_pieces(page: Page, pieces: dict[str, Page]) -> Page:
    """The page with the links and the words of the pieces that its scripts insert (navbar, footer)."""
    added: list[Link] = []
    words = [page.all_text]
    for address in page.fragments:
        piece = pieces.get(urls.key(address))
        if piece is not None:
            region = _region_of(address)
            words.append(piece.all_text)
            added.extend(replace(link, region=region or link.region, section=-1) for link in piece.links)
    return replace(page, links=(*page.links, *added)[:MAX_LINKS], all_text="\n".join(words)[:MAX_WORDS])


def _region_of(address: str) -> Region | None:
    """What a piece is, told by its file's name; None when the name says nothing."""
    name = address.rpartition("/")[2]
    for region, words in ((Region.FOOTER, _FOOTER_NAME), (Region.ASIDE, _ASIDE_NAME), (Region.MENU, _MENU_NAME)):
        if words.search(name):
            return region
    return None

"""The health of a site, told from what was read of it: unscored, each note with a remedy in the locale files.

What a visitor with a telephone, a slow line or a screen reader would meet; what keeps a page from being found or
believed. Only what was truly observed is told. Codes and addresses only: the words are the locales'.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ppid_audit.extract import privacy
from ppid_audit.extract.basis import cites_old_basis
from ppid_audit.model.capture import Capture, Note, Role
from ppid_audit.model.site import DocumentState, Nature, Page, Site
from ppid_audit.web import urls
from ppid_audit.web.scope import Scope

MAX_EACH = 30
"""Notes of one kind; what is more is only counted."""

SLOW_SECONDS = 5.0
_OLD_DAYS = 183
_PLANS = re.compile(r"\b(?:agenda|kalender|jadwal|calendar|events?)\b")
_PLACES = 3
_ASKED = frozenset({Role.HOME, Role.PAGE, Role.DOCUMENT, Role.IMAGE, Role.FRAGMENT})
_INDONESIAN = frozenset({"id", "in", "jv", "su"})
_BROKEN_NATURES = frozenset({Nature.ERROR_PAGE, Nature.DEBUG})


def examine(site: Site, scope: Scope) -> tuple[Note, ...]:
    """The notes on a site, in the order in which an office should read them; the same site gives the same notes."""
    own = {page.url: page for page in site.pages.values() if scope.owns(page.url) and page.capture.ok}
    pages = [own[url] for url in sorted(own)]
    ordinary = [page for page in pages if page.nature is Nature.ORDINARY and not page.shell]
    return (
        *_capped("personal_data", _personal_data(site, ordinary)),
        *_transport(site, scope),
        *_capped("error_page", (Note("error_page", "", page.url) for page in pages if page.nature in _BROKEN_NATURES)),
        *_capped("broken_link", _broken_links(site, pages, scope)),
        *_capped("soft_404", (Note("soft_404", "", page.url) for page in pages if page.nature is Nature.SOFT_404)),
        *_drawn(pages),
        *_capped("slow_page", _slow(pages)),
        *_age(site, ordinary),
        *_telephone(ordinary),
        *_language(ordinary),
        *_images(ordinary),
        *_capped("scan_without_text", _scans(site, scope)),
        *_capped("outdated_basis", (Note("outdated_basis", "", p.url) for p in ordinary if cites_old_basis(p.text))),
    )


def _capped(code: str, notes: Iterator[Note]) -> Iterator[Note]:
    found = list(notes)
    yield from found[:MAX_EACH]
    if len(found) > MAX_EACH:
        yield Note(code, f"+{len(found) - MAX_EACH}")


def _personal_data(site: Site, pages: list[Page]) -> Iterator[Note]:
    """Where numbers of identity cards are published: the address and how many, never the numbers."""
    shown = {page.url: page.all_text for page in pages}
    shown |= {document.url: document.text for document in site.documents.values()}
    for url, text in sorted(shown.items()):
        count = privacy.masked_identities(text)
        if count:
            yield Note("personal_data", str(count), url)


def _transport(site: Site, scope: Scope) -> Iterator[Note]:
    """An address without encryption that does not lead on to the encrypted one, though there is one."""
    asked = [capture for capture in _captures(site) if capture.role in _ASKED and capture.ok]
    own = [capture for capture in asked if scope.owns(capture.final_url)]
    secure = {urls.host(c.final_url) for c in own if c.final_url.startswith("https:")}
    for capture in sorted(own, key=lambda c: (c.role is not Role.HOME, c.final_url)):
        if capture.final_url.startswith("http:") and urls.host(capture.final_url) in secure:
            yield Note("no_https_redirect", "", capture.final_url)
            return


def _broken_links(site: Site, pages: list[Page], scope: Scope) -> Iterator[Note]:
    """Own addresses that answer 404 or 410, with the pages on which the link stands (``detail``)."""
    standing = defaultdict(set)
    for page in pages:
        for link in page.links:
            if link.url:
                standing[urls.key(link.url)].add(page.url)
    gone = {urls.key(c.url): c for c in _captures(site) if c.gone and c.role in _ASKED and scope.owns(c.url)}
    for key, capture in sorted(gone.items()):
        places = sorted(standing[key] or {capture.found_on} - {""})
        if places:
            more = [f"+{len(places) - _PLACES}"] if len(places) > _PLACES else []
            yield Note("broken_link", " ".join((*places[:_PLACES], *more)), capture.url)


def _drawn(pages: list[Page]) -> Iterator[Note]:
    """Pages that say nothing until their scripts have run: search engines and screen readers may find them empty."""
    drawn = [page for page in pages if page.capture.rendered]
    if drawn:
        yield Note("drawn_by_script", f"{len(drawn)}/{len(pages)}", drawn[0].url)


def _slow(pages: list[Page]) -> Iterator[Note]:
    for page in sorted(pages, key=lambda page: (-page.capture.seconds, page.url)):
        if page.capture.seconds >= SLOW_SECONDS:
            yield Note("slow_page", f"{page.capture.seconds:.1f} s", page.url)


def _age(site: Site, pages: list[Page]) -> Iterator[Note]:
    """The youngest day that any page bears, as far as the day of the visit; the days of an agenda are plans."""
    visited = _day(site.snapshot.started_at if site.snapshot else "")
    telling = [page for page in pages if not _PLANS.search(f"{urls.path_words(page.url)} {page.heading}".casefold())]
    days = {seen.day: page.url for page in telling for seen in page.dates if seen.precision == "day"}
    days |= {page.modified: page.url for page in telling if page.modified is not None}
    known = [day for day in days if visited is None or day <= visited]
    if known:
        newest = max(known)
        old = visited is not None and (visited - newest).days > _OLD_DAYS
        yield Note("not_updated" if old else "last_update", newest.isoformat(), days[newest])


def _telephone(pages: list[Page]) -> Iterator[Note]:
    fixed = [page for page in pages if not page.viewport]
    if fixed:
        yield Note("no_viewport", f"{len(fixed)}/{len(pages)}", fixed[0].url)


def _language(pages: list[Page]) -> Iterator[Note]:
    """A page that does not say its language, or a wrong one: a screen reader then speaks it wrongly (WCAG 3.1.1)."""
    silent = [page for page in pages if not page.lang]
    if silent:
        yield Note("lang_missing", f"{len(silent)}/{len(pages)}", silent[0].url)
    wrong = [page for page in pages if page.lang and page.lang[:2] not in _INDONESIAN and _is_indonesian(page.all_text)]
    if wrong:
        yield Note("lang_wrong", wrong[0].lang, wrong[0].url)


def _is_indonesian(text: str) -> bool:
    words = text.casefold().split()
    return sum(word in _SMALL_WORDS for word in words) >= max(3, len(words) // 100)


_SMALL_WORDS = urls.names("yang dan untuk dengan dari pada dalam adalah oleh kepada ini serta")


def _images(pages: list[Page]) -> Iterator[Note]:
    """Images without a text alternative (WCAG 1.1.1; Perki 1/2021 Ps 24(4))."""
    count = sum(page.unnamed_images for page in pages)
    if count:
        worst = max(pages, key=lambda page: (page.unnamed_images, page.url))
        yield Note("images_without_alt", str(count), worst.url)


def _scans(site: Site, scope: Scope) -> Iterator[Note]:
    """Documents that are mere pictures of paper: nothing in them can be read aloud or searched (Ps 24(4))."""
    found = {d.url for d in site.documents.values() if d.state is DocumentState.SCAN and scope.owns(d.url)}
    for url in sorted(found):
        yield Note("scan_without_text", "", url)


def _captures(site: Site) -> tuple[Capture, ...]:
    return site.snapshot.captures if site.snapshot else ()


def _day(time: str) -> date | None:
    try:
        return date.fromisoformat(time[:10])
    except ValueError:
        return None

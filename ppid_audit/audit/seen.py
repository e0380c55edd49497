"""What can be told of an address later on, to see whether it is still what a reviewer looked at."""

import hashlib
from collections.abc import Iterable
from datetime import date

from ppid_audit.amend import Known
from ppid_audit.model.capture import Snapshot
from ppid_audit.model.site import Document, Page, Region
from ppid_audit.web.urls import key


def known(snapshot: Snapshot, readings: Iterable[Page | Document]) -> Known:
    """All addresses of a visit with the digests of their bytes and, of pages, of their words."""
    captures = [capture for capture in snapshot.captures if capture.ok and capture.sha256]
    pages = [reading for reading in readings if isinstance(reading, Page)]
    return Known(
        {url: capture.sha256 for capture in captures for url in (capture.final_url, capture.url)},
        {url: words_digest(page) for page in pages for url in (page.capture.final_url, page.capture.url)},
        _day(snapshot.started_at),
    )


def known_on(started_at: str) -> Known:
    """Nothing of the site, but the day on which it was captured (ISO 8601)."""
    return Known(on=_day(started_at))


def words_digest(page: Page) -> str:
    """SHA-256 (hex) of a page's content: its words and where its links lead, without menus, counters and tokens."""
    links = (key(link.url) for link in page.links if link.region is Region.CONTENT and link.url)
    words = " ".join((page.heading, page.text, *links)).split()
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()


def _day(time: str) -> date | None:
    try:
        return date.fromisoformat(time[:10])
    except ValueError:
        return None

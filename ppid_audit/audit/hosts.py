"""Which of the guessed addresses answer, and what they call themselves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

from ppid_audit.audit.gather import DOCUMENT_BYTES, PAGE_BYTES
from ppid_audit.audit.job import user_agent
from ppid_audit.crawl.crawler import Plan, visit
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.extract.skim import skim as read_links
from ppid_audit.model.agency import Agency, Registry
from ppid_audit.model.capture import Capture
from ppid_audit.web import html
from ppid_audit.web.urls import authority

PLAN = Plan(
    delay=1.0,
    max_pages=1,
    max_documents=0,
    site_seconds=60,
    max_depth=0,
    page_bytes=PAGE_BYTES,
    document_bytes=DOCUMENT_BYTES,
    agent="ppid-audit",
)


@dataclass(frozen=True, slots=True)
class HostSeen:
    """What an unconfirmed address answered: its capture (None when nothing was sent) and its <title>."""

    agency: Agency
    url: str
    capture: Capture | None
    title: str


async def look_up(registry: Registry, now: Callable[[], str]) -> AsyncIterator[HostSeen]:
    """Opens each unconfirmed address, and its ``also``, once: robots first, then the front page."""
    guesses = [(a, url) for a in registry.agencies if not a.confirmed and not a.opt_out for url in (a.url, *a.also)]
    named = frozenset(authority(url) for _, url in guesses)
    async with HttpFetch(user_agent(registry.contact), named, now) as fetch:
        politeness = Politeness(registry.crawl.delay, fetch.address)
        seen = asyncio.gather(*(_open(agency, url, fetch, politeness, now) for agency, url in guesses))
        for found in await seen:
            yield found


async def _open(agency: Agency, url: str, fetch: HttpFetch, politeness: Politeness, now: Callable[[], str]) -> HostSeen:
    titles: list[str] = []

    async def skim(body: bytes, content_type: str, address: str) -> html.Skim | None:
        page = read_links(body, content_type, address)
        titles.append(page.title)
        return page

    snapshot = await visit(
        agency=replace(agency, url=url, also=()),
        plan=PLAN,
        fetch=fetch,
        skim=skim,
        relevance=lambda title, address: 0.0,
        keep=lambda exchange: exchange.capture,
        politeness=politeness,
        now=now,
        progress=lambda seen: None,
        stopping=lambda: False,
    )
    return HostSeen(agency, url, snapshot.home, titles[-1] if titles else "")

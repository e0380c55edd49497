"""Pages that only scripts fill, drawn by a browser that sends nothing itself: each request of it is one of ours.

Robots.txt, reach, turns, deadlines and the address guard hold for what a script asks as for every other address,
and what it gets is archived like every other answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from ppid_audit.crawl.asker import Asker
from ppid_audit.crawl.frontier import Address
from ppid_audit.model.capture import Capture, Exchange, Rendered, Role
from ppid_audit.web import urls
from ppid_audit.web.html import Skim

Ask = Callable[[str], Awaitable[Exchange | None]]
"""What stands at an address that a script wants to GET; None when it must not be asked for."""

HTML = "text/html; charset=utf-8"
PATIENCE = 3
"""Pages in a row that a browser could make nothing of, after which a site is left as it was sent."""

_PAGES = frozenset({Role.HOME, Role.PAGE})
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a browser made of a page: ``html`` as it stood at the end.

    ``doubt`` says why something may be missing from it, as a code (empty: nothing may). ``leads_to`` is where a
    script wanted to go instead; ``queued`` are the seconds spent waiting for pages of other sites to be drawn.
    """

    html: str
    doubt: str = ""
    leads_to: str = ""
    queued: float = 0.0


class Browser(Protocol):
    """Draws pages. Raises nothing of its own: None when it can make nothing of the page."""

    async def draw(self, page: Exchange, ask: Ask, stopping: Callable[[], bool]) -> Drawn | None:
        """What a visitor would see of ``page``; ``stopping`` ends it early."""


class ManagedBrowser(Browser, AbstractAsyncContextManager["ManagedBrowser"], Protocol):
    """A browser that may be started while its block lasts, and is gone after it."""


class Stage(Browser, Protocol):
    """A browser that remembers what one visit has stored already."""

    def drawn(self, page: Capture) -> Exchange | None:
        """The drawn page as it was stored, when the visit was interrupted after that."""

    def part(self, url: str) -> Exchange | None:
        """What a script of another page has asked for already."""


class Drawing:
    """Which pages of one visit are drawn, and how."""

    def __init__(
        self,
        stage: Stage,
        asker: Asker,
        keep: Callable[[Exchange], Capture],
        now: Callable[[], str],
        stopping: Callable[[], bool],
    ) -> None:
        self._stage, self._asker, self._keep, self._now, self._stopping = stage, asker, keep, now, stopping
        self._one_at_a_time = asyncio.Lock()
        self._waiting: list[tuple[int, Exchange, Address]] = []
        self._lists: list[int] = []
        self._failures = 0

    def wants(self, found: Skim, exchange: Exchange, address: Address) -> bool:
        """Whether a page is a mere shell, to be drawn at once; one with lists to fill waits until its kin are known."""
        capture = exchange.capture
        if capture.role not in _PAGES or not capture.ok or not self._asker.scope.owns(capture.final_url):
            return False
        if found.shell:
            return True
        self._lists.append(found.lists)
        if found.lists and (address.relevant or address.essential or address.role is Role.HOME):
            self._waiting.append((found.lists, exchange, address))
        return False

    def due(self) -> list[tuple[Exchange, Address]]:
        """The waiting pages that hold more to fill than every page of the site does (a visitor counter, a search)."""
        usual = min(self._lists) if len(self._lists) >= _ENOUGH else 0
        waiting, self._waiting = self._waiting, []
        return [(exchange, address) for lists, exchange, address in waiting if lists > usual]

    async def draw(self, page: Exchange) -> tuple[Exchange, str] | None:
        """The page as scripts make it, and where they lead; None when nothing came of it."""
        known = self._stage.drawn(page.capture)
        if known is not None:
            return known, ""
        if self._failures >= PATIENCE or not self._asker.goes_on:
            return None

        async def ask(url: str) -> Exchange | None:
            return await self._part(url, page.capture.final_url)

        drawn = await self._stage.draw(page, ask, self._stopping)
        if drawn is None or self._stopping():
            self._failures += 1
            return None
        self._failures = 0
        self._asker.ends += drawn.queued  # other sites' pages are not this site's time
        leads_to = urls.resolve(page.capture.final_url, drawn.leads_to) if drawn.leads_to else ""
        return self._exchange(page.capture, drawn), leads_to or ""

    async def _part(self, url: str, page: str) -> Exchange | None:
        """One request of a script, under all rules of the visit."""
        wanted = urls.resolve(page, url)
        if wanted is None or not self._asker.scope.owns(wanted):
            return None
        async with self._one_at_a_time:
            known = self._stage.part(wanted)
            if known is not None:
                return known
            address = Address(wanted, Role.RESOURCE, found_on=page)
            if await self._asker.prepare(address) or self._asker.gate.refusal(wanted):
                return None
            exchange = await self._asker.ask(address)
            return exchange and replace(exchange, capture=self._keep(exchange))

    def _exchange(self, page: Capture, drawn: Drawn) -> Exchange:
        body = drawn.html.encode("utf-8", "replace")
        capture = Capture(
            url=page.url,
            final_url=page.final_url,
            role=page.role,
            fetched_at=self._now(),
            status=page.status,
            detail=drawn.doubt,
            redirects=page.redirects,
            headers=(("content-type", HTML),),
            media_type="text/html",
            bytes=len(body),
            seconds=page.seconds,
            found_on=page.found_on,
            ip=page.ip,
            rendered=Rendered.PART if drawn.doubt else Rendered.WHOLE,
        )
        return Exchange(capture, body, body)

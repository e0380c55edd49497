"""One visit to one agency's site: robots.txt, the front page, sitemaps, then what matters most, within bounds."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import replace

from ppid_audit.crawl import health
from ppid_audit.crawl.asker import READABLE, Asker
from ppid_audit.crawl.frontier import Address, Frontier
from ppid_audit.crawl.hands import Hands, SkimPage
from ppid_audit.crawl.links import Links, Relevance
from ppid_audit.crawl.plan import Plan, Visit, VisitState
from ppid_audit.crawl.politeness import Politeness, never
from ppid_audit.crawl.problems import MAY_PASS
from ppid_audit.crawl.rendering import Drawing, Stage
from ppid_audit.crawl.request import Fetch, not_stored
from ppid_audit.crawl.sitemaps import read_sitemaps
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Problem, Role, Snapshot, UnreadWhy
from ppid_audit.web import sniff, urls
from ppid_audit.web.html import Skim

__all__ = ["Plan", "Visit", "VisitState", "visit"]

MAX_RETRIES = 20
_RETRY_AFTER_DELAYS = 30
_SLICE = 0.25
_BATCH = 250


async def visit(
    agency: Agency,
    plan: Plan,
    fetch: Fetch,
    skim: SkimPage,
    relevance: Relevance,
    keep: Callable[[Exchange], Capture],
    politeness: Politeness,
    now: Callable[[], str],
    progress: Callable[[Visit], None],
    stopping: Callable[[], bool] = never,
    stored: Callable[[str], bool] = not_stored,
    stage: Stage | None = None,
) -> Snapshot:
    """Visit ``agency`` and return what was captured and what was not read, with the reason.

    ``keep`` stores an exchange and returns its capture as stored; ``now`` is ISO 8601 UTC. ``stopping`` is
    asked between requests: once true, the visit ends at once and the rest is unread as interrupted.
    ``stored`` says of an address whether ``fetch`` answers it without asking anybody: a visit that goes on
    where it was interrupted takes the same way again, at once as far as it had come. ``stage`` is a browser for the
    pages that only scripts fill; without one they stay as they were sent.
    """
    hands = Hands(skim, keep, now, progress, stopping, stored, stage)
    return await _Tour(agency, plan, hands, relevance, fetch, politeness).run()


class _Tour:
    def __init__(
        self, agency: Agency, plan: Plan, hands: Hands, relevance: Relevance, fetch: Fetch, politeness: Politeness
    ) -> None:
        self.agency, self.plan, self.hands, self.politeness = agency, plan, hands, politeness
        self.captures: list[Capture] = []
        self.again: list[Address] = []
        self.refreshed: set[str] = set()
        self.state = VisitState.OPENING
        self.asker = Asker(agency, plan, fetch, politeness, hands.stopping, self._keep, hands.stored)
        stage = hands.stage
        self.drawing = Drawing(stage, self.asker, self._keep, hands.now, hands.stopping) if stage else None
        self.frontier = Frontier(plan.max_pages, plan.max_documents, plan.max_depth)
        self.links = Links(self.asker.scope, relevance, self.frontier)

    async def run(self) -> Snapshot:
        """The whole visit."""
        started = self.hands.now()
        if self.agency.opt_out is None and await self._open() and self.agency.confirmed:
            await self._read()
        self._enter(VisitState.DONE)
        why = UnreadWhy.INTERRUPTED if self.hands.stopping() else UnreadWhy.BUDGET
        stopped = self.politeness.stopped(self.agency.url)
        notes = health.notes(self.captures, stopped, self.frontier.dropped)
        return Snapshot(
            self.agency.id, started, self.hands.now(), tuple(self.captures), self.frontier.unread(why), notes
        )

    async def _open(self) -> bool:
        """Ask for the front page, and again after a while if that may help; whether it can be read."""
        self.frontier.push(Address(self.agency.url, Role.HOME))
        home = self.frontier.pop()
        if home is None:
            return False
        capture = await self._ask(home)
        if capture is not None and capture.problem in MAY_PASS:
            if not self.hands.stored(home.url):
                await self._rest(self.plan.delay * _RETRY_AFTER_DELAYS)
            self.asker.gate.forget(home.url)
            capture = await self._ask(home, again=True)
        return capture is not None and capture.problem in READABLE

    async def _read(self) -> None:
        self._enter(VisitState.READING)
        for place in self.agency.also:
            url = urls.resolve(self.agency.url, place if "://" in place else f"//{place}/")
            if url:
                self.links.add_address(url, "", "", 1, essential=True)
        await read_sitemaps(self.captures[-1].final_url, self.asker, self._keep, self.links)
        await self._read_queue()
        while await self._draw_lists():
            await self._read_queue()
        await self._probe()
        self._enter(VisitState.RETRYING)
        for address in self.again[:MAX_RETRIES]:
            if self.asker.goes_on:
                await self._ask(address, again=True)

    async def _read_queue(self) -> None:
        while self.asker.goes_on and (address := self.frontier.pop()):
            await self._ask(address)

    async def _draw_lists(self) -> bool:
        """Draw the pages whose lists scripts fill, once it is known what the site's template has on every page."""
        waiting = self.drawing.due() if self.drawing else []
        for exchange, address in waiting:
            await self._draw(exchange, address)
        return bool(waiting)

    async def _draw(self, exchange: Exchange, address: Address) -> None:
        """Keep a page as its scripts make it, after the one that was sent, and queue its links."""
        made = await self.drawing.draw(exchange) if self.drawing else None
        if made is None:
            return
        drawn, leads_to = made
        found = await self._skim(drawn, address)
        if found is None:
            return
        capture = self._keep(drawn)
        await self._follow(replace(found, fragments=(), refresh=found.refresh or leads_to), capture, address)

    async def _probe(self) -> None:
        """Ask once for a place that cannot exist, where no page was ever missing: does the site say so (soft 404)?"""
        own = [c for c in self.captures if c.role is Role.PAGE and self.asker.scope.owns(c.final_url)]
        if not any(c.ok for c in own) or any(c.gone for c in own):
            return
        home = next(capture.final_url for capture in self.captures if capture.role is Role.HOME)
        name = hashlib.sha256(urls.authority(home).encode()).hexdigest()[:20]
        url = urls.resolve(home, f"/{name}")
        if url is None:
            return
        address = Address(url, Role.PROBE)
        if not await self.asker.prepare(address) and not self.asker.gate.refusal(url):
            exchange = await self.asker.ask(address)
            if exchange is not None:
                self._keep(exchange)

    async def _ask(self, address: Address, again: bool = False) -> Capture | None:
        """Ask for a popped address, keep the answer and queue its links; None when it stays unread."""
        exchange = await self._answer(address, again)
        if exchange is None:
            return None
        found: Skim | None = None
        if self._holds_links(exchange.capture):
            found = await self._skim(exchange, address)
            if found is None or found.cut:
                exchange = replace(exchange, capture=replace(exchange.capture, problem=Problem.PARSE_LIMIT))
        capture = self._keep(exchange)
        self._account(address, capture, again)
        if found is not None and self.agency.confirmed:
            await self._follow(found, capture, address)
            if self.drawing and self.drawing.wants(found, exchange, address):
                await self._draw(replace(exchange, capture=capture), address)
        self._tell()
        return capture

    async def _answer(self, address: Address, again: bool) -> Exchange | None:
        """The answer to an address, which may be that the rules forbid to ask; None when it stays unread."""
        why = await self.asker.prepare(address)
        refusal = None if why else self.asker.gate.refusal(address.url)
        if refusal is not None and address.role is not Role.HOME and not (address.relevant or address.essential):
            why = UnreadWhy.OUT_OF_SCOPE
        exchange = None
        if why is None and refusal is not None:
            exchange = self._refused(address, *refusal)
        elif why is None:
            exchange = await self.asker.ask(address)
        if exchange is None and not again:
            self.frontier.skip(address, why or UnreadWhy.INTERRUPTED)
        elif refusal is not None and not again:
            self.frontier.refund(address)
        return exchange

    def _refused(self, address: Address, problem: Problem, detail: str) -> Exchange:
        """What robots.txt keeps from us, told as a fault where it may matter; nothing was sent."""
        url, role, found_on = address.url, address.role, address.found_on
        return Exchange(Capture(url, url, role, self.hands.now(), None, problem, detail, found_on=found_on))

    def _holds_links(self, capture: Capture) -> bool:
        """Whether links are read here: not of documents, of what is not there, or of other hosts' pages."""
        wanted = capture.role in (Role.HOME, Role.PAGE, Role.FRAGMENT) and capture.problem in READABLE
        return wanted and not capture.gone and sniff.is_html(capture.media_type)

    async def _skim(self, exchange: Exchange, address: Address) -> Skim | None:
        """The links of a page; those of a fragment are meant from the page that includes it."""
        declared = exchange.capture.header("content-type")
        return await self.hands.skim(exchange.body, declared, _place(exchange.capture, address))

    def _account(self, address: Address, capture: Capture, again: bool) -> None:
        if capture.problem is None:
            self.frontier.mark_read(capture.final_url)
        if again:
            return
        if capture.role is not address.role:
            self.frontier.charge_as(address, capture.role)
        if self.state is VisitState.READING and capture.problem in MAY_PASS and address.role is not Role.OFF_SITE:
            self.again.append(address)

    async def _follow(self, found: Skim, capture: Capture, address: Address) -> None:
        """Queue the links; a meta refresh is one hop more, but no second one after it."""
        page = _place(capture, address)
        for number, link in enumerate(found.links):
            self.links.add_link(link, page, address.depth + 1)
            if number % _BATCH == 0:
                await asyncio.sleep(0)  # weighing thousands of links must not hold up other visits
        self.links.add(replace(found, links=()), page, address.depth)
        if found.refresh and self.asker.scope.owns(found.refresh) and urls.key(address.url) not in self.refreshed:
            self.refreshed.add(urls.key(found.refresh))
            self.frontier.push(replace(address, url=found.refresh, found_on=page, essential=True))

    def _keep(self, exchange: Exchange) -> Capture:
        capture = self.hands.keep(exchange)
        self.captures.append(capture)
        return capture

    async def _rest(self, seconds: float) -> None:
        until = min(time.monotonic() + seconds, self.asker.ends)
        while (left := until - time.monotonic()) > 0 and not self.hands.stopping():
            await asyncio.sleep(min(left, _SLICE))

    def _enter(self, state: VisitState) -> None:
        self.state = state
        self._tell()

    def _tell(self) -> None:
        pages, documents, queued = self.frontier.pages, self.frontier.documents, self.frontier.queued
        self.hands.progress(Visit(self.agency.id, self.state, pages, documents, queued, self.asker.requests))


def _place(capture: Capture, address: Address) -> str:
    """The page that the links of an answer are meant from."""
    return address.found_on if address.role is Role.FRAGMENT else capture.final_url

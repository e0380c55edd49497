"""Asking for one address under all rules: robots.txt first, in turn, never beyond the agency's reach."""

import time
from collections.abc import Callable
from dataclasses import replace

from ppid_audit.crawl import refusal
from ppid_audit.crawl.frontier import Address
from ppid_audit.crawl.plan import Plan
from ppid_audit.crawl.politeness import PATIENCE, Politeness
from ppid_audit.crawl.request import Fetch, Request, not_stored
from ppid_audit.crawl.robots_gate import MAX_BYTES as ROBOTS_BYTES
from ppid_audit.crawl.robots_gate import RobotsGate
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Problem, Role, UnreadWhy
from ppid_audit.web import sniff, urls
from ppid_audit.web.scope import Relation, Scope, is_internal

READABLE = (None, Problem.TOO_LARGE)
"""Problems of an answer whose bytes can be read all the same."""

OFF_SITE_PATIENCE = 3
_OFF_SITE_SECONDS, _OFF_SITE_SECONDS_INSIDE = 15.0, 5.0
_MAX_NEW_RULES = 3
_VISITED = frozenset({Relation.OWN, Relation.TRUSTED, Relation.DOCUMENT_HOST})
_BIG = frozenset({Role.DOCUMENT, Role.IMAGE, Role.OFF_SITE})


class Asker:
    """Asks on behalf of one agency. ``keep`` is given each robots.txt; ``ends`` is when the site's time is up.

    What ``stored`` says of an address is whether ``fetch`` has its answer already: then no server is asked,
    so that it is nobody's turn and no host's peace.
    """

    def __init__(
        self,
        agency: Agency,
        plan: Plan,
        fetch: Fetch,
        politeness: Politeness,
        stopping: Callable[[], bool],
        keep: Callable[[Exchange], Capture],
        stored: Callable[[str], bool] = not_stored,
    ) -> None:
        self.stored = stored
        self.scope = Scope.of(agency)
        self.gate = RobotsGate(plan.agent)
        self.requests = 0
        self.ends = time.monotonic() + plan.site_seconds
        self._plan, self._fetch, self._politeness = plan, fetch, politeness
        self._stopping, self._keep = stopping, keep
        inside = is_internal(urls.host(agency.url))
        self._off_site_seconds = _OFF_SITE_SECONDS_INSIDE if inside else _OFF_SITE_SECONDS

    @property
    def goes_on(self) -> bool:
        """Whether there is time for another request."""
        return time.monotonic() < self.ends and not self._stopping()

    async def prepare(self, address: Address) -> UnreadWhy | None:
        """See to it that the rules for ``address`` are known; or why nothing may be sent at all."""
        if not self._is_stored(address.url, address.role) and self._is_left_alone(address.url):
            return UnreadWhy.HOST_STOPPED
        if self.gate.knows(address.url) or await self._learn_rules(address.url, address.role):
            return None
        return UnreadWhy.INTERRUPTED

    async def ask(self, address: Address) -> Exchange | None:
        """The answer to a prepared address that the rules allow; None when the visit is being stopped."""
        exchange = await self._send(self._request(address, address.role))
        for _ in range(_MAX_NEW_RULES):
            if exchange is None or not self._leads_to_new_rules(exchange.capture):
                break
            await self._learn_rules(exchange.capture.final_url, address.role)
            exchange = await self._send(self._request(address, address.role))
        return exchange and replace(exchange, capture=self._named(exchange.capture))

    def _is_stored(self, url: str, role: Role) -> bool:
        """Whether nobody has to be asked; what a page's scripts ask for is remembered by its stage instead."""
        return role is not Role.RESOURCE and self.stored(url)

    def _is_left_alone(self, url: str) -> bool:
        """Whether the host is stopped, or wants us back only when our time is over."""
        wait, left = self._politeness.wait(url), self.ends - time.monotonic()
        return bool(self._politeness.stopped(url)) or wait > max(left, self._politeness.delay(url))

    async def _learn_rules(self, url: str, role: Role) -> bool:
        """Read the robots.txt that governs ``url``, which has that role; False when the visit is being stopped."""
        request = self._request(Address(self.gate.address(url), Role.ROBOTS), role)
        exchange = await self._send(request, OFF_SITE_PATIENCE if role is Role.OFF_SITE else PATIENCE)
        if exchange is None:
            return False
        self.gate.learn(exchange)
        self._keep(exchange)
        self._politeness.slow(url, self.gate.delay(url))
        return True

    async def _send(self, request: Request, patience: int = 0) -> Exchange | None:
        """One request in its turn, unless the visit is being stopped."""
        patience = patience or (OFF_SITE_PATIENCE if request.role is Role.OFF_SITE else PATIENCE)
        if self._is_stored(request.url, request.role):
            exchange = self._heeded(await self._fetch(request), patience)
            return None if self._stopping() else exchange
        async with self._politeness.turn(request.url, self._stopping) as queued:
            self.ends += queued  # other visitors' turns are not this site's time
            if self._stopping():
                return None
            exchange = self._heeded(await self._fetch(request), patience)
        self.requests += 1 + len(exchange.capture.redirects)
        return exchange

    def _heeded(self, exchange: Exchange, patience: int) -> Exchange:
        """The answer as it is to be understood, once the manners know of it."""
        exchange, nature = refusal.told(exchange)
        self._politeness.report(exchange, patience)
        refusal.heed(exchange, nature, self._politeness)
        return exchange

    def _request(self, address: Address, role: Role) -> Request:
        """A request for ``address``; ``role`` is another one than its own where robots.txt is read for its sake."""
        plan, reach, for_rules = self._plan, self._reach(role), address.role is Role.ROBOTS
        big = role in _BIG and not for_rules
        seconds = plan.document_deadline if big else plan.page_deadline
        if role is Role.OFF_SITE:
            seconds = min(seconds, self._off_site_seconds)

        def allow(url: str) -> bool:
            return self.scope.relation(url) in reach and (for_rules or self.gate.allows(url))

        size = ROBOTS_BYTES if for_rules else plan.document_bytes if big else plan.page_bytes
        return Request(address.url, address.role, address.found_on, seconds, size, allow)

    def _reach(self, role: Role) -> frozenset[Relation]:
        return _VISITED if role is Role.OFF_SITE else frozenset({Relation.OWN})

    def _leads_to_new_rules(self, capture: Capture) -> bool:
        """Whether a redirect was not followed only because that host's robots.txt has not been read.

        A stored answer may have come from there all the same: its rules were read then, and are now.
        """
        target = capture.final_url
        return not self.gate.knows(target) and self.scope.relation(target) in self._reach(capture.role)

    def _named(self, capture: Capture) -> Capture:
        """The capture with its role as its bytes say, and a redirect into a forbidden place called so."""
        target = capture.final_url
        if capture.problem is Problem.REDIRECT_OUT_OF_SCOPE and self.gate.knows(target):
            problem, detail = self.gate.refusal(target) or (capture.problem, "")
            return replace(capture, problem=problem, detail=detail)
        if capture.role is Role.PAGE and capture.problem in READABLE:
            if sniff.is_image(capture.media_type):
                return replace(capture, role=Role.IMAGE)
            if sniff.is_document(capture.media_type):
                return replace(capture, role=Role.DOCUMENT)
        return capture

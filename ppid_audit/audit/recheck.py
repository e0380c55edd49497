"""Claimed addresses opened at once, under all the rules of a visit: reach, robots.txt, turns, the address guard.

A page that the site itself says is gone refutes a claim. That we could not see it refutes nothing.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping

from ppid_audit.audit.gather import DOCUMENT_BYTES, PAGE_BYTES
from ppid_audit.audit.job import user_agent
from ppid_audit.audit.seen import words_digest
from ppid_audit.audit.together import together, working
from ppid_audit.crawl.asker import Asker
from ppid_audit.crawl.crawler import Plan
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.frontier import Address
from ppid_audit.crawl.politeness import Politeness, never
from ppid_audit.engines.local import WorkerError, WorkerLimit, Workers
from ppid_audit.extract.reading import read
from ppid_audit.model.agency import Agency, Registry
from ppid_audit.model.capture import Capture, Exchange, Problem, Role
from ppid_audit.model.review import Checked, Outcome
from ppid_audit.model.site import Page
from ppid_audit.web.scope import Relation, Scope, is_internal
from ppid_audit.web.urls import authority, host, key

REACH = frozenset({Relation.OWN, Relation.TRUSTED, Relation.DOCUMENT_HOST})
"""What may be opened on behalf of an agency: its own hosts, those that it trusts, and places for documents."""

_LEADS_ELSEWHERE = frozenset({Problem.REDIRECT_OUT_OF_SCOPE, Problem.BAD_REDIRECT, Problem.TOO_MANY_REDIRECTS})
_SECONDS = 120.0


Claims = Mapping[str, Iterable[str]]
"""Agency id -> claimed addresses."""


def unchecked(url: str, why: str) -> Checked:
    """An address that was not opened."""
    return Checked(url, Outcome.UNCHECKED, why)


async def recheck(registry: Registry, claims: Claims, now: Callable[[], str]) -> dict[tuple[str, str], Checked]:
    """What becomes of every claim; nothing is sent where the rules forbid it."""
    agencies = [agency for agency in registry.agencies if agency.id in claims]
    named = frozenset(authority(url) for each in registry.agencies for url in (each.url, *each.also))
    async with HttpFetch(user_agent(registry.contact), named, now) as fetch, working(1) as workers:
        politeness = Politeness(registry.crawl.delay, fetch.address)
        visits = [_Visit(agency, registry, fetch, politeness, workers) for agency in agencies]
        found = await together(visit.run(tuple(dict.fromkeys(claims[visit.agency.id]))) for visit in visits)
    return {(visit.agency.id, each.url): each for visit, all_ in zip(visits, found, strict=True) for each in all_}


class _Visit:
    """One agency's claims, one after the other."""

    def __init__(
        self, agency: Agency, registry: Registry, fetch: HttpFetch, politeness: Politeness, workers: Workers
    ) -> None:
        self.agency, self.contact, self.workers = agency, registry.contact, workers
        self.scope = Scope.of(agency)
        self.asker = Asker(agency, _plan(registry.crawl.delay), fetch, politeness, never, _keep)

    async def run(self, urls: Iterable[str]) -> list[Checked]:
        return [await self._check(url) for url in urls]

    async def _check(self, url: str) -> Checked:
        relation = self.scope.relation(url)
        if relation not in REACH:
            return Checked(url, Outcome.REFUSED, "out_of_reach")
        why = self._forbidden(url)
        if why:
            return unchecked(url, why)
        exchange = await self._ask(Address(url, Role.DOCUMENT if relation is Relation.OWN else Role.OFF_SITE))
        if isinstance(exchange, str):
            return unchecked(url, exchange)
        if self._was_sent_on(exchange.capture):
            exchange = await self._ask(Address(url, Role.OFF_SITE))
            if isinstance(exchange, str):
                return unchecked(url, exchange)
        return await self._judged(url, exchange)

    def _forbidden(self, url: str) -> str:
        """Why nothing may be sent at all, as a code."""
        if self.agency.opt_out is not None:
            return "opted_out"
        if not self.agency.confirmed:
            return "host_unconfirmed"
        return "no_contact" if not self.contact and not is_internal(host(url)) else ""

    async def _ask(self, address: Address) -> Exchange | str:
        """The answer, or a code that says why there was no asking."""
        why = await self.asker.prepare(address)
        if why is not None:
            return why.value
        refusal = self.asker.gate.refusal(address.url)
        if refusal is not None:
            return refusal[0].value
        return await self.asker.ask(address) or "interrupted"

    def _was_sent_on(self, capture: Capture) -> bool:
        """From its own host to one that it may lead to."""
        sent = capture.role is Role.DOCUMENT and capture.problem is Problem.REDIRECT_OUT_OF_SCOPE
        return sent and self.scope.relation(capture.final_url) in REACH

    async def _judged(self, url: str, exchange: Exchange) -> Checked:
        capture = exchange.capture
        if capture.gone:
            return Checked(url, Outcome.REFUSED, "gone", capture.status)
        if capture.problem in _LEADS_ELSEWHERE:
            return Checked(url, Outcome.REFUSED, str(capture.problem), capture.status)
        if not capture.ok:
            return Checked(url, Outcome.UNCHECKED, str(capture.problem or "bad_response"), capture.status)
        if not exchange.body.strip():
            return Checked(url, Outcome.REFUSED, "empty", capture.status)
        home = key(self.agency.url)
        if key(capture.final_url) == home != key(url):
            return Checked(url, Outcome.REFUSED, "to_home", capture.status)
        return Checked(url, Outcome.ACCEPTED, "", capture.status, await self._digest(exchange))

    async def _digest(self, exchange: Exchange) -> str:
        try:
            reading = await self.workers.run(read, exchange)
        except (WorkerLimit, WorkerError):
            reading = None
        return words_digest(reading) if isinstance(reading, Page) else hashlib.sha256(exchange.body).hexdigest()


def _keep(exchange: Exchange) -> Capture:
    return exchange.capture


def _plan(delay: float) -> Plan:
    return Plan(
        delay=delay,
        max_pages=1,
        max_documents=1,
        site_seconds=_SECONDS,
        max_depth=0,
        page_bytes=PAGE_BYTES,
        document_bytes=DOCUMENT_BYTES,
        agent="ppid-audit",
    )

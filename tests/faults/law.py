"""The law on faults, as a machine: a site that was read, the same site with some answers lost, two judgements."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from ppid_audit.assess import assess, relevance
from ppid_audit.audit.judge import result_of
from ppid_audit.audit.seen import known
from ppid_audit.config import load_rubric
from ppid_audit.crawl.crawler import Plan, visit
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.demo.regency import AS_OF, DEAD, registry
from ppid_audit.demo.server import DemoServer
from ppid_audit.extract.reading import read
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.capture import Capture, Exchange, Problem, Role, Snapshot, Unread, UnreadWhy
from ppid_audit.model.finding import Assessment
from ppid_audit.model.rubric import Rubric, Verdict
from ppid_audit.model.scan import AgencyResult
from ppid_audit.model.site import Document, Page
from ppid_audit.web import charset, html, urls

RUBRIC = Path(__file__).parents[2] / "rubric.yaml"
NOW = "2026-11-24T03:00:00Z"
STATUS = {
    Problem.SERVER_ERROR: 503,
    Problem.RATE_LIMITED: 429,
    Problem.BLOCKED: 403,
    Problem.CLIENT_ERROR: 400,
    Problem.TRUNCATED: 200,
    Problem.TOO_LARGE: 200,
    Problem.BAD_ENCODING: 200,
    Problem.PARSE_LIMIT: 200,
    Problem.BAD_REDIRECT: 302,
    Problem.REDIRECT_OUT_OF_SCOPE: 302,
    Problem.TOO_MANY_REDIRECTS: 302,
}
"""The status that an answer with that problem has; the others come without any."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One agency as it was read without any fault, and what was judged."""

    agency: Agency
    snapshot: Snapshot
    readings: tuple[Page | Document, ...]
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Flip:
    """A verdict that a fault turned into another one: what the law forbids."""

    agency: str
    item: str
    before: str
    after: str
    lost: tuple[str, ...]


def rubric() -> Rubric:
    return load_rubric(RUBRIC)


def gather(ruler: Rubric, names: Iterable[str] | None = None) -> tuple[Seen, ...]:
    """The sample sites, served on loopback, read and judged; ``names`` are agency ids, None for all that answer."""
    with DemoServer() as server:
        agencies = {agency.id: agency for agency in registry(server.urls).agencies}
        chosen = [name for name in agencies if name not in DEAD] if names is None else list(names)
        return tuple(asyncio.run(_seen(agencies[name], ruler)) for name in chosen)


async def _seen(agency: Agency, ruler: Rubric) -> Seen:
    kept: list[Exchange] = []

    def keep(exchange: Exchange) -> Capture:
        kept.append(exchange)
        return exchange.capture

    async def skim(body: bytes, content_type: str, url: str) -> html.Skim | None:
        return html.skim(charset.decode(body, content_type), url)

    named = frozenset(urls.authority(url) for url in (agency.url, *agency.also, *agency.trusted))
    plan = Plan(delay=0.0, max_pages=200, max_documents=200, site_seconds=120.0, max_depth=8)
    async with HttpFetch("ppid-audit/test", named, lambda: NOW) as fetch:
        snapshot = await visit(
            agency, plan, fetch, skim, relevance(ruler), keep, Politeness(0.0), lambda: NOW, lambda _: None
        )
    readings = tuple(reading for each in kept if (reading := read(each)) is not None)
    return Seen(agency, snapshot, readings, assessed(agency, snapshot, readings, ruler))


def result(agency: Agency, snapshot: Snapshot, ruler: Rubric) -> AgencyResult:
    """What a visit without any reading comes to."""
    assessment = assessed(agency, snapshot, (), ruler)
    return result_of(agency, snapshot, assessment, ruler, Amendments(), AS_OF, known(snapshot, ()))


def assessed(agency: Agency, snapshot: Snapshot, readings: Iterable[Page | Document], ruler: Rubric) -> Assessment:
    return assess(assemble(agency, snapshot, readings), ruler, agency, AS_OF)


def flips(seen: Seen, ruler: Rubric, draw: Random) -> list[Flip]:
    """Lose a random part of the site and judge what is left: every verdict that is neither the old nor a doubt."""
    lost = _losses(seen, draw)
    return judged_without(seen, ruler, lost, unfound=draw.random() < 0.5, budget=draw.random() < 0.15)


def judged_without(
    seen: Seen, ruler: Rubric, lost: Mapping[str, Problem | None], unfound: bool = False, budget: bool = False
) -> list[Flip]:
    """The flips when the answers of the addresses ``lost`` are replaced by those problems (None: by a 404).

    ``unfound``: what only they lead to stays unknown; ``budget``: they were never asked for, as the budget was spent.
    """
    gone = _descendants(seen.snapshot.captures, lost) if unfound else frozenset[str]()
    captures = tuple(
        replace(_without(c, lost[c.url]), found_on=c.found_on) if c.url in lost else c
        for c in seen.snapshot.captures
        if c.url not in gone and not (budget and c.url in lost and c.role is not Role.HOME)
    )
    unread = seen.snapshot.unread
    if budget:
        unread += tuple(Unread(url, UnreadWhy.BUDGET, found_on="") for url in lost)
    snapshot = replace(seen.snapshot, captures=captures, unread=unread)
    readings = [r for r in seen.readings if r.capture.url not in lost and r.capture.url not in gone]
    after = assessed(seen.agency, snapshot, readings, ruler)
    told = tuple(
        f"{'budget' if budget else why}{' (links unknown)' if unfound else ''} {url}" for url, why in lost.items()
    )
    return [
        Flip(seen.agency.id, old.item, f"{old.verdict}/{old.reason}", f"{new.verdict}/{new.reason}", told)
        for old, new in zip(seen.assessment.findings, after.findings, strict=True)
        if new.verdict not in (old.verdict, Verdict.CANNOT_TELL)
    ]


def _losses(seen: Seen, draw: Random) -> dict[str, Problem]:
    """Some addresses and what happened to each: one, a few or half of them, under one cause or several."""
    roles = (Role.ROBOTS, Role.SITEMAP) if draw.random() < 0.98 else (Role.ROBOTS, Role.SITEMAP, Role.HOME)
    homes = draw.random() < 0.03
    places = sorted(
        {c.url for c in seen.snapshot.captures if c.role not in roles and (homes or c.role is not Role.HOME)}
    )
    count = min(len(places), draw.choice((1, 1, 2, 3, 5, 8, max(1, len(places) // 4), max(1, len(places) // 2))))
    causes: Sequence[Problem] = list(Problem) if draw.random() < 0.5 else [draw.choice(list(Problem))]
    return {url: draw.choice(causes) for url in draw.sample(places, count)}


def verdicts_without_home(seen: Seen, ruler: Rubric, problem: Problem) -> set[Verdict]:
    """What is said of all criteria when the front page failed."""
    captures = tuple(_without(c, problem) if c.role is Role.HOME else c for c in seen.snapshot.captures)
    readings = [reading for reading in seen.readings if reading.capture.role is not Role.HOME]
    after = assessed(seen.agency, replace(seen.snapshot, captures=captures), readings, ruler)
    return {finding.verdict for finding in after.findings}


def _without(capture: Capture, problem: Problem | None) -> Capture:
    status = STATUS.get(problem) if problem else 404
    return replace(capture, status=status, problem=problem, media_type="", bytes=0, sha256="", final_url=capture.url)


def _descendants(captures: Iterable[Capture], lost: Iterable[str]) -> frozenset[str]:
    """The addresses that became known on a lost page (or on one that became known there)."""
    gone, found = set(lost), set[str]()
    for capture in captures:  # in the order of the visit: a page comes before what it leads to
        if capture.found_on in gone and capture.url not in gone:
            gone.add(capture.url)
            found.add(capture.url)
    return frozenset(found)

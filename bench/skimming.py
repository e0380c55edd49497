"""Fetch and skim alone: ``python -m bench.skimming PAGES URL...`` prints how many pages were read."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bench.jobs import RUBRIC
from ppid_audit.assess import relevance
from ppid_audit.audit.together import together, working
from ppid_audit.config.rubric import load_rubric
from ppid_audit.crawl.crawler import Plan, visit
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.engines.local import Workers
from ppid_audit.extract.skim import skim as read_links
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange
from ppid_audit.web.html import Skim
from ppid_audit.web.urls import authority


def now() -> str:
    """The time as scans write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: TID251 - a measurement, no judgement


async def _skim_all(urls: Sequence[str], pages: int) -> int:
    weigh = relevance(load_rubric(RUBRIC))
    plan = Plan(
        delay=0,
        max_pages=pages,
        max_documents=pages,
        site_seconds=3600,
        max_depth=8,
        page_bytes=5_000_000,
        document_bytes=20_000_000,
        agent="ppid-audit",
    )
    named = frozenset(map(authority, urls))
    async with working(2) as workers, HttpFetch("ppid-audit-bench", named, now) as fetch:
        politeness = Politeness(0, fetch.address)
        counts = await together(_visit(n, url, plan, weigh, workers, fetch, politeness) for n, url in enumerate(urls))
    return sum(counts)


async def _visit(number: int, url: str, plan: Plan, weigh, workers: Workers, fetch, politeness: Politeness) -> int:  # type: ignore[no-untyped-def]
    async def skim(body: bytes, content_type: str, place: str) -> Skim:
        found: Skim = await workers.run(read_links, body, content_type, place)
        return found

    def keep(exchange: Exchange) -> Capture:
        return replace(exchange.capture, bytes=len(exchange.body))

    agency = Agency(id=f"situs-{number}", name="Dinas", kind="dinas", url=url)
    snapshot = await visit(agency, plan, fetch, skim, weigh, keep, politeness, now, lambda _: None)
    return sum(capture.ok and capture.media_type == "text/html" for capture in snapshot.captures)


if __name__ == "__main__":
    print(asyncio.run(_skim_all(sys.argv[2:], int(sys.argv[1]))))

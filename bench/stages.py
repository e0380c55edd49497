"""Processor time per page, stage by stage, all in this one process."""

import asyncio
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from bench.jobs import RUBRIC
from bench.skimming import now
from ppid_audit import __version__
from ppid_audit.archive import reader
from ppid_audit.archive.writer import Writer
from ppid_audit.assess import assess
from ppid_audit.config.rubric import load_rubric
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.request import Request
from ppid_audit.extract.health import examine
from ppid_audit.extract.reading import read
from ppid_audit.extract.site import assemble
from ppid_audit.extract.skim import skim
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Exchange, Role, Snapshot
from ppid_audit.web.scope import Scope
from ppid_audit.web.urls import authority

T = TypeVar("T")


class Clock:
    """Milliseconds of the processor for each of ``count`` pages, by stage."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.stages: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], T]) -> T:
        """Does the work and books its time."""
        start = time.process_time()
        result = work()
        self.stages[stage] = self.stages.get(stage, 0.0) + (time.process_time() - start) * 1000 / self.count
        return result


def stages(folder: Path, home: str, paths: list[str]) -> dict[str, float]:
    """What each stage costs per page for the pages of one site, which is fetched, archived, read and judged."""
    clock, rubric = Clock(len(paths)), load_rubric(RUBRIC)
    agency = Agency(id="situs", name="Dinas Kesehatan", kind="dinas", url=home)
    exchanges = clock.time("fetch", lambda: asyncio.run(_fetch_all(home, paths)))
    path = folder / "situs.warc.gz"
    with Writer(path, agency.id, __version__) as writer:
        clock.time("archive write", lambda: [writer.store(exchange) for exchange in exchanges])
        writer.finish(Snapshot(agency.id, now(), now(), ()))
    clock.time("skim", lambda: [skim(e.body, e.capture.header("content-type"), e.capture.final_url) for e in exchanges])
    snapshot = reader.snapshot(path)
    assert snapshot is not None
    stored = clock.time("archive read", lambda: list(reader.read(path)))
    readings = clock.time("extract", lambda: [found for each in stored if (found := read(each)) is not None])
    site = clock.time("assess", lambda: assemble(agency, snapshot, readings))
    clock.time("assess", lambda: assess(site, rubric, agency, date(2026, 11, 24)))
    clock.time("assess", lambda: examine(site, Scope.of(agency)))
    return clock.stages


async def _fetch_all(home: str, paths: list[str]) -> list[Exchange]:
    async with HttpFetch("ppid-audit-bench", frozenset({authority(home)}), now) as fetch:
        roles = [Role.HOME, *(Role.PAGE for _ in paths[1:])]
        return [await fetch(request(home, path, role)) for path, role in zip(paths, roles, strict=True)]


def request(home: str, path: str, role: Role) -> Request:
    """A request for a page of a site."""
    return Request(home.rstrip("/") + path, role)

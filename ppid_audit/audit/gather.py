"""One visit: an agency's site into its archive."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ppid_audit import __version__
from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.writer import Writer
from ppid_audit.assess import relevance
from ppid_audit.audit.cached import CachedFetch
from ppid_audit.audit.job import Notice, Progress, ScanJob
from ppid_audit.audit.request_log import RequestLog
from ppid_audit.audit.stage import ArchiveStage
from ppid_audit.crawl.crawler import Plan, Visit, visit
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.engines.local import WorkerError, WorkerLimit, Workers
from ppid_audit.errors import StorageError
from ppid_audit.extract.skim import skim as read_links
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Note, Snapshot
from ppid_audit.web import html

PAGE_BYTES = 5_000_000
DOCUMENT_BYTES = 20_000_000


CUT = "archive_cut"
"""Note: an interruption had left half a record at the end of the archive; it was cut off."""

Tell = Callable[[Progress | Notice], None]


async def gather(
    job: ScanJob,
    agency: Agency,
    path: Path,
    earlier: Sequence[Path],
    fetch: HttpFetch,
    politeness: Politeness,
    workers: Workers,
    tell: Tell,
    log: Path,
) -> frozenset[str]:
    """Visits one agency under the job's politeness and stores everything at ``path``.

    ``earlier`` are its archives of the scans before, the youngest first; requests are written down in ``log``.
    The archive files in which the payloads stand come back (``scan/name``). A visit that is stopped is left
    without an end, so that it goes on where it was; one that has ended is not made again.
    """
    before = await asyncio.to_thread(_last_answers, earlier, agency, tell)
    with await asyncio.to_thread(Writer, path, agency.id, __version__, before) as writer:
        if writer.cut:
            tell(Notice("torn", agency.id, str(writer.cut)))
        if not writer.shelf.finished:
            logged = RequestLog(log, agency.id, fetch)
            stage = ArchiveStage(job.browser, writer) if job.browser else None
            snapshot = await _visit(job, agency, CachedFetch(logged, writer, before), stage, politeness, workers, tell)
            if not job.stopping():
                notes = (*snapshot.notes, Note(CUT, str(writer.cut))) if writer.cut else snapshot.notes
                writer.finish(replace(snapshot, notes=notes))
        return frozenset(writer.refers_to)


def _last_answers(earlier: Sequence[Path], agency: Agency, tell: Tell) -> Shelf:
    """The youngest archive in which the site did answer; an empty shelf when there is none."""
    for path in earlier:
        try:
            shelf = Shelf(path)
        except StorageError as error:
            tell(Notice("earlier_damaged", agency.id, str(error)))
            continue
        if shelf.answers:
            return shelf
    return Shelf()


async def _visit(
    job: ScanJob,
    agency: Agency,
    fetch: CachedFetch,
    stage: ArchiveStage | None,
    politeness: Politeness,
    workers: Workers,
    tell: Tell,
) -> Snapshot:
    async def skim(body: bytes, content_type: str, url: str) -> html.Skim | None:
        try:
            found: html.Skim = await workers.run(read_links, body, content_type, url)
        except (WorkerLimit, WorkerError):
            return None
        return found

    def progress(seen: Visit) -> None:
        tell(Progress(agency.id, "crawling", seen.pages, seen.documents, seen.queued, seen.requests))

    def keep(exchange: Exchange) -> Capture:
        capture = fetch.keep(exchange)
        return stage.remember(capture) if stage else capture

    return await visit(
        agency=agency,
        plan=_plan(job),
        fetch=fetch,
        skim=skim,
        relevance=relevance(job.rubric),
        keep=keep,
        politeness=politeness,
        now=job.now,
        progress=progress,
        stopping=job.stopping,
        stored=fetch.stored,
        stage=stage,
    )


def _plan(job: ScanJob) -> Plan:
    settings = job.registry.crawl
    return Plan(
        delay=settings.delay,
        max_pages=settings.max_pages,
        max_documents=settings.max_pages,
        site_seconds=max(600.0, settings.max_pages * (settings.delay + 2) * 2),
        max_depth=8,
        page_bytes=PAGE_BYTES,
        document_bytes=DOCUMENT_BYTES,
        agent="ppid-audit",
    )

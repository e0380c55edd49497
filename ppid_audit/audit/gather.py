"""One visit: an agency's site into its archive."""

from collections.abc import Callable
from pathlib import Path

from ppid_audit import __version__
from ppid_audit.archive.writer import Writer
from ppid_audit.assess import relevance
from ppid_audit.audit.job import Progress, ScanJob
from ppid_audit.crawl.crawler import Plan, Visit, visit
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.engines.local import WorkerError, WorkerLimit, Workers
from ppid_audit.model.agency import Agency
from ppid_audit.web import charset, html

PAGE_BYTES = 5_000_000
DOCUMENT_BYTES = 20_000_000


async def gather(
    job: ScanJob,
    agency: Agency,
    path: Path,
    fetch: HttpFetch,
    politeness: Politeness,
    workers: Workers,
    tell: Callable[[Progress], None],
) -> None:
    """Visits one agency under the job's politeness and stores everything at ``path``."""

    async def skim(body: bytes, content_type: str, url: str) -> html.Skim | None:
        try:
            found: html.Skim = await workers.run(skim_page, body, content_type, url)
        except (WorkerLimit, WorkerError):
            return None
        return found

    def progress(seen: Visit) -> None:
        tell(Progress(agency.id, "crawling", seen.pages, seen.documents, seen.queued, seen.requests))

    settings = job.registry.crawl
    plan = Plan(
        delay=settings.delay,
        max_pages=settings.max_pages,
        max_documents=settings.max_pages,
        site_seconds=max(600.0, settings.max_pages * (settings.delay + 2) * 2),
        max_depth=8,
        page_bytes=PAGE_BYTES,
        document_bytes=DOCUMENT_BYTES,
        agent="ppid-audit",
    )
    with Writer(path, agency.id, __version__) as writer:
        snapshot = await visit(
            agency=agency,
            plan=plan,
            fetch=fetch,
            skim=skim,
            relevance=relevance(job.rubric),
            keep=writer.store,
            politeness=politeness,
            now=job.now,
            progress=progress,
            stopping=job.stopping,
        )
        writer.finish(snapshot)


def skim_page(body: bytes, content_type: str, url: str) -> html.Skim:
    """The links of a page, for the crawler; runs in a worker process."""
    return html.skim(charset.decode(body, content_type), url)

"""A scan over many machines: agencies go out in batches, and come back visited and judged.

Politeness holds over all machines together. Agencies that share a host or an address are in one batch, which one
worker visits under one politeness. What several batches may ask (the hosts that they trust, document hosts) is
asked in turns that the whole cluster shares. Archives are written to the data folder, which every machine sees
under the same path; that makes a batch whose worker died go on where it was.
"""

import asyncio
import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import ppid_audit
from ppid_audit import __version__, codec
from ppid_audit.archive.folder import ScanFolder
from ppid_audit.archive.whole import write_whole
from ppid_audit.audit import request_log
from ppid_audit.audit.batches import Batch, batches
from ppid_audit.audit.gather import Tell
from ppid_audit.audit.job import Notice, Progress, ScanJob, user_agent
from ppid_audit.audit.together import TASK_MEGABYTES, TASK_SECONDS, cut_short
from ppid_audit.audit.visits import Brought, Call, named_by, visit_all
from ppid_audit.crawl.fetch import HttpFetch
from ppid_audit.crawl.politeness import Shared
from ppid_audit.engines import ClusterError, Seat
from ppid_audit.engines.local import Workers
from ppid_audit.model.agency import CrawlSettings, Registry
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.rubric import Rubric

if TYPE_CHECKING:
    from ppid_audit.engines.dask import Cluster

BATCH = 50
"""Agencies in a batch, at most, unless more share one server: a worker visits them side by side."""

_SHARES = 4
_JUDGING = ("lxml", "pypdfium2", "ada-url", "protego")
_ORDER = ".order.json"
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Order:
    """What all batches of a scan have in common; it lies in the scan's folder."""

    contact: str
    crawl: CrawlSettings
    rubric: Rubric
    amendments: Amendments
    as_of: date
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class Errand:
    """A batch on its way to a worker: ``order`` and ``code`` are the digests that must be found there."""

    folder: Path
    order: str
    code: str
    batch: Batch
    now: Callable[[], str]


async def visit_elsewhere(
    many: "Cluster", job: ScanJob, folder: ScanFolder, calls: Sequence[Call], tell: Tell
) -> list[Brought]:
    """Has the workers of a cluster visit and judge everything; in the order of ``calls``.

    ClusterError when the workers run another program or do not see the data folder (nothing was sent then), or
    when the cluster is lost (what was fetched is kept).
    """
    folder = ScanFolder(folder.path.resolve())
    named = named_by(calls)
    order = Order(job.registry.contact, job.registry.crawl, job.rubric, job.amendments, job.as_of, named)
    text = codec.dumps(order).encode("utf-8", "backslashreplace")
    write_whole(folder.path / _ORDER, text)
    digest, code = hashlib.sha256(text).hexdigest(), program()
    await _survey(many, folder, digest, code)
    size = max(1, min(BATCH, -(-len(calls) // (_SHARES * max(1, await many.seats())))))
    async with HttpFetch(user_agent(job.registry.contact), named, job.now) as fetch:
        made = await batches(calls, fetch.address, size)
    errands = [Errand(folder.path, digest, code, each, job.now) for each in made]
    found: dict[str, Brought] = {}
    async for brought in many.run(visit_batch, errands, tell):
        for each in brought:
            request_log.take_in(folder.path, each.judged.agency.id)
            found[each.judged.agency.id] = each
    for left in chain(folder.path.glob(".*.lock*"), [folder.path / _ORDER]):
        left.unlink(missing_ok=True)
    return [found[call.agency.id] for call in calls]


def visit_batch(errand: Errand, seat: Seat) -> list[Brought]:
    """What a worker does: ClusterError when its program or its folder is another one than the conductor's."""
    if program() != errand.code:
        raise ClusterError("other_code", program())
    order = _order(errand.folder, errand.order)
    job = ScanJob(
        registry=Registry((), contact=order.contact, crawl=order.crawl),
        rubric=order.rubric,
        data=errand.folder.parent.parent,
        as_of=order.as_of,
        now=errand.now,
        amendments=order.amendments,
        stopping=seat.stopping,
    )
    return asyncio.run(_visit(job, order, errand, seat))


async def _visit(job: ScanJob, order: Order, errand: Errand, seat: Seat) -> list[Brought]:
    shared, folder = Shared(errand.batch.alone, seat.turn), ScanFolder(errand.folder)
    visits = visit_all(job, folder, errand.batch.calls, order.named, _workers(), seldom(seat.tell), shared)
    task = asyncio.create_task(visits)
    async with cut_short(task, job.stopping):
        return await task
    return []


@cache
def _workers() -> Workers:
    """The processes that read pages, for all batches of this machine; they end with it."""
    return Workers(os.cpu_count() or 1, seconds=TASK_SECONDS, megabytes=TASK_MEGABYTES)


def seldom(tell: Tell) -> Tell:
    """Tells of an agency that is being visited every two seconds only; all else at once."""
    told: dict[str, float] = {}

    def some(event: Progress | Notice) -> None:
        if isinstance(event, Progress) and event.state == "crawling":
            now = asyncio.get_running_loop().time()
            if now < told.get(event.agency, 0) + _SECONDS:
                return
            told[event.agency] = now
        tell(event)

    return some


async def _survey(many: "Cluster", folder: ScanFolder, order: str, code: str) -> None:
    """Whether every worker there is could do its work; ClusterError names the first that could not."""
    for place, answer in sorted((await many.survey(_look, folder.path)).items()):
        if not isinstance(answer, tuple) or answer[0] != code:
            raise ClusterError("other_code", f"{place} ({answer[0] if isinstance(answer, tuple) else answer})")
        if answer[1] != order:
            raise ClusterError("not_shared", f"{place} ({folder.path})")


def _look(folder: Path) -> tuple[str, str]:
    try:
        return program(), hashlib.sha256((folder / _ORDER).read_bytes()).hexdigest()
    except OSError:
        return program(), ""


def _order(folder: Path, digest: str) -> Order:
    try:
        text = (folder / _ORDER).read_bytes()
    except OSError as error:
        raise ClusterError("not_shared", f"{folder} ({error.strerror or error})") from error
    if hashlib.sha256(text).hexdigest() != digest:
        raise ClusterError("not_shared", str(folder))
    return codec.loads(Order, text.decode())


@cache
def program() -> str:
    """What a judgement depends on besides its inputs: our code by digest, Python, the readers of formats."""
    digest = hashlib.sha256()
    root = Path(ppid_audit.__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    python = ".".join(map(str, sys.version_info[:2]))
    readers = "".join(f" {name} {version(name)}" for name in _JUDGING)
    return f"ppid-audit {__version__}+{digest.hexdigest()[:12]} python {python}{readers}"

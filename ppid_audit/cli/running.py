"""Runs a scan with its signals and its progress, and says how it ended."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from ppid_audit.audit import Notice, Progress, ScanJob, scan
from ppid_audit.cli.console import Board
from ppid_audit.cli.words import t
from ppid_audit.engines import ClusterError
from ppid_audit.errors import AuditError, InputError
from ppid_audit.model.scan import Result
from ppid_audit.model.scorecard import Status


class Stop:
    """Turned on by the first Ctrl-C or SIGTERM, or when it is ``closing`` time; the second Ctrl-C ends at once."""

    def __init__(self, closing: Callable[[], bool] = lambda: False) -> None:
        self.signal = 0
        self._closing = closing

    def __call__(self) -> bool:
        """Whether a signal was heard, or the visiting hours are over."""
        return self.signal != 0 or self._closing()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listens to the signals of an operator while it lasts."""
        before = {number: signal.signal(number, self._heard) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if self.signal:
            raise KeyboardInterrupt
        self.signal = number
        print(t("cli.scan.stopping"), file=sys.stderr)


def run(job: ScanJob, stop: Stop, quiet: bool) -> Result:
    """The result of the scan; ends the program with 130 or 143 when it was stopped, evidence kept."""
    names = {agency.id: agency.name for agency in job.registry.agencies}
    with stop.listening(), Board(names, job.registry.crawl.delay, quiet) as board:
        try:
            result = asyncio.run(_drive(job, board))
        except ClusterError as error:
            sentence = t(f"cli.cluster.{error.code}", detail=error.detail)
            raise (AuditError if error.code == "lost" else InputError)(sentence) from error
    if result is None:
        hours = "" if stop.signal else t("cli.scan.hours_over", hours=job.registry.crawl.hours or "") + " "
        print(hours + t("cli.scan.stopped", folder=str(job.data / "archive")), file=sys.stderr)
        raise typer.Exit(143 if stop.signal == signal.SIGTERM else 130)
    return result


async def _drive(job: ScanJob, board: Board) -> Result | None:
    async for event in scan(job):
        if isinstance(event, Progress):
            board.show(event)
        elif isinstance(event, Notice):
            board.tell(event)
        else:
            return event
    return None


def exit_code(result: Result) -> int:
    """3 when an agency could not be assessed (those known to be down do not count), else 0."""
    blind = any(
        entry.scorecard.status is Status.NOT_ASSESSABLE and entry.scorecard.status_reason != "known_down"
        for entry in result.agencies
    )
    return 3 if blind else 0

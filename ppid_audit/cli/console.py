"""Progress on stderr: a live table on a terminal, a line for each finished agency elsewhere."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from ppid_audit.audit import Notice, Progress
from ppid_audit.cli.words import t

_IN_ORDER = frozenset({"resumed", "nothing_to_resume"})
_ORDER = ("judging", "crawling", "waiting", "done")


class Board:
    """Draws what the conductor yields. ``delay`` (seconds between requests) gives the time that remains."""

    def __init__(self, names: Mapping[str, str], delay: float, quiet: bool) -> None:
        self._names = names
        self._delay = delay
        self._seen: dict[str, Progress] = {}
        self._console = Console(stderr=True)
        self._quiet = quiet
        live = self._console.is_terminal and not quiet
        self._live = Live(console=self._console, refresh_per_second=4, transient=True) if live else None

    def __enter__(self) -> "Board":
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def show(self, event: Progress) -> None:
        """Takes in one event and draws the board anew."""
        before = self._seen.get(event.agency)
        if before and event.state == "judging":
            event = replace(event, pages=before.pages, documents=before.documents)
        self._seen[event.agency] = event
        if self._live:
            self._live.update(self._table())
        elif event.state == "done" and not self._quiet:
            done = sum(seen.state == "done" for seen in self._seen.values())
            line = t("cli.progress.line", done=done, all=len(self._names), **self._counts(event))
            print(line, file=sys.stderr, flush=True)

    def tell(self, notice: Notice) -> None:
        """Says one sentence above the board; quietly only what is out of order."""
        if self._quiet and notice.code in _IN_ORDER:
            return
        name = self._names.get(notice.agency, notice.agency)
        sentence = t(f"cli.scan.notice.{notice.code}", name=name, detail=notice.detail)
        if self._live:
            self._console.print(Text(sentence))
        else:
            print(sentence, file=sys.stderr, flush=True)

    def _counts(self, event: Progress) -> dict[str, object]:
        return {"name": self._names[event.agency], "pages": event.pages, "documents": event.documents}

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False)
        for key in ("agency", "column_state", "pages", "documents", "remaining"):
            table.add_column(t(f"cli.progress.{key}"), justify="left" if key in {"agency", "column_state"} else "right")
        active = sorted(self._seen.values(), key=lambda seen: _ORDER.index(seen.state))
        room = max(3, self._console.height - 4)
        for event in active[:room]:
            table.add_row(
                Text(self._names[event.agency], overflow="ellipsis", no_wrap=True),
                t(f"cli.progress.state.{event.state}"),
                str(event.pages),
                str(event.documents),
                self._remaining(event),
            )
        done = sum(seen.state == "done" for seen in self._seen.values())
        table.caption = t("cli.progress.caption", done=done, all=len(self._names))
        return table

    def _remaining(self, event: Progress) -> str:
        if event.state != "crawling" or not event.queued:
            return ""
        seconds = int(event.queued * max(self._delay, 0.1))
        return f"{seconds // 60}:{seconds % 60:02d}"

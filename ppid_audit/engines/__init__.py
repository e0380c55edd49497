"""Anything shaped like map: where work runs that must be stoppable."""

from collections.abc import Callable
from typing import Any, Literal, Protocol

Limit = Literal["time", "memory", "crash", "closed"]


class WorkerLimit(Exception):  # noqa: N818 - the limit is the news, and callers turn it into data
    """A task was stopped: ``kind`` says whether by its time, its memory, a crash, or the engine's end."""

    def __init__(self, kind: Limit) -> None:
        self.kind: Limit = kind
        super().__init__(kind)


class WorkerError(Exception):
    """The function itself raised; the text is the repr of what it raised."""


class Engine(Protocol):
    """Runs picklable module-level functions elsewhere, each within limits."""

    async def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """The function's result; WorkerLimit when it was stopped, WorkerError when it raised."""

    def close(self) -> None:
        """Stops everything at once; no process is left."""


def _local(count: int, seconds: float, megabytes: int) -> Engine:
    from ppid_audit.engines.local import Workers

    return Workers(count, seconds, megabytes)


ENGINES: dict[str, Callable[[int, float, int], Engine]] = {"local": _local}
"""By name: (number of workers, seconds per task, megabytes per worker) to an engine, loaded when called."""

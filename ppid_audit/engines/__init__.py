"""Anything shaped like map: where work runs that must be stoppable."""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from ppid_audit.engines.dask import Cluster

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


Fault = Literal[
    "missing", "address", "open", "unreachable", "no_workers", "not_shared", "other_code", "here_only", "lost"
]

_ADDRESS = re.compile(r"(?P<way>tcp|tls)://(?P<host>\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}", re.ASCII)


class ClusterError(Exception):
    """Many machines cannot do the work: ``code`` says why, ``detail`` where (an address, a folder, a version)."""

    def __init__(self, code: Fault, detail: str = "") -> None:
        self.code: Fault = code
        self.detail = detail
        super().__init__(code, detail)


class Seat(Protocol):
    """What a task on another machine has from the one who gave it."""

    def stopping(self) -> bool:
        """Whether nobody waits for the task any more."""

    def tell(self, event: Any) -> None:
        """Sends an event back at once."""

    def turn(self, name: str, pause: float, hurry: Callable[[], bool]) -> AbstractAsyncContextManager[None]:
        """Holds ``name`` alone in the whole cluster, ``pause`` seconds longer than the context; ``hurry`` ends it."""


def cluster(address: str) -> "Cluster":
    """The cluster of dask.distributed at ``address``.

    ClusterError ``missing`` without the extra ``dask``, ``address`` when it is none, and ``open`` when it is on the
    public internet and not behind TLS: whoever reaches a scheduler can run programs on its workers.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ClusterError("address", address)
    if found["way"] == "tcp" and _is_public(found["host"]):
        raise ClusterError("open", address)
    try:
        from ppid_audit.engines.dask import Cluster
    except ImportError as error:
        raise ClusterError("missing", str(error)) from error
    return Cluster(address)


def _is_public(host: str) -> bool:
    """Whether ``host`` is a literal address of the public internet; names are not looked up."""
    try:
        return ip_address(host.strip("[]")).is_global
    except ValueError:
        return False

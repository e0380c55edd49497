"""Many machines: a cluster of dask.distributed that an office has running. The one door to that library.

Whoever reaches the scheduler can run programs on the workers: it belongs into a closed network, or behind
``tls://`` with certificates (dask reads their places from its own settings, ``DASK_DISTRIBUTED__COMM__TLS__...``).
"""

import asyncio
import logging
import pickle
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from distributed import Client, Future, KilledWorker, Semaphore, Worker, as_completed, get_worker
from distributed.client import FutureCancelledError

from ppid_audit.engines import ClusterError, Seat

CONNECT_SECONDS = 10.0
WORKER_SECONDS = 15.0
ATTEMPTS = 10
"""How often a task whose workers die is given out; each time the scheduler itself tries four workers."""

_SLICE = 0.25


class Cluster:
    """A scheduler at ``address`` (``tcp://host:port``, ``tls://host:port``) and its workers.

    A context: ClusterError ``unreachable`` or ``no_workers`` on entering.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    async def __aenter__(self) -> Self:
        for name in ("distributed", "distributed.client"):  # what went wrong is told in a sentence
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            self._client = Client(self._address, asynchronous=True, timeout=CONNECT_SECONDS, set_as_default=False)
            await self._client
        except (OSError, ValueError, TypeError) as error:  # TypeError: tls:// without certificates
            await self.__aexit__(None, None, None)
            raise ClusterError("unreachable", f"{self._address} ({error or type(error).__name__})") from error
        try:
            await self._client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError as error:
            await self.__aexit__(None, None, None)
            raise ClusterError("no_workers", self._address) from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(Exception):  # a scheduler that is gone needs no farewell
            await self._client.close(timeout=1)

    async def seats(self) -> int:
        """How many tasks can run at once."""
        return sum((await self._client.nthreads()).values())

    async def survey(self, function: Callable[..., Any], *args: Any) -> dict[str, Any]:
        """What a quick function says on every worker, by the worker's address; an exception where it raised."""
        answers: dict[str, Any] = await self._client.run(function, *args, on_error="return")
        return answers

    async def run(
        self, function: Callable[[Any, Seat], Any], errands: Sequence[Any], tell: Callable[[Any], None]
    ) -> AsyncIterator[Any]:
        """The results of ``function(errand, seat)`` on the workers, as they come; ``tell`` hears what the seats tell.

        An errand whose worker died is given to another one. What the function raises ends everything, and
        ``ClusterError`` ``lost`` says that the scheduler is gone. Ending it early has the workers stop.
        """
        topic = f"ppid-audit-{uuid4().hex}"
        self._client.subscribe_topic(topic, lambda event: tell(pickle.loads(event[1])))  # noqa: S301 - our own workers
        open_: dict[Future[Any], tuple[Any, int]] = {}
        done = as_completed(loop=self._client.loop)

        def give(errand: Any, attempt: int) -> None:
            key = f"{topic}-{uuid4().hex}"
            future = self._client.submit(_perform, function, errand, topic, key=key, pure=False)
            open_[future] = errand, attempt
            done.add(future)

        try:
            for errand in errands:
                give(errand, 1)
            while open_:
                future = await self._next(done)
                errand, attempt = open_.pop(future)
                try:
                    result = await future.result()
                except KilledWorker as error:
                    if attempt == ATTEMPTS:
                        raise ClusterError("lost", str(error)) from error
                    give(errand, attempt + 1)
                except FutureCancelledError as error:
                    raise ClusterError("lost", self._address) from error
                else:
                    yield result
                future.release()
        finally:
            with suppress(Exception):  # gone, and its workers with it
                await asyncio.wait_for(self._client.cancel(list(open_), force=True), 1)

    async def _next(self, done: Any) -> Future[Any]:
        """The next future that is done; ClusterError ``lost`` when the connection is."""
        coming = asyncio.ensure_future(done.__anext__())
        try:
            while not coming.done():
                await asyncio.wait([coming], timeout=1)
                if self._client.status not in ("running", "connecting"):
                    raise ClusterError("lost", self._address)
            future: Future[Any] = await coming
            return future
        finally:
            coming.cancel()


def _perform(function: Callable[[Any, Seat], Any], errand: Any, topic: str) -> Any:
    return function(errand, _Seat(topic))


class _Seat:
    """The place of one task at its worker (``engines.Seat``)."""

    def __init__(self, topic: str) -> None:
        self._worker: Worker = get_worker()
        self._key = self._worker.get_current_task()
        self._topic = topic
        self._turns: dict[str, Semaphore] = {}

    def stopping(self) -> bool:
        """Whether nobody waits for this task any more: it was cancelled, or its client or worker is leaving."""
        task = self._worker.state.tasks.get(self._key)
        return task is None or task.state != "executing" or self._worker.status.name not in ("running", "paused")

    def tell(self, event: Any) -> None:
        """Sends a picklable event to whoever gave the task; nothing is said when it cannot be sent."""
        with suppress(Exception):
            self._worker.log_event(self._topic, pickle.dumps(event))

    @asynccontextmanager
    async def turn(self, name: str, pause: float, hurry: Callable[[], bool]) -> AsyncIterator[None]:
        """Holds what only one task of the whole cluster may hold, and ``pause`` seconds longer."""
        if name not in self._turns:
            self._turns[name] = Semaphore(max_leases=1, name=f"ppid-audit {name}")
        lease = self._turns[name]
        while not await asyncio.to_thread(lease.acquire, timeout=_SLICE * 4) and not hurry():
            pass
        try:
            yield
        finally:
            until = time.monotonic() + pause
            while (left := until - time.monotonic()) > 0 and not hurry():
                await asyncio.sleep(min(left, _SLICE))
            with suppress(Exception):  # never got it, or lost it
                await asyncio.to_thread(lease.release)

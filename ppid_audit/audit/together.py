"""Many things at once that end together: none is left running, whoever fails or stops first."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from ppid_audit.engines.local import Workers

T = TypeVar("T")

GRACE_SECONDS = 2.0
"""How long what is under way may take after a stop: with it the program ends within five seconds."""

TASK_SECONDS = 120.0
"""Wall time of one page or one agency's judgement: ample, because a busy machine must not change a verdict."""

TASK_MEGABYTES = 1024
"""Address space of the process that does it."""

_SLICE = 0.1


async def together(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """All results, in order; when one fails, the others are ended before its exception goes on."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def working(count: int) -> AsyncIterator[Workers]:
    """Worker processes under the limits of this program; none is left at the end."""
    workers = Workers(count, seconds=TASK_SECONDS, megabytes=TASK_MEGABYTES)
    try:
        yield workers
    finally:
        workers.close()


@asynccontextmanager
async def cut_short(task: asyncio.Task[Any], stopping: Callable[[], bool]) -> AsyncIterator[None]:
    """Ends ``task`` when the block ends before it, and some seconds after ``stopping`` turned true.

    That it was ended so is no error in the block.
    """
    watch = asyncio.create_task(_watch(task, stopping))
    try:
        yield
    except asyncio.CancelledError:
        if not (task.cancelled() and stopping()):
            raise
    finally:
        watch.cancel()
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


async def _watch(task: asyncio.Task[Any], stopping: Callable[[], bool]) -> None:
    while not stopping():
        await asyncio.sleep(_SLICE)
    await asyncio.sleep(GRACE_SECONDS)
    task.cancel()

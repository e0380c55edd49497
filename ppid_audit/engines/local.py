"""Long-lived worker processes on this machine that can be killed in the middle of a task.

A worker is started with a bare interpreter on ``worker.py`` rather than by multiprocessing, which would
import the program's command line again in each and leave a helper process of its own.
"""

import asyncio
import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ppid_audit.engines import Limit, WorkerError, WorkerLimit, worker

__all__ = ["WorkerError", "WorkerLimit", "Workers"]

_START_SECONDS = 60.0


class Workers:
    """Up to ``count`` processes, started when first needed.

    A task has ``seconds`` of wall time; a worker has ``megabytes`` of address space where the system can
    limit that (Linux). May be used from any event loop, by one after the other.
    """

    def __init__(self, count: int, seconds: float, megabytes: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._greeting = pickle.dumps((sys.path, seconds, megabytes))
        self._seconds = seconds
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._closed = False

    async def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """The result of a module-level function, computed in a worker.

        WorkerLimit when it ran over its time or memory or took the process down with it; WorkerError with
        the repr of what it raised. Cancelling kills its worker.
        """
        try:
            task = pickle.dumps((function, args))
        except Exception as error:  # whatever an argument's own pickling raises
            raise WorkerError(repr(error)) from error
        ticket = _Ticket()
        try:
            kind, value = await asyncio.get_running_loop().run_in_executor(self._threads, self._do, task, ticket)
        except asyncio.CancelledError:
            ticket.cancel()
            raise
        if kind == "ok":
            return value
        if kind == "error":
            raise WorkerError(value)
        raise WorkerLimit(kind)

    def close(self) -> None:
        """Ends all workers and waits until they are gone. Running tasks end with ``WorkerLimit("closed")``."""
        with self._lock:
            self._closed = True
            workers = [*self._idle, *self._busy]
            self._idle.clear()
        for each in workers:
            each.kill("closed")
        self._threads.shutdown(wait=True, cancel_futures=True)
        for each in workers:
            each.dispose()

    def _do(self, task: bytes, ticket: "_Ticket") -> tuple[Any, Any]:
        """One task, in a thread: the answer of its worker, or (limit, None)."""
        kind, value, fresh = self._try(task, ticket, fresh=False)
        if kind in ("memory", "crash") and not fresh:
            # What earlier tasks left behind in a worker must not be held against this one.
            kind, value, _ = self._try(task, ticket, fresh=True)
        return kind, value

    def _try(self, task: bytes, ticket: "_Ticket", *, fresh: bool) -> tuple[Any, Any, bool]:
        try:
            chosen = self._take(fresh)
        except OSError:
            return "crash", None, True
        fresh = chosen.fresh
        ticket.hold(chosen)
        try:
            return *chosen.ask(task, self._seconds), fresh
        finally:
            ticket.hold(None)
            self._put_back(chosen)

    def _take(self, fresh: bool) -> "_Worker":
        with self._lock:
            chosen = self._idle.pop() if self._idle and not fresh else None
            if chosen is None or not chosen.alive:
                chosen = _Worker(self._greeting)
            self._busy.add(chosen)
            if self._closed:
                chosen.kill("closed")
        return chosen

    def _put_back(self, used: "_Worker") -> None:
        with self._lock:
            self._busy.discard(used)
            if used.alive and not self._closed:
                self._idle.append(used)
                return
        used.dispose()


class _Ticket:
    """Ties a task to the worker that does it, so that cancelling the task finds what to kill."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: _Worker | None = None
        self._cancelled = False

    def hold(self, worker: "_Worker | None") -> None:
        with self._lock:
            self._worker = worker
            if worker and self._cancelled:
                worker.kill("closed")

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            if self._worker:
                self._worker.kill("closed")


class _Worker:
    """One process and its pipes. ``fresh`` until its first task."""

    def __init__(self, greeting: bytes) -> None:
        # A group of its own: Ctrl-C at the terminal reaches the parent only, which then decides.
        apart: dict[str, Any] = {"start_new_session": True}
        if os.name == "nt":
            apart = {"creationflags": 0x200}  # CREATE_NEW_PROCESS_GROUP
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter on our own file
            [sys.executable, "-I", worker.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **apart,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self._greeting = greeting
        self._killed: Limit | None = None
        self.fresh = True

    @property
    def alive(self) -> bool:
        """Whether it can be given a task."""
        return self._killed is None and self._process.poll() is None

    def ask(self, task: bytes, seconds: float) -> tuple[str, Any]:
        """The worker's answer ``(kind, value)``, or the limit that ended it and None. Blocks."""
        try:
            if self.fresh:
                self._exchange(self._greeting, _START_SECONDS, "crash")
                self.fresh = False
            answer = self._exchange(task, seconds, "time")
        except (EOFError, OSError, ValueError):
            self.kill("crash")
            return self._killed or "crash", None
        try:
            kind, value = pickle.loads(answer)  # noqa: S301 - from our own child process
        except Exception as error:  # whatever a result's own unpickling raises
            return "error", repr(error)
        if kind == "memory":
            self.kill("memory")
        return kind, value

    def _exchange(self, message: bytes, seconds: float, late: Limit) -> bytes:
        guard = threading.Timer(seconds, self.kill, (late,))
        guard.daemon = True
        guard.start()
        try:
            worker.send(self._stdin, message)
            return worker.receive(self._stdout)
        finally:
            guard.cancel()
            guard.join()

    def kill(self, why: Limit) -> None:
        """Ends the process now; whoever waits for its answer gets ``why``."""
        self._killed = self._killed or why
        self._process.kill()

    def dispose(self) -> None:
        """Leaves no process and no pipe behind; may be called again."""
        self._process.kill()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()

"""The far side of ``local``: a process that answers one task at a time over its pipes.

It is run as a file of its own, before the package can be found: only the standard library is imported here.
A message is its length (8 bytes, big-endian) and that many bytes of pickle.
"""

import contextlib
import os
import pickle
import queue
import signal
import struct
import sys
import threading
from typing import IO, Any

_GRACE = 5.0


def send(pipe: IO[bytes], message: bytes) -> None:
    """Writes one message; OSError when nobody reads any more."""
    pipe.write(struct.pack(">Q", len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Reads one message; EOFError when the other side is gone."""
    (size,) = struct.unpack(">Q", _exactly(pipe, 8))
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _answer(task: bytes) -> bytes:
    """Does a task; the answer is pickled ``("ok", result)``, ``("error", repr)`` or ``("memory", "")``."""
    try:
        function, args = pickle.loads(task)  # noqa: S301 - from our own parent process
        return pickle.dumps(("ok", function(*args)))
    except MemoryError:
        return pickle.dumps(("memory", ""))
    except BaseException as error:
        return pickle.dumps(("error", _repr(error)))


def _repr(error: BaseException) -> str:
    try:
        return repr(error)
    except Exception:
        return type(error).__name__


def _limit_memory(megabytes: int) -> None:
    """Caps the address space where the system can; elsewhere the time limit alone protects."""
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = megabytes * 1024 * 1024
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _alarm(seconds: float) -> None:
    """Has the kernel end this process even when a C loop holds the interpreter and the parent is gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the parent, moved away from where a library could print to or read from."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return source, sink


def _listen(source: IO[bytes], inbox: "queue.SimpleQueue[bytes]") -> None:
    """Takes tasks in while one is being done, so that the parent's end is noticed at once."""
    try:
        while True:
            inbox.put(receive(source))
    finally:
        os._exit(0)


def main() -> None:
    """Answers tasks until the parent closes the pipe. The first message is (sys.path, seconds, megabytes)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = _own_pipes()
    start: tuple[list[str], float, int] = pickle.loads(receive(source))  # noqa: S301 - from our own parent process
    sys.path[:], seconds, megabytes = start
    _limit_memory(megabytes)
    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, inbox), daemon=True).start()
    send(sink, b"ready")
    while True:
        task = inbox.get()
        _alarm(seconds + _GRACE)
        answer = _answer(task)
        _alarm(0)
        send(sink, answer)


if __name__ == "__main__":
    with contextlib.suppress(EOFError, OSError):
        main()

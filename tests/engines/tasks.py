"""What workers are made to do in tests: all that a hostile page could make a parser do."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from ppid_audit.engines import ClusterError


def double(number):
    return 2 * number


def size(data):
    return len(data)


def echo_after(seconds, value):
    time.sleep(seconds)
    return value


def pid():
    return os.getpid()


def raise_value_error(text):
    raise ValueError(text)


def leave(code):
    sys.exit(code)


def die(code):
    os._exit(code)


def eat_memory():
    hoard = []
    while True:
        hoard.append(bytearray(16_000_000))


def loop_for_ever():
    while True:
        pass


def beat_for_ever(path):
    """Shows by a growing file that it is alive."""
    with Path(path).open("ab", buffering=0) as file:
        while True:
            file.write(b".")
            time.sleep(0.01)


def catastrophic_pattern():
    """A C loop that never lets another thread run."""
    import re

    re.match(r"(a+)+$", "a" * 60 + "b")


def keep_if_unlucky(memory=[]):  # noqa: B006 - the leak is the point
    """Leaks 60 MB a call."""
    memory.append(bytearray(60_000_000))
    return len(memory)


def talk():
    print("ini bukan jawaban")
    os.write(1, b"\0\0\0\0\0\0\0\1x")
    return sys.stdin.read()


def give_lambda():
    return lambda: None


def interrupt_self():
    signal.raise_signal(signal.SIGINT)
    return "still here"


class Unloadable:
    def __reduce__(self):
        return (raise_value_error, ("cannot be loaded",))


def give_unloadable():
    return Unloadable()


def alone(errand, seat):
    """The process, and when it held the turn of that name."""
    name, pause = errand

    async def hold() -> tuple[int, float, float]:
        async with seat.turn(name, pause, seat.stopping):
            began = time.time()
            await asyncio.sleep(0.1)
            return os.getpid(), began, time.time()

    found = asyncio.run(hold())
    seat.tell(found)
    return found


def fail(errand, seat):
    raise ClusterError(*errand)


def until_stopped(errand, seat):
    """Leaves a file when it begins and another when nobody waits for it any more."""
    begun, stopped = map(Path, errand)
    begun.touch()
    while not seat.stopping():
        time.sleep(0.05)
    stopped.touch()

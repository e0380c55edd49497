"""What workers are made to do in tests: all that a hostile page could make a parser do."""

import os
import signal
import sys
import time
from pathlib import Path


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

"""Every connection that this process opens and every name that it has looked up, as the interpreter itself sees it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_active: list[list[tuple[str, Any]]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _active and event == "socket.connect" and isinstance(arguments[1], tuple):
        _active[-1].append(("connect", tuple(arguments[1][:2])))
    elif _active and event == "socket.getaddrinfo":
        _active[-1].append(("lookup", arguments[0]))


sys.addaudithook(_hook)


@contextmanager
def recorded() -> Iterator[list[tuple[str, Any]]]:
    """What is contacted while it lasts: ``("connect", (address, port))`` and ``("lookup", name)``."""
    found: list[tuple[str, Any]] = []
    _active.append(found)
    try:
        yield found
    finally:
        _active.pop()

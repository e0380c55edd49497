"""Which network addresses may be contacted: decided on the resolved address, at connect time.

A name is looked up once, every address of the answer must be public, and the connection goes to an
address of that very answer: a second answer (DNS rebinding) is never asked for.
"""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Lookup = Callable[[str], Awaitable[tuple[str, ...]]]
"""Host name to addresses; raises ``OSError`` (``socket.gaierror``) when there are none."""

LOOKUP_SECONDS = 5.0
_KNOWN_FOR = 300.0
_UNKNOWN_FOR = 20.0
_MAX_LOOKUPS = 128
_MAX_ADDRESSES = 4
_WEB_PORTS = (80, 443)

_TUNNELS: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # IETF protocol assignments (RFC 6890)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "::/96",  # IPv4-compatible (RFC 4291)
        "64:ff9b::/96",  # NAT64 (RFC 6052)
        "64:ff9b:1::/48",  # local NAT64 (RFC 8215)
        "2001::/32",  # Teredo (RFC 4380)
        "2002::/16",  # 6to4 (RFC 3056)
        "fec0::/10",  # site-local (RFC 3879)
    )
)
"""Blocks that ``is_global`` lets pass, although they lead (or may lead) into somebody's inside."""


class AddressRefusedError(Exception):
    """The guard will not connect there; its text says why. Never leaves the crawl room."""


def is_public(address: str) -> bool:
    """Whether the literal IP ``address`` is a plain host of the public internet; False for anything odd."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (ip.ipv4_mapped is not None or ip.scope_id is not None):
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip.version == block.version and ip in block for block in _TUNNELS)


async def system_lookup(host: str) -> tuple[str, ...]:
    """The addresses of ``host`` by the system's resolver.

    Each look-up has a daemon thread of its own: a resolver that hangs holds up neither other look-ups nor
    the end of the program, as it would in an executor.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def deliver(found: tuple[str, ...] | Exception) -> None:
        if answer.done():
            return
        if isinstance(found, Exception):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def work() -> None:
        found: tuple[str, ...] | Exception
        try:
            rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = tuple(dict.fromkeys(str(row[4][0]) for row in rows))
        except UnicodeError:  # a label that is no host name, such as one of 64 characters
            found = socket.gaierror(socket.EAI_NONAME, "not a host name")
        except OSError as error:
            found = error
        with contextlib.suppress(RuntimeError):  # the loop may be closed by now
            loop.call_soon_threadsafe(deliver, found)

    threading.Thread(target=work, daemon=True, name="lookup").start()
    return await answer


class Resolver:
    """Host names to vetted addresses.

    ``internal`` are the authorities (``host`` or ``host:port``) that agencies.yaml names and that may
    therefore be private or use another port; ``lookup`` is the resolver, ``seconds`` its time limit.
    """

    def __init__(
        self, internal: frozenset[str], lookup: Lookup = system_lookup, seconds: float = LOOKUP_SECONDS
    ) -> None:
        self._internal = frozenset(name.lower() for name in internal)
        self._lookup = lookup
        self._seconds = seconds
        self._room = asyncio.Semaphore(_MAX_LOOKUPS)
        self._known: dict[str, tuple[float, tuple[str, ...] | OSError]] = {}

    def is_internal(self, host: str, port: int) -> bool:
        """Whether agencies.yaml itself names this place."""
        name = f"[{host}]" if ":" in host else host
        return f"{name}:{port}" in self._internal or (port in _WEB_PORTS and name in self._internal)

    async def vetted(self, host: str, port: int) -> tuple[str, ...]:
        """Addresses of ``host`` that may be connected to on ``port``, in the resolver's order, at most four.

        Raises AddressRefusedError (odd port, or any address of the answer not public) and OSError.
        """
        internal = self.is_internal(host, port)
        if not internal and port not in _WEB_PORTS:
            raise AddressRefusedError(f"port {port}")
        found = await self._addresses(host)
        refused = [address for address in found if not internal and not is_public(address)]
        if refused:
            raise AddressRefusedError(f"{host} resolves to {refused[0]}")
        return found[:_MAX_ADDRESSES]

    async def _addresses(self, host: str) -> tuple[str, ...]:
        until, known = self._known.get(host, (0.0, ()))
        if time.monotonic() >= until:
            known = await self._ask(host)
            keep = _UNKNOWN_FOR if isinstance(known, OSError) else _KNOWN_FOR
            self._known[host] = (time.monotonic() + keep, known)
        if isinstance(known, OSError):
            raise known.with_traceback(None)
        return known

    async def _ask(self, host: str) -> tuple[str, ...] | OSError:
        try:
            async with self._room, asyncio.timeout(self._seconds):
                return await self._lookup(host) or socket.gaierror(socket.EAI_NONAME, "no address")
        except TimeoutError:
            return socket.gaierror(socket.EAI_AGAIN, f"no answer within {self._seconds:g} s")
        except OSError as error:
            return error

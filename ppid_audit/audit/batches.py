"""Which agencies one worker has to visit so that no server is asked from two sides."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ppid_audit.audit.visits import Call
from ppid_audit.model.agency import Agency
from ppid_audit.web import urls
from ppid_audit.web.scope import Relation, Scope

Address = Callable[[str], Awaitable[str]]
"""A URL to what its server is called: its public IP address, or else its authority (``HttpFetch.address``)."""

_NOBODY = Scope(frozenset())


@dataclass(frozen=True, slots=True)
class Batch:
    """``calls`` for one worker; ``alone`` are the servers (authorities and addresses) that no other batch asks."""

    calls: tuple[Call, ...]
    alone: frozenset[str]


async def batches(calls: Sequence[Call], address: Address, size: int) -> list[Batch]:
    """All of ``calls``, at most ``size`` in a batch unless more of them share servers; the slowest batches first.

    Agencies that share a host or an address stay together. How long a batch takes depends on how many share
    one server: those of a kind go together.
    """
    own = await asyncio.gather(*(_servers(_own(call.agency), address) for call in calls))
    trusted = await asyncio.gather(*(_servers(_trusted(call.agency), address) for call in calls))
    packed = list(_packed(_joined(own), size))
    asked = Counter(server for group in packed for server in _of(group, own) | _of(group, trusted))
    return [
        Batch(
            tuple(calls[index] for index in group),
            frozenset(server for server in _of(group, own) if asked[server] == 1 and not _is_everybodys(server)),
        )
        for group in packed
    ]


def _own(agency: Agency) -> list[str]:
    return [agency.url, *agency.also]


def _trusted(agency: Agency) -> list[str]:
    return [place if "://" in place else f"https://{place}/" for place in agency.trusted]


async def _servers(places: Iterable[str], address: Address) -> frozenset[str]:
    """The authorities of some addresses, with and without ``www.``, and the servers that they are on."""
    names: set[str] = set()
    for url in places:
        plain = urls.without_www(urls.authority(url))
        names |= {plain, f"www.{plain}", await address(url)}
    return frozenset(names)


def _joined(servers: Sequence[frozenset[str]]) -> list[list[int]]:
    """Positions that are linked by servers in common, in groups: the largest first."""
    users: dict[str, list[int]] = defaultdict(list)
    for index, names in enumerate(servers):
        for name in names:
            users[name].append(index)
    seen: set[int] = set()
    groups = [sorted(_reached(index, servers, users, seen)) for index in range(len(servers)) if index not in seen]
    return sorted(groups, key=len, reverse=True)


def _reached(
    start: int, servers: Sequence[frozenset[str]], users: dict[str, list[int]], seen: set[int]
) -> Iterator[int]:
    todo = [start]
    while todo:
        index = todo.pop()
        if index not in seen:
            seen.add(index)
            todo += [other for name in servers[index] for other in users.pop(name, ())]
            yield index


def _packed(groups: Iterable[list[int]], size: int) -> Iterator[list[int]]:
    batch: list[int] = []
    for group in groups:
        if batch and len(batch) + len(group) > size:
            yield batch
            batch = []
        batch = batch + group
    if batch:
        yield batch


def _of(group: Iterable[int], servers: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(servers[index] for index in group))


def _is_everybodys(server: str) -> bool:
    """Whether any agency's visit may lead there, named or not."""
    return _NOBODY.relation(f"https://{server}/") is Relation.DOCUMENT_HOST

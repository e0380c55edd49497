"""The queue of a visit: what to ask for next, within budgets, and what became of every address known. Pure.

Every address pushed ends as read or as unread with a reason: an absence is proved by nothing else. Where far too many
are known, further ones are only counted, if they matter: then no absence is proved.
"""

from collections import Counter
from dataclasses import dataclass, replace
from enum import IntEnum
from heapq import heappop, heappush

from ppid_audit.crawl import shape
from ppid_audit.model.capture import Role, Unread, UnreadWhy
from ppid_audit.web import urls

RELEVANT = 0.5
"""Relevance (0..1) from which a link is one that the judge wants to have read."""

PER_TEMPLATE = 5
SAMPLE_AFTER = 2 / 3
MAX_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Address:
    """A known address: what its best link calls it, where that stands, how many clicks from the front page.

    ``essential`` addresses (menu entries, frames) are always read before others and never sampled away.
    """

    url: str
    role: Role
    title: str = ""
    found_on: str = ""
    depth: int = 0
    relevance: float = 0.0
    essential: bool = False

    @property
    def relevant(self) -> bool:
        """Whether the judge will ask for this one."""
        return self.relevance >= RELEVANT


class _Purse(IntEnum):
    """Which budget an address is paid from."""

    PAGES = 0
    DOCUMENTS = 1
    OFF_SITE = 2


def _purse(role: Role) -> _Purse:
    if role is Role.OFF_SITE:
        return _Purse.OFF_SITE
    return _Purse.DOCUMENTS if role in (Role.DOCUMENT, Role.IMAGE) else _Purse.PAGES


_Rank = tuple[int, float, int, int]


def _rank(address: Address) -> _Rank:
    """Best first: front page and fragments, relevant ones, menus, other hosts, the rest."""
    if address.role in (Role.HOME, Role.FRAGMENT):
        tier = 0
    elif address.role is Role.OFF_SITE:
        tier = 3
    else:
        tier = 1 if address.relevant else 2 if address.essential else 4
    return tier, -address.relevance, address.depth, _purse(address.role)


@dataclass(slots=True)
class _Entry:
    """``why`` is None while the address waits or when it was read; ``ticket`` finds its place in the queue."""

    address: Address
    ticket: int = 0
    read: bool = False
    why: UnreadWhy | None = None


class Frontier:
    """Addresses of one agency. Budgets: ``pages``, ``documents``, ``off_site`` requests; ``depth`` clicks."""

    def __init__(self, pages: int, documents: int, depth: int, off_site: int = 40, known: int = MAX_KNOWN) -> None:
        self._limits = {_Purse.PAGES: pages, _Purse.DOCUMENTS: documents, _Purse.OFF_SITE: off_site}
        self._spent: Counter[_Purse] = Counter()
        self._depth = depth
        self._known_limit = known
        self._entries: dict[str, _Entry] = {}
        self._queues: dict[_Purse, list[tuple[_Rank, int, str]]] = {purse: [] for purse in _Purse}
        self._tickets = 0
        self._waiting: set[str] = set()
        self._templates: Counter[str] = Counter()
        self.dropped = 0
        """Addresses that matter and were not even kept as unread, because far too many were known."""

    @property
    def pages(self) -> int:
        """Pages paid for so far."""
        return self._spent[_Purse.PAGES]

    @property
    def documents(self) -> int:
        """Documents and pictures paid for so far."""
        return self._spent[_Purse.DOCUMENTS]

    @property
    def queued(self) -> int:
        """How many addresses wait."""
        return len(self._waiting)

    def push(self, address: Address) -> None:
        """Queue ``address``, or a better name for one that waits; what must not be asked for becomes unread."""
        self._enter(address, self._refusal(address))

    def reject(self, address: Address, why: UnreadWhy) -> None:
        """Know ``address`` without ever asking for it, unless a later push gives reason to."""
        self._enter(address, why)

    def _refusal(self, address: Address) -> UnreadWhy | None:
        if shape.is_action(address.url):
            return UnreadWhy.OUT_OF_SCOPE
        too_deep = address.depth > self._depth or shape.is_trap(address.url)
        return UnreadWhy.DEPTH if too_deep else None

    def _enter(self, address: Address, why: UnreadWhy | None) -> None:
        name = urls.key(address.url)
        entry = self._entries.get(name)
        if entry is None:
            if self._is_full(address):
                self.dropped += address.relevant or address.essential
                return
            self._entries[name] = entry = _Entry(address, why=why)
        elif entry.read or not self._improve(entry, address, why):
            return
        if entry.why is None:
            self._queue(name, entry)

    def _is_full(self, address: Address) -> bool:
        return len(self._entries) >= self._known_limit * (2 if address.relevant else 1)

    def _improve(self, entry: _Entry, address: Address, why: UnreadWhy | None) -> bool:
        """Take over what ``address`` adds to a known one; whether it must be queued (again)."""
        old, was = entry.address, entry.why
        if why is not None and was is None:
            return False
        better = address if _rank(address) < _rank(old) or (was is not None and why is None) else old
        entry.address = replace(
            better, depth=min(old.depth, address.depth), essential=old.essential or address.essential
        )
        entry.why = why
        return was is not None or _rank(entry.address) < _rank(old)

    def _queue(self, name: str, entry: _Entry) -> None:
        self._tickets += 1
        entry.ticket = self._tickets
        self._waiting.add(name)
        heappush(self._queues[_purse(entry.address.role)], (_rank(entry.address), entry.ticket, name))

    def pop(self) -> Address | None:
        """The best address that a budget still pays for (it is paid with this), or None at the end."""
        while (purse := self._best_purse()) is not None:
            _, _, name = heappop(self._queues[purse])
            self._waiting.discard(name)
            entry = self._entries[name]
            if self._is_one_more_look_alike(entry.address):
                entry.why = UnreadWhy.SAMPLED
                continue
            entry.read = True
            self._spent[purse] += 1
            self._templates[shape.template(entry.address.url)] += 1
            return entry.address
        return None

    def _best_purse(self) -> _Purse | None:
        heads = []
        for purse, queue in self._queues.items():
            while queue and not self._is_current(queue[0]):
                heappop(queue)
            if queue and self._spent[purse] < self._limits[purse]:
                heads.append((queue[0], purse))
        return min(heads)[1] if heads else None

    def _is_current(self, place: tuple[_Rank, int, str]) -> bool:
        return place[2] in self._waiting and self._entries[place[2]].ticket == place[1]

    def _is_one_more_look_alike(self, address: Address) -> bool:
        if address.role is not Role.PAGE or address.relevant or address.essential:
            return False
        late = self.pages >= SAMPLE_AFTER * self._limits[_Purse.PAGES]
        return late and self._templates[shape.template(address.url)] >= PER_TEMPLATE

    def skip(self, address: Address, why: UnreadWhy) -> None:
        """Nothing was sent for the popped ``address``: it is unread after all, and costs nothing."""
        self.refund(address)
        entry = self._entries[urls.key(address.url)]
        entry.read, entry.why = False, why

    def refund(self, address: Address) -> None:
        """The popped ``address`` was answered without a request."""
        self._spent[_purse(address.role)] -= 1
        self._templates[shape.template(address.url)] -= 1

    def charge_as(self, address: Address, role: Role) -> None:
        """The popped ``address`` turned out to be another kind of thing: another budget pays."""
        self._spent[_purse(address.role)] -= 1
        self._spent[_purse(role)] += 1

    def mark_read(self, url: str) -> None:
        """``url`` has been seen in another way (a redirect led there)."""
        name = urls.key(url)
        entry = self._entries.get(name)
        if entry is None:
            self._entries[name] = _Entry(Address(url, Role.PAGE), read=True)
        else:
            entry.read, entry.why = True, None
            self._waiting.discard(name)

    def unread(self, why: UnreadWhy) -> tuple[Unread, ...]:
        """All addresses known but not read, in the order in which they became known; ``why`` for those waiting."""
        return tuple(
            Unread(entry.address.url, entry.why or why, entry.address.title, entry.address.found_on)
            for entry in self._entries.values()
            if not entry.read
        )

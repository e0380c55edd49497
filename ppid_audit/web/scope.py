"""Which addresses belong to an agency, and how it stands to all others."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from ppid_audit.model.agency import Agency
from ppid_audit.web import hosts, urls


class Relation(StrEnum):
    """How an address stands to an agency."""

    OWN = "own"
    TRUSTED = "trusted"
    DOCUMENT_HOST = "document_host"
    PORTAL = "portal"
    SOCIAL = "social"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Scope:
    """The hosts that an agency calls its own and the places that it trusts.

    ``own`` are hosts without ``www.``; of an internal host (loopback, private) the port is part of
    the name. ``trusted`` are such hosts; ``trusted_below`` are address keys under which all is trusted.
    """

    own: frozenset[str]
    trusted: frozenset[str] = frozenset()
    trusted_below: tuple[str, ...] = ()

    @classmethod
    def of(cls, agency: Agency) -> "Scope":
        """The scope that agencies.yaml gives: ``url`` and ``also`` are own, ``trusted`` hosts or addresses."""
        own = frozenset(filter(None, (_identity(_address(place)) for place in (agency.url, *agency.also))))
        trusted = [_address(place) for place in agency.trusted]
        whole = frozenset(filter(None, (_identity(url) for url in trusted if urls.key(url) == _root(url))))
        below = tuple(urls.key(url) for url in trusted if urls.host(url) and urls.key(url) != _root(url))
        return cls(own, whole, below)

    def relation(self, url: str) -> Relation:
        """How the http(s) address ``url`` stands to the agency; ELSEWHERE when it is none."""
        identity, host = _identity(url), urls.host(url)
        if not identity:
            return Relation.ELSEWHERE
        if identity in self.own:
            return Relation.OWN
        if identity in self.trusted or self._is_below(url):
            return Relation.TRUSTED
        if hosts.is_social(host):
            return Relation.SOCIAL
        if hosts.is_document_host(host) or hosts.is_shared_file(url):
            return Relation.DOCUMENT_HOST
        return Relation.PORTAL if hosts.is_portal(host) else Relation.ELSEWHERE

    def owns(self, url: str) -> bool:
        """Whether ``url`` is on one of the agency's own hosts."""
        return _identity(url) in self.own

    def _is_below(self, url: str) -> bool:
        asked = urls.key(url)
        return any(asked == place or asked.startswith((f"{place}/", f"{place}?")) for place in self.trusted_below)


@lru_cache(maxsize=4096)
def is_internal(host: str) -> bool:
    """Whether ``host`` is localhost or a literal address that is not of the public internet.

    Loopback, private, link-local, shared, reserved, multicast and unspecified addresses count, also when
    written in an odd form (``127.1``, ``0x7f.0.0.1``, ``::ffff:10.0.0.1``). Names are not resolved.
    """
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    literal = name if ":" in name else urls.host(f"http://{name}/")
    try:
        return _is_internal_address(ip_address(literal))
    except ValueError:
        return False


def _is_internal_address(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return _is_internal_address(inner)
    return not address.is_global or address.is_multicast or address.is_reserved


def _address(place: str) -> str:
    return place if "://" in place else f"http://{place}"


def _root(url: str) -> str:
    return urls.key(f"http://{urls.authority(url)}/")


def _identity(url: str) -> str:
    host = urls.host(url)
    return urls.authority(url) if is_internal(host) else urls.without_www(host)

"""Addresses and host names as people write them into a file: checked before anything is sent to them."""

import re

from yaml.nodes import Node

from ppid_audit.config.fields import Schema, Text
from ppid_audit.config.nodes import Book
from ppid_audit.web import urls

_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_IPV6 = re.compile(r"[0-9a-f:.]*:[0-9a-f:.]*")
_OTHER_SCHEME = re.compile(r"(ftp|file|mailto|javascript|data|tel|ssh|ws|wss):", re.IGNORECASE)
_LONGEST_HOST = 253


class Url:
    """An absolute http or https address without userinfo. Private and loopback hosts are the user's own choice."""

    def read(self, node: Node, book: Book) -> str:
        """The address as written."""
        text = Text(longest=urls.MAX_LENGTH).read(node, book)
        if problem := _problem_of(text):
            raise book.refuse(node, problem, value=text)
        return text

    def schema(self) -> Schema:
        """A string with the form of an address."""
        return {"type": "string", "format": "uri", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@\\]+([/?#]\S*)?$"}


class Place:
    """A host (``ppid.example.go.id``), or an address of which all that lies below counts."""

    def read(self, node: Node, book: Book) -> str:
        """The host or address as written."""
        text = Text(longest=urls.MAX_LENGTH).read(node, book)
        address = text if "://" in text or _OTHER_SCHEME.match(text) else f"http://{text}"
        if problem := _problem_of(address):
            raise book.refuse(node, problem, value=text)
        return text

    def schema(self) -> Schema:
        """A string without spaces or userinfo."""
        return {"type": "string", "pattern": r"^([Hh][Tt][Tt][Pp][Ss]?://)?[^\s/?#@\\]+([/?#]\S*)?$"}


def _problem_of(text: str) -> str | None:
    """The sentence that says why ``text`` is no address that may be visited; None when it is one."""
    scheme, found, rest = text.partition("://")
    if not found:
        return "bad_scheme" if _OTHER_SCHEME.match(text) else "no_scheme"
    if scheme.lower() not in ("http", "https"):
        return "bad_scheme"
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    if not authority or authority.startswith(":"):
        return "no_host"
    if "@" in authority:
        return "userinfo"
    if re.search(r"[\s\\]", text):
        return "bad_url"
    host = urls.host(text)
    if not host:
        return "bad_url"
    return None if len(host) <= _LONGEST_HOST and (_HOST.fullmatch(host) or _IPV6.fullmatch(host)) else "bad_host"


class HostPattern:
    """What a probe compares hosts with: a host and all below it (``lapor.go.id``), or a first label (``jdih``).

    A path may follow (``portal.example.go.id/pengaduan``); a scheme and a port may not.
    """

    _SHAPE = r"[a-z0-9_][a-z0-9_-]*(\.[a-z0-9_][a-z0-9_-]*)*(/[a-z0-9._-]+)*"

    def read(self, node: Node, book: Book) -> str:
        """The host or label in lower case."""
        text = Text(longest=_LONGEST_HOST).read(node, book).lower()
        if not re.fullmatch(self._SHAPE, text):
            raise book.refuse(node, "bad_probe_host", value=text)
        return text

    def schema(self) -> Schema:
        """A string of that form."""
        return {"type": "string", "pattern": f"^{self._SHAPE.replace('a-z', 'A-Za-z')}$"}

"""What may become part of an address or a text in the page. Escaping itself is the template engine's work."""

import re
from functools import lru_cache
from hashlib import sha256

from ppid_audit.report.words import shortened, visible
from ppid_audit.web.urls import resolve

REL = "noopener noreferrer nofollow"
"""For every link that leaves the file: the site learns nothing of the reader, and gains nothing."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_TEXT = 600


def anchor(kind: str, *ids: str) -> str:
    """``opd/dinkes``: an element's id and the fragment that leads to it, of letters, digits and ``._-/`` only."""
    return "/".join((kind, *map(_part, ids)))


def _part(name: str) -> str:
    if _PLAIN.fullmatch(name):
        return name
    return f"x{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


@lru_cache(maxsize=16_384)
def address(url: str) -> str:
    """``url`` as a browser would open it if it is http or https; else empty: it is then shown, never linked."""
    return (resolve(url, url) or "") if url else ""


def text(words: str, length: int = _TEXT) -> str:
    """A site's words on one line, without anything that acts, cut to ``length`` characters."""
    return shortened(visible(words), length)


def spelled(url: str, length: int = 72) -> str:
    """An address as it is shown: without its scheme; a long one keeps its host and its end."""
    words = visible(url).removeprefix("https://").removeprefix("http://").rstrip("/")
    if len(words) <= length:
        return words
    host, _, rest = words.partition("/")
    room = length - len(host) - 2
    return f"{host}/…{rest[-room:]}" if room > 12 else shortened(words, length)


def below(url: str, other: str) -> str:
    """``url`` as it is shown beside ``other``: from its path on when both are of one host."""
    place, beside = _parted(url), _parted(other)
    return shortened(visible(place[1]), 60) if place[0] and place[0] == beside[0] else spelled(url, 60)


def _parted(url: str) -> tuple[str, str]:
    """(scheme and authority, the rest); nothing but the rest where there is no authority."""
    scheme, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return (f"{scheme}://{authority}", slash + path) if mark else ("", url)

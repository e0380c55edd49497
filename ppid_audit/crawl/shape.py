"""What an address gives away by its shape: look-alikes, traps, and links that act instead of showing."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

from ppid_audit.web import urls

MAX_SEGMENTS = 12
MAX_REPEATS = 2

_ACTIONS = urls.names(
    "logout log-out logoff signout sign-out delete hapus remove unsubscribe subscribe vote add-to-cart cart checkout"
    " print cetak share replytocom wp-admin wp-login xmlrpc wp-json wp-cron wp-comments-post trackback feed feeds rss"
    " rss2 atom phpmyadmin pma adminer cgi-bin webcal ical"
)
"""Path segments (with or without an extension) that are never asked for."""

_ACTION_PARAMETERS = urls.names(
    "do add-to-cart remove_item replytocom unsubscribe vote print cetak share ical outlook-ical feed _wpnonce"
)
_ACTION_VALUES = urls.names("logout delete hapus remove edit add vote print cetak lostpassword")
_ACTION_EXTENSIONS = urls.names("ics sql bak env git rss atom swp pem key")
_PROGRAM_EXTENSION = re.compile(r"\.(?:php\d?|aspx?|html?|jsp|cgi|xml)$")
_DIGITS = re.compile(r"\d+")
_SLUG_WORDS, _SLUG_LENGTH, _ROOT_SLUG_WORDS = 3, 25, 5


@lru_cache(maxsize=65_536)
def template(url: str) -> str:
    """The address with what varies between look-alike pages struck out: ``/berita/<slug>`` gives ``/berita/*``.

    Digits become ``#``; a last segment that reads like a headline becomes ``*``.
    """
    segments = [unquote(part, errors="replace") for part in urls.path(url).split("/") if part]
    shape = [_DIGITS.sub("#", part) for part in segments]
    if segments and _is_headline(segments[-1], alone=len(segments) == 1):
        shape[-1] = "*"
    query = "&".join(f"{name}={_DIGITS.sub('#', value)}" for name, value in _parameters(url))
    return f"{urls.authority(url)}/{'/'.join(shape)}?{query}"


def _is_headline(segment: str, alone: bool) -> bool:
    words = len([word for word in re.split(r"[-_+ ]", segment) if word])
    if alone:
        return words >= _ROOT_SLUG_WORDS
    return words >= _SLUG_WORDS or len(segment) > _SLUG_LENGTH or bool(_DIGITS.search(segment))


def is_action(url: str) -> bool:
    """Whether asking for ``url`` may change something, or pries where no reader goes: it is never requested."""
    segments = [unquote(part, errors="replace").lower() for part in urls.path(url).split("/") if part]
    if any(_is_action_segment(segment) for segment in segments):
        return True
    parameters = [(name.lower(), value.lower()) for name, value in _parameters(url)]
    return any(
        name in _ACTION_PARAMETERS or (name in ("action", "task", "act", "aksi") and value in _ACTION_VALUES)
        for name, value in parameters
    )


def _is_action_segment(segment: str) -> bool:
    hidden = segment.startswith(".") and segment != ".well-known"
    ending = segment.rpartition(".")[2] if "." in segment else ""
    return hidden or ending in _ACTION_EXTENSIONS or _PROGRAM_EXTENSION.sub("", segment) in _ACTIONS


def is_trap(url: str) -> bool:
    """Whether the path is deeper, or repeats a segment more often, than any real page (growing relative links)."""
    segments = [part for part in urls.path(url).split("/") if part]
    return len(segments) > MAX_SEGMENTS or any(segments.count(part) > MAX_REPEATS for part in set(segments))


def _parameters(url: str) -> list[tuple[str, str]]:
    query = url.partition("#")[0].partition("?")[2]
    return sorted(parse_qsl(query, keep_blank_values=True, errors="replace"))

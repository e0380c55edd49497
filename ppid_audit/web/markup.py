"""Raw HTML looked at as text, for questions that a tree can no longer answer: what stands outside of the page.

Every pass is linear in the length of the text, whatever it holds.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,30})\s{0,5}=\s{0,5}(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"'>]{1,4000}))")
_TITLE = re.compile(r"<title[^<>]*>([^<]{0,2000})", re.IGNORECASE)
_ATTRIBUTES = 8_000
_DROPPED = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<noscript", "</noscript"))


class Tag(NamedTuple):
    """A tag at ``start``..``end`` of the text; ``name`` in lower case."""

    name: str
    closing: bool
    attributes: str
    start: int
    end: int

    def get(self, name: str) -> str:
        """The value of an attribute, character references resolved; empty when absent."""
        for found in _ATTRIBUTE.finditer(self.attributes[:_ATTRIBUTES]):
            if found[1].lower() == name:
                return unescape(found[2] or found[3] or found[4] or "").strip()
        return ""


def tags(raw: str) -> Iterator[Tag]:
    """The tags of ``raw`` in their order."""
    for found in _TAG.finditer(raw):
        yield Tag(found[2].lower(), bool(found[1]), found[3], found.start(), found.end())


def title_of(raw: str) -> str:
    """The words of the first <title>."""
    found = _TITLE.search(raw)
    return words_of(found[1]) if found else ""


def words_of(raw: str) -> str:
    """The words between the tags, on one line."""
    return " ".join(unescape(_TAG.sub(" ", raw)).split())


def without_scripts(raw: str) -> str:
    """``raw`` with comments, scripts and styles blanked out, everything else at its place."""
    low, parts, at = lowered(raw), [], 0
    ends: dict[str, int] = {}
    starts = sorted((place, end) for start, end in _DROPPED for place in _places(low, start))
    for start, mark in starts:
        if start < at:
            continue
        if ends.get(mark, 0) >= 0:
            ends[mark] = low.find(mark, start + 4)
        end = len(raw) if ends[mark] < 0 else ends[mark]
        if mark != "-->" and ends[mark] < 0:
            continue  # never closed: a browser would swallow the rest, but what stands there was put there
        parts.append(raw[at:start] + " " * (end - start))
        at = end
    return "".join(parts) + raw[at:]


def lowered(raw: str) -> str:
    """Lower case of ASCII letters alone, so that no character changes its place."""
    return raw.translate(_LOWER)


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _places(low: str, mark: str) -> Iterator[int]:
    at = low.find(mark)
    while at >= 0:
        yield at
        at = low.find(mark, at + len(mark))

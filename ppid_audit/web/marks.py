"""Marks by which pages that are not the agency's own word are known: data for ``web.nature``.

Each row says what a page is when one of its phrases stands in the title, in the text or in the raw markup of a page
with no more than ``words`` words and ``links`` links. The phrases are those of the products themselves (wafw00f and
the vendors' own documentation for block pages; web servers, panels and frameworks for their defaults) and of
Indonesian hosts; a vendor's name or header alone is never a mark.
"""

import re
from dataclasses import dataclass

from ppid_audit.model.site import Nature

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Mark:
    """One way to know a page. Patterns are searched in lower case; ``also`` must stand in the raw markup besides."""

    nature: Nature
    title: re.Pattern[str] = _NEVER
    text: re.Pattern[str] = _NEVER
    raw: re.Pattern[str] = _NEVER
    also: re.Pattern[str] | None = None
    unless: re.Pattern[str] = _NEVER
    words: int = 150
    links: int = 15


def any_of(*phrases: str) -> re.Pattern[str]:
    """One pattern that any of ``phrases`` (regular expressions) matches."""
    return re.compile("|".join(phrases))

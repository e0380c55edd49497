"""What a page is: the agency's own word, or something that stands in its place.

Precision first: an ordinary page must never be called anything else, so that a mark counts only where little else
is said (``web.marks``). A vendor's header is no block, a contact form with a riddle no challenge, repairs of a road
no maintenance of the site, a link to the login no login, a thin page not parked, news about gambling no hijacking.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ppid_audit.model.site import Nature
from ppid_audit.web import stand_ins
from ppid_audit.web.gambling import Lure, lure_of, lures, warnings
from ppid_audit.web.marks import Mark
from ppid_audit.web.markup import lowered, tags, title_of, without_scripts, words_of
from ppid_audit.web.refusals import REFUSALS

__all__ = ["BLOCKING", "Nature", "nature_of", "nature_of_raw"]

MAX_RAW = 200_000
_MAX_TEXT = 20_000
_TOP = 300
_FEW = 100
_LOGIN_WORDS, _LOGIN_LINKS = 80, 15
BLOCKING = frozenset({Nature.CHALLENGE, Nature.WAF_BLOCK})
"""What tells us to leave: it is never solved, and the host is left alone."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """A page as the marks are held against it: everything in lower case and on one line."""

    title: str
    text: str
    raw: str
    words: int
    links: int


def nature_of(
    title: str, text: str, raw: str, headers: Iterable[tuple[str, str]] = (), status: int | None = 200
) -> Nature:
    """The nature of a page with that title and visible text; ``raw`` is its markup (the first 200 KB count).

    ``headers`` are pairs of the response, ``status`` its code: only what is documented as a mark is used of them.
    """
    if any(name.lower() == "cf-mitigated" and value.strip().lower() == "challenge" for name, value in headers):
        return Nature.CHALLENGE
    seen = _looks(title, text, raw[:MAX_RAW])
    for mark in (*REFUSALS, *stand_ins.STAND_INS):
        if _bears(mark, seen):
            return mark.nature
    if status == 503 and seen.words <= _FEW and stand_ins.BUSY.search(f"{seen.title} {seen.text}"):
        return Nature.MAINTENANCE
    if _is_hijacked(title, text, seen):
        return Nature.HIJACKED
    if stand_ins.LISTING_TITLE.search(seen.title) and stand_ins.LISTING_HEAD.search(seen.raw):
        return Nature.DIRECTORY_LISTING
    return Nature.LOGIN if _is_login(seen) else Nature.ORDINARY


def nature_of_raw(raw: str, headers: Iterable[tuple[str, str]] = (), status: int | None = 200) -> Nature:
    """The same from the markup alone, for a look at an answer before it is parsed."""
    raw = raw[:MAX_RAW]
    return nature_of(title_of(raw), words_of(without_scripts(_body(raw))), raw, headers, status)


def _body(raw: str) -> str:
    at = lowered(raw).find("<body")
    return raw[at:] if at >= 0 else raw


def _looks(title: str, text: str, raw: str) -> _Looks:
    low = lowered(raw)
    line = " ".join(text[:_MAX_TEXT].split())
    return _Looks(
        " ".join(title[:500].split()).lower(),
        line.lower(),
        low,
        line.count(" ") + bool(line) if len(text) <= _MAX_TEXT else _MAX_TEXT,
        low.count("<a ") + low.count("<a\n"),
    )


def _bears(mark: Mark, seen: _Looks) -> bool:
    if seen.words > mark.words or seen.links > mark.links:
        return False
    shown = mark.title.search(seen.title) or mark.text.search(seen.text) or mark.raw.search(seen.raw)
    if not shown or (mark.also is not None and not mark.also.search(seen.raw)):
        return False
    return not mark.unless.search(seen.raw if mark.nature in BLOCKING else seen.text)


def _is_login(seen: _Looks) -> bool:
    """A page that is nothing but the form: so it is called, and a password is asked."""
    alone = seen.words <= _LOGIN_WORDS and seen.links <= _LOGIN_LINKS
    return alone and bool(stand_ins.PASSWORD.search(seen.raw)) and bool(stand_ins.LOGIN_TITLE.search(seen.title))


def _is_hijacked(title: str, text: str, seen: _Looks) -> bool:
    """A page that advertises gambling from its title on, or a doorway for search engines under an office's name."""
    shown = text[:_MAX_TEXT]
    titled, on_top = lure_of(" ".join(title.split()[:12])), lures(shown[:_TOP])
    if titled is not Lure.STRONG and on_top < 2:
        return _is_doorway(seen)
    advertised, warned = lures(shown), warnings(f"{title} {shown}")
    if titled is Lure.STRONG and 3 * warned <= advertised + 1:
        return advertised >= 3 or seen.words <= 40 or bool(stand_ins.SHOP.search(seen.raw))
    if on_top >= 2 and advertised >= 8 and 100 * advertised >= 5 * seen.words and 5 * warned <= advertised:
        return True
    return _is_doorway(seen)


def _is_doorway(seen: _Looks) -> bool:
    """Keywords such as "login X, daftar X, situs X, rtp X" on a page that offers itself as an article for sale."""
    if "product" not in seen.raw or not stand_ins.SHOP.search(seen.raw):  # the word alone is told fastest
        return False
    for tag in tags(seen.raw[:100_000]):
        if tag.name == "meta" and tag.get("name") == "keywords":
            return len(set(stand_ins.DOORWAY_WORD.findall(tag.get("content")))) >= 4 and "rtp" in tag.get("content")
    return False

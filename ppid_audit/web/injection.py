"""Links that somebody else put into a page: gambling links hidden in it, before it or behind it.

Told from anti-gambling news, timetable "slots" and planning "RTP" by three things together: what the words and the
address advertise (``web.gambling``), where the link stands, and whether it leads to another host.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ppid_audit.model.site import Injected
from ppid_audit.web import urls
from ppid_audit.web.gambling import Lure, foreign_title, lure_of, lure_of_address, lures
from ppid_audit.web.markup import Tag, lowered, tags, title_of, without_scripts, words_of

MAX_CHARS = 2_000_000
MAX_FOUND = 200
MAX_ANCHORS = 20_000
_LONGEST_TEXT = 2_000
_FAR = 8_000
_OPENING = re.compile(r"<a[\s/>]")
_HINT = re.compile(
    r"slot|gacor|togel|judi|judol|maxwin|sbobet|rtp|casino|kasino|poker|scatter|bandarqq|pkv|viagra|cialis|[\u3040-\u30ff]"
)
_HINTS = tuple(_HINT.pattern.split("|")[:-1])
_KANA = re.compile(r"[\u3040-\u30ff]")
_UNSEEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|opacity\s{0,3}:\s{0,3}0(?![.\d])|font-size\s{0,3}:\s{0,3}0"
    r"|(?:left|top|text-indent|right|margin-left)\s{0,3}:\s{0,3}-\d{3,}|height\s{0,3}:\s{0,3}[01](?:px)?\s{0,3}(?:;|$)"
)
_TOLD = re.compile(
    r"/(?:tag|tags|berita|news|artikel|article|blog|post|kategori|category|label|topik|search|cari|read)/|[?&](?:s|q|tag)="
)
_BOXES = urls.names(
    "div span p ul ol li section aside footer header nav font center marquee table tr td small b i strong article"
)
_META = urls.names("description keywords title og:title og:description twitter:title twitter:description")
_OUTSIDE = frozenset({"before_doctype", "after_html", "after_body", "hidden"})


@dataclass(frozen=True, slots=True)
class _Anchor:
    url: str
    text: str
    where: str
    foreign: bool

    @property
    def lures(self) -> tuple[Lure, Lure]:
        """What its words and its address advertise."""
        shown = lure_of_address(self.text) if "://" in self.text[:10] else lure_of(self.text)
        return shown, lure_of_address(self.url)


def injections(raw: str, base: str) -> tuple[Injected, ...]:
    """The foreign gambling links in a page (decoded text) at ``base``, at most 200; empty for a clean page."""
    raw = raw[:MAX_CHARS]
    low = lowered(raw)
    if not any(hint in low for hint in _HINTS) and not _KANA.search(low):  # faster than the one expression
        return ()
    found = list(_links(raw, low, base)) if _is_worth_a_look(low) else []
    told = [item for item in found if item.where in _OUTSIDE and _planted(item)]
    shown = [item for item in found if item.where == "visible" and _advertised(item)]
    if len(shown) >= 2 or any(min(item.lures) is Lure.STRONG and item.foreign for item in shown):
        told += shown
    return (*_head(raw), *(Injected(item.url, item.text[:200], item.where) for item in told))[:MAX_FOUND]


def _is_worth_a_look(low: str) -> bool:
    """Whether any link holds a word of the vocabulary: of most pages that is all there is to ask."""
    starts = [found.start() for found in _OPENING.finditer(low)]
    ends = [*starts[1:], len(low)]
    return any(_HINT.search(low, at, min(end, at + _FAR)) for at, end in zip(starts, ends, strict=False))


def _planted(anchor: _Anchor) -> bool:
    """A link that no visitor is meant to see: there a weak word is enough, if it leads away."""
    most = max(anchor.lures)
    return most is Lure.STRONG or (most is Lure.WEAK and anchor.foreign)


def _advertised(anchor: _Anchor) -> bool:
    """A link in plain sight: one that leads away, or into a doorway on the own host that no news is filed under."""
    words, address = anchor.lures
    if anchor.foreign:
        return Lure.STRONG in (words, address) and Lure.NONE not in (words, address)
    return words is address is Lure.STRONG and not _TOLD.search(anchor.url.lower())


def _links(raw: str, low: str, base: str) -> Iterator[_Anchor]:
    """Every link with its words and the place where it stands."""
    begins, body_ends, ends = _bounds(low)
    own = _bare(base)
    hidden: list[tuple[str, bool]] = []
    anchor: tuple[Tag, bool] | None = None
    clean = without_scripts(raw)
    count = 0
    for tag in tags(clean):
        if tag.name == "a":
            if anchor is not None:
                yield _anchor(anchor, clean[anchor[0].end : tag.start], base, own, (begins, body_ends, ends))
                count += 1
            if count >= MAX_ANCHORS:
                return
            out_of_sight = any(unseen for _, unseen in hidden[-1:]) or _is_unseen(tag)
            anchor = None if tag.closing else (tag, out_of_sight)
        elif tag.name in _BOXES:
            _enter_or_leave(hidden, tag)
    if anchor is not None:
        yield _anchor(anchor, clean[anchor[0].end :], base, own, (begins, body_ends, ends))


def _enter_or_leave(hidden: list[tuple[str, bool]], tag: Tag) -> None:
    """Keep the stack of open boxes, each with whether anything around it is out of sight."""
    if not tag.closing:
        if len(hidden) < 500:
            hidden.append((tag.name, bool(hidden and hidden[-1][1]) or _is_unseen(tag)))
        return
    for depth in range(1, min(len(hidden), 6) + 1):
        if hidden[-depth][0] == tag.name:
            del hidden[-depth:]
            return


def _is_unseen(tag: Tag) -> bool:
    return "style" in tag.attributes[:8_000].lower() and bool(_UNSEEN.search(tag.get("style").lower()))


def _anchor(opened: tuple[Tag, bool], inside: str, base: str, own: str, bounds: tuple[int, int, int]) -> _Anchor:
    tag, unseen = opened
    url = urls.resolve(base, tag.get("href")) or ""
    text = words_of(inside[:_LONGEST_TEXT]) or tag.get("title")
    begins, body_ends, ends = bounds
    if tag.start < begins:
        where = "before_doctype"
    elif tag.start > ends:
        where = "after_html"
    elif unseen:
        where = "hidden"
    else:
        where = "after_body" if tag.start > body_ends else "visible"
    return _Anchor(url, text, where, bool(url) and _bare(url) != own)


def _bounds(low: str) -> tuple[int, int, int]:
    """Where the page begins, where its body ends and where it ends itself."""
    starts = [at for at in (low.find("<!doctype"), low.find("<html")) if at >= 0]
    body, whole = low.rfind("</body"), low.rfind("</html")
    return min(starts, default=0), body if body >= 0 else len(low), whole if whole >= 0 else len(low)


def _bare(url: str) -> str:
    return urls.without_www(urls.authority(url))


def _head(raw: str) -> Iterator[Injected]:
    """Titles and descriptions for search engines that advertise: the page may look clean to its visitors."""
    head = raw[:100_000]
    title = title_of(head)
    if foreign_title(title) or lure_of(title[:200]) is Lure.STRONG:
        yield Injected("", title[:200], "meta")
        return
    for tag in tags(head):
        if tag.name == "meta" and (tag.get("name") or tag.get("property")).lower() in _META:
            content = tag.get("content")
            if lures(content) >= 2 and any(lure_of(part) is Lure.STRONG for part in content.split(",")):
                yield Injected("", content[:200], "meta")
                return

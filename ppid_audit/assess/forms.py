"""Information that stands on the page itself: tables, prose, lists, forms, feeds, pictures."""

from collections.abc import Iterator

from ppid_audit.assess.content import Content, of_page
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.lexicon import DAY
from ppid_audit.assess.matching import tokens
from ppid_audit.assess.opened import Opened
from ppid_audit.assess.trace import Trace, newest_year
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Form, Probe, Reason
from ppid_audit.model.site import Link

_MIN_WORDS = 14
_WIDE = 4
"""A table with so many filled columns is information by itself, whatever its links lead to."""
_MIN_ITEMS = 3
_MIN_TOLD = 2
_TELLING = 5
_MIN_FIELDS = 2
_A_NAME = 0.5
"""A first line that is more than half the name of something names the page; a sentence only mentions it."""
_A_LINE = 8
_NEARLY_ALL = 0.75


class Forms:
    """Judges what a page or section says itself, for one probe."""

    def __init__(self, ground: Ground, probe: Probe, opened: Opened) -> None:
        self.ground = ground
        self.probe = probe
        self._opened = opened

    def of(self, content: Content, trace: Trace, files: bool) -> Iterator[Observation]:
        """What each accepted form on the page is worth; ``files`` tells whether it also offers files as the item."""
        accepted, url = set(self.probe.forms), content.page.url
        year = newest_year(trace.title, trace.context, content.text)
        for form, sure, where in self._shown(content, files):
            if form in accepted:
                yield trace.say(self._reason(form, content, trace), sure, url, content.page.capture, year, where)
        if Form.IMAGE in accepted:
            seen = (self._opened.picture(picture, trace) for picture in content.pictures)
            yield from (found for found in seen if found is not None)

    def _shown(self, content: Content, files: bool) -> Iterator[tuple[Form, float, Where]]:
        whole = content.section is None
        if self._tabulates(content, files):
            yield Form.TABLE, 0.8, Where.TABLE
        if content.prose >= _MIN_WORDS and not content.says_empty:
            yield Form.TEXT, 0.75, Where.TEXT
        if not files and not content.says_empty and not self._leads_nowhere(content) and self._lists(content):
            yield Form.LIST, 0.7, Where.TEXT
        if whole and any(len(fields) >= _MIN_FIELDS for fields in content.page.forms):
            yield Form.FORM, 0.7, Where.TEXT
        if DAY.search(content.text) and (content.own_links or content.items):
            yield Form.FEED, 0.6, Where.LINK

    def _reason(self, form: Form, content: Content, trace: Trace) -> Reason:
        if self.ground.identity.copied(f"{trace.title} {content.text[:3000]}"):
            return Reason.WRONG_BODY
        if form in {Form.TEXT, Form.LIST} and self.speaks_of_another(content):
            return Reason.WRONG_DOCUMENT
        if form in {Form.TABLE, Form.LIST} and self._is_blind(content):
            return Reason.UNREACHABLE
        return Reason.FOUND

    def _tabulates(self, content: Content, files: bool) -> bool:
        rejects = self.ground.lexicon.rejects
        rows = [row for row in content.data_rows if not any(rejects(cell, self.probe) for cell in row)]
        if not rows or self._leads_nowhere(content):
            return False
        return not files or sorted(map(_filled, rows))[len(rows) // 2] >= _WIDE

    def speaks_of_another(self, content: Content) -> bool:
        """Whether a page under this name begins with the text of another item (Visi under "Daftar Pejabat")."""
        if content.section is not None:
            return False
        page, lexicon = content.page, self.ground.lexicon
        headings = [section.heading for section in page.sections if section.heading not in {"", page.heading}]
        if any(self.probe in lexicon.match(heading) for heading in headings):
            return False
        opening = next(iter(content.text.removeprefix(page.heading).strip().splitlines()), "")
        found = {probe: match for probe, match in lexicon.match(opening).items() if probe.probe != "statement"}
        short = len(tokens(opening)) <= _A_LINE and not opening.endswith(".")
        named = any(match.focus > _A_NAME or (short and match.leads) for match in found.values())
        return self.probe not in found and named

    def _lists(self, content: Content) -> bool:
        """A list of its own: not of what it is not, nor of links that lead to nothing."""
        hollow = {link.title for link in content.own_links if link.url is None or self._is_hollow(link.url)}
        own = [item for item in content.items if item not in hollow and len(tokens(item)) >= 2]
        own = [item for item in own if not self.ground.lexicon.rejects(item, self.probe)]
        told = sum(len(tokens(item)) >= _TELLING or self.probe in self.ground.lexicon.match(item) for item in own)
        return len(own) >= _MIN_ITEMS or told >= _MIN_TOLD

    def _is_hollow(self, url: str) -> bool:
        page = self.ground.reader(url)
        if page is None:
            return self._is_dead(url)
        inside = of_page(page)
        return inside.words < _MIN_WORDS and not inside.data_rows and not inside.pictures

    def _leads_nowhere(self, content: Content) -> bool:
        """A list whose entries have links, and nearly every link is "#" or dead: titles only."""
        listed = _listed(content)
        hollow = sum(link.url is None or self._is_hollow(link.url) for link in listed)
        return bool(listed) and hollow >= _NEARLY_ALL * len(listed)

    def _is_blind(self, content: Content) -> bool:
        """Whether the list would lead nowhere if the entries that we failed to open did."""
        listed = _listed(content)
        seen = sum(not (link.url is None or self._is_hollow(link.url) or self._failed(link.url)) for link in listed)
        return any(link.url and self._failed(link.url) for link in listed) and seen <= (1 - _NEARLY_ALL) * len(listed)

    def _failed(self, url: str) -> bool:
        capture = self.ground.capture(url)
        return capture is not None and capture.fault and self.ground.scope.owns(url)

    def _is_dead(self, url: str) -> bool:
        capture = self.ground.capture(url)
        return capture is not None and capture.gone


def _listed(content: Content) -> tuple[Link, ...]:
    return tuple(link for link in content.own_links if link.row and not link.parent)


def _filled(row: tuple[str, ...]) -> int:
    return sum(bool(cell.strip()) for cell in row)

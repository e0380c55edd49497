"""Does what stands under a name carry the information, in a form that the item accepts?"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from ppid_audit.assess.content import Content, of_page, plain
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.lexicon import DAY, DECORATION
from ppid_audit.assess.matching import tokens
from ppid_audit.assess.trace import Trace, best, newest_year, year_of
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Form, Probe, Reason, Verdict
from ppid_audit.model.site import Document, DocumentState, Link, Picture
from ppid_audit.web import urls
from ppid_audit.web.hosts import OffSite, off_site_kind

Open = Callable[[str, Trace], Observation | None]

_MIN_WORDS = 14
_WIDE = 4
"""A table with so many filled columns is information by itself, whatever its links lead to."""
_MIN_ITEMS = 3
_MIN_TOLD = 2
_TELLING = 5
_MIN_FIELDS = 2
_MIN_PICTURE = 200
_MIN_BYTES = 100
_HUB = 3
_OPENING = 6
_TITLE_WORDS = 12
_NEARLY_ALL = 0.75
_DEEPER = 8


class Carried:
    """Judges content for one probe. ``open_url`` says what an address shows."""

    def __init__(self, ground: Ground, probe: Probe, open_url: Open) -> None:
        self.ground = ground
        self.probe = probe
        self._open = open_url

    def judge(self, content: Content, trace: Trace) -> Observation:
        """What the content is worth for the item that ``trace`` names."""
        spoilt = self.spoilt(content, trace)
        if spoilt is not None:
            return spoilt
        files = list(self._files(content, trace))
        forms = list(self._forms(content, trace, files))
        fulfilled = [o for o in (*files, *forms) if o.verdict is Verdict.FULFILLED]
        if fulfilled:
            return best(fulfilled) or fulfilled[0]
        doubt = best(o for o in (*files, *forms) if o.verdict is Verdict.CANNOT_TELL)
        return doubt or self._nothing(content, trace, files + forms)

    def files_in(self, content: Content, trace: Trace) -> Observation | None:
        """The best of the files that a page offers which does not name the item itself."""
        return best(seen for seen in self._files(content, trace) if seen.verdict is not Verdict.PARTIAL)

    def spoilt(self, content: Content, trace: Trace) -> Observation | None:
        """Pages that say themselves that they hold nothing."""
        page = content.page
        if page.shell:
            return trace.say(Reason.SCRIPT_ONLY, 0.8, page.url, page.capture)
        if content.says_not_found:
            return trace.say(Reason.DEAD_LINK, 0.85, page.url, page.capture)
        twin = page.url in self.ground.shells and not content.says_empty
        if content.says_placeholder or content.is_filler or twin:
            return trace.say(Reason.PLACEHOLDER, 0.9, page.url, page.capture)
        return None

    def document(self, document: Document, trace: Trace) -> Observation | None:
        """What a fetched file is worth."""
        capture = document.capture
        if document.state is DocumentState.IMAGE:
            return self._shown(document, trace)
        if Form.DOCUMENT not in self.probe.forms:
            return None
        if document.state is DocumentState.EMPTY or capture.bytes < _MIN_BYTES:
            return trace.say(Reason.EMPTY_DOCUMENT, 0.9, document.url, capture)
        if document.state in {DocumentState.CORRUPT, DocumentState.ENCRYPTED}:
            return trace.say(Reason.UNREADABLE, 0.7, document.url, capture)
        head = " ".join(document.text.split()[:60])
        if self.ground.identity.names_another(f"{trace.title} {document.title} {head}"):
            return trace.say(Reason.WRONG_BODY, 0.75, document.url, capture)
        if self._is_other(document, head):
            return trace.say(Reason.WRONG_DOCUMENT, 0.7, document.url, capture)
        year = newest_year(trace.title, trace.context, document.title, head, urls.path_words(document.url)) or year_of(
            document.modified
        )
        sure = 0.92 if document.state is DocumentState.TEXT else 0.82
        return trace.say(Reason.FOUND, sure, document.url, capture, year)

    def _is_other(self, document: Document, head: str) -> bool:
        """Whether the file names itself something else, or is offered under the names of several items."""
        opening = " ".join(head.split()[:_TITLE_WORDS])
        lexicon, said_itself = self.ground.lexicon, (document.title, opening)
        if any(self.probe in lexicon.match(words) for words in (*said_itself, head)):
            return False
        if any(lexicon.match(words) or lexicon.rejects(words, self.probe) for words in said_itself):
            return True
        named = lexicon.match(urls.path_words(document.url))
        if self.probe in named:
            return False
        called = [lexicon.match(name) for name in self.ground.titles_of.get(urls.key(document.url), frozenset())]
        return bool(named) or any(found and self.probe not in found for found in called)

    def picture(self, picture: Picture, trace: Trace) -> Observation | None:
        """What a picture in the content is worth; None for icons and decoration."""
        if not picture.url or self._decorates(picture.url):
            return None
        if self.ground.identity.foreign(picture.url, f"{picture.alt} {picture.caption}"):
            return trace.say(Reason.WRONG_BODY, 0.75, picture.url)
        document, capture = self.ground.document(picture.url), self.ground.capture(picture.url)
        if document is not None:
            return self._shown(document, trace)
        if capture is not None and capture.gone:
            return trace.say(Reason.DEAD_LINK, 0.85, picture.url, capture)
        if capture is not None and capture.fault:
            return trace.say(Reason.UNREACHABLE, 0.6, picture.url, capture)
        if 0 < picture.width < _MIN_PICTURE or 0 < picture.height < _MIN_PICTURE / 2:
            return None
        own = self.ground.scope.owns(picture.url)
        return trace.say(
            Reason.NOT_LOOKED_EVERYWHERE if own else Reason.UNVERIFIED_OFF_SITE, 0.6, picture.url, where=Where.IMAGE
        )

    def _decorates(self, url: str) -> bool:
        return urls.key(url) in self.ground.decoration or bool(DECORATION.search(plain(urls.path_words(url))))

    def _shown(self, document: Document, trace: Trace) -> Observation | None:
        if not {Form.IMAGE, Form.DOCUMENT} & set(self.probe.forms):
            return None
        if document.width and document.width < _MIN_PICTURE:
            return None
        return trace.say(Reason.FOUND, 0.8, document.url, document.capture, where=Where.IMAGE)

    def _files(self, content: Content, trace: Trace) -> Iterator[Observation]:
        if Form.DOCUMENT not in self.probe.forms:
            return
        for link in self._meant(content):
            assert link.url is not None
            inner = replace(
                trace, title=link.title or trace.title, context=" ".join((*link.row, link.heading, trace.title))
            )
            found = self._open(link.url, replace(inner, found_on=content.page.url))
            if found is None and content.section is None:
                found = self._behind(link, inner)
            if found is not None:
                yield found

    def _meant(self, content: Content) -> tuple[Link, ...]:
        """Links of the content that can be the item: named so, or nameless where few other items are named."""
        links = [link for link in content.own_links if link.url and not self.ground.is_home(link.url)]
        matched = [self.ground.lexicon.match(link.title) for link in links]
        named = zip(links, matched, strict=True)
        hub = len({plain(link.title) for link, found in named if found and self.probe not in found}) >= _HUB
        return tuple(
            link
            for link, found in zip(links, matched, strict=True)
            if self.probe in found or (not found and not hub and self._is_neutral(link))
        )

    def _is_neutral(self, link: Link) -> bool:
        return not self.ground.lexicon.rejects(link.title, self.probe) and self._fileish(link)

    def _fileish(self, link: Link) -> bool:
        assert link.url is not None
        if self.ground.document(link.url) is not None or urls.looks_like_document(link.url):
            return True
        if self.ground.scope.owns(link.url):
            return bool(link.row)
        return off_site_kind(link.url) in {
            OffSite.DRIVE_FILE,
            OffSite.DRIVE_FOLDER,
            OffSite.SHORT_LINK,
            OffSite.PORTAL_DEEP,
        }

    def _behind(self, link: Link, trace: Trace) -> Observation | None:
        """A file on the detail page that a list entry leads to."""
        assert link.url is not None
        page = self.ground.page(link.url)
        if page is None or self.ground.is_home(page.url):
            return None
        for inner in of_page(page).own_links[: _DEEPER * 4]:
            if inner.url and (self.ground.document(inner.url) is not None or inner in of_page(page).embeds):
                found = self._open(inner.url, trace)
                if found is not None and found.verdict is Verdict.FULFILLED:
                    return found
        return None

    def _forms(self, content: Content, trace: Trace, files: list[Observation]) -> Iterator[Observation]:
        page, forms = content.page, set(self.probe.forms)
        year = newest_year(trace.title, trace.context, content.text)
        foreign = self.ground.identity.copied(f"{trace.title} {content.text[:3000]}")
        reason = Reason.WRONG_BODY if foreign else Reason.FOUND
        rows = [row for row in content.data_rows if not any(self.ground.lexicon.rejects(c, self.probe) for c in row)]
        nowhere = self._leads_nowhere(content)
        itself = bool(rows) and sorted(map(_filled, rows))[len(rows) // 2] >= _WIDE
        if Form.TABLE in forms and rows and not nowhere and (itself or not files):
            yield trace.say(reason, 0.8, page.url, page.capture, year, Where.TABLE)
        if Form.TEXT in forms and content.prose >= _MIN_WORDS and not content.says_empty:
            reason = Reason.WRONG_DOCUMENT if self.speaks_of_another(content) else reason
            yield trace.say(reason, 0.75, page.url, page.capture, year, Where.TEXT)
        if Form.LIST in forms and not nowhere and not content.says_empty and not files and self._lists(content):
            yield trace.say(reason, 0.7, page.url, page.capture, year, Where.TEXT)
        if Form.FORM in forms and content.section is None and any(len(fields) >= _MIN_FIELDS for fields in page.forms):
            yield trace.say(reason, 0.7, page.url, page.capture, year, Where.TEXT)
        if Form.FEED in forms and DAY.search(content.text) and (content.own_links or content.items):
            yield trace.say(reason, 0.6, page.url, page.capture, year, Where.LINK)
        if Form.IMAGE in forms:
            for picture in content.pictures:
                found = self.picture(picture, trace)
                if found is not None:
                    yield found

    def speaks_of_another(self, content: Content) -> bool:
        """Whether a page under this name begins with the text of another item (Visi under "Daftar Pejabat")."""
        if content.section is not None:
            return False
        page, lexicon = content.page, self.ground.lexicon
        headings = [section.heading for section in page.sections if section.heading not in {"", page.heading}]
        if any(self.probe in lexicon.match(heading) for heading in headings):
            return False
        opening = content.text.removeprefix(page.heading).split()[:_OPENING]
        found = lexicon.match(" ".join(opening))
        return bool(found) and self.probe not in found

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
        listed = [link for link in content.own_links if link.row and not link.parent]
        dead = sum(link.url is None or self._is_hollow(link.url) for link in listed)
        return bool(listed) and dead >= _NEARLY_ALL * len(listed)

    def _is_dead(self, url: str) -> bool:
        capture = self.ground.capture(url)
        return capture is not None and capture.gone

    def _nothing(self, content: Content, trace: Trace, seen: list[Observation]) -> Observation:
        page = content.page
        empty_table = bool(content.tables) and not content.data_rows
        by_script = self.ground.lists_by_script(page) or any(table.filled_by_script for table in content.tables)
        if by_script and not content.data_rows:
            return trace.say(Reason.SCRIPT_ONLY, 0.7, page.url, page.capture)
        if content.says_empty or empty_table:
            return trace.say(Reason.EMPTY_LIST, 0.9, page.url, page.capture)
        return best(seen) or trace.say(Reason.NAMED_WITHOUT_CONTENT, 0.8, page.url, page.capture)


def _filled(row: tuple[str, ...]) -> int:
    return sum(bool(cell.strip()) for cell in row)

"""What a name points to: the heart of telling *published* from *only named*.

Every observation has the reason of the target, never of the label.
"""

from dataclasses import replace

from ppid_audit.assess.carried import Carried
from ppid_audit.assess.content import Content, of_page, of_section, plain
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.lexicon import EMPTY_STATE, HEADLINE
from ppid_audit.assess.matching import naming, tokens
from ppid_audit.assess.mentions import Kind, Mention
from ppid_audit.assess.offsite import is_front_page, look_off_site
from ppid_audit.assess.opened import Opened
from ppid_audit.assess.trace import Trace
from ppid_audit.model.capture import Capture, Problem, UnreadWhy
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Form, Probe, Reason, Verdict
from ppid_audit.model.site import Link, Page, TitleFrom
from ppid_audit.web import urls
from ppid_audit.web.scope import Relation

_NAME = 0.3
"""Lowest focus at which a title is a name; below it is a sentence that talks about the thing."""

_LABEL = 6
_DEDICATED = 2
"""A page to which links of so few names lead is meant by that name."""

_BLIND = {
    Problem.BLOCKED: Reason.BLOCKED,
    Problem.RATE_LIMITED: Reason.BLOCKED,
    Problem.ROBOTS_DISALLOWED: Reason.BLOCKED,
    Problem.TOO_LARGE: Reason.UNREADABLE,
    Problem.TRUNCATED: Reason.UNREADABLE,
    Problem.BAD_ENCODING: Reason.UNREADABLE,
    Problem.PARSE_LIMIT: Reason.UNREADABLE,
    Problem.RUNNER_OFFLINE: Reason.RUNNER_OFFLINE,
}


def blind_reason(capture: Capture) -> Reason:
    """Why a capture that is a fault shows nothing."""
    return _BLIND.get(capture.problem, Reason.UNREACHABLE) if capture.problem else Reason.UNREACHABLE


class Looker:
    """Follows the mentions of one probe to what they point to."""

    def __init__(self, ground: Ground, probe: Probe) -> None:
        self.ground = ground
        self.probe = probe
        self._opened = Opened(ground, probe)
        self._carried = Carried(ground, probe, self._opened, self.open)

    def look(self, mention: Mention) -> Observation | None:
        """What the mention is worth; None when it is no name of the thing at all."""
        if mention.kind is Kind.LINK:
            return self._link(mention)
        if not self._is_name(mention):
            return None
        if mention.kind is Kind.PICTURE:
            return self._picture(mention)
        if mention.kind is Kind.ROW:
            return self._row(mention)
        if self.ground.is_news(mention.page.url):
            return None
        if mention.kind is Kind.PAGE or self._titles_the_page(mention):
            if self._says_empty_under_its_name(mention.page):
                return None
            return self._carried.judge(of_page(mention.page), self._trace(mention, Where.TITLE))
        assert mention.section is not None
        return self._carried.judge(of_section(mention.page, mention.section), self._trace(mention, Where.HEADING))

    def _says_empty_under_its_name(self, page: Page) -> bool:
        """Whether a section of that name says that it is empty: then the rest of the page is beside the point."""
        named = (at for at, section in enumerate(page.sections) if section.heading != page.heading)
        return any(
            self.probe in self.ground.lexicon.match(page.sections[at].heading) and of_section(page, at).says_empty
            for at in named
        )

    def _titles_the_page(self, mention: Mention) -> bool:
        """Whether the section is a mere label that stands above everything else, as the title of the page."""
        sections = mention.page.sections
        first = next((at for at, section in enumerate(sections) if section.heading), -1)
        return mention.section == first and sections[first].level >= _LABEL and not sections[first].text

    def open(self, url: str, trace: Trace) -> Observation | None:
        """What the address shows, when it is not to be read as a page: documents, faults, other hosts."""
        if not self.ground.scope.owns(url) and not self._trusted_page(url):
            return look_off_site(self.ground, self.probe, url, trace)
        document = self.ground.document(url)
        if document is not None:
            return self._opened.document(document, trace)
        capture = self.ground.capture(url)
        if capture is None:
            return self._unread(url, trace)
        if capture.gone:
            return trace.say(Reason.DEAD_LINK, 0.95, url, capture)
        if capture.fault:
            return trace.say(blind_reason(capture), 0.8, url, capture)
        return None

    def _trusted_page(self, url: str) -> bool:
        return self.ground.scope.relation(url) is Relation.TRUSTED and self.ground.page(url) is not None

    def _link(self, mention: Mention) -> Observation | None:
        link = mention.link
        assert link is not None
        trace = self._trace(mention, Where.TABLE if link.title_from is TitleFrom.ROW else Where.LINK)
        if link.url is None:
            return self._nowhere(link, trace, mention)
        opened = self.open(link.url, trace)
        if opened is not None:
            is_name = (
                mention.match.focus >= _NAME or opened.verdict is Verdict.FULFILLED or Form.DOCUMENT in self.probe.forms
            )
            return opened if is_name else None
        page = self.ground.page(link.url)
        if page is None or not self._is_name(mention):
            return None
        return self._page_behind(page, link, trace, mention.page)

    def _is_name(self, mention: Mention) -> bool:
        """Whether the title names the thing; a headline only reports of it."""
        return mention.match.focus >= _NAME and not HEADLINE & set(tokens(mention.title))

    def _nowhere(self, link: Link, trace: Trace, mention: Mention) -> Observation | None:
        if not self._is_name(mention):
            return None
        empty = any(EMPTY_STATE.search(plain(cell)) for cell in (link.text, *link.row))
        reason = Reason.EMPTY_LIST if empty else Reason.NAMED_WITHOUT_CONTENT
        return trace.say(reason, 0.5 if link.parent else 0.9, mention.page.url)

    def _page_behind(self, page: Page, link: Link, trace: Trace, standing_on: Page) -> Observation | None:
        assert link.url is not None
        if self.ground.is_home(page.url):
            return trace.say(Reason.NAMED_WITHOUT_CONTENT, 0.8, link.url, page.capture)
        if page.url == standing_on.url or self.ground.is_news(page.url):
            return None
        content = of_page(page)
        if not self.ground.scope.owns(page.url):
            return self._on_trusted(content, trace)
        spoilt = self._carried.spoilt(content, trace)
        if spoilt is not None:
            return spoilt
        if self._named_inside(page):
            return None
        if len(self.ground.titles_of.get(urls.key(link.url), frozenset())) <= _DEDICATED:
            if self._akin(page, trace) and not self._carried.speaks_of_another(content):
                return self._carried.judge(content, trace)
            return self._carried.files_in(content, trace) or self._mislabelled(page, trace)
        return self._mislabelled(page, trace)

    def _on_trusted(self, content: Content, trace: Trace) -> Observation:
        """A page of a trusted host counts by what it carries; its front page is nobody's information in particular."""
        url = content.page.url
        if is_front_page(url):
            return trace.say(Reason.PORTAL_FRONT_PAGE, 0.8, url, content.page.capture)
        seen = self._carried.judge(content, trace)
        return replace(seen, reason=Reason.FOUND_OFF_SITE) if seen.verdict is Verdict.FULFILLED else seen

    def _akin(self, page: Page, trace: Trace) -> bool:
        """Whether the page and the name that leads to it share a word."""
        names = [page.heading, urls.path_words(page.url), *page.breadcrumb[-1:]]
        if page.title not in self.ground.shared_titles:
            names.append(page.title)
        return bool(naming(tokens(trace.title)) & naming(tokens(" / ".join(names))))

    def _mislabelled(self, page: Page, trace: Trace) -> Observation:
        reason = Reason.EMPTY_LIST if of_page(page).says_empty else Reason.WRONG_DOCUMENT
        return trace.say(reason, 0.7, page.url, page.capture)

    def _named_inside(self, page: Page) -> bool:
        """Whether the page names the item itself: then its own mentions speak."""
        names = (page.heading, urls.path_words(page.url), *(section.heading for section in page.sections))
        titles = (link.title for link in page.links if link.section >= 0)
        return any(self.probe in self.ground.lexicon.match(name) for name in (*names, *titles))

    def _row(self, mention: Mention) -> Observation | None:
        trace = self._trace(mention, Where.TABLE)
        rest = " ".join(cell for cell in mention.row if cell != mention.title)
        if EMPTY_STATE.search(plain(rest)):
            return trace.say(Reason.EMPTY_LIST, 0.85, mention.page.url, mention.page.capture)
        if mention.match.focus < 2 * _NAME:
            return None
        return trace.say(Reason.NAMED_WITHOUT_CONTENT, 0.6, mention.page.url, mention.page.capture)

    def _picture(self, mention: Mention) -> Observation | None:
        assert mention.picture is not None
        if Form.IMAGE not in self.probe.forms or self.ground.is_home(mention.page.url):
            return None
        return self._opened.picture(mention.picture, self._trace(mention, Where.IMAGE))

    def _unread(self, url: str, trace: Trace) -> Observation | None:
        key = urls.key(url)
        why = next((item.why for item in self.ground.site.unread if urls.key(item.url) == key), None)
        if why in {None, UnreadWhy.SAMPLED, UnreadWhy.OUT_OF_SCOPE}:
            return None
        return trace.say(Reason.NOT_LOOKED_EVERYWHERE, 0.7, url)

    def _trace(self, mention: Mention, where: Where) -> Trace:
        context = " ".join((*mention.row, mention.link.heading if mention.link else ""))
        return Trace(mention.title, mention.match, mention.page.url, where, context=context)

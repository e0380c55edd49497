"""Which files a page or section offers under a name, and what they are worth."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from ppid_audit.assess.content import Content, of_page, plain
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.trace import Trace
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import Form, Probe, Verdict
from ppid_audit.model.site import Link
from ppid_audit.web import urls
from ppid_audit.web.hosts import OffSite, off_site_kind

Open = Callable[[str, Trace], Observation | None]
"""(address, how we came there) -> what it shows, None when it is a page to be read."""

_HUB = 3
"""So many other items named beside it make a page a hub: nameless files there are nobody's in particular."""
_DEEPER = 32
_FILES = frozenset({OffSite.DRIVE_FILE, OffSite.DRIVE_FOLDER, OffSite.SHORT_LINK, OffSite.PORTAL_DEEP})


class Files:
    """Follows the files of content for one probe."""

    def __init__(self, ground: Ground, probe: Probe, open_url: Open) -> None:
        self.ground = ground
        self.probe = probe
        self._open = open_url

    def of(self, content: Content, trace: Trace) -> Iterator[Observation]:
        """What each file is worth that the content offers as the item."""
        if Form.DOCUMENT not in self.probe.forms:
            return
        for link in self._meant(content):
            assert link.url is not None
            context = " ".join((*link.row, link.heading, trace.title))
            inner = replace(trace, title=link.title or trace.title, context=context)
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
        return off_site_kind(link.url) in _FILES

    def _behind(self, link: Link, trace: Trace) -> Observation | None:
        """A file on the detail page that a list entry leads to."""
        assert link.url is not None
        page = self.ground.page(link.url)
        if page is None or self.ground.is_home(page.url):
            return None
        inside = of_page(page)
        for inner in inside.own_links[:_DEEPER]:
            if inner.url and (self.ground.document(inner.url) is not None or inner in inside.embeds):
                found = self._open(inner.url, trace)
                if found is not None and found.verdict is Verdict.FULFILLED:
                    return found
        return None

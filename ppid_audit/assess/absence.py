"""When an absence is proved, and what stands in the way of the proof.

``missing`` needs: the front page, every menu target, every page on which public information is listed and
every address whose name could serve the item were read. A failed menu target leaves every absence unproved;
a failed page or file of a name of its own leaves only the items undecided that it is called after.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ppid_audit.assess.content import plain
from ppid_audit.assess.dip import names_a_dip
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.lexicon import HUBS, PPID_TERMS
from ppid_audit.assess.matching import significant, tokens
from ppid_audit.assess.natures import REASONS
from ppid_audit.assess.target import blind_reason
from ppid_audit.model.capture import Rendered, Role, UnreadWhy
from ppid_audit.model.finding import Evidence, Observation
from ppid_audit.model.rubric import Duty, Probe, Reason, Verdict
from ppid_audit.model.site import Page
from ppid_audit.web import urls
from ppid_audit.web.scope import Relation

_MATTERS = frozenset({UnreadWhy.BUDGET, UnreadWhy.DEPTH, UnreadWhy.HOST_STOPPED, UnreadWhy.INTERRUPTED})
_ROLES = frozenset({Role.PAGE, Role.DOCUMENT, Role.FRAGMENT, Role.OFF_SITE})
_HUB_NAMES = tuple(plain(name) for names in (*HUBS.values(), PPID_TERMS) for name in names)
_ASIDE = re.compile(r"\b(berita|news|artikel|galeri|gallery|foto|video|kabar|event|english|indonesia|bahasa|id|en)\b")
_STANDS_ANYWHERE = frozenset({"contact", "statement"})
"""What these probes look for may stand on any page."""
_SHORT = 5
"""A hub has a short name; a long one is a news title that happens to hold the word."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """An address that was not seen: why, what it is called, and whether it could serve any item at all."""

    reason: Reason
    names: frozenset[str]
    anything: bool


class Blindness:
    """What could not be seen of one site, by the names that lead there."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @cached_property
    def unseen(self) -> Mapping[str, Unseen]:
        """Each address of the agency's own that was not seen, in the order of addresses."""
        found: dict[str, Unseen] = {}
        for item in self.ground.site.unread:
            if item.why in _MATTERS and self._counts(item.url):
                found[item.url] = self._unseen(Reason.NOT_LOOKED_EVERYWHERE, item.url, item.title)
        for capture in self.ground.site.captures.values():
            if capture.role in _ROLES and capture.fault and self._counts(capture.url):
                found[capture.url] = self._unseen(blind_reason(capture), capture.url)
        for page in self.ground.site.pages.values():
            if self.ground.scope.owns(page.url):
                found |= self._unseen_on(page)
        return dict(sorted(found.items()))

    def _unseen_on(self, page: Page) -> dict[str, Unseen]:
        """What a page hides: whatever it may hold if it is none of the site's, its subject if it needs a browser."""
        url, reason = page.capture.url, REASONS.get(page.nature)
        if reason and reason.verdict is Verdict.CANNOT_TELL:
            return {url: self._unseen(reason, url)}
        if page.shell or page.capture.rendered is Rendered.PART:
            unseen = self._unseen(Reason.SCRIPT_ONLY, url)
            hub = self.ground.is_home(url) or any(map(_is_hub, unseen.names))
            return {url: replace(unseen, anything=page.shell and hub)}
        return {}

    def hiding(self, probe: Probe, duty: Duty) -> Observation | None:
        """The first unseen address that could serve the item; None when nothing stands in the way.

        An unseen DIP could list whatever the agency must only provide.
        """
        for url, unseen in self.unseen.items():
            listed = duty is Duty.PROVIDE and any(map(names_a_dip, unseen.names))
            undrawn = unseen.reason is Reason.SCRIPT_ONLY
            anywhere = unseen.anything or (probe.probe in _STANDS_ANYWHERE and not undrawn)
            if anywhere or listed or any(probe in self.ground.lexicon.match(name) for name in unseen.names):
                return Observation(unseen.reason, 0.7, (Evidence(url=url, quote=min(unseen.names, default="")),))
        return None

    def _counts(self, url: str) -> bool:
        return self.ground.scope.relation(url) in {Relation.OWN, Relation.TRUSTED}

    def _unseen(self, reason: Reason, url: str, title: str = "") -> Unseen:
        titles = self.ground.titles_of.get(urls.key(url), frozenset())
        names = frozenset(name for name in (title, urls.path_words(url), *titles) if name)
        piece = urls.key(url) in self.ground.pieces
        return Unseen(reason, names, piece or self.ground.is_home(url) or self._may_hold_anything(url, names))

    def _may_hold_anything(self, url: str, names: frozenset[str]) -> bool:
        """A menu target, or a page on which public information is listed; news and galleries are neither."""
        aside = self.ground.is_news(url) or any(_ASIDE.search(plain(name)) for name in names)
        if urls.key(url) in self.ground.menu_targets:
            return not aside
        return not aside and self.ground.scope.owns(url) and any(map(_is_hub, names))


def _is_hub(name: str) -> bool:
    words = tokens(name)
    text = " ".join(("", *words, ""))
    return significant(words) <= _SHORT and any(f" {hub} " in text for hub in _HUB_NAMES)

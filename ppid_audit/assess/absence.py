"""When an absence is proved, and what stands in the way of the proof.

``missing`` needs: the front page, every menu target, and every address whose name could serve the item
were read. A fault or an unread address that could serve an item leaves only that item undecided.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from ppid_audit.assess.ground import Ground
from ppid_audit.assess.lexicon import HUBS, PPID_TERMS
from ppid_audit.assess.matching import significant, tokens
from ppid_audit.assess.natures import REASONS
from ppid_audit.assess.target import blind_reason
from ppid_audit.model.capture import Role, UnreadWhy
from ppid_audit.model.finding import Evidence, Observation
from ppid_audit.model.rubric import Category, Probe, Reason, Verdict
from ppid_audit.web import urls

_MATTERS = frozenset({UnreadWhy.BUDGET, UnreadWhy.DEPTH, UnreadWhy.HOST_STOPPED, UnreadWhy.INTERRUPTED})
_ROLES = frozenset({Role.PAGE, Role.DOCUMENT, Role.FRAGMENT})
_SHORT = 5
"""A hub has a short name; a long one is a news title that happens to hold the word."""


class Blindness:
    """What could not be seen of one site, by the names that lead there."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @cached_property
    def unseen(self) -> Mapping[str, tuple[Reason, frozenset[str]]]:
        """Address -> why it was not seen and what it is called (links' titles and words of the address)."""
        found: dict[str, tuple[Reason, frozenset[str]]] = {}
        for item in self.ground.site.unread:
            if item.why in _MATTERS and self.ground.scope.owns(item.url):
                found[item.url] = (Reason.NOT_LOOKED_EVERYWHERE, self._names(item.url, item.title))
        for capture in self.ground.site.captures.values():
            if capture.role in _ROLES and capture.fault and self.ground.scope.owns(capture.url):
                found[capture.url] = (blind_reason(capture), self._names(capture.url))
        for page in self.ground.site.pages.values():
            reason = REASONS.get(page.nature)
            if reason and reason.verdict is Verdict.CANNOT_TELL and self.ground.scope.owns(page.url):
                found[page.capture.url] = (reason, self._names(page.capture.url))
        return dict(sorted(found.items()))

    def hiding(self, probe: Probe, category: Category) -> Observation | None:
        """The first unseen address that could serve the item; None when nothing stands in the way."""
        for url, (reason, names) in self.unseen.items():
            if any(self._could_serve(name, probe, category) for name in names):
                return Observation(reason, 0.7, (Evidence(url=url, quote=min(names, default="")),))
        return None

    def _names(self, url: str, title: str = "") -> frozenset[str]:
        titles = self.ground.titles_of.get(urls.key(url), frozenset())
        return frozenset(name for name in (title, urls.path_words(url), *titles) if name)

    def _could_serve(self, name: str, probe: Probe, category: Category) -> bool:
        if probe in self.ground.lexicon.match(name):
            return True
        words = tokens(name)
        if significant(words) > _SHORT:
            return False
        text = " ".join(("", *words, ""))
        return any(f" {hub} " in text for hub in (*HUBS[category.value], *_general()))


def _general() -> Iterator[str]:
    yield from PPID_TERMS

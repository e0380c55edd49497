"""From the links of a page to addresses of the queue: what is the agency's own, what may be asked elsewhere. Pure."""

from collections.abc import Callable

from ppid_audit.crawl.frontier import RELEVANT, Address, Frontier
from ppid_audit.model.capture import Role, UnreadWhy
from ppid_audit.model.site import Region
from ppid_audit.web import urls
from ppid_audit.web.hosts import viewer_target
from ppid_audit.web.html import Skim, SkimLink
from ppid_audit.web.scope import Relation, Scope

Relevance = Callable[[str, str], float]
"""(title of a link, its address) -> 0..1; from 0.5 on it leads to public information, from 0.75 on it names an item."""

_PICTURES = urls.names("jpg jpeg jfif png gif webp bmp tif tiff svg ico")
_OFF_SITE = frozenset({Relation.TRUSTED, Relation.DOCUMENT_HOST})
NAMED = 0.75
"""From here on a picture is fetched: something around it names an item of the rubric."""
MAX_REMEMBERED = 100_000


class Links:
    """Sorts links into ``frontier``. Menus repeat on every page, so each (title, address) is weighed once."""

    def __init__(self, scope: Scope, relevance: Relevance, frontier: Frontier) -> None:
        self._scope = scope
        self._relevance = relevance
        self._frontier = frontier
        self._worth: dict[tuple[str, str], float] = {}

    def add(self, skim: Skim, page: str, depth: int) -> None:
        """All that the page at ``page``, ``depth`` clicks deep, leads to and includes."""
        for link in skim.links:
            self.add_link(link, page, depth + 1)
        for link in skim.beyond:
            self._pass_over(link, page, depth + 1)
        for picture in skim.pictures:
            if self._scope.owns(picture.url) and self._picture_worth(picture) >= NAMED:
                self._frontier.push(Address(picture.url, Role.IMAGE, picture.title, page, depth + 1, NAMED))
        for fragment in skim.fragments:
            if self._scope.owns(fragment):
                self._frontier.push(Address(fragment, Role.FRAGMENT, found_on=page, depth=depth, essential=True))

    def add_link(self, link: SkimLink, page: str, depth: int) -> None:
        """One link, found on ``page``, that leads ``depth`` clicks deep."""
        url = viewer_target(link.url) or link.url
        essential = link.frame or link.region is Region.MENU
        self.add_address(url, link.title, page, depth, essential)

    def add_address(self, url: str, title: str, page: str, depth: int, essential: bool = False) -> None:
        """An address of whatever kind: queued when it is own, or worth one hop elsewhere; else known as unread."""
        worth = self._weigh(title, url)
        role, why = self._sort(url, worth)
        address = Address(url, role, title, page, depth, worth, essential)
        if why is None:
            self._frontier.push(address)
        else:
            self._frontier.reject(address, why)

    def _pass_over(self, link: SkimLink, page: str, depth: int) -> None:
        """A link too many: known as unread, unless another page leads there too. Weighing thousands costs too much."""
        role, why = self._sort(link.url, worth=RELEVANT)
        self._frontier.reject(Address(link.url, role, link.title, page, depth), why or UnreadWhy.BUDGET)

    def _picture_worth(self, picture: SkimLink) -> float:
        return max(self._weigh(name, picture.url) for name in picture.title.split(" / "))

    def _sort(self, url: str, worth: float) -> tuple[Role, UnreadWhy | None]:
        relation = self._scope.relation(url)
        if relation is Relation.OWN:
            if urls.extension(url) in _PICTURES:
                return Role.IMAGE, None if worth >= RELEVANT else UnreadWhy.SAMPLED
            return (Role.DOCUMENT if urls.looks_like_document(url) else Role.PAGE), None
        wanted = relation in _OFF_SITE and worth >= RELEVANT
        return Role.OFF_SITE, None if wanted else UnreadWhy.OUT_OF_SCOPE

    def _weigh(self, title: str, url: str) -> float:
        known = self._worth.get((title, url))
        if known is None:
            if len(self._worth) >= MAX_REMEMBERED:
                self._worth.clear()
            known = self._worth[title, url] = self._relevance(title, url)
        return known

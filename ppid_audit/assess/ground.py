"""What the judge stands on for one agency: the site, indexed once, for all criteria."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from ppid_audit.assess.content import of_page, plain
from ppid_audit.assess.identity import Identity
from ppid_audit.assess.lexicon import NEWS_PLACES
from ppid_audit.assess.matching import Lexicon, tokens
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Role
from ppid_audit.model.site import Document, Link, Nature, Page, Region, Site
from ppid_audit.web import urls
from ppid_audit.web.scope import Scope

_SHELL_PAGES = 3
_SHELL_WORDS = 8


class Ground:
    """A read site with the indexes that the probes share. Nothing here decides."""

    def __init__(self, site: Site, agency: Agency, lexicon: Lexicon, as_of: date) -> None:
        self.site = site
        self.agency = agency
        self.lexicon = lexicon
        self.as_of = as_of
        self.scope = Scope.of(agency)
        self.identity = Identity(agency, site)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Each page that is the agency's own word once, in the order of their addresses."""
        own = (page for page in self.site.pages.values() if self.scope.owns(page.url))
        unique = {page.url: page for page in own if page.nature is Nature.ORDINARY}
        return tuple(unique[url] for url in sorted(unique))

    @cached_property
    def trusted(self) -> tuple[Page, ...]:
        """Pages of trusted hosts that the agency's own pages lead to."""
        unique = {page.url: page for page in self.site.pages.values() if not self.scope.owns(page.url)}
        return tuple(unique[url] for url in sorted(unique))

    @cached_property
    def home_key(self) -> str:
        """The key of the front page."""
        return urls.key(self.site.home.url if self.site.home else self.agency.url)

    @cached_property
    def shared_titles(self) -> frozenset[str]:
        """<title>s that stand on several pages: they name the site, not the page."""
        counts = Counter(page.title for page in self.pages)
        return frozenset(title for title, count in counts.items() if count > 1)

    @cached_property
    def titles_of(self) -> Mapping[str, frozenset[str]]:
        """For each address (key) the distinct names under which links lead there."""
        names: dict[str, set[str]] = defaultdict(set)
        for page in self.pages:
            for link in page.links:
                if link.url:
                    names[urls.key(link.url)].add(plain(link.title))
        return {key: frozenset(found - {""}) for key, found in names.items()}

    @cached_property
    def menu_targets(self) -> frozenset[str]:
        """Addresses (keys) that a menu of the site leads to."""
        menus = (link.url for _, link in self.links() if link.region is Region.MENU)
        return frozenset(urls.key(url) for url in menus if url)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Addresses (keys) of pieces that scripts put into pages: menus, footers, lists."""
        asked = {urls.key(c.url) for c in self.site.captures.values() if c.role is Role.FRAGMENT}
        return frozenset(asked | {urls.key(url) for page in self.pages for url in page.fragments})

    @cached_property
    def decoration(self) -> frozenset[str]:
        """Pictures (keys) that stand on several pages: logos and banners, not information."""
        counts = Counter(
            key for page in self.pages for key in {urls.key(picture.url) for picture in page.pictures if picture.url}
        )
        return frozenset(key for key, count in counts.items() if count >= _SHELL_PAGES)

    @cached_property
    def shells(self) -> frozenset[str]:
        """Pages that say the same under different headings: a name on each, the same empty body on all."""
        bodies: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for page in self.pages:
            bodies[self._body(page)].add((page.url, plain(page.heading or page.title)))
        return frozenset(
            url
            for body, named in bodies.items()
            if len(tokens(body)) >= _SHELL_WORDS and len({name for _, name in named}) >= _SHELL_PAGES
            for url, _ in named
        )

    @cached_property
    def _usual_script_lists(self) -> int:
        """Boxes that scripts fill on every page (a search box, a visitor counter): the template's, not a list."""
        return min((page.script_lists for page in self.pages), default=0) if len(self.pages) >= _SHELL_PAGES else 0

    def lists_by_script(self, page: Page) -> bool:
        """Whether scripts fill a list on this page that the other pages do not have."""
        return page.script_lists > self._usual_script_lists

    def _body(self, page: Page) -> str:
        """The page's words without its own name and numbers, and where its links lead (queries left out)."""
        name = set(tokens(f"{page.heading} {page.title} {' '.join(page.breadcrumb)} {urls.path_words(page.url)}"))
        words = [word for word in tokens(page.text) if word not in name and not word.isdigit()]
        leads = {link.url.partition("?")[0] for link in of_page(page).own_links if link.url}
        return " ".join((*words, *sorted(leads)))

    def page(self, url: str) -> Page | None:
        """The page that answered at ``url``."""
        return self.site.pages.get(urls.key(url))

    def reader(self, url: str) -> Page | None:
        """The page at ``url``, or the one that answers there without the query: a reader of many documents."""
        return self.page(url) or self.page(url.partition("?")[0])

    def document(self, url: str) -> Document | None:
        """The document that answered at ``url``."""
        return self.site.documents.get(urls.key(url))

    def capture(self, url: str) -> Capture | None:
        """What became of ``url``; None when it was never asked for."""
        return self.site.captures.get(urls.key(url))

    def is_home(self, url: str) -> bool:
        """Whether the address is the front page."""
        return urls.key(url) == self.home_key

    def is_news(self, url: str) -> bool:
        """Whether the address is one of news: it reports about things."""
        return bool(NEWS_PLACES.search(url.lower()))

    def links(self) -> Iterator[tuple[Page, Link]]:
        """Every link with the page that it stands on."""
        for page in self.pages:
            for link in page.links:
                yield page, link

"""What stands on most pages of a site is its template, whatever it looks like: it is no content."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ppid_audit.model.site import Link, Page, Picture, Region, Section

MIN_PAGES = 4
"""Fewer pages tell little: of them only the lines that stand on every one are the template."""

MIN_PAGES_FOR_LINKS = 5
SHARE = 0.6
SKIN_PAGES = 12
SKIN_SHARE = 0.25
"""A site may wear several templates (a portal and its PPID corner): what many pages repeat is one of them."""

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Template:
    """Normalised lines, links (title, address) and pictures that most pages repeat, or many of a large site."""

    lines: frozenset[str] = frozenset()
    links: frozenset[tuple[str, str]] = frozenset()
    pictures: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pages: Sequence[Page]) -> "Template":
        """The template of a site; empty when all its pages are the same one."""
        different = list({page.capture.sha256 or page.url: page for page in pages}.values())
        texts = [{normal(line) for line in page.text.split("\n")} for page in different]
        if len(different) < MIN_PAGES:
            same = frozenset.intersection(*map(frozenset, texts)) if len(texts) > 1 else frozenset()
            return cls(frozenset(line for line in same if _says_something(line)))
        lines = _on_most(texts, len(different))
        pictures = _on_most(({p.url for p in page.pictures if p.url} for page in different), len(different))
        links: frozenset[tuple[str, str]] = frozenset()
        if len(different) >= MIN_PAGES_FOR_LINKS:
            links = _on_most(({_identity(link) for link in page.links} for page in different), len(different))
        return cls(frozenset(line for line in lines if _says_something(line)), links, pictures)

    @property
    def texts(self) -> frozenset[str]:
        """Lines, link titles and addresses, normalised."""
        parts = (part for title, address in self.links for part in (title, address) if part)
        return self.lines | frozenset(parts)

    def taken_from(self, page: Page) -> Page:
        """The page without the template: its lines removed, its links and pictures moved to the menu."""
        if not (self.lines or self.links or self.pictures):
            return page
        sections = tuple(self._section(section) for section in page.sections)
        return replace(
            page,
            heading=self._heading(page),
            text=self._rest(page.text),
            sections=sections,
            links=tuple(self._link(link) for link in page.links),
            pictures=tuple(self._picture(picture) for picture in page.pictures),
        )

    def _heading(self, page: Page) -> str:
        if normal(page.heading) not in self.lines:
            return page.heading
        own = (s.heading for s in page.sections if 1 <= s.level <= 3 and normal(s.heading) not in self.lines)
        return next(own, "".join(page.breadcrumb[-1:]))

    def _section(self, section: Section) -> Section:
        heading = "" if normal(section.heading) in self.lines else section.heading
        items = tuple(item for item in section.items if normal(item) not in self.lines)
        return replace(section, heading=heading, text=self._rest(section.text), items=items)

    def _rest(self, text: str) -> str:
        return "\n".join(line for line in text.split("\n") if normal(line) not in self.lines)

    def _link(self, link: Link) -> Link:
        if link.region is not Region.CONTENT or _identity(link) not in self.links:
            return link
        return replace(link, region=Region.MENU, section=-1)

    def _picture(self, picture: Picture) -> Picture:
        if picture.region is not Region.CONTENT or picture.url not in self.pictures:
            return picture
        return replace(picture, region=Region.MENU, section=-1)


def normal(text: str) -> str:
    """A line in the form in which lines of different pages are compared."""
    return " ".join(text.casefold().split())


def _says_something(line: str) -> bool:
    return sum(char.isalpha() for char in line) >= 3


def _identity(link: Link) -> tuple[str, str]:
    return normal(link.title), link.url or link.href


def _on_most(sets: Iterable[set[Thing]], pages: int) -> frozenset[Thing]:
    counts = Counter(thing for things in sets for thing in things)
    enough = min(SHARE * pages, max(SKIN_PAGES, SKIN_SHARE * pages))
    return frozenset(thing for thing, count in counts.items() if count >= enough)

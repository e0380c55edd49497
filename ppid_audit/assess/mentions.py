"""Where a site names an item: links, headings, rows, pictures and pages that bear its words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from ppid_audit.assess.ground import Ground
from ppid_audit.assess.lexicon import EXEMPT
from ppid_audit.assess.matching import Match, tokens
from ppid_audit.model.rubric import Probe
from ppid_audit.model.site import Link, Page, Picture, TitleFrom
from ppid_audit.web import urls

_SAID = 8


class Kind(Enum):
    """What bears the name."""

    PAGE = auto()
    SECTION = auto()
    LINK = auto()
    ROW = auto()
    PICTURE = auto()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names an item: ``title`` as the site writes it, ``match`` with the rubric's words."""

    kind: Kind
    page: Page
    title: str
    match: Match
    link: Link | None = None
    section: int | None = None
    row: tuple[str, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    kind: Kind
    title: str
    link: Link | None = None
    section: int | None = None
    row: tuple[str, ...] = ()
    picture: Picture | None = None


def mentions(ground: Ground) -> Mapping[Probe, tuple[Mention, ...]]:
    """All mentions of all probes of the ground's lexicon, in the order of pages."""
    found: dict[Probe, list[Mention]] = defaultdict(list)
    for page in ground.pages:
        if exempt(page):
            continue
        for named in _names_on(ground, page):
            for probe, match in ground.lexicon.match(named.title).items():
                found[probe].append(
                    Mention(named.kind, page, named.title, match, named.link, named.section, named.row, named.picture)
                )
    return {probe: tuple(where) for probe, where in found.items()}


def rows_of(ground: Ground, page: Page, probe: Probe) -> Iterator[Mention]:
    """Rows of one page's tables that name what the probe looks for."""
    for named in _row_names(page, set()):
        match = ground.lexicon.match(named.title).get(probe)
        if match is not None:
            yield Mention(Kind.ROW, page, named.title, match, row=named.row)


def exempt(page: Page) -> bool:
    """Whether the page lists what is *not* published (informasi yang dikecualikan)."""
    name = " ".join(("", *tokens(f"{page.heading} / {urls.path_words(page.url)}"), ""))
    return any(f" {words} " in name for words in EXEMPT)


def _names_on(ground: Ground, page: Page) -> Iterator[_Named]:
    yield from _page_names(ground, page)
    for index, section in enumerate(page.sections):
        if section.heading and (section.heading != page.heading or not _heads(ground, page, index)):
            yield _Named(Kind.SECTION, section.heading, section=index)
    linked: set[str] = set()
    for link in page.links:
        linked.update((link.title, link.text, *link.row))
        yield from _link_names(link)
    yield from _row_names(page, linked)
    yield from _picture_names(page)


def _heads(ground: Ground, page: Page, index: int) -> bool:
    """Whether the heading of a section is that of the whole page: of no front page, and nothing is said above it."""
    above = sum(len(tokens(section.text)) for section in page.sections[:index])
    return not ground.is_home(page.url) and above < _SAID


def _row_names(page: Page, linked: set[str]) -> Iterator[_Named]:
    for table in page.tables:
        for row in table.rows:
            name = next((cell for cell in row if len(cell) > 3 and not cell.isdigit()), "")
            if name and name not in linked:
                yield _Named(Kind.ROW, name, row=row)


def _picture_names(page: Page) -> Iterator[_Named]:
    for picture in page.pictures:
        if picture.section >= 0:
            for words in dict.fromkeys((picture.caption, picture.alt, urls.path_words(picture.url or ""))):
                if words:
                    yield _Named(Kind.PICTURE, words, picture=picture)


def _page_names(ground: Ground, page: Page) -> Iterator[_Named]:
    if ground.is_home(page.url):
        return
    names = [page.heading, urls.path_words(page.url), *page.breadcrumb[-1:]]
    if page.title not in ground.shared_titles:
        names.append(page.title)
    for name in dict.fromkeys(names):
        if name:
            yield _Named(Kind.PAGE, name)


def _link_names(link: Link) -> Iterator[_Named]:
    names = [link.title, link.column, next((cell for cell in link.row if len(cell) > 3 and not cell.isdigit()), "")]
    if link.title_from in {TitleFrom.ADDRESS, TitleFrom.PAGE} or all(word.isdigit() for word in tokens(link.title)):
        names += [link.heading, *link.trail[-1:]]
    for name in dict.fromkeys(names):
        if name:
            yield _Named(Kind.LINK, name, link=link, row=link.row)

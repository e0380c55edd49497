"""A site as the judge sees it: pages, documents, pictures, and what each address turned out to be."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ppid_audit.model.capture import Capture, Snapshot, Unread


class Region(StrEnum):
    """Where on a page something stands."""

    CONTENT = "content"
    MENU = "menu"
    FOOTER = "footer"
    ASIDE = "aside"


class TitleFrom(StrEnum):
    """Where a link's title was taken from, in the order in which places are tried."""

    OWN = "own"
    ATTRIBUTE = "attribute"
    ROW = "row"
    CARD = "card"
    ITEM = "item"
    SENTENCE = "sentence"
    HEADING = "heading"
    PAGE = "page"
    ADDRESS = "address"


class LinkKind(StrEnum):
    """What kind of reference an address is."""

    ANCHOR = "anchor"
    FRAME = "frame"
    EMBED = "embed"
    AREA = "area"


class Nature(StrEnum):
    """What a page is, told by documented marks: only an ``ordinary`` page is the agency speaking.

    ``soft_404`` is told by comparison with what the site answers to an address that cannot exist.
    """

    ORDINARY = "ordinary"
    MAINTENANCE = "maintenance"
    CHALLENGE = "challenge"
    WAF_BLOCK = "waf_block"
    LOGIN = "login"
    PARKED = "parked"
    SUSPENDED = "suspended"
    ISP_BLOCK = "isp_block"
    DEBUG = "debug"
    DEFAULT_PAGE = "default_page"
    DIRECTORY_LISTING = "directory_listing"
    DEFACED = "defaced"
    HIJACKED = "hijacked"
    ERROR_PAGE = "error_page"
    SOFT_404 = "soft_404"


@dataclass(frozen=True, slots=True)
class Injected:
    """A foreign link put into a page. ``where``: ``before_doctype``, ``after_html``, ``after_body``, ``hidden``,
    ``visible``, or ``meta`` for words in the head of the page (then ``url`` is empty).
    """

    url: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Link:
    """A reference from a page.

    ``href`` is the address as written; ``url`` the absolute http(s) address it means, or None when it
    leads nowhere (``#``, ``javascript:``, empty). ``text`` are its own words, ``title`` the best name
    that the page gives it (``title_from`` says where that name stands). ``row`` are the other cells of
    its table row, ``column`` the head of its column, ``heading`` the nearest heading before it.
    ``parent`` is true for a menu entry that only opens a sub-menu; ``trail`` are the labels above it
    in nested lists. ``section`` indexes ``Page.sections`` (-1 outside content).
    """

    href: str
    url: str | None
    text: str
    title: str
    title_from: TitleFrom = TitleFrom.OWN
    kind: LinkKind = LinkKind.ANCHOR
    region: Region = Region.CONTENT
    row: tuple[str, ...] = ()
    column: str = ""
    heading: str = ""
    trail: tuple[str, ...] = ()
    parent: bool = False
    section: int = -1


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in the content. ``width`` and ``height`` are 0 when the page does not say."""

    url: str | None
    alt: str = ""
    caption: str = ""
    width: int = 0
    height: int = 0
    section: int = -1
    region: Region = Region.CONTENT


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the cells of its head and of its rows (empty rows left out), in reading order.

    ``filled_by_script`` is true when the page fills it after loading (DataTables with ajax and the like).
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    section: int = -1
    caption: str = ""
    filled_by_script: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it up to the next heading of the same or a higher level.

    ``level`` 0 is the page's content before its first heading. ``text`` is the visible text under the
    heading (own block only, without the heading, menus and the template); ``hidden_tab`` content of
    accordions and tabs counts as visible.
    """

    level: int
    heading: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page, read.

    ``title`` is its <title>, ``heading`` the first h1-h3 of the content, ``breadcrumb`` the trail that
    the page shows. ``text`` is the visible text of the content, ``all_text`` of everything (menus and
    footer too). ``shell`` is true when scripts make the content (an empty application root);
    ``script_lists`` counts lists or tables that scripts fill. ``fragments`` are addresses of pieces
    that scripts insert (navbar and footer). ``forms`` are the names of the fields of its forms.
    ``dates`` are dates found in the page with the place they stand. ``viewport`` is true when it declares
    how it fits a telephone; ``unnamed_images`` counts images without a text alternative.
    """

    capture: Capture
    title: str = ""
    heading: str = ""
    breadcrumb: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    text: str = ""
    all_text: str = ""
    lang: str = ""
    shell: bool = False
    script_lists: int = 0
    fragments: tuple[str, ...] = ()
    forms: tuple[tuple[str, ...], ...] = ()
    dates: tuple["DateSeen", ...] = ()
    modified: date | None = None
    refresh: str = ""
    nature: Nature = Nature.ORDINARY
    injected: tuple[Injected, ...] = ()
    viewport: bool = True
    unnamed_images: int = 0

    @property
    def url(self) -> str:
        """The address that answered."""
        return self.capture.final_url


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A day, month or year in a text: ``precision`` is ``day``, ``month`` or ``year``."""

    day: date
    precision: str
    where: str
    quote: str = ""


class DocumentState(StrEnum):
    """What became of a document that was opened."""

    TEXT = "text"
    SCAN = "scan"
    IMAGE = "image"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was fetched: PDF, office file, picture. ``kind`` is ``pdf``, ``docx``, ``xlsx``, ``image`` ...

    ``title`` comes from its metadata, ``text`` from its first pages (personal data masked), ``pages`` is
    None when the format has none. ``UNREAD`` means that its type is sure but its text was not read.
    ``recognised`` means that a machine read ``text`` off pictures (OCR).
    """

    capture: Capture
    kind: str
    state: DocumentState
    title: str = ""
    text: str = ""
    pages: int | None = None
    width: int = 0
    height: int = 0
    modified: date | None = None
    recognised: bool = False

    @property
    def url(self) -> str:
        """The address that answered."""
        return self.capture.final_url


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that was read of one agency.

    ``pages`` and ``documents`` are keyed by the address asked for and the address that answered (both
    as ``web.urls.key``). ``captures`` holds every address asked for, by the same key, with what became
    of it. ``template`` are link titles and addresses that stand on most pages.
    """

    agency: str
    home: Page | None
    pages: dict[str, Page] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    captures: dict[str, Capture] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    snapshot: Snapshot | None = None
    template: frozenset[str] = frozenset()
    """Normalised text blocks that stand on most pages: the template, not content."""

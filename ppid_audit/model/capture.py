"""What a visit brought home: one response, or the problem that came instead of it."""

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """Why there is no usable response. All but ``CLIENT_ERROR`` are faults of seeing, not of the site."""

    DNS_NOT_FOUND = "dns_not_found"
    DNS_FAILED = "dns_failed"
    CONNECT_FAILED = "connect_failed"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS_FAILED = "tls_failed"
    DEADLINE = "deadline"
    RESET = "reset"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    BAD_ENCODING = "bad_encoding"
    BAD_RESPONSE = "bad_response"
    BAD_REDIRECT = "bad_redirect"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REDIRECT_OUT_OF_SCOPE = "redirect_out_of_scope"
    ADDRESS_REFUSED = "address_refused"
    SERVER_ERROR = "server_error"
    RATE_LIMITED = "rate_limited"
    BLOCKED = "blocked"
    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    CLIENT_ERROR = "client_error"
    PARSE_LIMIT = "parse_limit"
    RUNNER_OFFLINE = "runner_offline"


STATES_OF_THE_SITE = frozenset({404, 410})
"""Status codes that say how the site is; every other failure is a failure to see."""


class Role(StrEnum):
    """Why an address was asked for."""

    ROBOTS = "robots"
    SITEMAP = "sitemap"
    HOME = "home"
    PAGE = "page"
    DOCUMENT = "document"
    IMAGE = "image"
    FRAGMENT = "fragment"
    OFF_SITE = "off_site"
    PROBE = "probe"
    RESOURCE = "resource"
    """What the scripts of a page ask for while a browser draws it."""


class Rendered(StrEnum):
    """Whether a body is what a browser made of the page; ``PART`` when something may be missing from it."""

    NO = ""
    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of the web, without its body (that is in the archive, by ``sha256`` and ``warc``).

    ``url`` is the address asked for, ``final_url`` the one that answered after redirects.
    ``status`` is None when no response came. ``problem`` is None when the response is usable; a 404
    or 410 is usable (it is a state of the site). ``media_type`` is told from the first bytes, not
    from the header or the name. ``bytes`` is the decoded size. ``warc`` is ``file#offset``. ``unchanged``
    means that the site said without a body that nothing has changed, by 304 (RFC 9110 section 15.4.5) or by HEAD
    to a page still missing: the body is the one of an earlier scan.
    ``ip`` is the address of the server that answered; empty when none did, or in an older archive.
    ``certificate_until`` is the ISO day on which its certificate ends; empty without TLS or when it was not told.
    A ``rendered`` capture follows the plain one of the same address and role, and is judged in its place; no
    request stands behind it, and ``detail`` says what may be missing.
    """

    url: str
    final_url: str
    role: Role
    fetched_at: str
    status: int | None = None
    problem: Problem | None = None
    detail: str = ""
    redirects: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = ""
    bytes: int = 0
    seconds: float = 0.0
    sha256: str = ""
    warc: str = ""
    found_on: str = ""
    unchanged: bool = False
    ip: str = ""
    rendered: Rendered = Rendered.NO
    certificate_until: str = ""

    @property
    def ok(self) -> bool:
        """A usable response with a success status."""
        return self.problem is None and self.status is not None and 200 <= self.status < 300

    @property
    def told_type(self) -> str:
        """The media type, with a parameter where a browser made the page."""
        return f"{self.media_type}; rendered={self.rendered}" if self.rendered else self.media_type

    @property
    def gone(self) -> bool:
        """The site itself says that there is nothing here."""
        return self.problem is None and self.status in STATES_OF_THE_SITE

    @property
    def fault(self) -> bool:
        """We failed to see: proves nothing, neither presence nor absence."""
        return not self.ok and not self.gone

    def header(self, name: str) -> str:
        """The value of a response header, case-insensitive; empty when absent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A capture with its bytes: ``raw`` as served (content coding and all), ``body`` decoded."""

    capture: Capture
    raw: bytes = b""
    body: bytes = b""


class UnreadWhy(StrEnum):
    """Why a known address was not asked for."""

    BUDGET = "budget"
    SAMPLED = "sampled"
    OUT_OF_SCOPE = "out_of_scope"
    DEPTH = "depth"
    HOST_STOPPED = "host_stopped"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Unread:
    """An address that was seen but not read. ``title`` is what its link called it."""

    url: str
    why: UnreadWhy
    title: str = ""
    found_on: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a site's health that is told but not scored."""

    code: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Captures of one agency at one instant, with what was *not* read: the ground for an absence."""

    agency: str
    started_at: str
    finished_at: str
    captures: tuple[Capture, ...]
    unread: tuple[Unread, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def home(self) -> Capture | None:
        """The last answer of the front page, or None when it was never asked for."""
        return next((c for c in reversed(self.captures) if c.role is Role.HOME), None)

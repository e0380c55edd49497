"""What a visit notices about a site's health: told, never scored, and only what was truly observed. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median

from ppid_audit.crawl.robots_gate import is_page_instead
from ppid_audit.model.capture import Capture, Note, Problem, Role
from ppid_audit.web import urls
from ppid_audit.web.scope import is_internal

DROPPED = "addresses_dropped"
"""Note: so many addresses were known that some which matter were not kept."""

_SLOW_SECONDS = 3.0
_SOON_DAYS = 30
_ENOUGH = 5
_EXPIRED = "certificate has expired"
"""As OpenSSL words X509_V_ERR_CERT_HAS_EXPIRED (10)."""

_OWN = frozenset({Role.HOME, Role.PAGE, Role.FRAGMENT})


def notes(captures: Sequence[Capture], stopped: str, dropped: int) -> tuple[Note, ...]:
    """The notes on one visit: ``stopped`` is why its host was left alone (empty: it was not), ``dropped`` how many
    addresses that matter were too many to keep.
    """
    found = [*_tls(captures), *_ending(captures), *_front_page(captures), *_robots(captures), *_slow(captures)]
    if stopped:
        found.append(Note("host_stopped", stopped))
    if dropped:
        found.append(Note(DROPPED, str(dropped)))
    return tuple(found)


def _tls(captures: Sequence[Capture]) -> Iterator[Note]:
    """One note for each own host whose certificate had to be read over, or could not be."""
    seen: set[str] = set()
    for capture in captures:
        host = urls.host(capture.final_url)
        broken = capture.detail.startswith("tls: ") or capture.problem is Problem.TLS_FAILED
        if broken and capture.role is not Role.OFF_SITE and host not in seen:
            seen.add(host)
            what = capture.detail.partition(";")[0].removeprefix("tls: ")
            expired = _EXPIRED in what
            until = capture.certificate_until
            since = until if expired and "" < until <= capture.fetched_at[:10] else what
            yield Note("tls_expired" if expired else "tls_invalid", since, capture.final_url)


def _ending(captures: Sequence[Capture]) -> Iterator[Note]:
    """One note for each own host whose certificate is good, but not for long."""
    seen: set[str] = set()
    for capture in captures:
        host, until, today = urls.host(capture.final_url), capture.certificate_until, capture.fetched_at[:10]
        if (
            capture.role is Role.OFF_SITE
            or host in seen
            or not until
            or not today
            or capture.detail.startswith("tls: ")
        ):
            continue
        if 0 <= (date.fromisoformat(until) - date.fromisoformat(today)).days <= _SOON_DAYS:
            seen.add(host)
            yield Note("tls_expires_soon", until, capture.final_url)


def _front_page(captures: Sequence[Capture]) -> Iterator[Note]:
    home = next((capture for capture in reversed(captures) if capture.role is Role.HOME), None)
    if home is None:
        return
    if home.problem is Problem.TOO_MANY_REDIRECTS:
        yield Note("redirect_loop", home.detail, home.url)
    secure = any(capture.final_url.startswith("https:") for capture in captures if capture.role in _OWN)
    if home.ok and not secure and not is_internal(urls.host(home.final_url)):
        yield Note("http_only", "", home.final_url)


def _robots(captures: Sequence[Capture]) -> Iterator[Note]:
    for capture in captures:
        if capture.role is Role.ROBOTS and is_page_instead(capture):
            yield Note("robots_html", "", capture.url)


def _slow(captures: Sequence[Capture]) -> Iterator[Note]:
    seconds = [capture.seconds for capture in captures if capture.ok and capture.role in _OWN]
    if len(seconds) >= _ENOUGH and median(seconds) > _SLOW_SECONDS:
        yield Note("slow", f"{median(seconds):.1f} s")

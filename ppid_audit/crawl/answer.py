"""What has come of a request so far, hop by hop: it stands even when the deadline or the server cuts it off."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ppid_audit.crawl import problems
from ppid_audit.crawl.decode import Decoded, decode
from ppid_audit.crawl.problems import HeadersError
from ppid_audit.crawl.request import Request
from ppid_audit.model.capture import Capture, Exchange, Problem, Role
from ppid_audit.web import sniff, urls

LOCATION = "location"
MAX_HOPS = 5

_KEPT_HEADERS = (
    "content-type",
    "content-encoding",
    "content-length",
    "last-modified",
    "etag",
    "date",
    "retry-after",
    LOCATION,
    "server",
    "cf-mitigated",
)
_READ_HEADERS = frozenset({*_KEPT_HEADERS, "set-cookie"})
_SNIFFED = 1_048_576
_MAX_HEADERS, _MAX_HEADER_BYTES = 200, 65_536
_SHOWN = frozenset({Role.HOME, Role.PAGE})


@dataclass(slots=True)
class Answer:
    """The answer at ``url``, reached from ``asked`` over ``hops``: head, ``raw`` bytes, what is wrong with it."""

    asked: str
    url: str
    hops: list[str] = field(default_factory=list)
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytearray = field(default_factory=bytearray)
    problem: Problem | None = None
    detail: str = ""
    tls: str = ""
    ip: str = ""
    certificate_until: str = ""

    def start(self, status: int, headers: Iterable[tuple[str, str]], location: str) -> None:
        """Take the head of a response (``location`` apart from ``headers``); the bytes follow."""
        headers = list(headers)
        if len(headers) > _MAX_HEADERS or sum(len(name) + len(value) for name, value in headers) > _MAX_HEADER_BYTES:
            raise HeadersError(f"{len(headers)} header lines")
        self.status = status
        pairs = [*headers, *([(LOCATION, location)] if location else [])]
        self.headers = {name: _clean(value) for name, value in pairs if name in _READ_HEADERS}

    def fail(self, problem: Problem, detail: str = "") -> None:
        """What came is not a usable answer."""
        self.problem, self.detail = problem, detail

    def next_hop(self, allow: Callable[[str], bool]) -> str | None:
        """Where a redirect leads, or None when it must not be followed; the problem then says why."""
        target = urls.resolve(self.url, self.headers.get(LOCATION, ""))
        if target is None:
            self.fail(Problem.BAD_REDIRECT, self.headers.get(LOCATION, "")[:200])
        elif [self.asked, *self.hops].count(target) > ("set-cookie" in self.headers):
            self.fail(Problem.TOO_MANY_REDIRECTS, "loop")  # one way back is meant where a cookie was set
        elif len(self.hops) >= MAX_HOPS:
            self.fail(Problem.TOO_MANY_REDIRECTS, f"more than {MAX_HOPS}")
        elif not allow(target):
            self.url = target
            self.fail(Problem.REDIRECT_OUT_OF_SCOPE)
        return target if self.problem is None else None

    def go_to(self, target: str) -> None:
        """Forget the answer of this hop before the next."""
        self.hops.append(target)
        self.url, self.ip, self.status, self.headers, self.raw = target, "", None, {}, bytearray()
        self.certificate_until = ""

    def exchange(self, request: Request, now: str, seconds: float) -> Exchange:
        """All of it as a noun: body decoded within the request's bounds, type told from the first bytes."""
        raw, declared = bytes(self.raw), self.headers.get("content-type", "")
        decoded = decode(raw, self.headers.get("content-encoding", ""), request.max_bytes, declared)
        problem, detail = self._verdict(decoded, request.role)
        capture = Capture(
            url=self.asked,
            final_url=self.url,
            role=request.role,
            fetched_at=now,
            status=self.status,
            problem=problem,
            detail="; ".join(filter(None, (self.tls, detail))),
            redirects=tuple(self.hops),
            headers=tuple((name, self.headers[name]) for name in _KEPT_HEADERS if name in self.headers),
            media_type=sniff.media_type(decoded.body[:_SNIFFED], declared) if decoded.body else "",
            bytes=len(decoded.body),
            seconds=round(seconds, 3),
            found_on=request.found_on,
            ip=self.ip,
            certificate_until=self.certificate_until,
        )
        return Exchange(capture, raw, decoded.body)

    def _verdict(self, decoded: Decoded, role: Role) -> tuple[Problem | None, str]:
        """What is wrong with the answer; of one that is no success, the status alone says it, whatever its bytes."""
        if self.status is None or self.problem not in (None, Problem.TOO_LARGE):
            return self.problem, self.detail
        stated = problems.of_status(self.status)
        if stated is not None or not 200 <= self.status < 300:
            return stated, ""
        if self.problem or decoded.problem:
            return (self.problem, self.detail) if self.problem else (decoded.problem, decoded.detail)
        nothing = self.status == 200 and not decoded.body and role in _SHOWN
        return (Problem.TRUNCATED, "empty") if nothing else (None, "")  # a page without a byte shows nothing


def _clean(value: str) -> str:
    return "".join(char if char.isprintable() else " " for char in value)[:2_083].strip()

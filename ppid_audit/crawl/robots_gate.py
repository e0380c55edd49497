"""What robots.txt allows, per scheme and authority (RFC 9309): absent means all, unreachable means nothing."""

from dataclasses import dataclass

from ppid_audit.model.capture import Capture, Exchange, Problem
from ppid_audit.web import charset, sniff, urls
from ppid_audit.web.robots import ALLOW_ALL, DISALLOW_ALL, Rules

MAX_BYTES = 512_000
"""RFC 9309 section 2.5 asks for at least 500 KiB; what lies beyond is not read."""

_UNAVAILABLE = frozenset(
    {
        Problem.CLIENT_ERROR,
        Problem.BLOCKED,
        Problem.BAD_REDIRECT,
        Problem.TOO_MANY_REDIRECTS,
        Problem.REDIRECT_OUT_OF_SCOPE,
    }
)
"""Section 2.3.1.3: there are no rules. Everything else that fails is "unreachable" (2.3.1.4): nothing is allowed."""

_CONNECTION = frozenset(
    {
        Problem.DNS_NOT_FOUND,
        Problem.DNS_FAILED,
        Problem.CONNECT_FAILED,
        Problem.CONNECT_TIMEOUT,
        Problem.TLS_FAILED,
        Problem.ADDRESS_REFUSED,
    }
)
"""Faults that are not about robots.txt: the whole host cannot be reached, and they keep their own name."""


@dataclass(frozen=True, slots=True)
class _Answer:
    rules: Rules
    problem: Problem = Problem.ROBOTS_DISALLOWED
    detail: str = ""


class RobotsGate:
    """The rules that one visitor has read. ``agent`` is its product token."""

    def __init__(self, agent: str) -> None:
        self._agent = agent
        self._answers: dict[str, _Answer] = {}

    @staticmethod
    def address(url: str) -> str:
        """Where the rules for ``url`` stand."""
        return f"{_origin(url)}/robots.txt"

    def knows(self, url: str) -> bool:
        """Whether the rules for ``url`` have been asked for."""
        return _origin(url) in self._answers

    def forget(self, url: str) -> None:
        """Ask again next time."""
        self._answers.pop(_origin(url), None)

    def learn(self, exchange: Exchange) -> None:
        """Take in the answer to a request for a robots.txt: for its own origin, and the one it was moved to."""
        capture = exchange.capture
        answer = _read(capture, exchange.body)
        self._answers[_origin(capture.url)] = answer
        if capture.final_url == self.address(capture.final_url) and capture.problem is None:
            self._answers.setdefault(_origin(capture.final_url), answer)

    def allows(self, url: str) -> bool:
        """Whether the rules are known and let us ask for ``url``."""
        return self.knows(url) and self.refusal(url) is None

    def refusal(self, url: str) -> tuple[Problem, str] | None:
        """Why ``url`` must not be asked for, and a detail; None when it may. Its rules must be known."""
        answer = self._answers[_origin(url)]
        return None if answer.rules.allowed(url, self._agent) else (answer.problem, answer.detail)

    def delay(self, url: str) -> float | None:
        """The Crawl-delay asked for by the host of ``url``, in seconds."""
        return self._answers[_origin(url)].rules.delay(self._agent)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the host of ``url`` names, as written."""
        return self._answers[_origin(url)].rules.sitemaps


def _read(capture: Capture, body: bytes) -> _Answer:
    if capture.problem in _UNAVAILABLE or capture.gone:
        return _Answer(ALLOW_ALL)
    if capture.problem is Problem.TOO_LARGE:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    elif capture.problem is not None:
        problem = capture.problem if capture.problem in _CONNECTION else Problem.ROBOTS_UNREACHABLE
        detail = f"robots.txt: {capture.problem}" + (f" ({capture.detail})" if capture.detail else "")
        return _Answer(DISALLOW_ALL, problem, detail)
    return _Answer(Rules.parse(charset.decode(body, capture.header("content-type"))))


def is_page_instead(capture: Capture) -> bool:
    """Whether a robots.txt answered with an HTML page (mostly "not found" with status 200)."""
    return capture.ok and sniff.is_html(capture.media_type)


def _origin(url: str) -> str:
    return f"{url.partition('://')[0]}://{urls.authority(url)}"

"""What is asked of the web, and the seam through which it is asked."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ppid_audit.model.capture import Exchange, Role


def nowhere(_url: str) -> bool:
    """The answer to "may a redirect lead there?" of a request that wants no redirects."""
    return False


def unconditional(_url: str) -> Mapping[str, str]:
    """No conditions: the whole answer is wanted."""
    return {}


def not_stored(_url: str) -> bool:
    """Nothing has been asked before."""
    return False


@dataclass(frozen=True, slots=True)
class Request:
    """One address to ask for.

    ``deadline`` is the total time in seconds, redirects and all; ``max_bytes`` bounds the body as served
    and as decoded. ``allow`` is asked before each redirect hop whether its target may be visited.
    ``conditions`` gives the conditional headers (RFC 9110 section 13.1) for the address of a hop.
    ``method`` is HEAD where only the status is wanted (RFC 9110 section 9.3.2).
    """

    url: str
    role: Role
    found_on: str = ""
    deadline: float = 15.0
    max_bytes: int = 5_000_000
    allow: Callable[[str], bool] = nowhere
    conditions: Callable[[str], Mapping[str, str]] = unconditional
    method: Literal["GET", "HEAD"] = "GET"


Fetch = Callable[[Request], Awaitable[Exchange]]
"""Never raises: what goes wrong is a ``Problem`` in the capture. Tests and a browser stand in here."""

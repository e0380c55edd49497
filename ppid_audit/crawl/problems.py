"""From exceptions and status codes to the closed list of problems."""

import errno
import socket
import ssl
from collections.abc import Iterator

from ppid_audit.crawl.guard import AddressRefusedError
from ppid_audit.model.capture import STATES_OF_THE_SITE, Problem

REDIRECTS = frozenset({301, 302, 303, 307, 308})

MAY_PASS = frozenset(
    {
        Problem.DNS_NOT_FOUND,
        Problem.DNS_FAILED,
        Problem.CONNECT_FAILED,
        Problem.CONNECT_TIMEOUT,
        Problem.DEADLINE,
        Problem.RESET,
        Problem.TRUNCATED,
        Problem.SERVER_ERROR,
        Problem.ROBOTS_UNREACHABLE,
    }
)
"""Faults that another try may not meet."""

HOST_IN_TROUBLE = MAY_PASS | {Problem.TLS_FAILED, Problem.RATE_LIMITED, Problem.BLOCKED, Problem.BAD_RESPONSE}
"""Faults that, one after another, mean that the host should be left alone."""

_WAITING = (ssl.SSLWantReadError, ssl.SSLWantWriteError)  # a handshake that stalls has not failed
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_BLOCKED = frozenset({401, 403, 406, 451})
_BY_NAME = {
    "ConnectTimeout": Problem.CONNECT_TIMEOUT,
    "ReadTimeout": Problem.DEADLINE,
    "WriteTimeout": Problem.DEADLINE,
    "PoolTimeout": Problem.DEADLINE,
    "ConnectError": Problem.CONNECT_FAILED,
    "ReadError": Problem.RESET,
    "WriteError": Problem.RESET,
    "CloseError": Problem.RESET,
}
"""The HTTP library's exceptions by name: only ``fetch`` may import it."""


class WireLimitError(Exception):
    """More bytes came over the wire than one answer may have."""


class EarlyAnswerError(Exception):
    """The answer had come before its question: bytes that an earlier answer left on the connection."""


class HeadersError(Exception):
    """More header lines than any honest answer has."""


class WrongHostError(Exception):
    """The certificate belongs to another host: this may be somebody else's site."""


def of_status(status: int) -> Problem | None:
    """The problem that a final (not redirecting) status code means; None when the answer is usable."""
    if status == 206:
        return Problem.TRUNCATED  # a part, though the whole was asked for
    if 200 <= status < 300 or status in STATES_OF_THE_SITE:
        return None
    if status == 408:
        return Problem.DEADLINE  # the server waited too long for us: another try may pass
    if status == 429:
        return Problem.RATE_LIMITED
    if status in _BLOCKED:
        return Problem.BLOCKED
    if 400 <= status < 500 or status >= 600:
        return Problem.CLIENT_ERROR
    return Problem.SERVER_ERROR if status >= 500 else Problem.BAD_RESPONSE


def explain(error: BaseException, answered: bool) -> tuple[Problem, str]:
    """What ``error`` means and a short detail; ``answered``: the head of a response had come already."""
    chain = list(_chain(error))
    for link in chain:
        known = _of_cause(link, answered)
        if known is not None:
            return known, _words(link)
    names = [type(link).__name__ for link in chain]
    if "RemoteProtocolError" in names:
        return _of_protocol(str(chain[names.index("RemoteProtocolError")]), answered), _words(error)
    found = next((_BY_NAME[name] for name in names if name in _BY_NAME), None)
    if found is Problem.RESET and answered:
        return Problem.TRUNCATED, _words(error)
    if found is not None:
        return found, _words(chain[-1])
    return Problem.BAD_RESPONSE, f"{type(error).__name__}: {_words(error)}"


def _of_cause(error: BaseException, answered: bool) -> Problem | None:
    if isinstance(error, AddressRefusedError):
        return Problem.ADDRESS_REFUSED
    if isinstance(error, WrongHostError):
        return Problem.TLS_FAILED
    if isinstance(error, WireLimitError):
        return Problem.TOO_LARGE if answered else Problem.BAD_RESPONSE
    if isinstance(error, ssl.SSLError) and not isinstance(error, _WAITING):
        return Problem.TRUNCATED if answered else Problem.TLS_FAILED
    if isinstance(error, socket.gaierror):
        return Problem.DNS_NOT_FOUND if error.errno in _NO_SUCH_NAME else Problem.DNS_FAILED
    return None


def _of_protocol(text: str, answered: bool) -> Problem:
    if "disconnected without sending" in text:
        return Problem.RESET
    if "without sending complete" in text or "incomplete chunked" in text:
        return Problem.TRUNCATED
    return Problem.TRUNCATED if answered and "peer closed" in text else Problem.BAD_RESPONSE


def is_reset(error: BaseException) -> bool:
    """Whether the connection broke before anything came, or was not clean."""
    return isinstance(error, EarlyAnswerError) or explain(error, answered=False)[0] is Problem.RESET


def is_our_shortage(error: BaseException) -> bool:
    """Whether this machine had no file descriptor left: no fault of any host."""
    return any(isinstance(link, OSError) and link.errno in (errno.EMFILE, errno.ENFILE) for link in _chain(error))


def certificate_error(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """The certificate fault behind ``error``, if that is what it was."""
    return next((link for link in _chain(error) if isinstance(link, ssl.SSLCertVerificationError)), None)


def _words(error: BaseException) -> str:
    text = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
    return " ".join(str(text).split())[:200]


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__

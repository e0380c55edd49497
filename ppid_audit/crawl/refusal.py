"""Answers that turn us away or are not the site's own word, told before anything is read from them. Pure.

A challenge is never solved and a firewall never got round: the answer counts as blocked, and the host is left alone.
"""

from dataclasses import replace

from ppid_audit.crawl.politeness import Politeness
from ppid_audit.model.capture import Exchange, Problem, Role
from ppid_audit.web import charset, sniff
from ppid_audit.web.nature import BLOCKING, MAX_RAW, Nature, nature_of_raw

_SHOWN = frozenset({Role.HOME, Role.PAGE, Role.FRAGMENT, Role.PROBE})
_WHOLE_SERVER = b"imunify360"
"""It puts who was challenged on a grey list for all sites of that server."""


def told(exchange: Exchange) -> tuple[Exchange, Nature]:
    """The answer as it is to be kept, and its nature (``ORDINARY`` for what is no HTML).

    A challenge or a firewall's page is a ``BLOCKED`` answer whatever its status; of any other failure the nature
    is told in ``detail``, because the body of a failure is not read later on.
    """
    capture = exchange.capture
    if not exchange.body or not sniff.is_html(capture.media_type):
        return exchange, Nature.ORDINARY
    raw = charset.decode(exchange.body[:MAX_RAW], capture.header("content-type"))
    nature = nature_of_raw(raw, capture.headers, capture.status)
    if nature is Nature.ORDINARY or (capture.ok and nature not in BLOCKING):
        return exchange, nature
    problem = Problem.BLOCKED if nature in BLOCKING else capture.problem
    detail = capture.detail if nature in capture.detail else "; ".join(filter(None, (capture.detail, nature.value)))
    return replace(exchange, capture=replace(capture, problem=problem, detail=detail)), nature


def heed(exchange: Exchange, nature: Nature, politeness: Politeness) -> None:
    """Leave the host alone that turned us away; a single document behind a challenge says nothing of its pages."""
    capture = exchange.capture
    if nature in BLOCKING and capture.role in _SHOWN:
        whole_server = _WHOLE_SERVER in exchange.body[:MAX_RAW].lower()
        politeness.leave(capture.final_url, nature.value, whole_server)
        politeness.leave(capture.url, nature.value, whole_server)

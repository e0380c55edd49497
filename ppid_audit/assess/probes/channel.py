"""``channel``: a working way to reach someone: a link to a well-known host, or a page of its own that serves."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.matching import Match
from ppid_audit.assess.probes.published import published
from ppid_audit.assess.trace import Trace, best
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Probe, Reason
from ppid_audit.web import urls


def channel(bench: Bench, probe: Probe) -> Observation | None:
    """The best of the links to ``probe.hosts`` and of the pages that bear ``probe.terms``."""
    seen = list(linked_hosts(bench, probe, Reason.FOUND_OFF_SITE))
    own = published(bench, probe) if probe.terms else None
    return best([*seen, own] if own is not None else seen)


def linked_hosts(bench: Bench, probe: Probe, reason: Reason) -> Iterator[Observation]:
    """A sighting for each link that leads to one of the probe's hosts; a known dead one is a dead link."""
    for page, link in bench.ground.links():
        host = host_named(link.url, probe.hosts) if link.url else ""
        if not link.url or not host or bench.ground.scope.owns(link.url):
            continue
        capture = bench.ground.capture(link.url)
        trace = Trace(link.title or link.url, Match(host, 1, 1), page.url, Where.LINK)
        gone = capture is not None and capture.gone
        yield trace.say(Reason.DEAD_LINK if gone else reason, 0.85, link.url, capture)


def host_named(url: str, hosts: tuple[str, ...]) -> str:
    """The entry of ``hosts`` that the address belongs to: a host, a suffix of one, or its first label."""
    name = (urlsplit(url).hostname or "").removeprefix("www.")
    for entry in hosts:
        host, _, path = entry.partition("/")
        inside = name == host or name.endswith("." + host) or ("." not in host and name.split(".")[0].startswith(host))
        if inside and (not path or urls.path_words(url).startswith(path.replace("-", " "))):
            return entry
    return ""

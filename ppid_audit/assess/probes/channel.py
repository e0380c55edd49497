"""``channel``: a working way to reach someone: a link to a well-known host, or a page of its own that serves."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.matching import Match, tokens
from ppid_audit.assess.probes.published import published
from ppid_audit.assess.trace import Trace
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Probe, Reason
from ppid_audit.model.site import Link, Page
from ppid_audit.web import urls


def channel(bench: Bench, probe: Probe) -> Iterator[Observation]:
    """Links to ``probe.hosts``, and pages that bear ``probe.terms``."""
    yield from (seen for seen, _, _ in linked(bench, probe, Reason.FOUND_OFF_SITE))
    yield from published(bench, probe)


def linked(bench: Bench, probe: Probe, reason: Reason) -> Iterator[tuple[Observation, Page, Link]]:
    """A sighting for each link that leads to one of the probe's hosts; a known dead one is a dead link."""
    for page, link in bench.ground.links():
        host = host_named(link.url, link.title, probe.hosts) if link.url else ""
        if not link.url or not host or bench.ground.scope.owns(link.url):
            continue
        if bench.ground.identity.another_district(link.url):
            continue
        if bench.ground.identity.names_another(f"{link.title} {unquote(link.url)} {' '.join(link.row)}"):
            continue
        capture = bench.ground.capture(link.url)
        trace = Trace(link.title or link.url, Match(host, 1, 1), page.url, Where.LINK)
        gone = capture is not None and capture.gone
        yield trace.say(Reason.DEAD_LINK if gone else reason, 0.85, link.url, capture), page, link


def host_named(url: str, title: str, hosts: tuple[str, ...]) -> str:
    """The entry of ``hosts`` that a link leads to: a host, a suffix of one, or a name ("bpbd") of its first label.

    A bare name also counts where the link's title bears it as a word ("BPBD Kabupaten").
    """
    name = (urlsplit(url).hostname or "").removeprefix("www.")
    words = tokens(title)
    for entry in hosts:
        host, _, path = entry.partition("/")
        inside = name == host or name.endswith("." + host)
        inside |= "." not in host and (name.split(".")[0].startswith(host) or host in words)
        if inside and (not path or urls.path_words(url).startswith(path.replace("-", " "))):
            return entry
    return ""

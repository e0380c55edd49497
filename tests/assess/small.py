"""Small sites, written in a test, as the judge gets them."""

from collections.abc import Mapping
from dataclasses import replace

from ppid_audit.assess import assess
from ppid_audit.assess.assess import lexicon_of
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.matching import Match
from ppid_audit.assess.trace import Trace
from ppid_audit.extract.reading import read
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Role, Snapshot, Unread
from ppid_audit.model.finding import Finding, Where
from ppid_audit.model.rubric import Probe
from ppid_audit.model.site import Site
from ppid_audit.web import sniff
from tests.criteria.judging import AS_OF, HOME, SEEN_AT, rubric

AGENCY = Agency("contoh", "Dinas Contoh Kabupaten Contoh", "dinas", HOME)
FRONT = (
    "<html><title>Dinas Contoh</title><body><header><nav>{}</nav></header><main><h2>Selamat datang</h2>"
    "<p>Terima kasih telah berkunjung ke situs kami.</p></main></body></html>"
)
Answer = str | bytes | Capture
"""What an address answers: a page, a file, or a fault (its ``problem`` and ``status``)."""


def whole(heading: str, content: str) -> str:
    """A page of its own."""
    return f"<html><title>Dinas Contoh</title><body><main><h1>{heading}</h1>{content}</main></body></html>"


def menu(**entries: str) -> str:
    """A front page whose menu leads to these paths: path -> name, ``_`` for ``/``."""
    return FRONT.format("".join(f'<a href="/{path.replace("_", "/")}">{name}</a>' for path, name in entries.items()))


def linking(**entries: str) -> str:
    """The same where the links stand in the content and not in the menu."""
    return menu(**entries).replace("<nav>", "<div>").replace("</nav>", "</div>")


def fault(**changes: object) -> Capture:
    """An answer that did not come."""
    return replace(Capture("", "", Role.PAGE, SEEN_AT), **changes)  # type: ignore[arg-type]


def site(answers: Mapping[str, Answer], unread: tuple[Unread, ...] = (), agency: Agency = AGENCY) -> Site:
    """The site whose addresses (paths, "" for the front page; whole addresses for other hosts) answer so."""
    exchanges = [_exchange(place, answer) for place, answer in answers.items()]
    readings = [reading for each in exchanges if (reading := read(each)) is not None]
    captures = tuple(each.capture for each in exchanges)
    return assemble(agency, Snapshot(agency.id, SEEN_AT, SEEN_AT, captures, unread), readings)


def ground(answers: Mapping[str, Answer], unread: tuple[Unread, ...] = (), agency: Agency = AGENCY) -> Ground:
    return Ground(site(answers, unread, agency), agency, lexicon_of(rubric()), AS_OF)


def findings(
    answers: Mapping[str, Answer], unread: tuple[Unread, ...] = (), agency: Agency = AGENCY
) -> dict[str, Finding]:
    """What the judge says of every item at that site."""
    seen = assess(site(answers, unread, agency), rubric(), agency, AS_OF)
    return {finding.item: finding for finding in seen.findings}


def probe_of(item: str) -> Probe:
    """The check of an item that is one probe."""
    check = next(criterion.check for criterion in rubric().criteria if criterion.id == item)
    assert isinstance(check, Probe)
    return check


def trace(title: str = "Renstra", term: str = "renstra") -> Trace:
    return Trace(title, Match(term, 1, 1), HOME, Where.LINK)


def _exchange(place: str, answer: Answer) -> Exchange:
    url = place if "://" in place else HOME + place
    if isinstance(answer, Capture):
        return Exchange(replace(answer, url=url, final_url=url, role=_role(place)))
    body = answer.encode() if isinstance(answer, str) else answer
    media = "text/html" if isinstance(answer, str) else sniff.media_type(body[:4096])
    return Exchange(Capture(url, url, _role(place), SEEN_AT, 200, media_type=media, bytes=len(body)), body, body)


def _role(place: str) -> Role:
    if not place:
        return Role.HOME
    if "://" in place:
        return Role.OFF_SITE
    return Role.DOCUMENT if "." in place else Role.PAGE

"""``contact``: a street address plus a telephone number or e-mail address, anywhere on the site.

Perki 1/2021 Ps 14(2)a, 15(1)a: domicile and full address. A map alone is not an address.
"""

import re
from collections.abc import Iterator

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.content import plain
from ppid_audit.assess.lexicon import DUMMY_CONTACT
from ppid_audit.assess.matching import Match
from ppid_audit.assess.trace import Trace
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Probe, Reason
from ppid_audit.model.site import Page

_ADDRESS = re.compile(
    r"\b(?:jl|jln|jalan)\b\.?\s+\S[^\n]{2,120}"
    r"|\b(?:kompleks?|komp|gedung|perkantoran|kantor (?:bupati|camat|pemerintah))\b[^\n]{3,80}\b\d{5}\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\d)(?:\(0\d{2,3}\)|\(?\+?62\)?|0\d{2,3})[\s.\-–)]*\d{2,4}(?:[\s.\-–]?\d{2,4}){1,3}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w.+-]+\s?\[at\]\s?[\w.-]+", re.IGNORECASE)
_REACH = re.compile(r"\d[\s.\-–)]*\d|@|\[at\]", re.IGNORECASE)
"""What no telephone number and no mail address goes without: cheap to look for."""
_NEAR = 600
_NAMES = (
    "kontak",
    "kontak kami",
    "hubungi kami",
    "alamat",
    "contact",
    "alamat kontak",
    "alamat lengkap",
    "lokasi kantor",
)


def contact(bench: Bench, _probe: Probe) -> Iterator[Observation]:
    """The pages that show both; else the places that are only called so."""
    shown = [seen for page in bench.ground.pages if (seen := _shown(page)) is not None]
    yield from shown or _named(bench)


def _shown(page: Page) -> Observation | None:
    text = page.all_text
    ways = [list(form.finditer(text)) for form in (_PHONE, _MAIL)] if _REACH.search(text) else []
    for street in _ADDRESS.finditer(text) if any(ways) else ():
        first, last = street.start() - _NEAR, street.end() + _NEAR
        near = (way for found in ways for way in found if first <= way.start() and way.end() <= last)
        reach = next(near, None)
        quote = " ".join(street.group().split())[:160]
        if reach and not DUMMY_CONTACT.search(plain(f"{quote} {reach.group()}")):
            trace = Trace(quote, Match("alamat", 1, 1), page.url, Where.TEXT)
            sure = 0.95 if _is_contact_page(page) else 0.9
            return trace.say(Reason.FOUND, sure, page.url, page.capture)
    return None


def _is_contact_page(page: Page) -> bool:
    return plain(page.heading) in _NAMES


def _named(bench: Bench) -> Iterator[Observation]:
    """Places that are called contact, and show none."""
    for page in bench.ground.pages:
        names = [(page.heading, page.url), *((section.heading, page.url) for section in page.sections)]
        names += [(link.title.split(":")[0], link.url or page.url) for link in page.links if not link.parent]
        for name, url in names:
            if plain(name) in _NAMES:
                trace = Trace(name, Match("kontak", 1, 1), page.url, Where.HEADING)
                yield trace.say(Reason.NAMED_WITHOUT_CONTENT, 0.7, url)

"""``owner``: the subject belongs to another agency, and the site says so or links there.

Perki 1/2021 Ps 19, 25: who is not competent need not announce; an explicit "nihil" is an answer too.
"""

import re
from collections.abc import Iterator

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.content import plain
from ppid_audit.assess.matching import tokens
from ppid_audit.assess.mentions import Kind
from ppid_audit.assess.probes.channel import linked
from ppid_audit.assess.trace import Trace
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Probe, Reason
from ppid_audit.model.site import Region

_ANNOUNCES = re.compile(r"\b(serta)?merta\b")
_FEW = 60
_NIHIL = re.compile(r"\bnihil\b|tidak ada (kejadian|peristiwa|bencana|wabah)")


def owner(bench: Bench, probe: Probe) -> Iterator[Observation]:
    """Links to the owner's hosts where the subject is named, and places that name it and say "nihil"."""
    named = {(mention.page.url, mention.section) for mention in bench.mentions(probe) if mention.link is None}
    named |= {(page.url, None) for page in bench.ground.pages if _ANNOUNCES.search(plain(page.heading))}
    for seen, page, link in linked(bench, probe, Reason.OWNER_LINKED):
        subject = probe in bench.ground.lexicon.match(link.title) or not probe.terms
        near = {(page.url, None), (page.url, link.section)} & named
        if subject or (near and link.region is Region.CONTENT):
            yield seen
    yield from _nihil(bench, probe)


def _nihil(bench: Bench, probe: Probe) -> Iterator[Observation]:
    for mention in bench.mentions(probe):
        near = " ".join(mention.row)
        if mention.section is not None:
            near = mention.page.sections[mention.section].text
        elif mention.kind is Kind.PAGE and len(tokens(mention.page.text)) <= _FEW:
            near = mention.page.text
        if _NIHIL.search(plain(near)):
            trace = Trace(f"{mention.title}: {near}", mention.match, mention.page.url, Where.TEXT)
            yield trace.say(Reason.OWNER_LINKED, 0.75, mention.page.url, mention.page.capture)

"""``owner``: the subject belongs to another agency, and the site says so or links there.

Perki 1/2021 Ps 19, 25: who is not competent need not announce; an explicit "nihil" is an answer too.
"""

import re

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.content import plain
from ppid_audit.assess.probes.channel import linked_hosts
from ppid_audit.assess.trace import Trace, best
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Probe, Reason

_NIHIL = re.compile(r"\bnihil\b|tidak ada (kejadian|peristiwa|bencana|wabah)")


def owner(bench: Bench, probe: Probe) -> Observation | None:
    """A link to one of the owner's hosts, or a place that names the subject and says "nihil"."""
    return best([*linked_hosts(bench, probe, Reason.OWNER_LINKED), *_nihil(bench, probe)])


def _nihil(bench: Bench, probe: Probe) -> list[Observation]:
    found = []
    for mention in bench.mentions(probe):
        near = " ".join(mention.row)
        if mention.section is not None:
            near = mention.page.sections[mention.section].text
        if _NIHIL.search(plain(near)):
            trace = Trace(f"{mention.title}: {near}", mention.match, mention.page.url, Where.TEXT)
            found.append(trace.say(Reason.OWNER_LINKED, 0.75, mention.page.url, mention.page.capture))
    return found

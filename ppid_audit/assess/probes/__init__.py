"""One file a probe: how to look for one kind of evidence. A new probe is one file and one line here."""

from collections.abc import Callable, Iterable

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.probes.channel import channel
from ppid_audit.assess.probes.contact import contact
from ppid_audit.assess.probes.owner import owner
from ppid_audit.assess.probes.published import published
from ppid_audit.assess.probes.statement import statement
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import Probe

PROBES: dict[str, Callable[[Bench, Probe], Iterable[Observation]]] = {
    "published": published,
    "contact": contact,
    "channel": channel,
    "statement": statement,
    "owner": owner,
}
"""Name in rubric.yaml -> (bench, parameters) -> what each place that names the item is worth."""

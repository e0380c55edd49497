"""``published``: a thing so named, whose target really has content in one of the accepted forms."""

from collections.abc import Iterator

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.target import Looker
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import Probe


def published(bench: Bench, probe: Probe) -> Iterator[Observation]:
    """What each place that names the item is worth."""
    looker = Looker(bench.ground, probe)
    for mention in bench.mentions(probe):
        seen = looker.look(mention)
        if seen is not None:
            yield seen

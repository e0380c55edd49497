"""``published``: a thing so named, whose target really has content in one of the accepted forms."""

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.target import Looker
from ppid_audit.assess.trace import best
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import Probe


def published(bench: Bench, probe: Probe) -> Observation | None:
    """The best of all places that name the item; None when no place names it."""
    looker = Looker(bench.ground, probe)
    return best(seen for mention in bench.mentions(probe) if (seen := looker.look(mention)) is not None)

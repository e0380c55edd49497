"""A check tree to one observation: three-valued *any* and *all* over what the probes saw."""

from collections.abc import Callable, Iterator

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.probes import PROBES
from ppid_audit.assess.trace import best
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import AnyOf, Check, Probe, Reason, Verdict

Age = Callable[[Observation], Observation]

_WORST_FIRST = (Verdict.MISSING, Verdict.PARTIAL, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE, Verdict.FULFILLED)


def leaves(check: Check) -> Iterator[Probe]:
    """The probes of a check, in order."""
    if isinstance(check, Probe):
        yield check
    else:
        for part in check.checks:
            yield from leaves(part)


def evaluate(check: Check, bench: Bench, age: Age) -> Observation:
    """What the check comes to: ``not_found`` when no place names the item. ``age`` judges each sighting's period."""
    if isinstance(check, Probe):
        seen = [age(sighting) for sighting in PROBES[check.probe](bench, check)]
        return best(seen) or age(Observation(Reason.NOT_FOUND, 0.85))
    parts = [evaluate(part, bench, age) for part in check.checks]
    if isinstance(check, AnyOf):
        return best(parts) or age(Observation(Reason.NOT_FOUND, 0.85))
    return min(parts, key=lambda part: (_WORST_FIRST.index(part.verdict), part.confidence))

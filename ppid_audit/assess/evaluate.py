"""A check tree to one observation: three-valued *any* and *all* over what the probes saw."""

from collections.abc import Iterator

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.probes import PROBES
from ppid_audit.assess.trace import best
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import AllOf, AnyOf, Check, Probe, Reason, Verdict

_WORST_FIRST = (Verdict.MISSING, Verdict.PARTIAL, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE, Verdict.FULFILLED)


def leaves(check: Check) -> Iterator[Probe]:
    """The probes of a check, in order."""
    if isinstance(check, Probe):
        yield check
    else:
        for part in check.checks:
            yield from leaves(part)


def evaluate(check: Check, bench: Bench) -> Observation:
    """What the check comes to: ``not_found`` when no place names the item."""
    if isinstance(check, Probe):
        return PROBES[check.probe](bench, check) or Observation(Reason.NOT_FOUND, 0.85)
    seen = [evaluate(part, bench) for part in check.checks]
    if isinstance(check, AnyOf):
        return best(seen) or Observation(Reason.NOT_FOUND, 0.85)
    assert isinstance(check, AllOf)
    return min(seen, key=lambda o: (_WORST_FIRST.index(o.verdict), o.confidence))

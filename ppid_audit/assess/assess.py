"""The judge: one site, one rubric, one day -> a finding for every criterion."""

from datetime import date
from functools import lru_cache

from ppid_audit.assess.absence import Blindness
from ppid_audit.assess.bench import Bench
from ppid_audit.assess.blocked import why_blocked
from ppid_audit.assess.dip import listed
from ppid_audit.assess.evaluate import evaluate, leaves
from ppid_audit.assess.freshness import aged
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.matching import Lexicon
from ppid_audit.model.agency import Agency
from ppid_audit.model.finding import Assessment, Finding, Observation
from ppid_audit.model.rubric import Criterion, Probe, Reason, Renew, Rubric, Verdict
from ppid_audit.model.site import Site


def assess(site: Site, rubric: Rubric, agency: Agency, as_of: date) -> Assessment:
    """Findings on all criteria in rubric order: a pure function of what was read, the rubric and the day."""
    blocked = why_blocked(site, agency, as_of)
    if blocked is not None:
        code, reason = blocked
        return Assessment(agency.id, tuple(_unseen(criterion, agency, reason) for criterion in rubric.criteria), code)
    bench = Bench(Ground(site, agency, lexicon_of(rubric), as_of))
    blindness = Blindness(bench.ground)
    return Assessment(
        agency.id, tuple(_finding(criterion, agency, bench, blindness, as_of) for criterion in rubric.criteria)
    )


def lexicon_of(rubric: Rubric) -> Lexicon:
    """All phrases of the rubric, compiled; kept for the rubrics used last."""
    return _compiled(tuple(probe for criterion in rubric.criteria for probe in leaves(criterion.check)))


@lru_cache(maxsize=4)
def _compiled(probes: tuple[Probe, ...]) -> Lexicon:
    return Lexicon(probes)


def _unseen(criterion: Criterion, agency: Agency, reason: Reason) -> Finding:
    if not criterion.applies(agency.kind, agency.functions):
        return Finding(criterion.id, Reason.NOT_FOR_THIS_KIND, 1.0)
    return Finding(criterion.id, reason, 1.0)


def _finding(criterion: Criterion, agency: Agency, bench: Bench, blindness: Blindness, as_of: date) -> Finding:
    if not criterion.applies(agency.kind, agency.functions):
        return Finding(criterion.id, Reason.NOT_FOR_THIS_KIND, 1.0)
    seen = evaluate(criterion.check, bench, lambda sighting: aged(sighting, criterion, as_of))
    if seen.verdict is not Verdict.FULFILLED:
        seen = _doubted(seen, criterion, blindness)
    if seen.reason in {Reason.NOT_FOUND, Reason.NAMED_WITHOUT_CONTENT}:
        seen = listed(seen, criterion, bench)
    if seen.reason is Reason.NOT_FOUND and criterion.renew is Renew.EVENT:
        seen = Observation(Reason.NO_EVENT_KNOWN, seen.confidence)
    return Finding(
        criterion.id, seen.reason, seen.confidence, seen.evidence, seen.near_misses, seen.period_due, seen.period_found
    )


def _doubted(seen: Observation, criterion: Criterion, blindness: Blindness) -> Observation:
    """Under a fault that could hide the item a verdict becomes a doubt, never a "no"."""
    if seen.verdict is Verdict.CANNOT_TELL:
        return seen
    for probe in leaves(criterion.check):
        hidden = blindness.hiding(probe, criterion.duty)
        if hidden is not None:
            return hidden
    return seen

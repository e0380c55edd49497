"""Two results -> what changed and by what cause. Pure: what has to be judged again for it is handed in.

Between the earlier and the later result lie four steps, one for each cause (``model.comparison.ORDER``):
today's program on the earlier evidence, the later evidence, the later ruler, the later reviews. An item's
change belongs to the step at which its verdict moves, and so does the difference of the scores. Where a
step could not be judged again, the likeliest cause is named and marked as not proved; what the evaluator
did is then thought of first, so that the ruler's move is never laid at an agency's door.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace

from ppid_audit.model.agency import Agency
from ppid_audit.model.comparison import ORDER, AgencyChange, Cause, Change, Comparison, Judged, RulerChange
from ppid_audit.model.finding import Assessment, Finding
from ppid_audit.model.rubric import Criterion, Rubric, Verdict
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.model.scorecard import Scorecard, Status

Score = Callable[[Assessment, Rubric], Scorecard]
Stages = tuple[Judged | None, ...]
"""One item at the start and after each step; None where the rubric of that stage does not ask for it."""

_STEPS = len(ORDER)
_OLD_RUBRIC = 3
"""So many stages are judged under the earlier rubric: the start, the program's step and the site's."""


@dataclass(frozen=True, slots=True)
class Again:
    """One agency judged again, as far as its evidence is still there.

    ``before_today``: the earlier evidence by today's program, everything else as it was; needed when the
    program changed. ``old_ruler``: the later evidence under the earlier ruler and reviews; needed when the
    ruler changed. ``old_reviews``: the later verdicts with the earlier reviews; needed when these changed.
    ``after_today``: the later result made once more; needed when today's program is a third one, since
    only what comes out as it stands there can be trusted in the others.
    """

    before_today: Assessment | None = None
    old_ruler: Assessment | None = None
    old_reviews: Assessment | None = None
    after_today: Assessment | None = None


def compare(before: Result, after: Result, again: Mapping[str, Again], score: Score) -> Comparison:
    """Every agency of either result; ``again`` holds what was judged again, by agency id."""
    old = {entry.agency.id: entry for entry in before.agencies}
    new = {entry.agency.id: entry for entry in after.agencies}
    changes = [
        _Pair(before, after, old[name], entry, again.get(name, Again()), score).change()
        if name in old
        else AgencyChange(entry.agency, None, entry.scorecard)
        for name, entry in new.items()
    ]
    gone = [AgencyChange(entry.agency, entry.scorecard, None) for name, entry in old.items() if name not in new]
    return Comparison(before, after, ruler_change(before.rubric, after.rubric), (*changes, *gone))


def ruler_change(before: Rubric, after: Rubric) -> RulerChange:
    """What a committee changed between two rubrics; words that no verdict rests on do not count."""
    old, new = _criteria(before), _criteria(after)
    terms = {
        "points": before.points != after.points,
        "bands": [(band.id, band.floor) for band in before.bands] != [(band.id, band.floor) for band in after.bands],
        "category_weights": before.category_weights != after.category_weights,
        "coverage_floor": before.coverage_floor != after.coverage_floor,
    }
    return RulerChange(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        edited=tuple(name for name in new if name in old and old[name].sha256 != new[name].sha256),
        terms=tuple(name for name, differs in terms.items() if differs),
    )


def under_old_terms(old: Agency, new: Agency, moved: Mapping[str, str]) -> Agency:
    """The agency at its later addresses, but asked what it was asked before.

    ``moved`` leads from the earlier front pages to the later ones, so that trusting a neighbour that moved
    is the same trust. Equal to ``new`` when agencies.yaml says the same of it.
    """
    return replace(
        new,
        kind=old.kind,
        functions=old.functions,
        aliases=old.aliases,
        trusted=tuple(moved.get(url, url) for url in old.trusted),
        confirmed=old.confirmed,
    )


def moves(before: Result, after: Result) -> dict[str, str]:
    """The earlier front page of every agency -> its later one."""
    new = {entry.agency.id: entry.agency.url for entry in after.agencies}
    return {entry.agency.url: new[entry.agency.id] for entry in before.agencies if entry.agency.id in new}


def differ(before: Result, after: Result, old: AgencyResult, new: AgencyResult) -> bool:
    """Whether there is a change to explain: both have a score, and a verdict, a worth or the score differs."""
    if Status.NOT_ASSESSABLE in (old.scorecard.status, new.scorecard.status):
        return False
    same = old.scorecard.total == new.scorecard.total and old.scorecard.predikat == new.scorecard.predikat
    return not same or _judged(old.assessment, before.rubric) != _judged(new.assessment, after.rubric)


class _Pair:
    """One agency that is part of both results."""

    def __init__(
        self, before: Result, after: Result, old: AgencyResult, new: AgencyResult, again: Again, score: Score
    ) -> None:
        self.before, self.after, self.old, self.new, self.again, self.score = before, after, old, new, again, score
        self.same_tool = before.scan.tool == after.scan.tool
        terms = under_old_terms(old.agency, new.agency, moves(before, after))
        self.same_terms = terms == new.agency
        self.same_ruler = self.same_terms and before.rubric.sha256 == after.rubric.sha256

    def change(self) -> AgencyChange:
        before, after = self.old.scorecard, self.new.scorecard
        if not differ(self.before, self.after, self.old, self.new):
            return AgencyChange(self.new.agency, before, after)
        items = self._items()
        changes = tuple(change for name, (stages, proved) in items.items() for change in _steps(name, stages, proved))
        return AgencyChange(self.new.agency, before, after, changes, self._points([s for s, _ in items.values()]))

    def _items(self) -> dict[str, tuple[Stages, bool]]:
        criteria = [_criteria(result.rubric) for result in (self.before, self.after)]
        again = self.again
        start, tool, ruler = (
            _by_item(part, criteria[0]) for part in (self.old.assessment, again.before_today, again.old_ruler)
        )
        end, reviews, control = (
            _by_item(part, criteria[1]) for part in (self.new.assessment, again.old_reviews, again.after_today)
        )
        found: dict[str, tuple[Stages, bool]] = {}
        for name in dict.fromkeys((*criteria[0], *criteria[1])):
            trusted = again.after_today is None or _alike(control.get(name), end.get(name))
            third = (end if again.old_reviews is None else reviews).get(name)
            known = (tool.get(name), ruler.get(name)) if trusted else (None, None)
            second, first, proved = self._middle(name, start.get(name), known, third)
            findings = (start.get(name), first, second, third, end.get(name))
            stages = tuple(
                _worth(finding, criteria[late].get(name), (self.after if late else self.before).rubric)
                for finding, late in zip(findings, (False, False, False, True, True), strict=True)
            )
            found[name] = (stages, proved)
        return found

    def _middle(
        self, name: str, start: Finding | None, known: tuple[Finding | None, Finding | None], third: Finding | None
    ) -> tuple[Finding | None, Finding | None, bool]:
        """The item after the site's step, after the program's, and whether both are more than a guess."""
        first, second = known
        if start is None or third is None:  # asked for by one rubric only
            return second or first or start, first or start, True
        first = start if self.same_tool else first
        second = third if self.same_ruler else second
        if first is not None and second is not None:
            return second, first, True
        ours = self._asked_otherwise(name)
        seen = _bytes_differ(start, third)
        if first is None:
            first = start if seen or (second is None and ours) else second or third
        if second is None:
            second = first if ours and not seen else third
        return second, first, _alike(start, third)

    def _asked_otherwise(self, name: str) -> bool:
        old, new = (_criteria(result.rubric)[name] for result in (self.before, self.after))
        return not self.same_terms or old.sha256 != new.sha256

    def _points(self, items: list[Stages]) -> dict[Cause, float]:
        """The difference of the scores, step by step; a step without a score leaves its part to the next."""
        start, end = self.old.scorecard.total.score, self.new.scorecard.total.score
        if start is None or end is None:
            return {}
        scores = [start, *(self._score(items, place) for place in range(1, _STEPS)), end]
        parts: dict[Cause, float] = {}
        last = start
        for cause, value in zip(ORDER, scores[1:], strict=True):
            if value is not None and value != last:
                parts[cause] = round(value - last, 1)
                last = value
        return parts

    def _score(self, items: list[Stages], place: int) -> float | None:
        """The score after a step; None when the step moved nothing."""
        late = place >= _OLD_RUBRIC
        same_rubric = self.before.rubric.sha256 == self.after.rubric.sha256
        here, previous, end = ([_key(stages[at]) for stages in items] for at in (place, place - 1, -1))
        if here == previous and (place != _OLD_RUBRIC or same_rubric):
            return None
        if here == end and (late or same_rubric):
            return self.new.scorecard.total.score
        findings = tuple(stage.finding for stages in items if (stage := stages[place]) is not None)
        rubric = (self.after if late else self.before).rubric
        return self.score(Assessment(self.new.agency.id, findings), rubric).total.score


def _criteria(rubric: Rubric) -> dict[str, Criterion]:
    return {criterion.id: criterion for criterion in rubric.criteria}


def _by_item(assessment: Assessment | None, asked: Container[str]) -> dict[str, Finding]:
    findings = () if assessment is None else assessment.findings
    return {finding.item: finding for finding in findings if finding.item in asked}


def _judged(assessment: Assessment, rubric: Rubric) -> dict[str, tuple[object, ...]]:
    criteria = _criteria(rubric)
    found = _by_item(assessment, criteria)
    return {name: _key(_worth(found.get(name), each, rubric)) for name, each in criteria.items()}


def _worth(finding: Finding | None, criterion: Criterion | None, rubric: Rubric) -> Judged | None:
    if criterion is None or finding is None:
        return None
    decided = finding.verdict not in (Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE)
    return Judged(finding, rubric.points.get(finding.reason) if decided else None, criterion.weight)


def _key(judged: Judged | None) -> tuple[object, ...]:
    return () if judged is None else (judged.finding.reason, judged.points, judged.weight)


def _alike(one: Finding | None, other: Finding | None) -> bool:
    return one is not None and other is not None and one.reason is other.reason


def _bytes_differ(before: Finding, after: Finding) -> bool:
    """Whether an address that both findings rest on has other bytes now: then the site did change."""
    old, new = ({seen.url: seen.sha256 for seen in finding.evidence if seen.sha256} for finding in (before, after))
    return any(old[url] != new[url] for url in old.keys() & new.keys())


def _steps(name: str, stages: Stages, proved: bool) -> Iterator[Change]:
    for cause, before, after in zip(ORDER, stages, stages[1:], strict=False):
        if _key(before) != _key(after):
            yield Change(name, before, after, cause, proved or cause is Cause.REVIEW)

"""Two scans compared: what has to be judged again to tell the causes apart is judged here, from the archives."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from ppid_audit.amend import amend
from ppid_audit.archive.folder import ScanFolder
from ppid_audit.audit.judge import judge
from ppid_audit.audit.ocr import of_tool, tool
from ppid_audit.audit.seen import known_on
from ppid_audit.audit.together import together, working
from ppid_audit.engines.local import Workers
from ppid_audit.errors import StorageError
from ppid_audit.history.compare import Again, compare, differ, moves, under_old_terms
from ppid_audit.history.store import Store
from ppid_audit.model.agency import Agency
from ppid_audit.model.amendment import Amendment, Amendments
from ppid_audit.model.comparison import Comparison
from ppid_audit.model.finding import Assessment, Finding
from ppid_audit.model.rubric import Reason, Rubric
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.score import score

_SAID: dict[Reason, Literal["waived", "attested"]] = {Reason.WAIVED: "waived", Reason.ATTESTED: "attested"}


async def compare_scans(data: Path, store: Store, before: Result, after: Result, workers: int = 2) -> Comparison:
    """What changed from one result to the other; reads the archives in ``data`` where a cause needs proof.

    An archive that is gone or damaged is no error: there the likeliest cause is named, marked as not proved.
    """
    old = {entry.agency.id: entry for entry in before.agencies}
    pairs = [(old[entry.agency.id], entry) for entry in after.agencies if entry.agency.id in old]
    changed = [pair for pair in pairs if differ(before, after, *pair)]
    async with working(workers) as pool:
        bench = _Bench(data, before, after, reviews_of(store, before), reviews_of(store, after), pool)
        again = await together(bench.again(*pair) for pair in changed)
    return compare(before, after, {new.agency.id: each for (_, new), each in zip(changed, again, strict=True)}, score)


def reviews_of(store: Store, result: Result) -> Amendments:
    """The reviews that a result was judged with; as far as its findings tell when they were not kept as such."""
    return store.reviews(result.scan) or _told(result)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One agency in one of the two results."""

    result: Result
    entry: AgencyResult


class _Bench:
    """Judges single agencies of the two results again."""

    def __init__(
        self, data: Path, before: Result, after: Result, old: Amendments, new: Amendments, pool: Workers
    ) -> None:
        self.folder, self.before, self.after, self.pool = data / "archive", before, after, pool
        self.reviews, self.new_reviews = old, new
        self.moves = moves(before, after)
        self.ocr = of_tool(after.scan.tool)

    async def again(self, old: AgencyResult, new: AgencyResult) -> Again:
        before, after = self.before, self.after
        terms = under_old_terms(old.agency, new.agency, self.moves)
        same_ruler = terms == new.agency and before.rubric.sha256 == after.rubric.sha256
        same_tool = before.scan.tool == after.scan.tool
        third_tool = after.scan.tool != tool(self.ocr) and not (same_tool and same_ruler)
        earlier, later = _day(before), _day(after)
        seen, now = _Seen(before, old), _Seen(after, new)
        return Again(
            None if same_tool else await self._judged(seen, old.agency, before.rubric, self.reviews, earlier),
            None if same_ruler else await self._judged(now, terms, before.rubric, self.reviews, later),
            self._old_reviews(new, later),
            await self._judged(now, new.agency, after.rubric, self.new_reviews, later) if third_tool else None,
        )

    async def _judged(
        self, seen: _Seen, agency: Agency, rubric: Rubric, reviews: Amendments, day: date
    ) -> Assessment | None:
        """What was seen, judged under that rubric; None when the evidence is not what it was any more."""
        path = ScanFolder(self.folder / seen.result.scan.id).archive(agency.id)
        if not path.exists():
            return None
        try:
            judged = await judge(agency, path, rubric, reviews, day, self.pool, self.ocr)
        except StorageError:
            return None
        return judged.result.assessment if judged.result.health == seen.entry.health else None

    def _old_reviews(self, new: AgencyResult, day: date) -> Assessment | None:
        """The later verdicts with the earlier reviews of those items whose reviews are others now."""
        others = set(self.reviews.entries) ^ set(self.new_reviews.entries)
        items = {entry.item for entry in others if entry.agency == new.agency.id}
        if not items:
            return None
        bare = tuple(found.own if found.item in items else found for found in new.assessment.findings)
        earlier = tuple(entry for entry in self.reviews.entries if entry.item in items)
        seen = known_on(self.after.scan.started_at)
        return amend(replace(new.assessment, findings=bare), Amendments(earlier), day, seen)


def _day(result: Result) -> date:
    return date.fromisoformat(result.scan.as_of)


def _told(result: Result) -> Amendments:
    """Reviews as the findings show them: enough to judge alike, though not when they expire."""
    entries = tuple(
        _review(entry.agency.id, finding, _day(result))
        for entry in result.agencies
        for finding in entry.assessment.findings
        if finding.superseded is not None
    )
    return Amendments(entries, result.scan.reviews_sha256)


def _review(agency: str, finding: Finding, day: date) -> Amendment:
    """The inverse of what ``amend`` writes into a finding."""
    text, _, signed = finding.justification.rpartition(" — ")
    by, _, on = signed.rpartition(", ")
    try:
        day = date.fromisoformat(on)
    except ValueError:
        text, by = finding.justification, ""
    kept: Literal["waived", "attested"] | None = _SAID.get(finding.reason)
    return Amendment(agency, finding.item, finding.verdict, kept or "corrected", text, by, day)

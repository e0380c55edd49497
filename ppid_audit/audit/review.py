"""The objection round: reviewers' words weighed, put over the tool's, and kept with what they change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ppid_audit.amend import amend
from ppid_audit.audit.agreement import agreements
from ppid_audit.audit.compare import reviews_of
from ppid_audit.audit.seen import known_on
from ppid_audit.config import agencies_from, reviews_from, with_reviews
from ppid_audit.errors import InputError, NotFoundError
from ppid_audit.history.lock import FolderLock
from ppid_audit.history.store import Store
from ppid_audit.model.agency import CrawlSettings, Registry
from ppid_audit.model.amendment import Amendment, Amendments, SeenEvidence
from ppid_audit.model.finding import Finding
from ppid_audit.model.review import Checked, Claim, Decision, Outcome, Round, Standing
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.scan import AgencyResult, Correction, Result
from ppid_audit.score import rank, score
from ppid_audit.web.scope import is_internal
from ppid_audit.web.urls import host

_CLAIMS_PRESENCE = (Verdict.FULFILLED, Verdict.PARTIAL)


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """reviews.yaml: what it is called, its bytes (None while there is none) and what it says."""

    name: str
    content: bytes | None
    amendments: Amendments


@dataclass(frozen=True, slots=True)
class Weighed:
    """An import before anything is written: the round, reviews.yaml with it, and the result under it."""

    round: Round
    file: ReviewFile
    result: Result
    beside: tuple[Correction, ...]
    """What stands beside the result instead, where that is final."""


def registry_of(store: Store, result: Result) -> Registry:
    """The agencies of a result with the office's contact and politeness, as far as they were kept with it."""
    try:
        return agencies_from(store.file(result.scan.agencies_sha256), "agencies.yaml")
    except (NotFoundError, InputError):
        agencies = tuple(entry.agency for entry in result.agencies)
        inside = all(is_internal(host(url)) for each in agencies for url in (each.url, *each.also))
        return Registry(agencies, result.scan.region, crawl=CrawlSettings(delay=0.0 if inside else 1.0))


def review_file(name: str, content: bytes | None, registry: Registry, result: Result) -> ReviewFile:
    """reviews.yaml as it is; InputError with every problem in it."""
    there = Amendments() if content is None else reviews_from(content, name, registry, result.rubric)
    return ReviewFile(name, content, there)


def parted(claims: Iterable[Claim], there: Amendments) -> tuple[list[Claim], list[Claim]]:
    """New rows, and those that reviews.yaml holds already: a second import of a file changes nothing.

    The day does not count, since a row without one takes the day of its import.
    """
    known = {_said(entry) for entry in there.entries}
    fresh: list[Claim] = []
    old: list[Claim] = []
    for claim in claims:
        (old if _said(claim.entry) in known else fresh).append(claim)
    return fresh, old


def addresses_of(claims: Iterable[Claim]) -> dict[str, list[str]]:
    """Agency id -> the addresses claimed for it."""
    found: dict[str, list[str]] = {}
    for claim in claims:
        if claim.addresses:
            found.setdefault(claim.entry.agency, []).extend(claim.addresses)
    return found


def weigh(
    store: Store,
    result: Result,
    registry: Registry,
    file: ReviewFile,
    claims: Sequence[Claim],
    checks: Mapping[tuple[str, str], Checked],
) -> Weighed:
    """What the claims come to; ``checks`` holds what became of every address of those that are new."""
    fresh, old = parted(claims, file.amendments)
    decisions = decide(fresh, checks, result)
    taken = [decision.entry for decision in decisions if decision.accepted]
    content, after = file.content, file.amendments
    if taken:
        content, after = with_reviews(file.content, taken, file.name, registry, result.rubric)
    judged_with = reviews_of(store, result)
    before, new = reviewed(result, judged_with, file.amendments), reviewed(result, judged_with, after)
    known = {*judged_with.entries, *(each.entry for each in result.scan.corrections)}
    beside = corrections(before, new, (entry for entry in after.entries if entry not in known))
    moved = standings(before, new, {entry.agency for entry in taken})
    return Weighed(
        Round(decisions, len(old), moved, agreements(after.entries)),
        ReviewFile(file.name, content, after),
        new,
        beside,
    )


def keep(data: Path, store: Store, weighed: Weighed) -> None:
    """Stores the reviewed result: in the place of a draft, beside a final one."""
    file, scan = weighed.file, weighed.result.scan
    with FolderLock(data):
        if scan.final is not None:
            store.correct(scan.id, weighed.beside)
        elif file.content is not None:
            store.save(weighed.result, {"reviews": file.content}, file.amendments)


def decide(claims: Iterable[Claim], checks: Mapping[tuple[str, str], Checked], result: Result) -> tuple[Decision, ...]:
    """Each claim with what its addresses turned out to be.

    One that says "it is there" is refused when one of its addresses leads to nothing; to one that says "it
    is not" that is no contradiction. Without an address of its own a claim rests on what the tool showed.
    """
    findings = {
        (entry.agency.id, finding.item): finding for entry in result.agencies for finding in entry.assessment.findings
    }
    decisions: list[Decision] = []
    for claim in claims:
        entry = claim.entry
        found = tuple(checks[entry.agency, url] for url in claim.addresses)
        refuted = entry.verdict in _CLAIMS_PRESENCE and any(each.outcome is Outcome.REFUSED for each in found)
        named = tuple(SeenEvidence(each.url, each.sha256) for each in found)
        entry = replace(entry, evidence=named or _shown(findings.get((entry.agency, entry.item)), entry))
        decisions.append(Decision(claim.where, entry, not refuted, found))
    return tuple(decisions)


def reviewed(result: Result, before: Amendments, after: Amendments) -> Result:
    """The result under ``after`` where that says something else than ``before`` did; ranked anew.

    Findings under the same reviews as before stay as they are: their evidence was judged on the whole site.
    """
    moved = _differing(before, after)
    entries = [_reviewed(entry, result, moved, after) if moved else entry for entry in result.agencies]
    ranked = rank(entry.scorecard for entry in entries)
    return Result(
        replace(result.scan, reviews_sha256=after.sha256),
        result.rubric,
        tuple(replace(entry, scorecard=card) for entry, card in zip(entries, ranked, strict=True)),
    )


def standings(before: Result, after: Result, named: Iterable[str] = ()) -> tuple[Standing, ...]:
    """The agencies whose scorecard moved, and those that are ``named``."""
    wanted = set(named)
    return tuple(
        Standing(old.agency.id, old.agency.name, old.scorecard, new.scorecard)
        for old, new in zip(before.agencies, after.agencies, strict=True)
        if old.scorecard != new.scorecard or old.agency.id in wanted
    )


def corrections(before: Result, after: Result, entries: Iterable[Amendment]) -> tuple[Correction, ...]:
    """What each of ``entries`` changes from the one result to the other."""
    old, new = ({entry.agency.id: entry for entry in result.agencies} for result in (before, after))
    return tuple(
        Correction(
            entry,
            _reason(old[entry.agency], entry.item),
            _reason(new[entry.agency], entry.item),
            old[entry.agency].scorecard.total.score,
            new[entry.agency].scorecard.total.score,
        )
        for entry in entries
        if entry.agency in new
    )


def _said(entry: Amendment) -> tuple[object, ...]:
    texts = (" ".join(entry.justification.split()), entry.by.casefold())
    return entry.agency, entry.item, entry.verdict, entry.reason, *texts, entry.expires


def _shown(finding: Finding | None, entry: Amendment) -> tuple[SeenEvidence, ...]:
    """The document that the tool showed: a review of it goes stale with it. Pages change with every visit."""
    if finding is None or entry.reason == "waived":
        return ()
    seen = next(iter(finding.own.evidence), None)
    if seen is None or not seen.sha256 or seen.media_type.startswith("text/html"):
        return ()
    return (SeenEvidence(seen.url, seen.sha256),)


def _reviewed(entry: AgencyResult, result: Result, moved: set[tuple[str, str]], after: Amendments) -> AgencyResult:
    items = {item for agency, item in moved if agency == entry.agency.id}
    if not items:
        return entry
    bare = tuple(
        replace(finding.own, justification="") if finding.item in items else finding
        for finding in entry.assessment.findings
    )
    of_these = Amendments(tuple(each for each in after.entries if each.item in items))
    day = date.fromisoformat(result.scan.as_of)
    assessment = amend(replace(entry.assessment, findings=bare), of_these, day, known_on(result.scan.started_at))
    return replace(entry, assessment=assessment, scorecard=score(assessment, result.rubric))


def _differing(before: Amendments, after: Amendments) -> set[tuple[str, str]]:
    """The cells (agency, item) of which the one says something else than the other."""
    cells = {(entry.agency, entry.item) for entry in (*before.entries, *after.entries)}
    return {cell for cell in cells if _on(before, cell) != _on(after, cell)}


def _on(amendments: Amendments, cell: tuple[str, str]) -> list[Amendment]:
    return [entry for entry in amendments.entries if (entry.agency, entry.item) == cell]


def _reason(entry: AgencyResult, item: str) -> Reason:
    """The item's reason; of a site that could not be assessed at all there may be no finding."""
    reasons = (finding.reason for finding in entry.assessment.findings if finding.item == item)
    return next(reasons, Reason.NOT_LOOKED_EVERYWHERE)

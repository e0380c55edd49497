"""A reviewer's word over the tool's: (Assessment, Amendments, today) -> Assessment.

Nothing that a person overrides disappears: the finding of the tool stays inside as ``superseded``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ppid_audit.model.amendment import Amendment, Amendments, SeenEvidence
from ppid_audit.model.finding import Assessment, Evidence, Finding
from ppid_audit.model.rubric import Reason, Verdict

LAPSED_EXPIRED = "review_lapsed:expired"
LAPSED_EVIDENCE = "review_lapsed:evidence_changed"
"""Codes that stand in ``Finding.justification`` when a review no longer holds; reports put them into words."""

_CORRECTED = {
    Verdict.FULFILLED: Reason.FOUND,
    Verdict.PARTIAL: Reason.NAMED_WITHOUT_CONTENT,
    Verdict.MISSING: Reason.NOT_FOUND,
    Verdict.CANNOT_TELL: Reason.UNREADABLE,
    Verdict.NOT_APPLICABLE: Reason.NOT_FOR_THIS_KIND,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the addresses of a site, to tell whether what a reviewer saw is still there.

    ``digests``: address -> sha256 of the bytes captured; ``words``: of a page, the digest of its own words,
    which stays when only a counter or a token in it changes. ``on`` is the day of the capture: what was
    captured before a review, or on its day, proves nothing against it. None: after every review.
    """

    digests: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None


_NOTHING_KNOWN = Known()


def amend(assessment: Assessment, amendments: Amendments, today: date, known: Known = _NOTHING_KNOWN) -> Assessment:
    """The assessment with every review applied that still holds on ``today``.

    Of several that hold for one item the last wins, and supersedes the others. One that has expired, or
    whose evidence is another one now, changes no verdict: the finding only says so in its
    ``justification``. ``known`` widens that comparison from the finding's own evidence to the whole site;
    an address that is in neither proves nothing.
    """
    entries: dict[str, list[Amendment]] = {}
    for entry in amendments.entries:
        if entry.agency == assessment.agency:
            entries.setdefault(entry.item, []).append(entry)
    findings = tuple(
        _reviewed(finding, entries[finding.item], today, known) if finding.item in entries else finding
        for finding in assessment.findings
    )
    return replace(assessment, findings=findings)


def _reviewed(finding: Finding, entries: list[Amendment], today: date, known: Known) -> Finding:
    own = {seen.url: seen.sha256 for seen in finding.evidence if seen.sha256}
    known = replace(known, digests={**known.digests, **own})
    lapses = [(entry, _lapse(entry, today, known)) for entry in entries]
    reviewed = finding
    for entry, lapse in lapses:
        if lapse is None:
            reviewed = _apply(reviewed, entry, finding)
    if reviewed is not finding:
        return reviewed
    return replace(finding, reviewed=False, justification=lapses[-1][1] or "")


def _lapse(entry: Amendment, today: date, known: Known) -> str | None:
    if entry.expires is not None and entry.expires < today:
        return LAPSED_EXPIRED
    later = known.on is None or known.on > entry.on
    return LAPSED_EVIDENCE if later and any(_changed(seen, known) for seen in entry.evidence) else None


def _changed(seen: SeenEvidence, known: Known) -> bool:
    now = {known.digests.get(seen.url), known.words.get(seen.url)} - {None, ""}
    return bool(seen.sha256) and bool(now) and seen.sha256 not in now


def _apply(finding: Finding, entry: Amendment, tools: Finding) -> Finding:
    """``entry`` over ``finding``, which may be another reviewer's word; ``tools`` is the tool's own finding."""
    reason = _reason(entry)
    return replace(
        tools,
        reason=reason,
        confidence=1.0,
        evidence=_evidence(tools, entry, reason),
        reviewed=True,
        justification=f"{entry.justification} — {entry.by}, {entry.on.isoformat()}",
        superseded=finding,
    )


def _reason(entry: Amendment) -> Reason:
    if entry.reason == "waived":
        return Reason.WAIVED
    return Reason.ATTESTED if entry.reason == "attested" else _CORRECTED[entry.verdict]


def _evidence(finding: Finding, entry: Amendment, reason: Reason) -> tuple[Evidence, ...]:
    """What the reviewer names; else what the tool saw, as far as the new verdict can rest on it."""
    if entry.evidence:
        known = {seen.url: seen for seen in finding.evidence}
        return tuple(known.get(seen.url, Evidence(seen.url, sha256=seen.sha256)) for seen in entry.evidence)
    return finding.evidence if reason.verdict in (Verdict.FULFILLED, Verdict.PARTIAL) else ()

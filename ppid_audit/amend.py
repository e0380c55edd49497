"""A reviewer's word over the tool's: (Assessment, Amendments, today) -> Assessment.

Nothing that a person overrides disappears: the finding of the tool stays inside as ``superseded``.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from ppid_audit.model.amendment import Amendment, Amendments
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
_NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})


def amend(
    assessment: Assessment, amendments: Amendments, today: date, digests: Mapping[str, str] = _NOTHING_KNOWN
) -> Assessment:
    """The assessment with every review applied that still holds on ``today``.

    Of several that hold for one item the last wins. One that has expired, or whose evidence has other
    bytes now, changes no verdict: the finding only says so in its ``justification``. ``digests``
    (address -> sha256 of what was captured) widens that comparison from the finding's own evidence to
    the whole site; an address that is in neither proves nothing.
    """
    entries: dict[str, list[Amendment]] = {}
    for entry in amendments.entries:
        if entry.agency == assessment.agency:
            entries.setdefault(entry.item, []).append(entry)
    findings = tuple(
        _reviewed(finding, entries[finding.item], today, digests) if finding.item in entries else finding
        for finding in assessment.findings
    )
    return replace(assessment, findings=findings)


def _reviewed(finding: Finding, entries: list[Amendment], today: date, digests: Mapping[str, str]) -> Finding:
    now = {**digests, **{seen.url: seen.sha256 for seen in finding.evidence if seen.sha256}}
    lapses = [(entry, _lapse(entry, today, now)) for entry in entries]
    holding = [entry for entry, lapse in lapses if lapse is None]
    if holding:
        return _apply(finding, holding[-1])
    return replace(finding, reviewed=False, justification=lapses[-1][1] or "")


def _lapse(entry: Amendment, today: date, now: Mapping[str, str]) -> str | None:
    if entry.expires is not None and entry.expires < today:
        return LAPSED_EXPIRED
    changed = any((now.get(seen.url) or seen.sha256) != seen.sha256 for seen in entry.evidence)
    return LAPSED_EVIDENCE if changed else None


def _apply(finding: Finding, entry: Amendment) -> Finding:
    reason = _reason(entry)
    return replace(
        finding,
        reason=reason,
        confidence=1.0,
        evidence=_evidence(finding, entry, reason),
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

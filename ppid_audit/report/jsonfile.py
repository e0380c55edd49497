"""report.json: the whole result for programs (``ppid-audit/report/1``).

Codes only, no language; keys in the order in which they are documented; the same result gives the
same bytes.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from ppid_audit.model.agency import Agency
from ppid_audit.model.finding import Evidence, Finding, NearMiss
from ppid_audit.model.rubric import Category, Criterion, Rubric
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.model.scorecard import Part
from ppid_audit.report.view import findings_of
from ppid_audit.report.words import points

SCHEMA = "ppid-audit/report/1"

Json = dict[str, Any]

_JUDGEMENT = ("id", "status", "score", "low", "high", "coverage", "items")
_ARCHIVE_KEYS = frozenset({"warc", "sha256"})
_ADDRESS_KEYS = frozenset({"url", "found_on"})


def report_json(result: Result) -> bytes:
    """The file's bytes: UTF-8, indented by one, ending in a line feed."""
    agencies = [_agency(agency, result.rubric) for agency in result.agencies]
    report = {"schema": SCHEMA, "scan": _scan(result, judgement_sha256(result, agencies)), "agencies": agencies}
    text = json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode("utf-8", errors="replace")


def judgement_sha256(result: Result, agencies: Iterable[Json]) -> str:
    """Hex digest of what was judged, without where it is archived and on which host it was served.

    ``agencies`` are the report's entries. Equal across two scans that saw the same sites.
    """
    judged = [
        _relative({key: entry[key] for key in _JUDGEMENT}, _shortener(of.agency))
        for of, entry in zip(result.agencies, agencies, strict=True)
    ]
    return sha256(json.dumps(judged, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()).hexdigest()


def _relative(value: Any, shorten: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_relative(one, shorten) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: shorten(one) if key in _ADDRESS_KEYS and isinstance(one, str) else _relative(one, shorten)
        for key, one in value.items()
        if key not in _ARCHIVE_KEYS
    }


def _shortener(agency: Agency) -> Callable[[str], str]:
    """A function that takes scheme and authority off the addresses of the agency's own hosts."""
    own = {_authority(url) for url in (agency.url, *agency.also)} - {""}

    def shorten(url: str) -> str:
        if _authority(url) not in own:
            return url
        _, _, rest = url.partition("//")
        cut = min((place for mark in "/?#" if (place := rest.find(mark)) >= 0), default=len(rest))
        return rest[cut:] or "/"

    return shorten


def _authority(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def _scan(result: Result, judgement: str) -> Json:
    scan = result.scan
    return {
        "id": scan.id,
        "started_at": scan.started_at,
        "finished_at": scan.finished_at,
        "as_of": scan.as_of,
        "state": str(scan.state),
        "tool": scan.tool,
        "rubric": {"name": scan.rubric_name, "sha256": scan.rubric_sha256},
        "agencies_sha256": scan.agencies_sha256,
        "reviews_sha256": scan.reviews_sha256,
        "evidence_sha256": scan.evidence_sha256,
        "judgement_sha256": judgement,
        "suspect": scan.suspect,
    }


def _agency(row: AgencyResult, rubric: Rubric) -> Json:
    agency, card, crawl = row.agency, row.scorecard, row.crawl
    items = zip(rubric.criteria, findings_of(row, rubric), strict=True)
    return {
        "id": agency.id,
        "name": agency.name,
        "kind": agency.kind,
        "functions": list(agency.functions),
        "url": agency.url,
        "status": str(card.status),
        "status_reason": card.status_reason,
        "rank": card.rank,
        **_part(card.total),
        "predikat": card.predikat,
        "categories": {str(category): _part(card.categories[category]) for category in Category},
        "crawl": {
            "pages": crawl.pages,
            "documents": crawl.documents,
            "requests": crawl.requests,
            "bytes": crawl.bytes,
            "seconds": crawl.seconds,
            "outcomes": dict(sorted(crawl.outcomes.items())),
        },
        "health": [{"code": note.code, "detail": note.detail, "url": note.url} for note in row.health],
        "items": [_item(criterion, finding, rubric) for criterion, finding in items],
    }


def _part(part: Part) -> Json:
    return {"score": part.score, "low": part.low, "high": part.high, "coverage": part.coverage}


def _item(criterion: Criterion, finding: Finding, rubric: Rubric) -> Json:
    """One item; ``superseded`` is the same item as it was before a person overrode it."""
    return {
        "id": criterion.id,
        "verdict": str(finding.verdict),
        "reason": str(finding.reason),
        "points": points(finding.reason, rubric),
        "weight": _number(criterion.weight),
        "confidence": float(finding.confidence),
        "period_due": finding.period_due,
        "period_found": finding.period_found,
        "reviewed": finding.reviewed,
        "superseded": None if finding.superseded is None else _item(criterion, finding.superseded, rubric),
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "near_misses": [_near_miss(miss) for miss in finding.near_misses],
    }


def _number(value: float) -> float:
    """One form for each number: a whole one without a fraction, whether it came from YAML or from storage."""
    return int(value) if value == int(value) else value


def _evidence(evidence: Evidence) -> Json:
    return {
        "url": evidence.url,
        "found_on": evidence.found_on,
        "where": str(evidence.where),
        "matched": evidence.matched,
        "quote": evidence.quote,
        "year": evidence.year,
        "date": evidence.date.isoformat() if evidence.date else None,
        "status": evidence.status,
        "media_type": evidence.media_type,
        "bytes": evidence.bytes,
        "sha256": evidence.sha256,
        "warc": evidence.warc,
    }


def _near_miss(miss: NearMiss) -> Json:
    return {"url": miss.url, "why": str(miss.why)}

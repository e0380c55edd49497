"""Comparisons, trends and forecasts for programs: ``ppid-audit/diff/1``, ``.../trend/1``, ``.../forecast/1``.

Codes only, no language; the same input gives the same bytes.
"""

import json
from collections.abc import Mapping
from typing import Any

from ppid_audit.model.comparison import AgencyChange, AgencyForecast, Comparison, Expiry, Forecast, Judged, Trend
from ppid_audit.model.finding import Finding
from ppid_audit.model.scan import Scan
from ppid_audit.model.scorecard import Scorecard

Json = dict[str, Any]


def diff_json(comparison: Comparison) -> bytes:
    """UTF-8, indented by one, ending in a line feed; agencies in the order of the later scan."""
    ruler = comparison.ruler
    return _bytes(
        {
            "schema": "ppid-audit/diff/1",
            "before": _scan(comparison.before.scan),
            "after": _scan(comparison.after.scan),
            "ruler": {
                "added": list(ruler.added),
                "removed": list(ruler.removed),
                "edited": list(ruler.edited),
                "terms": list(ruler.terms),
            },
            "agencies": [_agency(each) for each in comparison.agencies],
        }
    )


def trend_json(trend: Trend, names: Mapping[str, str]) -> bytes:
    """``agencies[].scores`` in the order of ``scans``; null where a scan gave no score."""
    rows = [{"id": row.agency, "name": names.get(row.agency), "scores": list(row.scores)} for row in trend.rows]
    return _bytes({"schema": "ppid-audit/trend/1", "scans": [_scan(scan) for scan in trend.scans], "agencies": rows})


def forecast_json(forecast: Forecast) -> bytes:
    """Agencies that lose something by ``until``, each loss with its day."""
    return _bytes(
        {
            "schema": "ppid-audit/forecast/1",
            "scan": _scan(forecast.result.scan),
            "until": forecast.until.isoformat(),
            "agencies": [_forecast(each) for each in forecast.agencies],
        }
    )


def _bytes(tree: Json) -> bytes:
    text = json.dumps(tree, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode("utf-8", errors="replace")


def _scan(scan: Scan) -> Json:
    return {
        "id": scan.id,
        "started_at": scan.started_at,
        "finished_at": scan.finished_at,
        "as_of": scan.as_of,
        "tool": scan.tool,
        "rubric": {"name": scan.rubric_name, "sha256": scan.rubric_sha256},
        "agencies_sha256": scan.agencies_sha256,
        "reviews_sha256": scan.reviews_sha256,
        "suspect": scan.suspect,
    }


def _agency(change: AgencyChange) -> Json:
    return {
        "id": change.agency.id,
        "name": change.agency.name,
        "before": _card(change.before),
        "after": _card(change.after),
        "difference": change.difference,
        "points": {str(cause): part for cause, part in (change.points or {}).items()},
        "changes": [
            {
                "item": each.item,
                "cause": str(each.cause),
                "proved": each.proved,
                "before": _judged(each.before),
                "after": _judged(each.after),
            }
            for each in change.changes
        ],
    }


def _card(card: Scorecard | None) -> Json | None:
    if card is None:
        return None
    total = card.total
    return {
        "status": str(card.status),
        "status_reason": card.status_reason,
        "score": total.score,
        "low": total.low,
        "high": total.high,
        "coverage": total.coverage,
        "predikat": card.predikat,
        "rank": card.rank,
    }


def _judged(judged: Judged | None) -> Json | None:
    return None if judged is None else {**_finding(judged.finding), "points": judged.points, "weight": judged.weight}


def _finding(finding: Finding) -> Json:
    return {
        "verdict": str(finding.verdict),
        "reason": str(finding.reason),
        "reviewed": finding.reviewed,
        "period_due": finding.period_due,
        "period_found": finding.period_found,
        "evidence": [{"url": seen.url, "sha256": seen.sha256, "warc": seen.warc} for seen in finding.evidence],
    }


def _forecast(agency: AgencyForecast) -> Json:
    return {
        "id": agency.agency.id,
        "name": agency.agency.name,
        "now": _card(agency.now),
        "then": _card(agency.then),
        "expiries": [_expiry(each) for each in agency.expiries],
    }


def _expiry(expiry: Expiry) -> Json:
    return {
        "item": expiry.item,
        "day": expiry.day.isoformat(),
        "now": _finding(expiry.now),
        "then": _finding(expiry.then),
    }

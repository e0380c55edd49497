"""The numbers of a result for Prometheus and Grafana: ``ppid-audit.prom`` in OpenMetrics 1.0 text.

All are gauges, with codes and names as labels and no time stamps, so that node_exporter's textfile collector
reads the file too. Documented in docs/data.md. What is unknown has no line: it is never 0.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ppid_audit.model.rubric import Category
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.model.scorecard import Part, Status
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import Shown, shortened, visible

_PREFIX = "ppid_audit_"
_UNITS = ("ratio", "seconds")
_OF_PARTS = {"score": "score", "score_low": "low", "score_high": "high", "coverage_ratio": "coverage"}
_LONGEST_LABEL = 200

Sample = tuple[Mapping[str, str], float]


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    samples: tuple[Sample, ...]


def openmetrics(result: Result, locale: Locale) -> bytes:
    """The file's bytes: UTF-8, families in a fixed order, ``# EOF`` at the end."""
    lines = [line for family in _families(result, locale) for line in _lines(family, locale)]
    return ("\n".join([*lines, "# EOF"]) + "\n").encode()


def _families(result: Result, locale: Locale) -> Iterator[_Family]:
    agencies = result.agencies
    yield _Family("scan_info", ((_scan(result), 1),))
    finished = datetime.fromisoformat(result.scan.finished_at.replace("Z", "+00:00")).timestamp()
    yield _Family("scan_finished_timestamp_seconds", (({}, finished),))
    statuses = [entry.scorecard.status for entry in agencies]
    yield _Family("scan_agencies", tuple(({"status": str(status)}, statuses.count(status)) for status in Status))
    yield _Family("agency_info", tuple((_agency(entry), 1) for entry in agencies))
    for name, field in (
        ("score", "score"),
        ("score_low", "low"),
        ("score_high", "high"),
        ("coverage_ratio", "coverage"),
    ):
        yield _Family(name, tuple(_of_parts(agencies, field)))
    ranked = ((entry.agency.id, entry.scorecard.rank) for entry in agencies)
    yield _Family("rank", tuple(({"agency": name}, rank) for name, rank in ranked if rank is not None))
    yield _Family("findings", tuple(_findings(result, locale)))
    yield _Family("crawl_requests", tuple(({"agency": e.agency.id}, e.crawl.requests) for e in agencies))
    yield _Family("crawl_duration_seconds", tuple(({"agency": e.agency.id}, e.crawl.seconds) for e in agencies))


def _scan(result: Result) -> dict[str, str]:
    scan = result.scan
    return {
        "scan": scan.id,
        "as_of": scan.as_of,
        "state": str(scan.state),
        "sample": str(scan.sample).lower(),
        "suspect": scan.suspect or "",
        "tool": scan.tool,
        "rubric_sha256": scan.rubric_sha256,
        "region": scan.region,
    }


def _agency(entry: AgencyResult) -> dict[str, str]:
    agency, card = entry.agency, entry.scorecard
    return {
        "agency": agency.id,
        "name": agency.name,
        "kind": agency.kind,
        "status": str(card.status),
        "predikat": card.predikat or "",
    }


def _of_parts(agencies: tuple[AgencyResult, ...], field: str) -> Iterator[Sample]:
    for entry in agencies:
        parts: dict[str, Part] = {"total": entry.scorecard.total}
        parts |= {str(category): entry.scorecard.categories[category] for category in Category}
        for name, part in parts.items():
            value = getattr(part, field)
            if value is not None:
                yield {"agency": entry.agency.id, "category": name}, value


def _findings(result: Result, locale: Locale) -> Iterator[Sample]:
    for row in view.agency_rows(result, locale):
        yield from (({"agency": row.card.agency, "verdict": str(kind)}, row.counts[kind]) for kind in Shown)


def _lines(family: _Family, locale: Locale) -> Iterator[str]:
    name = f"{_PREFIX}{family.name}"
    yield f"# TYPE {name} gauge"
    unit = next((unit for unit in _UNITS if family.name.endswith(f"_{unit}")), "")
    if unit:
        yield f"# UNIT {name} {unit}"
    yield f"# HELP {name} {_escaped(locale.t(f'metric.{family.name}'))}"
    for labels, value in family.samples:
        told = ",".join(f'{key}="{_label(text)}"' for key, text in labels.items())
        yield f"{name}{{{told}}} {_number(value)}" if told else f"{name} {_number(value)}"


def _label(text: str) -> str:
    return _escaped(shortened(visible(text), _LONGEST_LABEL))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)

"""The worksheet of the objection round: the tool's verdicts, and room for a person's.

Without an agency it holds the cells that are most in doubt, the worst first; with one, all that may be
objected to, what it lacks first.
"""

from collections.abc import Iterable

from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Verdict
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.model.scorecard import Status
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.view import FindingRow
from ppid_audit.report.words import Shown, reason_word, verdict_word
from ppid_audit.report.worksheet.answers import REASONS
from ppid_audit.report.worksheet.sheet import Column, Sheet, key

COLUMNS = (
    Column("agency", 16),
    Column("name", 26),
    Column("item", 26),
    Column("title", 34),
    Column("verdict", 16),
    Column("because", 24),
    Column("confidence", 11, kind="share"),
    Column("evidence", 40),
    Column("quote", 40),
    Column("new_verdict", 18, filled_in=True, kind="verdict"),
    Column("reason", 16, filled_in=True, kind="reason"),
    Column("justification", 44, filled_in=True),
    Column("by", 20, filled_in=True),
    Column("on", 13, filled_in=True, kind="date"),
    Column("expires", 16, filled_in=True, kind="date"),
    Column("address", 40, filled_in=True),
    Column("scan", 24),
    Column("key", 12),
)
HELP = ("what", "verdict", "reason", "name", "dates", "address", "keep", "back")

_OBJECTION_ORDER = tuple(Shown)
_NEAR_TIE = 0.1
"""What a place that was looked at and rejected takes off the confidence of a verdict it might have turned."""
_UNDECIDED = 0.5


def review_sheet(result: Result, locale: Locale, agency: str | None, limit: int | None) -> Sheet:
    """The sheet of one agency (by id), or the ``limit`` most doubtful cells of all."""
    rows = _to_object(result, locale, agency) if agency else _most_doubtful(result, locale)
    return Sheet(
        columns=COLUMNS,
        rows=[_cells(row, result, locale) for row in rows[:limit]],
        choices={
            "verdict": tuple(locale.t(f"verdict.{verdict}") for verdict in Verdict),
            "reason": tuple(locale.t(f"worksheet.reason.{reason}") for reason in REASONS),
        },
        help=tuple(locale.t(f"worksheet.help.{name}") for name in HELP),
        day=result.scan.as_of,
    )


def doubt(finding: Finding) -> float:
    """How much a second look is worth, 0..1: what the tool is not sure of, more so where it was a near tie."""
    confidence = _UNDECIDED if finding.verdict is Verdict.CANNOT_TELL else finding.confidence
    return 1 - confidence + (_NEAR_TIE if finding.near_misses else 0.0)


def _to_object(result: Result, locale: Locale, agency: str) -> list[FindingRow]:
    entry = next(entry for entry in result.agencies if entry.agency.id == agency)
    rows = list(view.finding_rows(entry, result.rubric, locale))
    return sorted(rows, key=lambda row: _OBJECTION_ORDER.index(row.shown))


def _most_doubtful(result: Result, locale: Locale) -> list[FindingRow]:
    """Cells on which a verdict and a score rest; of equal doubt, what weighs more and what no person has seen."""
    rows = [row for entry in _scored(result) for row in view.finding_rows(entry, result.rubric, locale)]
    asked = [row for row in rows if row.finding.verdict is not Verdict.NOT_APPLICABLE and not row.finding.reviewed]
    return sorted(asked, key=lambda row: (-round(doubt(row.finding), 4), -row.criterion.weight))


def _scored(result: Result) -> Iterable[AgencyResult]:
    return (entry for entry in result.agencies if entry.scorecard.status is not Status.NOT_ASSESSABLE)


def _cells(row: FindingRow, result: Result, locale: Locale) -> tuple[str | float, ...]:
    finding, agency = row.finding, row.result.agency
    seen = finding.evidence[0] if finding.evidence else None
    return (
        agency.id,
        agency.name,
        row.criterion.id,
        row.title,
        verdict_word(finding.reason, result.rubric, locale),
        reason_word(finding.reason, locale),
        float(finding.confidence),
        seen.url if seen else "",
        seen.quote if seen else "",
        *("" for column in COLUMNS if column.filled_in),
        result.scan.id,
        key(result.scan.id, agency.id, row.criterion.id),
    )

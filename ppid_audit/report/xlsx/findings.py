"""The two long sheets: every finding, and what mending each would bring."""

from collections.abc import Sequence

from ppid_audit.model.finding import Evidence
from ppid_audit.model.scan import Result
from ppid_audit.report.advice import Examples, next_steps
from ppid_audit.report.locale import Locale
from ppid_audit.report.view import FindingRow
from ppid_audit.report.xlsx.book import Book, Cell, Column, Link


def findings(book: Book, found: Sequence[Sequence[FindingRow]], locale: Locale) -> None:
    """Every item of every agency, with its best evidence."""
    t = locale.t
    columns = [
        Column(t("ranking.agency"), 34),
        Column(t("html.items.item"), 40),
        Column(t("html.items.category"), 12),
        Column(t("html.items.basis"), 24),
        Column(t("explain.verdict"), 18),
        Column(t("html.method.reason"), 30),
        Column(t("html.method.points"), 8, "points"),
        Column(t("xlsx.weight"), 8, "points"),
        Column(t("xlsx.confidence"), 10, "share"),
        Column(t("xlsx.due"), 12),
        Column(t("xlsx.found"), 12),
        Column(t("explain.evidence"), 50),
        Column(t("html.found_on").capitalize(), 40),
        Column(t("xlsx.quote"), 50),
        Column(t("xlsx.date"), 18, "day"),
        Column(t("xlsx.archive"), 30),
        Column(t("html.reviewed").capitalize(), 10),
        Column(t("explain.review"), 40),
        Column("id", 16),
        Column(t("xlsx.item_id"), 28),
    ]
    book.table(book.sheet(t("xlsx.findings")), columns, (_finding(row, locale) for rows in found for row in rows), 11)


def _finding(row: FindingRow, locale: Locale) -> list[Cell]:
    finding = row.finding
    seen = finding.evidence[0] if finding.evidence else Evidence("")
    return [
        row.result.agency.name,
        row.title,
        row.category,
        row.criterion.basis,
        row.verdict,
        row.reason,
        row.points,
        row.criterion.weight,
        finding.confidence,
        finding.period_due,
        finding.period_found,
        Link(seen.url),
        Link(seen.found_on),
        seen.quote,
        seen.date,
        seen.warc,
        locale.t("yes" if finding.reviewed else "no"),
        " ".join(row.review),
        row.result.agency.id,
        row.criterion.id,
    ]


def advice(book: Book, result: Result, found: Sequence[Sequence[FindingRow]], locale: Locale) -> None:
    """What each agency with a score can do, most points for least work first."""
    t, examples = locale.t, Examples(result)
    columns = [
        Column(t("ranking.agency"), 34, "wrap"),
        Column(t("html.items.item"), 40, "wrap"),
        Column(t("xlsx.gain"), 12, "score"),
        Column(t("xlsx.remedy"), 90, "wrap"),
        Column(t("explain.verdict"), 18),
        Column(t("html.method.reason"), 30),
        Column(t("html.items.basis"), 24),
        Column(t("xlsx.example"), 50),
    ]
    rows = (
        [
            step.row.result.agency.name,
            step.row.title,
            step.row.gain,
            step.row.remedy,
            step.row.verdict,
            step.row.reason,
            step.row.criterion.basis,
            Link(step.example.url, step.example.name) if step.example else None,
        ]
        for each in found
        if each and each[0].result.scorecard.total.score is not None
        for step in next_steps(each, examples, limit=len(each))
    )
    book.table(book.sheet(t("xlsx.advice")), columns, rows)

"""skor.csv (one row an agency) and temuan.csv (one row an item of an agency).

Two profiles. ``excel`` (default) opens with a double click under an Indonesian locale: ``;``, UTF-8
with BOM, decimal comma, and the language's words for verdicts, reasons and kinds. ``baku`` is for
programs: ``,``, decimal point, no BOM, and the codes of report.json. In both: CRLF, ISO dates, an
empty cell where there is no value, and ``cakupan`` and ``keyakinan`` as a share 0..1, not in percent.

Texts come from websites, so in both profiles they are on one line, always quoted, and kept from being
formulas by an apostrophe (OWASP, "CSV injection"): at their start, and wherever a file that is read
with the wrong separator would fall apart.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ppid_audit.model.finding import Evidence
from ppid_audit.model.rubric import Category
from ppid_audit.model.scan import Result
from ppid_audit.model.scorecard import Status
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.view import AgencyRow, FindingRow
from ppid_audit.report.words import Shown, shortened, visible

Profile = Literal["excel", "baku"]

_SCORE_HEADER = (
    "peringkat;id;nama;jenis;status;skor;rendah;tinggi;cakupan;predikat;berkala;serta_merta;setiap_saat;terpenuhi;"
    "sebagian;baru_judul;tidak_ditemukan;tidak_dapat_dinilai;tidak_berlaku;url;tanggal_penilaian;pemindaian"
)
_FINDING_HEADER = (
    "id;nama;butir;judul;kategori;dasar_hukum;verdict;alasan;poin;bobot;keyakinan;periode_diminta;periode_ditemukan;"
    "bukti_url;ditemukan_di;kutipan;saran;ditinjau;pemindaian"
)

_OPENERS = r"=+\-@|＝＋－＠｜"
"""ASCII and full-width: what opens a formula or a DDE call in some spreadsheet."""
_FORMULA = re.compile(rf"(?:^|(?<=[;,]))([\s\"]*)(?=[{_OPENERS}])")
"""Where a cell begins, or would begin in a file that is read with the other separator."""
_LONGEST = 32_000
"""Excel cuts cells at 32,767 characters without a word."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the decimals that its column shows."""

    value: float
    decimals: int = 0


Cell = str | Number | date | None


def score_csv(result: Result, locale: Locale, profile: Profile) -> bytes:
    """skor.csv: every agency, in the order of agencies.yaml."""
    rows = (_score_cells(row, result, locale, profile) for row in view.agency_rows(result, locale))
    return _file(_SCORE_HEADER, rows, profile)


def finding_csv(result: Result, locale: Locale, profile: Profile) -> bytes:
    """temuan.csv: every item of every agency, in rubric order, with its best evidence."""
    rows = (
        _finding_cells(row, result, locale, profile)
        for agency in result.agencies
        for row in view.finding_rows(agency, result.rubric, locale)
    )
    return _file(_FINDING_HEADER, rows, profile)


def _score_cells(row: AgencyRow, result: Result, locale: Locale, profile: Profile) -> Sequence[Cell]:
    agency, card, words = row.result.agency, row.card, profile == "excel"
    status = f"{row.status}: {row.status_reason}" if card.status is not Status.ASSESSED else row.status
    counts = row.counts
    shown_counts = (
        counts[Shown.FULFILLED],
        counts[Shown.PARTIAL] + counts[Shown.STALE],
        counts[Shown.TITLE_ONLY],
        counts[Shown.MISSING],
        counts[Shown.CANNOT_TELL],
        counts[Shown.NOT_APPLICABLE],
    )
    return [
        _number(card.rank),
        agency.id,
        agency.name,
        row.kind if words else agency.kind,
        status if words else str(card.status),
        *(_number(value, 1) for value in (card.total.score, card.total.low, card.total.high)),
        _number(card.total.coverage, 3),
        row.predikat if words else card.predikat,
        *(_number(card.categories[category].score, 1) for category in Category),
        *map(Number, shown_counts),
        agency.url,
        date.fromisoformat(result.scan.as_of),
        _scan(result, locale),
    ]


def _finding_cells(row: FindingRow, result: Result, locale: Locale, profile: Profile) -> Sequence[Cell]:
    finding, agency, words = row.finding, row.result.agency, profile == "excel"
    evidence = finding.evidence[0] if finding.evidence else Evidence("")
    return [
        agency.id,
        agency.name,
        row.criterion.id,
        row.title,
        row.category if words else str(row.criterion.category),
        row.criterion.basis,
        row.verdict if words else str(finding.verdict),
        row.reason if words else str(finding.reason),
        _number(row.points, 2),
        Number(row.criterion.weight, 0 if row.criterion.weight == int(row.criterion.weight) else 2),
        Number(finding.confidence, 2),
        finding.period_due,
        finding.period_found,
        evidence.url,
        evidence.found_on,
        evidence.quote,
        row.remedy,
        _reviewed(row, locale, profile),
        _scan(result, locale),
    ]


def _reviewed(row: FindingRow, locale: Locale, profile: Profile) -> str:
    """Whether a person judged; for people also what that stands over: nothing overridden disappears."""
    finding = row.finding
    if profile == "baku":
        return "true" if finding.reviewed else "false"
    answer = locale.t("yes" if finding.reviewed else "no")
    return " ".join((f"{answer}.", *row.review)) if row.review else answer


def _scan(result: Result, locale: Locale) -> str:
    return f"{result.scan.id} ({locale.t('sample')})" if result.scan.sample else result.scan.id


def _number(value: float | None, decimals: int = 0) -> Number | None:
    return None if value is None else Number(value, decimals)


def _file(header: str, rows: Iterable[Sequence[Cell]], profile: Profile) -> bytes:
    separator, point, encoding = (";", ",", "utf-8-sig") if profile == "excel" else (",", ".", "utf-8")
    lines = [header.replace(";", separator), *(separator.join(_cell(cell, point) for cell in row) for row in rows)]
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def _cell(cell: Cell, point: str) -> str:
    if isinstance(cell, Number):
        return f"{cell.value:.{cell.decimals}f}".replace(".", point)
    if isinstance(cell, date):
        return cell.isoformat()
    return '"' + _inert(cell).replace('"', '""') + '"' if cell else ""


def _inert(text: str) -> str:
    """``text`` on one line, as a text and not as a formula; tabs and line ends are blanks by then."""
    return _FORMULA.sub(r"\1'", shortened(visible(text), _LONGEST))


def worksheet(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A sheet for people to fill in, in the ``excel`` profile."""
    return _file(";".join(header), rows, "excel")

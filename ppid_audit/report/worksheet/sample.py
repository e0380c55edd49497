"""The worksheet of a calibration: cells to be read without knowing what the tool said of them."""

from collections.abc import Iterable, Mapping, Sequence

from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Verdict
from ppid_audit.model.scan import Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.worksheet.answers import said_by, verdict_of
from ppid_audit.report.worksheet.cells import Complaints, filled_rows
from ppid_audit.report.worksheet.reading import Table
from ppid_audit.report.worksheet.sheet import Column, Sheet, key

COLUMNS = (
    Column("agency", 16),
    Column("name", 28),
    Column("site", 34),
    Column("item", 26),
    Column("title", 40),
    Column("note", 44),
    Column("places", 50),
    Column("new_verdict", 18, filled_in=True, kind="verdict"),
    Column("remark", 40, filled_in=True),
    Column("by", 20, filled_in=True),
    Column("scan", 24),
    Column("key", 12),
)
HELP = ("read_what", "read_blind", "read_verdict", "read_two", "keep", "read_back")
_MOST_PLACES = 4

Cell = tuple[str, str]
"""Agency id, item id."""


def sample_sheet(result: Result, cells: Iterable[Cell], locale: Locale) -> Sheet:
    """The cells in their order; the places that the tool looked at stand there without what it made of them."""
    return Sheet(
        columns=COLUMNS,
        rows=[_row(result, agency, item, locale) for agency, item in cells],
        choices={"verdict": tuple(locale.t(f"verdict.{verdict}") for verdict in Verdict)},
        help=tuple(locale.t(f"worksheet.help.{name}") for name in HELP),
        day=result.scan.as_of,
    )


def readings(tables: Sequence[Table], result: Result, locale: Locale) -> Mapping[str, Mapping[Cell, Verdict]]:
    """Reader -> cell -> verdict; InputError with all that is wrong."""
    complain = Complaints(locale)
    said: dict[str, dict[Cell, Verdict]] = {}
    names: dict[str, str] = {}
    for row in filled_rows(tables, COLUMNS, ("new_verdict", "remark"), result, complain):
        verdict, by = verdict_of(row, complain), said_by(row, complain)
        cell = row.text("agency"), row.text("item")
        own = said.setdefault(names.setdefault(by.casefold(), by), {})
        if verdict is not None and own.setdefault(cell, verdict) is not verdict:
            complain(row.where, "two_readings", by=by)
    complain.close()
    return said


def _row(result: Result, agency_id: str, item: str, locale: Locale) -> tuple[str, ...]:
    entry = next(entry for entry in result.agencies if entry.agency.id == agency_id)
    criterion = next(criterion for criterion in result.rubric.criteria if criterion.id == item)
    finding = next(finding for finding in entry.assessment.findings if finding.item == item)
    return (
        agency_id,
        entry.agency.name,
        entry.agency.url,
        item,
        locale.pick(criterion.title),
        locale.pick(criterion.note) if criterion.note else criterion.basis,
        " ".join(_places(finding.own)),
        "",
        "",
        "",
        result.scan.id,
        key(result.scan.id, agency_id, item),
    )


def _places(finding: Finding) -> list[str]:
    """Sorted, so that their order does not tell the evidence from the rejected."""
    urls = {seen.url for seen in finding.evidence} | {miss.url for miss in finding.near_misses}
    return sorted(urls)[:_MOST_PLACES]

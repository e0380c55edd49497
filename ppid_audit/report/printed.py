"""The printed reports as files: the meeting's report, and every agency's sheet, in the formats that print."""

from collections.abc import Callable, Iterable, Mapping

from ppid_audit.report.docx import docx
from ppid_audit.report.markdown import markdown
from ppid_audit.report.paper.blocks import Paper
from ppid_audit.report.paper.frame import Facts
from ppid_audit.report.paper.official import official
from ppid_audit.report.paper.sheet import sheets
from ppid_audit.report.pdf import pdf
from ppid_audit.report.plainhtml import plain_html

PRINTERS: Mapping[str, Callable[[Paper], bytes]] = {"docx": docx, "pdf": pdf, "md": markdown, "html": plain_html}
"""What can hold a sheet: the format, which is the file's ending too, and its writer."""

_OFFICIAL = {"docx": "laporan-rakor.docx", "pdf": "laporan-rakor.pdf", "md": "laporan.md"}


def official_file(facts: Facts, format_: str) -> dict[str, bytes]:
    """The meeting's report in one of docx, pdf and md: file name -> content."""
    return {_OFFICIAL[format_]: PRINTERS[format_](official(facts))}


def sheet_files(facts: Facts, formats: Iterable[str]) -> dict[str, bytes]:
    """``rapor/<agency id>.<ending>`` for every agency, in those of ``formats`` that can hold a sheet; else in DOCX."""
    chosen = [name for name in formats if name in PRINTERS] or ["docx"]
    return {f"rapor/{agency}.{name}": PRINTERS[name](sheet) for agency, sheet in sheets(facts) for name in chosen}

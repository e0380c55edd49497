"""The workbook: a result as sheets with real numbers, real dates and filters, for those who reckon further."""

from ppid_audit.report.xlsx.workbook import report_xlsx

__all__ = ["report_xlsx"]

"""The report that a meeting looks at: one HTML file that needs nothing beside itself."""

from ppid_audit.report.html.page import report_html

__all__ = ["report_html"]

"""The conductor: gather, judge, rescore, compare. The one room where the stages meet.

It yields progress and, last, the result; drawing and printing are the command line's business.
"""

from ppid_audit.audit.compare import compare_scans
from ppid_audit.audit.database import DATABASE, open_store
from ppid_audit.audit.forecast import forecast
from ppid_audit.audit.hosts import HostSeen, look_up
from ppid_audit.audit.job import Notice, Progress, Resume, ScanJob, current
from ppid_audit.audit.scan import rescore, scan

__all__ = [
    "DATABASE",
    "HostSeen",
    "Notice",
    "Progress",
    "Resume",
    "ScanJob",
    "compare_scans",
    "current",
    "forecast",
    "look_up",
    "open_store",
    "rescore",
    "scan",
]

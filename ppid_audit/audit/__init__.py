"""The conductor: gather, judge, rescore. The one room where the stages meet.

It yields progress and, last, the result; drawing and printing are the command line's business.
"""

from ppid_audit.audit.hosts import HostSeen, look_up
from ppid_audit.audit.job import Progress, ScanJob, current
from ppid_audit.audit.scan import DATABASE, rescore, scan

__all__ = ["DATABASE", "HostSeen", "Progress", "ScanJob", "current", "look_up", "rescore", "scan"]

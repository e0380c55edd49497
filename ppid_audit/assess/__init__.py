"""Sites to findings: the judge. Pure."""

from ppid_audit.assess.assess import assess
from ppid_audit.assess.relevance import relevance

__all__ = ["assess", "relevance"]

"""What pages that are not the agency's own word are worth: nothing, and some of them hide what may be there."""

from collections.abc import Mapping

from ppid_audit.model.rubric import Reason
from ppid_audit.model.site import Nature

REASONS: Mapping[Nature, Reason] = {
    Nature.CHALLENGE: Reason.BLOCKED,
    Nature.WAF_BLOCK: Reason.BLOCKED,
    Nature.ISP_BLOCK: Reason.BLOCKED,
    Nature.MAINTENANCE: Reason.UNREACHABLE,
    Nature.PARKED: Reason.UNREACHABLE,
    Nature.SUSPENDED: Reason.UNREACHABLE,
    Nature.HIJACKED: Reason.UNREACHABLE,
    Nature.DEFACED: Reason.UNREACHABLE,
    Nature.ERROR_PAGE: Reason.UNREACHABLE,
    Nature.DEBUG: Reason.UNREACHABLE,
    Nature.LOGIN: Reason.NAMED_WITHOUT_CONTENT,
    Nature.SOFT_404: Reason.DEAD_LINK,
    Nature.DEFAULT_PAGE: Reason.PLACEHOLDER,
    Nature.DIRECTORY_LISTING: Reason.PLACEHOLDER,
}
"""Nature -> reason of an item whose name leads to such a page. An error is a fault of seeing, whatever its status."""

STATUS: Mapping[Nature, tuple[str, Reason]] = {
    Nature.CHALLENGE: ("blocked", Reason.BLOCKED),
    Nature.WAF_BLOCK: ("blocked", Reason.BLOCKED),
    Nature.ISP_BLOCK: ("isp_block", Reason.BLOCKED),
    Nature.MAINTENANCE: ("maintenance", Reason.UNREACHABLE),
    Nature.PARKED: ("parked", Reason.UNREACHABLE),
    Nature.SUSPENDED: ("suspended", Reason.UNREACHABLE),
    Nature.HIJACKED: ("hijacked", Reason.UNREACHABLE),
    Nature.DEFACED: ("defaced", Reason.UNREACHABLE),
}
"""Nature of the front page -> status code of the agency: whatever else answers there is not to be trusted."""

ALONE: Mapping[Nature, tuple[str, Reason]] = {
    Nature.ERROR_PAGE: ("server_error", Reason.UNREACHABLE),
    Nature.DEBUG: ("server_error", Reason.UNREACHABLE),
    Nature.DEFAULT_PAGE: ("default_page", Reason.UNREACHABLE),
    Nature.DIRECTORY_LISTING: ("default_page", Reason.UNREACHABLE),
    Nature.LOGIN: ("login", Reason.BLOCKED),
}
"""The same, where no ordinary page was read besides."""

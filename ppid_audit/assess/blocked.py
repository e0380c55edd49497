"""Agencies whose site could not be assessed at all, and why."""

from datetime import date

from ppid_audit.assess.identity import is_of_another
from ppid_audit.assess.natures import ALONE, STATUS
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Problem
from ppid_audit.model.rubric import Reason
from ppid_audit.model.site import Nature, Page, Site

_CODES = {
    Problem.BLOCKED: ("blocked", Reason.BLOCKED),
    Problem.RATE_LIMITED: ("blocked", Reason.BLOCKED),
    Problem.ROBOTS_DISALLOWED: ("robots_disallowed", Reason.BLOCKED),
    Problem.ROBOTS_UNREACHABLE: ("robots_unreachable", Reason.UNREACHABLE),
    Problem.REDIRECT_OUT_OF_SCOPE: ("moved_elsewhere", Reason.UNREACHABLE),
    Problem.RUNNER_OFFLINE: ("runner_offline", Reason.RUNNER_OFFLINE),
    Problem.SERVER_ERROR: ("server_error", Reason.UNREACHABLE),
    Problem.TLS_FAILED: ("tls_failed", Reason.UNREACHABLE),
    Problem.DNS_NOT_FOUND: ("dns_not_found", Reason.UNREACHABLE),
}
_UNREACHABLE = ("unreachable", Reason.UNREACHABLE)


def why_blocked(site: Site, agency: Agency, as_of: date) -> tuple[str, Reason] | None:
    """Status code of the agency and the reason for all its items; None when its site was read."""
    if agency.opt_out is not None:
        return "opted_out", Reason.BLOCKED
    if not agency.confirmed:
        return "host_unconfirmed", Reason.NOT_LOOKED_EVERYWHERE
    home = site.snapshot.home if site.snapshot else None
    if site.home is not None and home is not None and home.ok:
        return _of_front_page(site.home, site, agency)
    if agency.known_down is not None and as_of <= agency.known_down.until:
        return "known_down", Reason.UNREACHABLE
    return _of_home(home)


def _of_front_page(home: Page, site: Site, agency: Agency) -> tuple[str, Reason] | None:
    """Why a front page that did answer is none of the agency's."""
    if home.nature in STATUS:
        return STATUS[home.nature]
    if home.nature in ALONE and all(page.nature is not Nature.ORDINARY for page in site.pages.values()):
        return ALONE[home.nature]
    if _only_a_shell(site):
        return "script_only", Reason.SCRIPT_ONLY
    return ("not_ours", Reason.UNREACHABLE) if is_of_another(home, agency) else None


def _of_home(home: Capture | None) -> tuple[str, Reason]:
    if home is None:
        return _UNREACHABLE
    stated = {*home.detail.split("; ")}
    for nature, status in STATUS.items():
        if nature.value in stated and home.problem is not Problem.RUNNER_OFFLINE:
            return status
    return _CODES.get(home.problem, _UNREACHABLE) if home.problem else _UNREACHABLE


def _only_a_shell(site: Site) -> bool:
    pages = {page.url: page for page in site.pages.values()}
    return bool(site.home and site.home.shell) and all(page.shell for page in pages.values()) and not site.documents

"""``--render``: a browser for the pages that only scripts fill, where this machine has one."""

import sys
from dataclasses import dataclass

from ppid_audit.cli.words import t
from ppid_audit.crawl.browser import InstalledBrowser, Missing, find
from ppid_audit.errors import InputError
from ppid_audit.model.rubric import Reason
from ppid_audit.model.scan import Result


@dataclass(frozen=True, slots=True)
class Browsing:
    """``browser`` draws pages, None when it is not wanted or ``missing`` says what this machine lacks for it."""

    browser: InstalledBrowser | None = None
    missing: str = ""

    def hint(self, result: Result) -> None:
        """Says on stderr how to have read what only scripts show, where the scan met any and nothing could draw it."""
        if self.missing and any(
            finding.reason is Reason.SCRIPT_ONLY for entry in result.agencies for finding in entry.assessment.findings
        ):
            print(t(f"cli.scan.script_only_{self.missing}"), file=sys.stderr)


def browsing(render: str) -> Browsing:
    """What ``--render`` asks for (``auto`` or ``never``); InputError for anything else."""
    if render not in {"auto", "never"}:
        raise InputError(t("cli.scan.bad_render", value=render))
    if render == "never":
        return Browsing()
    found = find()
    return Browsing(missing=found.what) if isinstance(found, Missing) else Browsing(InstalledBrowser(found))

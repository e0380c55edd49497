"""The command line: opens files, prints, and turns every error into one sentence and an exit code."""

import os
import sys

from ppid_audit.cli.pipe import settle
from ppid_audit.errors import AuditError


def main() -> None:
    """Entry point of ``ppid-audit``; ends the process with an exit code of docs/operations.md."""
    settle()
    sys.exit(_run())


def _run() -> int:
    from ppid_audit.cli.app import app
    from ppid_audit.cli.usage import complaint
    from ppid_audit.cli.words import language, t

    try:
        return app(prog_name="ppid-audit", standalone_mode=False) or 0
    except AuditError as error:
        print(error.told(language()), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(t("cli.interrupted"), file=sys.stderr)
        return 130
    except Exception as error:
        if told := complaint(error):
            print(told, file=sys.stderr)
            return 2
        if os.environ.get("PPID_AUDIT_DEBUG"):
            raise
        print(t("cli.internal_error", kind=type(error).__name__, error=str(error)[:300]), file=sys.stderr)
        return 1

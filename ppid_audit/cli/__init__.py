"""The command line: opens files, prints, and turns every error into one sentence and an exit code."""

import os
import sys

from ppid_audit.errors import AuditError


def main() -> None:
    """Entry point of ``ppid-audit``; ends the process with an exit code of docs/operations.md."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_run())


def _run() -> int:
    from ppid_audit.cli.app import app
    from ppid_audit.cli.words import t

    try:
        app()
    except AuditError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(t("cli.interrupted"), file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("PPID_AUDIT_DEBUG"):
            raise
        print(t("cli.internal_error", kind=type(error).__name__, error=str(error)[:300]), file=sys.stderr)
        return 1
    return 0

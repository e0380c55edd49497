"""The language of this run: ``--lang`` or ``PPID_AUDIT_LANG``, else Indonesian."""

import os
import shutil
import sys
from functools import cache
from typing import Literal

from ppid_audit.report.locale import Locale


@cache
def language() -> Literal["id", "en"]:
    """The language asked for. Read before the options are parsed, because the help has a language too."""
    asked = os.environ.get("PPID_AUDIT_LANG", "id")
    for at, word in enumerate(sys.argv):
        if word == "--lang" and at + 1 < len(sys.argv):
            asked = sys.argv[at + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return "en" if asked == "en" else "id"


def t(key: str, **values: object) -> str:
    """The text under ``key`` in the language of this run."""
    return Locale.load(language()).t(key, **values)


def program() -> str:
    """How the user calls this program: by its name where a shell finds it, else as it was called now."""
    return "ppid-audit" if shutil.which("ppid-audit") else sys.argv[0]

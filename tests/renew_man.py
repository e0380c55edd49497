"""Writes the manual pages docs/man from the program's own help (``make man``), one for each language."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from ppid_audit import __version__
from ppid_audit.cli.app import COMMANDS, app, command
from ppid_audit.cli.usage import Manual, manual
from ppid_audit.cli.words import t

MAN = Path(__file__).parent.parent / "docs" / "man"
PAGES = {"id": MAN / "id" / "ppid-audit.1", "en": MAN / "ppid-audit.1"}
"""Language -> file; the folders are those of man(1)."""


def main() -> None:
    """Writes both pages."""
    for lang, path in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(lang), encoding="utf-8")


def page(lang: str) -> str:
    """The manual page in a language; made in a process of its own, for a process speaks one language."""
    environment = {**os.environ, "PPID_AUDIT_LANG": lang}
    command = [sys.executable, "-c", "import sys; from tests.renew_man import roff; sys.stdout.write(roff())"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def roff() -> str:
    """The manual page in the language of this process."""
    return "\n".join([*_lines(), ""])


def _lines() -> Iterator[str]:
    whole, *rest = manuals()
    yield f'.TH PPID-AUDIT 1 "" "ppid-audit {__version__}"'
    yield from (".SH NAME", f"ppid-audit \\- {_escape(whole.about)}")
    yield from (".SH SYNOPSIS", f".B ppid-audit\n{_escape(whole.usage)}")
    for told in (whole, *rest):
        if told.path:
            yield f'.SH "{" ".join(("ppid-audit", *told.path)).upper()}"'
            yield from (f".B ppid-audit {' '.join(told.path)}\n{_escape(told.usage)}", ".PP", _escape(told.about))
        for name, rows in told.lists:
            yield f'.SS "{t(f"cli.usage.{name}")}"'
            for term, text in rows:
                yield from (".TP", f'.B "{_escape(term)}"', _escape(text))
        if told.examples:
            yield from (f'.SS "{t("cli.usage.examples")}"', ".nf", *map(_escape, told.examples), ".fi")


def manuals() -> Iterator[Manual]:
    """All commands laid out, the program itself first."""
    whole = typer.main.get_command(app)
    top = whole.context_class(whole, info_name="ppid-audit", **whole.context_settings)
    yield manual(whole, top)
    for name in COMMANDS:
        one = command(name)
        ctx = one.context_class(one, info_name=name, parent=top)
        yield manual(one, ctx)
        for below, found in getattr(one, "commands", {}).items():
            yield manual(found, found.context_class(found, info_name=below, parent=ctx))


def _escape(text: str) -> str:
    """Text that roff prints as it is: a leading dot or quote would be a command."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain


if __name__ == "__main__":
    main()

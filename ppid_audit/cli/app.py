"""All commands, in the order in which an office meets them.

``COMMANDS`` is the plug point: the module ``cli/NAME.py`` holds a function NAME, or a group (``groups.group``) NAME
where the command has commands of its own; its help is the text ``cli.NAME.help``.
"""

import os
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.completion import get_completion_inspect_parameters

from ppid_audit import __version__
from ppid_audit.cli.groups import HELP, Plain, Spoken, group
from ppid_audit.cli.words import t

COMMANDS = (
    "init",
    "check",
    "hosts",
    "demo",
    "scan",
    "rescore",
    "report",
    "explain",
    "diff",
    "review",
    "finalize",
    "calibrate",
    "archive",
    "doctor",
)


class Lazy(Plain):
    """Imports a command when it is used: neither ``--help`` nor ``--version`` waits for a crawler or a database."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the program, or completes a word where a shell asks for that (``_PPID_AUDIT_COMPLETE``)."""
        if os.environ.get("_PPID_AUDIT_COMPLETE"):
            get_completion_inspect_parameters()  # registers the shells as a side effect
        return super().main(*args, **kwargs)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the first word names, in place of the entry that only lends it its line in the help."""
        if args and args[0] in COMMANDS:
            self.commands[args[0]] = command(args[0])
        return super().resolve_command(ctx, args)


def command(name: str) -> Any:
    """The command ``name`` with its options, as click knows it; imports its module."""
    found = getattr(import_module(f"ppid_audit.cli.{name}"), name)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        alone.command(name, help=t(f"cli.{name}.help"), cls=Spoken, context_settings=HELP)(found)
        found = alone
    made = typer.main.get_command(found)
    made.name = name
    return made


app = group(t("cli.help"), Lazy)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ppid-audit {__version__}")
        raise typer.Exit


@app.callback()
def _all(
    version: Annotated[
        bool, typer.Option("--version", help=t("cli.option.version"), callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def _entry() -> None:
    pass


for _name in COMMANDS:
    app.command(_name, help=t(f"cli.{_name}.help"))(_entry)

"""All commands, in the order in which an office meets them.

``COMMANDS`` is the plug point: the module ``cli/NAME.py`` holds a function NAME, or a group (``groups.group``) NAME
where the command has commands of its own; its help is the text ``cli.NAME.help``.
"""

from importlib import import_module
from typing import Annotated, Any

import typer

from ppid_audit import __version__
from ppid_audit.cli.groups import Plain, group
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
)


class Lazy(Plain):
    """Imports a command when it is used: neither ``--help`` nor ``--version`` waits for a crawler or a database."""

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
        alone.command(name, help=t(f"cli.{name}.help"))(found)
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

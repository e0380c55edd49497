"""Commands that have commands: their help is plain text, which reads the same in a terminal, a log and a mail."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ppid_audit.cli.usage import unknown_command, write_help
from ppid_audit.errors import InputError

HELP = {"help_option_names": ["-h", "--help"]}


class Spoken(TyperCommand):
    """A command whose help is in the language of this run."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help."""
        write_help(self, ctx, formatter)


class Plain(TyperGroup):
    """Shows the whole help of each of its commands, in the language of this run."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help."""
        write_help(self, ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the first word names; InputError when there is none."""
        if args and not args[0].startswith("-") and args[0] not in self.commands and not ctx.resilient_parsing:
            raise InputError(unknown_command(args[0], list(self.commands)))
        return super().resolve_command(ctx, args)


class _Group(typer.Typer):
    """Commands are ``Spoken`` without saying so."""

    def command(self, *args: Any, **kwargs: Any) -> Any:
        """As in the framework."""
        return super().command(*args, **{"cls": Spoken, **kwargs})


def group(about: str, cls: type[TyperGroup] = Plain) -> typer.Typer:
    """An empty group with the help ``about``."""
    return _Group(
        cls=cls,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=HELP,
    )

"""Commands that have commands: their help is plain text, which reads the same in a terminal, a log and a mail."""

from typing import Any

import typer
from typer.core import TyperGroup

HELP = {"help_option_names": ["-h", "--help"]}


class Plain(TyperGroup):
    """Shows the whole help of each of its commands; click's own list cuts them off at one line."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.commands[name].help or "") for name in self.list_commands(ctx)])


def group(about: str, cls: type[TyperGroup] = Plain) -> typer.Typer:
    """An empty group with the help ``about``."""
    return typer.Typer(
        cls=cls,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=HELP,
    )

"""All commands, in the order in which an office meets them."""

from typing import Annotated

import typer

from ppid_audit import __version__
from ppid_audit.cli import check, demo, explain, hosts, init, report, rescore, scan
from ppid_audit.cli.words import t

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t("cli.help"),
)


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


for command in (init, check, hosts, demo, scan, rescore, report, explain):
    name = command.__name__.rsplit(".", 1)[-1]
    app.command(name, help=t(f"cli.{name}.help"))(getattr(command, name))

"""``init``: the two files to start from."""

from importlib.resources import files as package_files
from pathlib import Path
from typing import Annotated

import typer

from ppid_audit.cli.files import write_all
from ppid_audit.cli.words import t
from ppid_audit.errors import InputError

NAMES = ("agencies.yaml", "rubric.yaml", "agencies.schema.json", "rubric.schema.json")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=t("cli.init.folder"))] = Path(),
) -> None:
    """Writes agencies.yaml, rubric.yaml and their schemas into ``folder``; never over existing files."""
    there = [name for name in NAMES if (folder / name).exists()]
    if there:
        raise InputError(t("cli.init.exists", names=", ".join(there), folder=str(folder)))
    for path in write_all(folder, {name: bundled(name) for name in NAMES}):
        typer.echo(path)
    typer.echo(t("cli.init.next"), err=True)


def bundled(name: str) -> bytes:
    """A file that comes with the program: in the wheel under ``data``, in a checkout at its top."""
    package = package_files("ppid_audit")
    inside = package / "data" / name
    if inside.is_file():
        return inside.read_bytes()
    return (Path(str(package)).parent / name).read_bytes()

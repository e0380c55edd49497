"""``--ocr``: the words of scans and pictures, where this machine can read them."""

import shutil
from typing import Annotated

import typer

from ppid_audit.cli.words import t
from ppid_audit.engines.ocr import Ocr, tesseract
from ppid_audit.errors import InputError

WithOcr = Annotated[bool, typer.Option("--ocr", help=t("cli.option.ocr"))]


def reader_of_scans(wanted: bool, cluster: str | None = None) -> Ocr | None:
    """The engine that ``--ocr`` asks for, None without it; InputError where it cannot be had."""
    if not wanted:
        return None
    if cluster is not None:
        raise InputError(t("cli.ocr_here_only"))
    found = tesseract()
    if found is None:
        raise InputError(t("cli.ocr_language" if shutil.which("tesseract") else "cli.ocr_missing"))
    return found

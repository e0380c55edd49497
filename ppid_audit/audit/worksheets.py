"""Filled-in files, read in a worker under its limits."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ppid_audit.audit.together import working
from ppid_audit.engines.local import WorkerError, WorkerLimit
from ppid_audit.errors import InputError
from ppid_audit.report.locale import Locale
from ppid_audit.report.worksheet.cells import headings
from ppid_audit.report.worksheet.reading import MOST_BYTES, Table, Unreadable, read
from ppid_audit.report.worksheet.sheet import Column


async def read_files(
    paths: Sequence[Path], columns: Sequence[Column], locale: Locale
) -> tuple[list[Table | Unreadable], dict[str, str]]:
    """Every file as a table, or why it is none; and the files' digests by name. InputError when one is not there."""
    contents = {str(path): _bytes(path, locale) for path in paths}
    known = frozenset(headings(columns))
    found: list[Table | Unreadable] = []
    async with working(1) as workers:
        for name, data in contents.items():
            try:
                found.append(await workers.run(read, data, name, known))
            except WorkerLimit:
                found.append(Unreadable(name, "too_large"))
            except WorkerError:
                found.append(Unreadable(name, "damaged"))
    return found, {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}


def _bytes(path: Path, locale: Locale) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise InputError(locale.t("worksheet.not_there", path=str(path))) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(locale.t("worksheet.no_file", path=str(path), error=why)) from None

"""A sheet before it is a file: columns, rows, and which cells a person fills in."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ppid_audit.report.locale import Locale


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``code`` finds its heading in the locales (``worksheet.column.CODE``); ``width`` in characters.

    ``filled_in`` are the columns that wait for a person; ``kind`` says what may stand in them.
    """

    code: str
    width: int = 14
    filled_in: bool = False
    kind: Literal["text", "share", "date", "verdict", "reason"] = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole worksheet. A float is a share 0..1; ``help`` are the lines of its second page.

    ``day`` (ISO) is what the file says of its own making: the same result gives the same bytes.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str | float]]
    choices: Mapping[str, Sequence[str]]
    help: Sequence[str]
    day: str


def heading(column: Column, locale: Locale) -> str:
    """What stands at the head of a column."""
    return locale.t(f"worksheet.column.{column.code}")


def key(scan: str, agency: str, item: str) -> str:
    """Binds a row to its cell: a row whose id was changed no longer has the key of what it names.

    It begins with a letter, so that no spreadsheet takes it for a number.
    """
    return f"k{hashlib.sha256(chr(10).join((scan, agency, item)).encode()).hexdigest()[:9]}"

"""The exceptions that may cross a room's border, with the exit code that each ends in.

::

    AuditError                1   anything that we raise on purpose
    +-- InputError            2   a file or an option is wrong; nothing was sent
    |   +-- NotFoundError     2   no such scan, agency or item
    +-- GateError             4   a gate that the caller asked for was missed
    +-- LockedError           5   another scan holds the data folder
    +-- StorageError          6   the disk refused, or the evidence is damaged

Inside a room, what goes wrong on the web is data (``model.capture.Problem``), never an exception.
"""

from collections.abc import Sequence


class AuditError(Exception):
    """Base of all errors that we raise on purpose; its text is one sentence for the user, ``en`` the same
    in English."""

    exit_code = 1

    def __init__(self, sentence: str = "", *, en: str = "") -> None:
        self.en = en
        super().__init__(sentence)

    def told(self, lang: str) -> str:
        """The sentence in a language (``id``, ``en``); as it is where there is none in English."""
        return self.en if lang == "en" and self.en else str(self)


class InputError(AuditError):
    """Bad input: ``problems`` are whole sentences, each ``file:line:col: what is wrong``."""

    exit_code = 2

    def __init__(self, *problems: str, en: str = "") -> None:
        self.problems: Sequence[str] = problems
        super().__init__("\n".join(problems), en=en)


class NotFoundError(InputError):
    """A scan, agency or item that was asked for by name does not exist."""


class GateError(AuditError):
    """The result is below a threshold that the caller set."""

    exit_code = 4


class LockedError(AuditError):
    """Another scan is writing to the same data folder."""

    exit_code = 5


class StorageError(AuditError):
    """Writing failed, or what was stored is damaged."""

    exit_code = 6

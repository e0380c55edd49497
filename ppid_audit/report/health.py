"""What was noticed about a site beside its items: each kind of note once, with what to do about it."""

from dataclasses import dataclass

from ppid_audit.model.capture import Note
from ppid_audit.model.scan import AgencyResult
from ppid_audit.report.locale import Locale


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One kind of note: its name, the ``notes`` of that kind, and the ``remedy`` (empty where there is none).

    ``known``: whether the locale has words for it; what has none may be a site's own text.
    """

    name: str
    notes: tuple[Note, ...]
    remedy: str
    known: bool


def health_rows(agency: AgencyResult, locale: Locale) -> tuple[HealthRow, ...]:
    """The notes of one agency by kind, kinds in the order in which they were found."""
    kinds = dict.fromkeys(note.code for note in agency.health)
    return tuple(
        HealthRow(
            locale.word("note", code),
            tuple(note for note in agency.health if note.code == code),
            locale.texts.get(f"note_remedy.{code}", ""),
            f"note.{code}" in locale.texts,
        )
        for code in kinds
    )

"""From codes to what people read, and from hostile text to text that can be shown.

``Shown`` is the verdict as a reader meets it: "partial" is three different things to an office (out of
date, only a title, really half done), so it is told apart here, once, for all formats.
"""

import re
import unicodedata
from enum import StrEnum

from ppid_audit.model.capture import Note
from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Reason, Rubric, Verdict
from ppid_audit.model.scan import AgencyResult
from ppid_audit.report.locale import Locale


class Shown(StrEnum):
    """A verdict as it is shown, in the order in which an office should read a list of them."""

    MISSING = "missing"
    TITLE_ONLY = "title_only"
    STALE = "stale"
    PARTIAL = "partial"
    CANNOT_TELL = "cannot_tell"
    FULFILLED = "fulfilled"
    NOT_APPLICABLE = "not_applicable"


def shown(reason: Reason, rubric: Rubric) -> Shown:
    """How a reason's verdict is shown; ``rubric.points`` decides what is only a title."""
    if reason.verdict is not Verdict.PARTIAL:
        return Shown(reason.verdict.value)
    if reason is Reason.STALE:
        return Shown.STALE
    return Shown.PARTIAL if rubric.points[reason] > 0 else Shown.TITLE_ONLY


def points(reason: Reason, rubric: Rubric) -> float | None:
    """What a reason earns, 0..1; None where nothing was decided (in doubt or not applicable)."""
    undecided = reason.verdict in (Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE)
    return None if undecided else rubric.points[reason]


def verdict_word(reason: Reason, rubric: Rubric, locale: Locale) -> str:
    """``terpenuhi``, ``sebagian``, ``kedaluwarsa``, ``baru judul``, ``tidak ditemukan`` ..."""
    return locale.t(f"shown.{shown(reason, rubric)}")


def reason_word(reason: Reason, locale: Locale) -> str:
    """A reason in a few words."""
    return locale.t(f"reason.{reason}")


def why_sentence(finding: Finding, locale: Locale) -> str:
    """Why the verdict is what it is; the tool's reasons are not put into a reviewer's mouth."""
    own_words = finding.reason in (Reason.ATTESTED, Reason.WAIVED)
    if finding.reviewed and not own_words:
        return locale.t("reviewed_sentence")
    return locale.t(f"reason_sentence.{finding.reason}")


def overridden(finding: Finding, rubric: Rubric, locale: Locale) -> tuple[str, ...]:
    """All that a reviewer's word stands over, one sentence each: earlier reviewers' words, then the tool's.

    The tool's verdict is followed by the addresses that it rested on.
    """
    told: list[str] = []
    before = finding.superseded
    while before is not None:
        words = {"verdict": verdict_word(before.reason, rubric, locale), "reason": reason_word(before.reason, locale)}
        if before.superseded is None:
            told.append(locale.t("explain.superseded", **words))
            told += [locale.t("explain.superseded_evidence", url=seen.url) for seen in before.evidence]
        else:
            told.append(locale.t("explain.superseded_review", **words, justification=before.justification))
        before = before.superseded
    return tuple(told)


def review_lines(finding: Finding, rubric: Rubric, locale: Locale) -> tuple[str, ...]:
    """What people said of a finding: a reviewer's word, or why it no longer holds, then all that it stands over."""
    said = finding.justification
    if not said:
        return overridden(finding, rubric, locale)
    lapsed = locale.word("explain.review_lapsed", said.removeprefix(_LAPSED)) if said.startswith(_LAPSED) else said
    return (lapsed, *overridden(finding, rubric, locale))


_LAPSED = "review_lapsed:"


def status_reason(row: AgencyResult, locale: Locale) -> str:
    """Why an agency was assessed in part or not at all, with the day that belongs to it; empty when assessed."""
    code = row.scorecard.status_reason
    if code is None:
        return ""
    group = "status_reason" if f"status_reason.{code}" in locale.texts else "problem"
    reason = locale.word(group, code)
    if code == "known_down" and row.agency.known_down:
        return locale.t("unassessed.known_down", reason=reason, date=locale.date(row.agency.known_down.until))
    if code == "opted_out" and row.agency.opt_out:
        return locale.t("unassessed.opted_out", reason=reason, date=locale.date(row.agency.opt_out.on))
    return reason


def note_detail(note: Note, locale: Locale) -> str:
    """The detail of a health note in words; a detail that needs none stays as it is."""
    if not note.detail:
        return ""
    if note.code in _DATED and _ISO_DAY.fullmatch(note.detail):
        return locale.date(note.detail)
    known = f"note_detail.{note.code}"
    return locale.t(known, detail=note.detail) if known in locale.texts else note.detail


_DATED = frozenset({"last_update", "not_updated", "tls_expired", "tls_expires_soon"})
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def visible(text: str) -> str:
    """``text`` on one line with nothing in it that a terminal, spreadsheet or log would obey.

    White space becomes single spaces; control characters, escape sequences, direction overrides,
    zero-width characters and lone surrogates are shown as ``⟨U+202E⟩``.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_visible_character, text)).split())


_DROPPED = "\u00ad"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _visible_character(character: str) -> str:
    if character.isspace():
        return " "
    if character == _DROPPED:
        return ""
    if unicodedata.category(character) in _HIDDEN:
        return f"⟨U+{ord(character):04X}⟩"
    return character


def shortened(text: str, length: int) -> str:
    """``text`` cut to at most ``length`` characters, the last an ellipsis where something was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"

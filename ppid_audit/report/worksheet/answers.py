"""Filled-in rows as reviews: every row is checked, and everything that is wrong is said at once."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Literal, TypeVar

from ppid_audit.model.amendment import Amendment
from ppid_audit.model.review import Claim
from ppid_audit.model.rubric import Verdict
from ppid_audit.model.scan import Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.worksheet.cells import LOCALES, Cell, Complaints, filled_rows
from ppid_audit.report.worksheet.reading import Table, plain
from ppid_audit.report.worksheet.sheet import Column
from ppid_audit.web.urls import resolve

Reason = Literal["waived", "attested", "corrected"]
REASONS: tuple[Reason, ...] = ("attested", "corrected", "waived")
T = TypeVar("T")

_VERDICT_OF = {"waived": Verdict.NOT_APPLICABLE, "attested": Verdict.FULFILLED}
_LONGEST = 1000
_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[A-Za-z]+)[-/. ]+(\d{4})")
_TOUCHED = ("new_verdict", "reason", "justification", "expires", "address")
_OTHER_WORDS = {"baru judul": Verdict.PARTIAL, "kedaluwarsa": Verdict.PARTIAL, "belum ada": Verdict.MISSING}


def claims(
    tables: Sequence[Table], columns: Sequence[Column], result: Result, today: date, locale: Locale
) -> tuple[Claim, ...]:
    """Every filled-in row as a review; untouched rows are passed over. InputError with all that is wrong."""
    complain = Complaints(locale)
    found: list[Claim] = []
    said: dict[tuple[str, str, str], str] = {}
    for cell in filled_rows(tables, columns, _TOUCHED, result, complain):
        claim = claim_of(cell, today, complain)
        if claim is None:
            continue
        cell_by = (claim.entry.agency, claim.entry.item, claim.entry.by.casefold())
        if cell_by in said:
            complain(cell.where, "twice", first=said[cell_by], by=claim.entry.by)
        said.setdefault(cell_by, cell.where)
        found.append(claim)
    complain.close()
    return tuple(found)


def claim_of(cell: Cell, today: date, complain: Complaints) -> Claim | None:
    """One row as a review; None after a complaint."""
    before = len(complain.sentences)
    verdict = verdict_of(cell, complain)
    reason = reason_of(cell, complain)
    justification, by = _said(cell, "justification", complain), _said(cell, "by", complain)
    on = day_of(cell, "on", complain) or today
    expires = day_of(cell, "expires", complain)
    if on > today:
        complain(cell.where, "future", value=on.isoformat())
    if expires is not None and expires < on:
        complain(cell.where, "expires_first", value=expires.isoformat(), on=on.isoformat())
    if verdict and reason and verdict is not _VERDICT_OF.get(reason, verdict):
        wanted = complain.locale.t(f"verdict.{_VERDICT_OF[reason]}")
        complain(
            cell.where, "verdict_of_reason", reason=cell.text("reason"), wanted=wanted, value=cell.text("new_verdict")
        )
    addresses = _addresses(cell, complain)
    if len(complain.sentences) > before or verdict is None or reason is None:
        return None
    entry = Amendment(cell.text("agency"), cell.text("item"), verdict, reason, justification, by, on, expires)
    return Claim(cell.where, entry, addresses)


def verdict_of(cell: Cell, complain: Complaints) -> Verdict | None:
    """The verdict in a row, by its word in either language or by its code."""
    options = [complain.locale.t(f"verdict.{verdict}") for verdict in Verdict]
    return _word(cell, "new_verdict", _verdict_words(), options, complain)


def said_by(cell: Cell, complain: Complaints) -> str:
    """The name in a row, which must be there."""
    return _said(cell, "by", complain)


def reason_of(cell: Cell, complain: Complaints) -> Reason | None:
    """Why the reviewer overrides the tool, by its word or by its code."""
    options = [complain.locale.t(f"worksheet.reason.{reason}") for reason in REASONS]
    return _word(cell, "reason", _reason_words(), options, complain)


def _word(cell: Cell, code: str, known: Mapping[str, T], options: Sequence[str], complain: Complaints) -> T | None:
    said = cell.text(code)
    if not said:
        complain(cell.where, f"no_{code}")
        return None
    found = known.get(plain(said))
    if found is None:
        near = get_close_matches(plain(said)[:60], known, n=1, cutoff=0.6)
        complain(cell.where, f"bad_{code}", value=said, options=", ".join(near or options))
    return found


@cache
def _verdict_words() -> dict[str, Verdict]:
    words = {plain(locale.t(f"verdict.{verdict}")): verdict for locale in LOCALES for verdict in Verdict}
    return words | {plain(verdict.value): verdict for verdict in Verdict} | _OTHER_WORDS


@cache
def _reason_words() -> dict[str, Reason]:
    words = {plain(locale.t(f"worksheet.reason.{reason}")): reason for locale in LOCALES for reason in REASONS}
    return words | {plain(reason): reason for reason in REASONS}


def _said(cell: Cell, code: str, complain: Complaints) -> str:
    """A text that must be there, as reviews.yaml takes it."""
    text = cell.text(code)
    if not text:
        complain(cell.where, f"no_{code}")
    if len(text) > _LONGEST:
        complain(cell.where, "too_long", column=complain.locale.t(f"worksheet.column.{code}"), limit=str(_LONGEST))
    if code == "by" and "\n" in text:
        complain(cell.where, "one_line")
    if any(_is_strange(character) for character in text):
        complain(cell.where, "strange", column=complain.locale.t(f"worksheet.column.{code}"))
    return text


def _is_strange(character: str) -> bool:
    """Control characters, halves of characters, and marks that turn the reading direction."""
    hidden = unicodedata.category(character) in ("Cc", "Cs") and character != "\n"
    return hidden or unicodedata.bidirectional(character) in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip


def day_of(cell: Cell, code: str, complain: Complaints) -> date | None:
    """A day as spreadsheets hold it, or as people write it: 2026-11-24, 24/11/2026, 24 November 2026."""
    value = cell.values.get(code)
    if isinstance(value, date):
        return value
    text = cell.text(code)
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d\d-\d\d( 00:00:00)?$", text) else _written(text)
    except ValueError:
        complain(cell.where, "bad_day", value=text)
        return None


def _written(text: str) -> date:
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day, month, year = match.groups()
    return date(int(year), int(month) if month.isdigit() else _months().get(month.casefold(), 0), int(day))


@cache
def _months() -> dict[str, int]:
    full = {locale.t(f"month.{number}").casefold(): number for locale in LOCALES for number in range(1, 13)}
    return {name[:3]: number for name, number in full.items()} | full


def _addresses(cell: Cell, complain: Complaints) -> tuple[str, ...]:
    """Absolute addresses, parted by blanks or line breaks."""
    found: list[str] = []
    for written in cell.text("address").split():
        url = resolve(written, written) if re.match("https?://", written, re.IGNORECASE) else None
        if url is None:
            complain(cell.where, "bad_address", value=written)
        else:
            found.append(url)
    return tuple(dict.fromkeys(found))

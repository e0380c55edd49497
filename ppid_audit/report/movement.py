"""What changed since an earlier result, as rows that every format can show.

With a ``Comparison`` the causes are known, and an agency is said to have risen or fallen by its site's part
alone. With nothing but the earlier result the whole difference is shown and no cause is claimed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ppid_audit.model.comparison import AgencyChange, Cause, Comparison, Judged
from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Rubric
from ppid_audit.model.scan import AgencyResult, Result, Scan
from ppid_audit.report.locale import Locale
from ppid_audit.report.view import findings_of
from ppid_audit.report.words import reason_word, shown, verdict_word


@dataclass(frozen=True, slots=True)
class MovedItem:
    """One item that is judged otherwise than before. ``cause`` is empty where none is claimed."""

    item: str
    title: str
    before: str
    after: str
    cause: str = ""
    proved: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """One agency then and now; scores are None where there was none.

    ``moved`` is what counts as rise or fall: the site's part of the difference when causes are known.
    """

    agency: str
    name: str
    before: float | None
    after: float | None
    moved: float | None
    parts: dict[Cause, float]
    items: tuple[MovedItem, ...]

    @property
    def difference(self) -> float | None:
        """The whole difference, in points of 100."""
        return None if self.before is None or self.after is None else round(self.after - self.before, 1)


@dataclass(frozen=True, slots=True)
class Movement:
    """All agencies that are in both results, and those in one only. ``causes``: whether causes were told apart."""

    before: Scan
    causes: bool
    other_rubric: bool
    other_tool: bool
    rows: tuple[Moved, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def risers(self) -> tuple[Moved, ...]:
        """Those that rose, most first."""
        return tuple(sorted((row for row in self.rows if (row.moved or 0) > 0), key=lambda row: -(row.moved or 0)))

    @property
    def fallers(self) -> tuple[Moved, ...]:
        """Those that fell, most first."""
        return tuple(sorted((row for row in self.rows if (row.moved or 0) < 0), key=lambda row: row.moved or 0))


def movement(
    result: Result, locale: Locale, comparison: Comparison | None = None, previous: Result | None = None
) -> Movement | None:
    """What led from the earlier result to ``result``; None when no earlier result is given.

    ``comparison`` is taken before ``previous``; its later side has to be ``result``.
    """
    before = comparison.before if comparison is not None else previous
    if before is None:
        return None
    old = {entry.agency.id: entry for entry in before.agencies}
    new = {entry.agency.id: entry for entry in result.agencies}
    if comparison is not None:
        both = [each for each in comparison.agencies if each.before is not None and each.after is not None]
        rows = tuple(_caused(each, comparison, locale) for each in both)
    else:
        rows = tuple(_plain(old[name], entry, before, result, locale) for name, entry in new.items() if name in old)
    return Movement(
        before.scan,
        causes=comparison is not None,
        other_rubric=before.scan.rubric_sha256 != result.scan.rubric_sha256,
        other_tool=before.scan.tool != result.scan.tool,
        rows=rows,
        new=tuple(entry.agency.name for name, entry in new.items() if name not in old),
        gone=tuple(entry.agency.name for name, entry in old.items() if name not in new),
    )


def _caused(change: AgencyChange, comparison: Comparison, locale: Locale) -> Moved:
    titles = {c.id: locale.pick(c.title) for r in (comparison.before, comparison.after) for c in r.rubric.criteria}
    old, new = comparison.before.rubric, comparison.after.rubric
    items = tuple(
        MovedItem(
            each.item,
            titles[each.item],
            _side(each.before, new if each.cause is Cause.REVIEW else old, "not_yet", locale),
            _side(each.after, new if each.cause in (Cause.REVIEW, Cause.RUBRIC) else old, "no_longer", locale),
            locale.t(f"cause.{each.cause}"),
            each.proved,
        )
        for each in change.changes
    )
    assert change.before is not None
    assert change.after is not None
    start, end = change.before.total.score, change.after.total.score
    moved = None if start is None or end is None else (change.points or {}).get(Cause.SITE, 0.0)
    return Moved(change.agency.id, change.agency.name, start, end, moved, dict(change.points or {}), items)


def _side(judged: Judged | None, rubric: Rubric, absent: str, locale: Locale) -> str:
    return locale.t(f"changes.{absent}") if judged is None else _told(judged.finding, rubric, locale)


def _told(finding: Finding, rubric: Rubric, locale: Locale) -> str:
    period = f", {finding.period_found}" if finding.period_found else ""
    return f"{verdict_word(finding.reason, rubric, locale)} ({reason_word(finding.reason, locale)}{period})"


def _plain(old: AgencyResult, new: AgencyResult, before: Result, after: Result, locale: Locale) -> Moved:
    start, end = old.scorecard.total.score, new.scorecard.total.score
    both = start is not None and end is not None
    items = tuple(_plain_items(old, new, before.rubric, after.rubric, locale)) if both else ()
    moved = round(end - start, 1) if start is not None and end is not None else None
    return Moved(new.agency.id, new.agency.name, start, end, moved, {}, items)


def _plain_items(
    old: AgencyResult, new: AgencyResult, before: Rubric, after: Rubric, locale: Locale
) -> Iterator[MovedItem]:
    then = {finding.item: finding for finding in findings_of(old, before)}
    for criterion, finding in zip(after.criteria, findings_of(new, after), strict=True):
        was, told = then.get(criterion.id), _told(finding, after, locale)
        if was is None:
            yield MovedItem(criterion.id, locale.pick(criterion.title), locale.t("changes.not_yet"), told)
        elif shown(was.reason, before) is not shown(finding.reason, after):
            yield MovedItem(criterion.id, locale.pick(criterion.title), _told(was, before, locale), told)

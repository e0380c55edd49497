"""What every printed report shares: the facts it is made of, its frame, and how numbers and verdicts stand in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ppid_audit.model.calibration import Calibration
from ppid_audit.model.scan import Result, ScanState
from ppid_audit.model.scorecard import Part
from ppid_audit.report import view
from ppid_audit.report.advice import Examples
from ppid_audit.report.locale import Locale
from ppid_audit.report.movement import Movement
from ppid_audit.report.paper.blocks import Bar, Block, Paper, Tone, Words
from ppid_audit.report.summary import Summary, summary
from ppid_audit.report.view import AgencyRow, FindingRow
from ppid_audit.report.words import Shown, shortened, visible

TONES = {
    Shown.FULFILLED: Tone.GOOD,
    Shown.PARTIAL: Tone.FAIR,
    Shown.STALE: Tone.FAIR,
    Shown.TITLE_ONLY: Tone.POOR,
    Shown.MISSING: Tone.POOR,
    Shown.CANNOT_TELL: Tone.DOUBT,
    Shown.NOT_APPLICABLE: Tone.PLAIN,
}
DASH = "–"
LONGEST_NAME = 120
"""Characters of an agency's name or an item's title in a table."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A result, counted once: its figures, all findings by agency, who does what well.

    And what is known beside it: what ``moved`` since an earlier one, how right the tool was ``measured`` to be.
    """

    result: Result
    locale: Locale
    figures: Summary
    found: dict[str, tuple[FindingRow, ...]]
    examples: Examples
    moved: Movement | None = None
    measured: Calibration | None = None

    @classmethod
    def of(
        cls, result: Result, locale: Locale, moved: Movement | None = None, measured: Calibration | None = None
    ) -> "Facts":
        """All of it, of one result."""
        found = {e.agency.id: tuple(view.finding_rows(e, result.rubric, locale)) for e in result.agencies}
        return cls(result, locale, summary(result, locale), found, Examples(result), moved, measured)

    @property
    def scored(self) -> tuple[AgencyRow, ...]:
        """Those with a score: by rank, then those without one."""
        return (*self.figures.ranked, *self.figures.partly)


def paper(result: Result, locale: Locale, title: str, running: str, blocks: Iterable[Block]) -> Paper:
    """The report with its frame: what kind of result it is stands on every page."""
    return Paper(
        title=visible(title),
        running=visible(running),
        mark=mark(result, locale),
        lang=locale.lang,
        author=f"ppid-audit {visible(result.scan.tool)}",
        finished=result.scan.finished_at,
        words=Words(*(locale.t(f"paper.{name}") for name in ("table", "chart", "annex", "page", "of"))),
        blocks=tuple(blocks),
    )


def mark(result: Result, locale: Locale) -> str:
    """``CONTOH · DRAF`` and the like; empty for a final result of real sites."""
    sample = locale.t("sample") if result.scan.sample else ""
    draft = locale.t("state.draft") if result.scan.state is ScanState.DRAFT else ""
    return " · ".join(part for part in (sample, draft) if part)


def name(text: str) -> str:
    """An agency's name or an item's title as a table can hold it."""
    return shortened(visible(text), LONGEST_NAME)


def full_name(text: str) -> str:
    """An agency's name where it stands alone."""
    return shortened(visible(text), 2 * LONGEST_NAME)


def score(value: float | None, locale: Locale) -> str:
    """A score with its one decimal; a dash where there is none."""
    return DASH if value is None else locale.number(value, 1)


def scope(part: Part, locale: Locale) -> str:
    """The low and high bounds."""
    return f"{score(part.low, locale)}–{score(part.high, locale)}"


def bar(label: str, part: Part, shown: str) -> Bar:
    """A bar; what is unknown has no length."""
    middle = part.score or 0.0
    return Bar(visible(label), min(part.low or 0.0, middle), middle, max(part.high or 0.0, middle), visible(shown))


def gain(points: float, locale: Locale) -> str:
    """``+2,1 poin``."""
    return locale.t("paper.gain", points=locale.number(points, 1))


def action(row: FindingRow, locale: Locale) -> str:
    """The step in a few words: ``Unggah LKjIP 2025``."""
    period = row.finding.period_due or ""
    key = f"rapor.do.{row.finding.reason}"
    return locale.t(key if key in locale.texts else "rapor.do.other", title=name(row.title), period=period).strip()


def period(row: FindingRow, locale: Locale) -> str:
    """Which period is asked for and which is there; empty unless both are known and differ."""
    due, found = row.finding.period_due, row.finding.period_found
    return locale.t("paper.period", due=due, found=found) if due and found and due != found else ""

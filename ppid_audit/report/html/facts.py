"""What the templates show, gathered: one ``Facts`` for the page, one ``AgencyPage`` for each agency."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ppid_audit.model.comparison import Comparison, Trend
from ppid_audit.model.scan import Result
from ppid_audit.report import view
from ppid_audit.report.advice import Examples, Step, next_steps
from ppid_audit.report.health import HealthRow, health_rows
from ppid_audit.report.html.safe import anchor
from ppid_audit.report.locale import Locale
from ppid_audit.report.marks import marks
from ppid_audit.report.movement import Moved, Movement, movement
from ppid_audit.report.summary import ItemRow, Summary, course, item_rows, summary
from ppid_audit.report.view import AgencyRow, FindingRow, Gap
from ppid_audit.report.words import Shown

GROUPS = {
    "failed": (Shown.MISSING, Shown.TITLE_ONLY),
    "partial": (Shown.STALE, Shown.PARTIAL),
    "fulfilled": (Shown.FULFILLED,),
    "cannot_tell": (Shown.CANNOT_TELL,),
    "not_applicable": (Shown.NOT_APPLICABLE,),
}
"""How findings stand together: what earns nothing first, a mere title among it."""


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """One agency with everything that its page shows; ``groups`` leaves out those without a member."""

    row: AgencyRow
    anchor: str
    rows: tuple[FindingRow, ...]
    groups: tuple[tuple[str, tuple[FindingRow, ...]], ...]
    steps: tuple[Step, ...]
    moved: Moved | None
    health: tuple[HealthRow, ...]
    uncertain: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The whole page's content. ``pages`` in the order of the ranking, those without a score last."""

    result: Result
    summary: Summary
    pages: tuple[AgencyPage, ...]
    items: tuple[ItemRow, ...]
    gaps: tuple[Gap, ...]
    unassessed: tuple[tuple[str, tuple[AgencyRow, ...]], ...]
    movement: Movement | None
    trend: Trend | None
    marks: tuple[str, ...]
    head: tuple[str, ...]
    warning: str


def gather(
    result: Result,
    locale: Locale,
    comparison: Comparison | None = None,
    previous: Result | None = None,
    trend: Trend | None = None,
) -> Facts:
    """Everything that is shown of ``result``, and of what came before it as far as that is given."""
    found = {entry.agency.id: tuple(view.finding_rows(entry, result.rubric, locale)) for entry in result.agencies}
    figures = summary(result, locale)
    moves = movement(result, locale, comparison, previous)
    return Facts(
        result,
        figures,
        pages=_pages(result, figures, found, moves, locale),
        items=item_rows([row for rows in found.values() for row in rows], result, locale),
        gaps=view.most_missing(result, locale, limit=8),
        unassessed=view.unassessed(result, locale),
        movement=moves,
        trend=course(result, trend),
        marks=marks(result, locale),
        head=view.head_lines(result, locale),
        warning=view.warning(result, locale),
    )


def _pages(
    result: Result,
    figures: Summary,
    found: dict[str, tuple[FindingRow, ...]],
    moves: Movement | None,
    locale: Locale,
) -> tuple[AgencyPage, ...]:
    moved = {row.agency: row for row in moves.rows} if moves else {}
    uncertain = view.overlapping(figures.ranked)
    ranks = Counter(row.card.rank for row in figures.ranked)
    examples = Examples(result)
    return tuple(
        AgencyPage(
            row,
            anchor("opd", row.card.agency),
            found[row.card.agency],
            _groups(found[row.card.agency]),
            next_steps(found[row.card.agency], examples) if row.card.total.score is not None else (),
            moved.get(row.card.agency),
            health_rows(row.result, locale),
            uncertain=row.card.agency in uncertain,
            tied=ranks[row.card.rank] > 1,
        )
        for row in (*figures.ranked, *figures.partly, *figures.unassessed)
    )


def _groups(rows: Sequence[FindingRow]) -> tuple[tuple[str, tuple[FindingRow, ...]], ...]:
    made = ((name, tuple(row for kind in kinds for row in rows if row.shown is kind)) for name, kinds in GROUPS.items())
    return tuple((name, members) for name, members in made if members)

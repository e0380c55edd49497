"""How verdicts and states are marked wherever there is room for a sign only: the same in every format."""

from ppid_audit.model.scan import Result, ScanState
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import Shown

ORDER = (
    Shown.FULFILLED,
    Shown.PARTIAL,
    Shown.STALE,
    Shown.TITLE_ONLY,
    Shown.MISSING,
    Shown.CANNOT_TELL,
    Shown.NOT_APPLICABLE,
)
"""From the best to the least telling: the order of colours in every bar and legend."""

SYMBOLS = dict(zip(ORDER, ("✓", "◐", "◔", "○", "✕", "?", "–"), strict=True))
"""Beside the colour, so that nothing is told by colour alone."""

TINTS = dict(
    zip(
        ORDER,
        (
            ("#1C7358", "#FFFFFF"),
            ("#F0D58A", "#2B2000"),
            ("#E5B244", "#2B1D00"),
            ("#E2854A", "#2A1000"),
            ("#B0352A", "#FFFFFF"),
            ("#646B86", "#FFFFFF"),
            ("#E4E1D8", "#4C5862"),
        ),
        strict=True,
    )
)
"""(ground, sign): pairs with a contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3)."""

BANDS = ("#14694F", "#3F7A2F", "#8A6500", "#A9500F", "#9C2A20")
"""Grounds for predikat, best first; white stands on each. A rubric with more bands uses the last for the rest."""


def marks(result: Result, locale: Locale) -> tuple[str, ...]:
    """What stands across every page: that it is a sample, that it is a draft; nothing on a final result."""
    sample = (locale.t("sample"),) if result.scan.sample else ()
    draft = (locale.t("state.draft"),) if result.scan.state is ScanState.DRAFT else ()
    return (*sample, *draft)

"""How right the tool is, in one line: what a report says at its foot."""

from ppid_audit.model.calibration import Calibration, Share
from ppid_audit.report.locale import Locale

DASH = "–"


def calibration_line(measured: Calibration, locale: Locale) -> str:
    """What a report says at its foot of the tool's own precision and recall."""
    return locale.t(
        "calibration.line",
        precision=share_text(measured.precision, locale),
        recall=share_text(measured.recall, locale),
        cells=measured.cells - measured.disputed,
        date=locale.date(measured.on),
        scan=measured.scan,
        version=measured.tool,
    )


def share_text(share: Share, locale: Locale) -> str:
    """``95% (88–98%, 44)``: the value, its interval, and from how many readings."""
    if share.value is None or share.low is None or share.high is None:
        return DASH
    low, high = (f"{locale.number(100 * value)}" for value in (share.low, share.high))
    return f"{locale.number(100 * share.value)}% ({low}–{high}%, n={share.n})"

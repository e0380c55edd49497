"""A badge for an agency's own site: its score and predikat in one line of SVG.

It says DRAF and CONTOH as long as the result is one. Light text on dark ground: at least 4.5 to 1 (WCAG 2.2).
"""

from xml.sax.saxutils import escape, quoteattr

from ppid_audit.model.scan import Result
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.paper.frame import mark
from ppid_audit.report.view import AgencyRow
from ppid_audit.report.words import shortened, visible

_LABEL, _NOTHING = "#3b3b3b", "#5b5b5b"
_BANDS = ("#1b6e3c", "#3a6b12", "#7a5900", "#9a4208", "#a3201a")
_CHARACTER, _PADDING, _HEIGHT = 6.6, 9, 22
"""Pixels: a character of 11px sans-serif on average, the space beside a text, the badge."""


def badges(result: Result, locale: Locale) -> dict[str, bytes]:
    """``lencana/<id>.svg`` for every agency."""
    rows = view.agency_rows(result, locale)
    return {f"lencana/{row.card.agency}.svg": _badge(row, mark(result, locale), locale).encode() for row in rows}


def _badge(row: AgencyRow, state: str, locale: Locale) -> str:
    label, value = locale.t("badge.label"), _value(row, state, locale)
    told = locale.t("badge.title", name=visible(row.name), value=value)
    left, right = (round(len(text) * _CHARACTER + 2 * _PADDING) for text in (label, value))
    colour = _NOTHING if row.band is None else _BANDS[min(row.band, len(_BANDS) - 1)]
    whole, base = left + right, 15
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{_HEIGHT}" '
        f'viewBox="0 0 {whole} {_HEIGHT}" role="img" aria-label={quoteattr(told)}>\n'
        f"<title>{escape(told)}</title>\n"
        f'<rect width="{whole}" height="{_HEIGHT}" rx="3" fill="{_LABEL}"/>\n'
        f'<path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v{_HEIGHT - 6}a3 3 0 0 1 -3 3h-{right - 3}z" fill="{colour}"/>\n'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,Arial,sans-serif" font-size="11" text-anchor="middle">\n'
        f"{_text(label, left / 2, left, base)}\n{_text(value, left + right / 2, right, base)}\n</g>\n</svg>\n"
    )


def _text(text: str, middle: float, room: int, base: int) -> str:
    """``textLength`` keeps a text in its field whatever font there is."""
    length = room - 2 * _PADDING
    return (
        f'<text x="{middle:g}" y="{base}" textLength="{length}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )


def _value(row: AgencyRow, state: str, locale: Locale) -> str:
    shown = row.score()
    score = locale.t("badge.no_score") if shown is None else locale.number(shown, 1)
    return " · ".join(part for part in (score, shortened(visible(row.predikat), 40), state) if part)

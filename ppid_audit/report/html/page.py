"""The page put together: templates, style and script in one file, under a content policy that names their digests.

The policy (https://www.w3.org/TR/CSP3/) allows the file's own style and script and nothing else: no request can
leave it, and no text of a website could run even if it escaped its escaping.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ppid_audit.model.calibration import Calibration
from ppid_audit.model.comparison import Comparison, Trend
from ppid_audit.model.rubric import Category
from ppid_audit.model.scan import Result
from ppid_audit.report import changes, words
from ppid_audit.report.accuracy import calibration_line
from ppid_audit.report.finality import correction_lines, final_line
from ppid_audit.report.html import charts, safe
from ppid_audit.report.html.facts import gather
from ppid_audit.report.locale import Locale
from ppid_audit.report.marks import ORDER, SYMBOLS
from ppid_audit.report.view import title

_POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)


def report_html(
    result: Result,
    locale: Locale,
    comparison: Comparison | None = None,
    previous: Result | None = None,
    trend: Trend | None = None,
    calibration: Calibration | None = None,
) -> bytes:
    """laporan.html: UTF-8, one file. The same input gives the same bytes.

    ``comparison`` (or at least ``previous``) lets it say what changed, ``trend`` draw the course of scores, and
    ``calibration`` say how right the tool is.
    """
    style, script = _asset("style.css"), _asset("app.js")
    text = (
        _environment()
        .get_template("page.html.j2")
        .render(
            facts=gather(result, locale, comparison, previous, trend),
            policy=_POLICY.format(style=_digest(style), script=_digest(script)),
            style=Markup(style),  # noqa: S704 (our own file)
            script=Markup(script),  # noqa: S704 (our own file)
            title=title(result, locale),
            state=final_line(result, locale),
            corrections=correction_lines(result, locale),
            precision=calibration_line(calibration, locale) if calibration else locale.t("html.method.unmeasured"),
            locale=locale,
            t=locale.t,
            **_writing(locale),
        )
    )
    return text.encode("utf-8", errors="replace")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8").strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters.update(text=safe.text, spelled=safe.spelled, below=safe.below)
    environment.globals.update(
        address=safe.address,
        anchor=safe.anchor,
        rel=safe.REL,
        charts=charts,
        short=charts.SHORT,
        symbols=SYMBOLS,
        order=ORDER,
        categories=tuple(Category),
    )
    return environment


def _writing(locale: Locale) -> Mapping[str, Callable[..., Any]]:
    """Numbers and sentences as this language writes them."""

    def number(value: float | None) -> str:
        return "–" if value is None else locale.number(value, 1)

    def plain(value: float) -> str:
        return locale.number(value, 0 if value == int(value) else 2)

    return {
        "number": number,
        "plain": plain,
        "signed": lambda value: changes.signed(value, locale),
        "share": lambda value: "–" if value is None else locale.percent(value),
        "date": locale.date,
        "pick": locale.pick,
        "reason_word": lambda reason: words.reason_word(reason, locale),
        "note_detail": lambda note: words.note_detail(note, locale),
        "why_sentence": lambda finding: words.why_sentence(finding, locale),
        "verdict_of": lambda reason, rubric: words.verdict_word(reason, rubric, locale),
        "points_of": words.points,
    }

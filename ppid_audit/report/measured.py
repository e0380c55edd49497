"""How right the tool is, for a terminal."""

from ppid_audit.model.calibration import Bin, Calibration
from ppid_audit.model.rubric import Rubric
from ppid_audit.report.accuracy import DASH, share_text
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import Sheet, Span
from ppid_audit.report.words import visible


def calibration_text(measured: Calibration, rubric: Rubric, locale: Locale, width: int, color: bool) -> str:
    """Everything measured: overall, by confidence, totals, by item; ``width`` in columns (60 at least)."""
    sheet = Sheet(width, color)
    readers = ", ".join(visible(name) for name in measured.readers)
    sheet.line((locale.t("calibration.title", scan=measured.scan), "bold"))
    sheet.line(locale.t("calibration.basis", cells=measured.cells, readers=readers, date=locale.date(measured.on)))
    if measured.disputed:
        sheet.line(locale.t("calibration.disputed", count=measured.disputed))
    sheet.gap()
    for name, share in (("precision", measured.precision), ("recall", measured.recall), ("exact", measured.exact)):
        sheet.item("-", f"{locale.t(f'calibration.{name}')}: {share_text(share, locale)}")
    _reliability(sheet, measured, locale)
    _totals(sheet, measured, locale)
    _items(sheet, measured, rubric, locale)
    sheet.gap()
    sheet.line((locale.t("calibration.method"), "dim"))
    return sheet.text()


def _reliability(sheet: Sheet, measured: Calibration, locale: Locale) -> None:
    sheet.heading(locale.t("calibration.reliability"))
    head = [locale.t(f"calibration.{name}") for name in ("bin", "stated", "right", "readings")]
    sheet.grid([head, *(_bin(each, locale) for each in measured.reliability)], {0})


def _bin(each: Bin, locale: Locale) -> list[Span]:
    name = f"{locale.number(each.low, 2)}–{locale.number(each.high, 2)}"
    stated = DASH if each.stated is None else locale.number(each.stated, 2)
    return [name, stated, share_text(each.right, locale), str(each.right.n)]


def _totals(sheet: Sheet, measured: Calibration, locale: Locale) -> None:
    sheet.heading(locale.t("calibration.totals"))
    head = [locale.t(f"calibration.{name}") for name in ("verdict", "told", "corrected", "range")]
    rows = [
        [
            locale.t(f"verdict.{each.verdict}"),
            locale.number(each.told),
            locale.number(each.corrected, 1),
            f"{locale.number(each.low, 1)}–{locale.number(each.high, 1)}",
        ]
        for each in measured.totals
        if each.told or each.corrected
    ]
    sheet.grid([head, *rows], {0})


def _items(sheet: Sheet, measured: Calibration, rubric: Rubric, locale: Locale) -> None:
    titles = {criterion.id: locale.pick(criterion.title) for criterion in rubric.criteria}
    sheet.heading(locale.t("calibration.items"))
    for each in measured.items:
        parts = {"precision": share_text(each.precision, locale), "recall": share_text(each.recall, locale)}
        sheet.item("-", f"{titles.get(each.item, each.item)}: ", (locale.t("calibration.item", **parts), "dim"))

"""What goes stale, and when: the list that an office can work through before the day comes."""

from ppid_audit.model.comparison import AgencyForecast, Expiry, Forecast
from ppid_audit.model.rubric import Reason
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import Sheet
from ppid_audit.report.words import reason_word, verdict_word


def forecast(told: Forecast, locale: Locale, width: int, color: bool) -> str:
    """Agency by agency, the earliest loss first; ``width`` in columns (60 at least)."""
    sheet = Sheet(width, color)
    scan = told.result.scan
    title = locale.t("forecast.title", date=locale.date(told.until))
    sheet.line((" — ".join(part for part in (locale.t("sample") if scan.sample else "", title) if part), "bold"))
    sheet.line((locale.t("forecast.basis", id=scan.id, date=locale.date(scan.as_of)), "dim"))
    for agency in told.agencies:
        _agency(sheet, agency, told, locale)
    if not told.agencies:
        sheet.line(locale.t("forecast.nothing"))
    sheet.gap()
    sheet.line((locale.t("forecast.caveat"), "dim"))
    return sheet.text()


def _agency(sheet: Sheet, agency: AgencyForecast, told: Forecast, locale: Locale) -> None:
    now, then = ("–" if s is None else locale.number(s, 1) for s in (agency.now.total.score, agency.then.total.score))
    sheet.gap()
    sheet.line(
        (agency.agency.name, "bold"), f" ({agency.agency.id}): {locale.t('forecast.scores', now=now, then=then)}"
    )
    for expiry in agency.expiries:
        sheet.item("-", _sentence(expiry, told, locale))


def _sentence(expiry: Expiry, told: Forecast, locale: Locale) -> str:
    rubric, then = told.result.rubric, expiry.then
    title = next(locale.pick(c.title) for c in rubric.criteria if c.id == expiry.item)
    day = locale.date(expiry.day)
    if then.reason is Reason.STALE and then.period_due and not expiry.now.reviewed:
        found = then.period_found or "–"
        return locale.t("forecast.stale", title=title, due=then.period_due, found=found, date=day)
    verdict, reason = verdict_word(then.reason, rubric, locale), reason_word(then.reason, locale)
    return locale.t("forecast.review", title=title, date=day, verdict=verdict, reason=reason)

"""What an import of reviews came to, for a terminal: rows, scores before and after, who agrees with whom."""

from ppid_audit.model.review import Agreement, Checked, Decision, Outcome, Round, Standing
from ppid_audit.model.scan import Result
from ppid_audit.model.scorecard import Scorecard
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import Sheet

_STYLE = {Outcome.ACCEPTED: "green", Outcome.REFUSED: "red", Outcome.UNCHECKED: "yellow"}
_GROUPS = ("review.check", "problem", "unread")
_DASH = "–"


def round_text(result: Result, held: Round, name: str, locale: Locale, width: int, color: bool) -> str:
    """The whole round; ``name`` is what reviews.yaml is called, ``width`` in columns (60 at least)."""
    sheet = Sheet(width, color)
    taken = [decision for decision in held.decisions if decision.accepted]
    refused = [decision for decision in held.decisions if not decision.accepted]
    counts = {"taken": len(taken), "refused": len(refused), "already": held.already}
    sheet.line((locale.t("review.counts", **counts, file=name), "bold"))
    for decision in (*refused, *taken):
        _decision(sheet, decision, locale)
    _standings(sheet, held.standings, locale)
    if taken and result.scan.final is not None:
        sheet.line((locale.t("review.beside"), "yellow"))
    for agreement in held.agreements:
        _agreement(sheet, agreement, locale)
    return sheet.text()


def agreement_text(agreements: tuple[Agreement, ...], locale: Locale, width: int, color: bool) -> str:
    """Who agrees with whom, and where they differ; empty when no two judged the same."""
    sheet = Sheet(width, color)
    for agreement in agreements:
        _agreement(sheet, agreement, locale)
    return sheet.text()


def _decision(sheet: Sheet, decision: Decision, locale: Locale) -> None:
    entry = decision.entry
    word = locale.t("review.taken" if decision.accepted else "review.refused")
    verdict = locale.t(f"verdict.{entry.verdict}")
    told = f"{entry.agency} · {entry.item}: {verdict} ({entry.by})"
    sheet.item("+" if decision.accepted else "-", (word, "green" if decision.accepted else "red"), f" {told}")
    for checked in decision.checks:
        sheet.line((_check(checked, locale), _STYLE[checked.outcome]), indent=4)


def _check(checked: Checked, locale: Locale) -> str:
    if checked.outcome is Outcome.ACCEPTED:
        return locale.t("review.check.good", url=checked.url, digest=checked.sha256[:8])
    why = next((locale.texts[f"{g}.{checked.why}"] for g in _GROUPS if f"{g}.{checked.why}" in locale.texts), "")
    return locale.t(f"review.check.{checked.outcome}", url=checked.url, why=why or checked.why)


def _standings(sheet: Sheet, moved: tuple[Standing, ...], locale: Locale) -> None:
    if moved:
        sheet.heading(locale.t("review.scores"))
    for each in moved:
        sheet.item("-", f"{each.name} ({each.agency}): {_card(each.before, locale)} → {_card(each.after, locale)}")


def _card(card: Scorecard, locale: Locale) -> str:
    score = card.total.score
    number = _DASH if score is None else locale.number(score, 1)
    return number if card.rank is None else locale.t("review.ranked", score=number, rank=card.rank)


def _agreement(sheet: Sheet, each: Agreement, locale: Locale) -> None:
    sheet.gap()
    kappa = locale.t("review.no_kappa") if each.kappa is None else locale.number(each.kappa, 2)
    share = locale.percent(each.agreed / each.both)
    names = {"first": each.first, "second": each.second}
    sheet.line(locale.t("review.agreement", **names, both=each.both, agreed=each.agreed, share=share, kappa=kappa))
    for cell in each.disputes:
        verdicts = (locale.t(f"verdict.{verdict}") for verdict in (cell.first, cell.second))
        sheet.item("-", f"{cell.agency} · {cell.item}: {' / '.join(verdicts)}")

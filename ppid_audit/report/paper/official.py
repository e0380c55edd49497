"""The report for the coordination meeting (rapat koordinasi): to be edited, printed and signed."""

from collections.abc import Iterator

from ppid_audit.model.scan import Result
from ppid_audit.report import view
from ppid_audit.report.advice import Examples
from ppid_audit.report.locale import Locale
from ppid_audit.report.paper import annex, method, results
from ppid_audit.report.paper.blocks import Block, Break, Contents, Cover, Paper
from ppid_audit.report.paper.frame import mark, paper
from ppid_audit.report.words import visible


def official(result: Result, locale: Locale) -> Paper:
    """The whole report: cover to annexes."""
    running = locale.t("paper.running", region=result.scan.region).strip()
    return paper(result, locale, locale.t("paper.title"), running, _blocks(result, locale))


def _blocks(result: Result, locale: Locale) -> Iterator[Block]:
    rows = view.ranking_rows(result, locale)
    yield _cover(result, locale)
    yield Contents(locale.t("paper.contents"))
    yield Break()
    yield from results.summary(result, rows, locale)
    yield from method.legal_basis(locale)
    yield from method.method(result, locale)
    yield from results.results(result, rows, locale)
    yield from results.item_lists(result, locale)
    yield from annex.recommendations(result, rows, Examples(result), locale)
    yield from annex.reviewed(result, locale)
    yield from annex.minutes(result, rows, locale)
    yield from annex.annexes(result, locale)


def _cover(result: Result, locale: Locale) -> Cover:
    scan = result.scan
    lines = (
        scan.region,
        locale.t("paper.date", date=locale.date(scan.as_of)),
        locale.t("paper.scan", id=scan.id),
        locale.t("paper.digest", digest=scan.rubric_sha256[:12]),
    )
    return Cover(mark(result, locale), locale.t("paper.title"), tuple(visible(text) for text in lines if text))

"""The report for the coordination meeting (rapat koordinasi): to be edited, printed and signed."""

from collections.abc import Iterator

from ppid_audit.model.scan import Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.paper import annex, method, results
from ppid_audit.report.paper.blocks import Block, Break, Contents, Cover, Paper
from ppid_audit.report.paper.frame import Facts, mark, paper
from ppid_audit.report.words import visible


def official(facts: Facts) -> Paper:
    """The whole report: cover to annexes."""
    running = facts.locale.t("paper.running", region=facts.result.scan.region).strip()
    return paper(facts.result, facts.locale, facts.locale.t("paper.title"), running, _blocks(facts))


def _blocks(facts: Facts) -> Iterator[Block]:
    result, locale = facts.result, facts.locale
    yield _cover(result, locale)
    yield Contents(locale.t("paper.contents"))
    yield Break()
    yield from results.summary(facts)
    yield from method.legal_basis(locale)
    yield from method.method(facts)
    yield from results.results(facts)
    yield from results.item_lists(facts)
    yield from annex.recommendations(facts)
    yield from annex.reviewed(facts)
    yield from annex.minutes(facts)
    yield from annex.annexes(facts)


def _cover(result: Result, locale: Locale) -> Cover:
    scan = result.scan
    lines = (
        scan.region,
        locale.t("paper.date", date=locale.date(scan.as_of)),
        locale.t("paper.scan", id=scan.id),
        locale.t("paper.digest", digest=scan.rubric_sha256[:12]),
    )
    return Cover(mark(result, locale), locale.t("paper.title"), tuple(visible(text) for text in lines if text))

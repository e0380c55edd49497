"""The last sheet: how it was judged, under which terms, and where the result comes from."""

from ppid_audit.model.calibration import Calibration
from ppid_audit.model.scan import Result
from ppid_audit.report.accuracy import calibration_line
from ppid_audit.report.finality import correction_lines, final_line
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import verdict_word
from ppid_audit.report.xlsx.book import Book, Cell, Column, as_date

_LIMITS = ("seen", "script", "words", "law", "time")


def method(book: Book, result: Result, calibration: Calibration | None, locale: Locale) -> None:
    """Method, limits, measured precision, worth of each reason, and the digests that lead back to the inputs."""
    t, rubric = locale.t, result.rubric
    page = book.sheet(t("html.nav.metode"), landscape=False)
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 92)
    page.set_column(2, 2, 10)
    precision = calibration_line(calibration, locale) if calibration else t("html.method.unmeasured")
    told: list[tuple[str, Cell]] = [
        (t("html.method.how"), t("html.method.how_text")),
        (t("html.method.numbers"), t("html.method.numbers_text", floor=locale.percent(rubric.coverage_floor))),
        ("", t("head.caveat")),
        *(
            (t("html.method.limits") if not place else "", t(f"html.method.limit.{key}"))
            for place, key in enumerate(_LIMITS)
        ),
        (t("html.method.precision"), precision),
        *_facts(result, locale),
    ]
    row = 3
    for name, text in told:
        row = book.rows(page, [Column("", 30, "bold"), Column("", 92, "wrap")], [[name, text]], row)
    columns = [
        Column(t("explain.verdict"), 0),
        Column(t("html.method.reason"), 92, "wrap"),
        Column(t("html.method.points"), 0, "points"),
    ]
    worth: list[list[Cell]] = [
        [verdict_word(reason, rubric, locale), t(f"reason_sentence.{reason}"), points]
        for reason, points in rubric.points.items()
    ]
    row = book.block(page, columns, worth, row + 1)
    bands = [Column(t("ranking.predikat"), 0), Column(t("html.bands.floor"), 0, "points")]
    book.block(page, bands, ([locale.pick(band.label), band.floor] for band in rubric.bands), row + 1)


def _facts(result: Result, locale: Locale) -> list[tuple[str, Cell]]:
    scan, t = result.scan, locale.t
    weights = result.rubric.category_weights or {}
    facts: list[tuple[str, Cell]] = [
        (t("html.method.state"), final_line(result, locale)),
        *(("", line) for line in correction_lines(result, locale)),
        (t("html.method.scan"), scan.id),
        (t("html.method.as_of"), as_date(scan.as_of)),
        (t("html.method.visited"), f"{scan.started_at} – {scan.finished_at}"),
        (t("html.method.rubric"), f"{scan.rubric_name} ({scan.rubric_sha256})"),
        (t("html.method.agencies"), scan.agencies_sha256),
        (t("html.method.reviews"), scan.reviews_sha256),
        (t("html.method.evidence"), scan.evidence_sha256),
        (t("html.method.tool"), f"ppid-audit {scan.tool}"),
        (
            t("html.method.weights").removesuffix(":"),
            ", ".join(
                f"{t(f'category.{category}')} {locale.number(weight, 1)}" for category, weight in weights.items()
            ),
        ),
    ]
    return [(name, cell) for name, cell in facts if cell]

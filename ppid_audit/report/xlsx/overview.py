"""The first sheet: the figures of the meeting's first minute, and two charts."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ppid_audit.model.comparison import Trend
from ppid_audit.model.rubric import Category
from ppid_audit.model.scan import Result
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.marks import BANDS
from ppid_audit.report.summary import Summary, mean
from ppid_audit.report.xlsx.book import ACCENT, LINE, Book, Cell, Column, as_date

_CHART = {"width": 520, "height": 300}
_ONE_PAGE = 75
"""Rows that are still readable on one printed page."""
_BESIDE = 5
"""The column at which charts begin, beside the tables."""


def overview(book: Book, result: Result, figures: Summary, trend: Trend | None, locale: Locale) -> None:
    """Average, counts, predikat, categories, what is lacking most, who could not be assessed, and the trend."""
    t = locale.t
    page = book.sheet(t("html.nav.ringkasan"))
    for place, width in enumerate((62, 18, 14, 14, 3)):
        page.set_column(place, place, width)
    row = _top(book, page, result, figures, locale)
    row = _bands(book, page, figures, row, locale)
    row = _categories(book, page, figures, row, locale)
    row = _gaps(book, page, result, row, locale)
    row = _unassessed(book, page, result, figures, row, locale)
    if trend is not None:
        row = _trend(book, page, trend, row, locale)
    for line in view.head_lines(result, locale):
        book.put(page, row, 0, line, "quiet")
        row += 1
    if row <= _ONE_PAGE:
        page.fit_to_pages(1, 1)


def _top(book: Book, page: Worksheet, result: Result, figures: Summary, locale: Locale) -> int:
    row = 3
    warning = view.warning(result, locale)
    if warning:
        book.put(page, row, 0, warning, "state")
        row += 2
    average = figures.average
    book.put(page, row, 0, locale.t("html.average"), "section")
    book.put(page, row + 1, 0, locale.t("html.average_none") if average.score is None else average.score, "big")
    page.set_row(row + 1, 38)
    if average.score is not None:
        low, high = (locale.number(value or 0, 1) for value in (average.low, average.high))
        book.put(page, row + 2, 0, locale.t("html.average_range", low=low, high=high), "quiet")
    row += 4
    groups = {"ranked": figures.ranked, "partly": figures.partly, "unassessed": figures.unassessed}
    for name, count in {"all": figures.count, **{name: len(rows) for name, rows in groups.items()}}.items():
        book.put(page, row, 0, locale.t(f"html.count.{name}"))
        book.put(page, row, 1, count, "whole")
        row += 1
    book.put(page, row, 0, locale.t("html.method.as_of"))
    book.put(page, row, 1, as_date(result.scan.as_of))
    return row + 2


def _bands(book: Book, page: Worksheet, figures: Summary, row: int, locale: Locale) -> int:
    t = locale.t
    book.put(page, row, 0, t("html.bands.title"), "section")
    columns = [
        Column(t("ranking.predikat"), 0),
        Column(t("html.bands.floor"), 0, "points"),
        Column(t("html.bands.count"), 0, "whole"),
    ]
    rows: list[list[Cell]] = [[each.label, each.band.floor, len(each.rows)] for each in figures.bands]
    end = book.block(page, columns, rows, row + 1)
    if rows:
        colours = [BANDS[min(place, len(BANDS) - 1)] for place in range(len(rows))]
        most = max(len(each.rows) for each in figures.bands)
        whole = {"num_format": "0", "major_unit": max(1, ceil(most / 5))}
        _columns(book, page, t("html.bands.title"), (row + 2, end - 1, 2), (3, _BESIDE), colours, whole)
    return end + 1


def _categories(book: Book, page: Worksheet, figures: Summary, row: int, locale: Locale) -> int:
    t = locale.t
    book.put(page, row, 0, t("xlsx.categories"), "section")
    columns = [Column(t("html.items.category"), 0), Column(t("html.average"), 0, "score")]
    rows: list[list[Cell]] = [[t(f"category.{each}"), figures.categories[each]] for each in Category]
    end = book.block(page, columns, rows, row + 1)
    _columns(book, page, t("xlsx.categories"), (row + 2, end - 1, 1), (19, _BESIDE), [ACCENT] * len(rows), {"max": 100})
    return end + 1


def _columns(
    book: Book,
    page: Worksheet,
    title: str,
    cells: tuple[int, int, int],
    at: tuple[int, int],
    colours: list[str],
    scale: Mapping[str, Any],
) -> None:
    """A column chart of a table's cells: ``cells`` are its first and last row and the column of the values.

    ``scale`` is what xlsxwriter takes for the axis of values.
    """
    first, last, values = cells
    name = page.get_name()
    chart: Any = book.book.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": [name, first, 0, last, 0],
            "values": [name, first, values, last, values],
            "points": [{"fill": {"color": colour}} for colour in colours],
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 13}})
    chart.set_legend({"none": True})
    axis: dict[str, Any] = {"min": 0, "major_gridlines": {"visible": True, "line": {"color": LINE}}}
    chart.set_y_axis({**axis, **scale})
    chart.set_size(_CHART)
    page.insert_chart(*at, chart, {"description": title})


def _gaps(book: Book, page: Worksheet, result: Result, row: int, locale: Locale) -> int:
    t = locale.t
    gaps = view.most_missing(result, locale, limit=10)
    if not gaps:
        return row
    book.put(page, row, 0, t("gaps.title"), "section")
    heads = (t("html.items.item"), t("xlsx.lacking"), t("shown.title_only").capitalize(), t("html.items.decided"))
    columns = [Column(heads[0], 62, "wrap"), *(Column(head, 0, "whole") for head in heads[1:])]
    return book.block(page, columns, ([g.title, g.count, g.title_only, g.of] for g in gaps), row + 1) + 1


def _unassessed(book: Book, page: Worksheet, result: Result, figures: Summary, row: int, locale: Locale) -> int:
    groups = [(reason, [each.name for each in rows]) for reason, rows in view.unassessed(result, locale)]
    if figures.partly:
        groups.append((figures.partly[0].status_reason, [each.name for each in figures.partly]))
    if not groups:
        return row
    book.put(page, row, 0, locale.t("unassessed.title"), "section")
    row += 1
    for reason, names in groups:
        book.put(page, row, 0, reason, "bold")
        book.put(page, row, 1, len(names), "whole")
        for name in names:
            row += 1
            book.put(page, row, 0, f"   {name}")
        row += 1
    return row + 1


def _trend(book: Book, page: Worksheet, trend: Trend, row: int, locale: Locale) -> int:
    t = locale.t
    book.put(page, row, 0, t("html.nav.tren"), "section")
    rows: list[list[Cell]] = [
        [as_date(scan.as_of), mean(each.scores[place] for each in trend.rows)] for place, scan in enumerate(trend.scans)
    ]
    end = book.block(page, [Column(t("html.method.as_of"), 0), Column(t("html.average"), 0, "score")], rows, row + 1)
    name = page.get_name()
    chart: Any = book.book.add_chart({"type": "line"})
    chart.add_series(
        {
            "categories": [name, row + 2, 0, end - 1, 0],
            "values": [name, row + 2, 1, end - 1, 1],
            "line": {"color": ACCENT, "width": 2.5},
            "marker": {"type": "circle", "fill": {"color": ACCENT}},
            "data_labels": {"value": True, "position": "above"},
        }
    )
    chart.set_title({"name": t("html.average"), "name_font": {"size": 13}})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"date_axis": True, "num_format": f"{book.language}d mmm yy", "major_unit": 1, "major_unit_type": "months"}
    )
    chart.set_y_axis({"min": 0, "max": 100, "major_gridlines": {"visible": True, "line": {"color": LINE}}})
    chart.set_size(_CHART)
    page.insert_chart(35, _BESIDE, chart, {"description": t("html.average")})
    return end + 1

"""The sheet that says what changed since the earlier result."""

from collections.abc import Iterator

from ppid_audit.model.comparison import Cause
from ppid_audit.report.locale import Locale
from ppid_audit.report.movement import Moved, Movement
from ppid_audit.report.xlsx.book import Book, Cell, Column


def changes(book: Book, moves: Movement | None, locale: Locale) -> None:
    """Each agency that moved in one row with its scores, then its items; a sentence when there is no earlier result."""
    t = locale.t
    page = book.sheet(t("xlsx.changes"))
    if moves is None:
        page.set_column(0, 0, 44)
        book.put(page, 3, 0, t("html.moved.none"))
        return
    told = [t("html.moved.since", date=locale.date(moves.before.as_of), id=moves.before.id)]
    told += [t("html.moved.by_site")] * moves.causes
    if moves.other_rubric or moves.other_tool:
        told.append(t("html.moved.ruler_known" if moves.causes else "html.moved.ruler"))
    book.put(page, 2, 0, " ".join(told), "quiet")
    columns = [
        Column(t("ranking.agency"), 44),
        Column(t("html.items.item"), 50),
        Column(t("xlsx.score_before"), 10, "score"),
        Column(t("xlsx.score_after"), 10, "score"),
        Column(t("trend.whole"), 10, "signed"),
        Column(t("xlsx.before"), 38),
        Column(t("xlsx.after"), 38),
        Column(t("xlsx.cause"), 36),
    ]
    book.table(page, columns, _rows(moves, locale))


def _rows(moves: Movement, locale: Locale) -> Iterator[list[Cell]]:
    for each in moves.rows:
        if each.items or each.before != each.after:
            yield [
                each.name,
                locale.t("xlsx.whole"),
                each.before,
                each.after,
                each.difference,
                None,
                None,
                _parts(each, locale),
            ]
            for item in each.items:
                cause = f"{item.cause}{'' if item.proved else '?'}"
                yield [each.name, item.title, None, None, None, item.before, item.after, cause]
    for key, names in (("new", moves.new), ("gone", moves.gone)):
        for name in names:
            yield [name, locale.t(f"xlsx.{key}"), None, None, None, None, None, None]


def _parts(moved: Moved, locale: Locale) -> str:
    told = ((cause, moved.parts[cause]) for cause in Cause if cause in moved.parts)
    return ", ".join(f"{locale.t(f'cause.{cause}')} {locale.number(part, 1)}" for cause, part in told)

"""What a report says of the end of the objection round, and of what came after it."""

from ppid_audit.model.scan import Correction, Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import reason_word, verdict_word, visible


def final_line(result: Result, locale: Locale) -> str:
    """Draft, or final: who made it so, when, and until when could be objected."""
    final = result.scan.final
    if final is None:
        return locale.t(f"head.{result.scan.state}")
    days = {"date": locale.date(final.on), "deadline": locale.date(final.deadline)}
    return locale.t("head.final_by", by=visible(final.by), digest=final.sha256[:8], **days)


def correction_lines(result: Result, locale: Locale) -> tuple[str, ...]:
    """Every correction of a final result in one sentence, under a line that says what they are; none of a draft."""
    told = tuple(_correction(each, result, locale) for each in result.scan.corrections)
    return (locale.t("review.corrections"), *told) if told else ()


def _correction(each: Correction, result: Result, locale: Locale) -> str:
    entry = each.entry
    name = next((a.agency.name for a in result.agencies if a.agency.id == entry.agency), entry.agency)
    title = next((locale.pick(c.title) for c in result.rubric.criteria if c.id == entry.item), entry.item)
    scores = ("–" if score is None else locale.number(score, 1) for score in (each.score_before, each.score_after))
    reasons = (
        f"{verdict_word(reason, result.rubric, locale)} ({reason_word(reason, locale)})"
        for reason in (each.before, each.after)
    )
    return locale.t(
        "review.correction",
        agency=visible(name),
        title=title,
        change=" → ".join(reasons),
        scores=" → ".join(scores),
        by=visible(entry.by),
        date=locale.date(entry.on),
        why=visible(entry.justification),
    )

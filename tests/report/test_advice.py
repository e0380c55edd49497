from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ppid_audit.model.finding import Evidence, Finding
from ppid_audit.model.rubric import Due, Reason, Renew, Verdict
from ppid_audit.model.scan import AgencyResult
from ppid_audit.report.advice import EFFORT, Examples, next_steps, upcoming
from ppid_audit.report.view import finding_rows
from tests.report.printing import ID
from tests.report.sample import AS_OF, GOOD, RESULT, RUBRIC, agency, ranked

LKJIP, RENSTRA, VISI = "berkala.laporan-kinerja", "setiap-saat.renstra", "berkala.visi-misi"


def steps(*reasons: Reason, others=(), limit=3):
    one = agency("satu", "Dinas Satu", reasons)
    result = replace(RESULT, agencies=ranked(one, *others))
    return next_steps(finding_rows(result.agencies[0], RUBRIC, ID), Examples(result), limit)


def test_every_reason_that_earns_less_has_an_effort_and_no_other():
    lacking = {r for r in Reason if r.verdict in (Verdict.PARTIAL, Verdict.MISSING)}
    assert set(EFFORT) == lacking


def test_what_is_there_and_only_broken_goes_before_what_has_to_be_written():
    missing, written = Reason.NOT_FOUND, Reason.FOUND
    found = steps(missing, Reason.STALE, Reason.DEAD_LINK, missing, written, Reason.PLACEHOLDER, written)
    assert [(step.row.criterion.id, step.effort) for step in found] == [
        ("setiap-saat.dip", 2),
        (LKJIP, 1),
        ("berkala.agenda", 1),
    ]
    worth = [step.row.gain / step.effort for step in found]
    assert worth == sorted(worth, reverse=True)


def test_a_step_is_worth_its_weight_in_the_whole_score():
    (step,) = steps(*GOOD[:3], Reason.NOT_FOUND, Reason.OWNER_LINKED, Reason.FOUND, Reason.NOT_FOUND, limit=1)
    assert step.row.criterion.id == RENSTRA
    assert step.row.gain == pytest.approx(100 * 2 / sum(c.weight for c in RUBRIC.criteria))


def test_advisory_items_and_doubt_are_no_steps():
    everything = [Reason.FOUND] * len(RUBRIC.criteria)
    everything[3], everything[0] = Reason.NOT_FOUND, Reason.UNREACHABLE
    assert steps(*everything) == ()


def test_the_example_is_another_agency_and_rather_one_of_the_same_kind():
    badan = agency("dua", "Badan Dua", GOOD, kind="badan")
    dinas = agency("tiga", "Dinas Tiga", GOOD)
    reasons = (*GOOD[:6], Reason.NOT_FOUND)
    (first,) = steps(*reasons, others=(badan, dinas), limit=1)
    assert first.example is not None
    assert (first.example.agency, first.example.url) == ("tiga", "https://tiga.contoh.example/ppid/berkas.pdf")
    (second,) = steps(*reasons, others=(badan,), limit=1)
    assert second.example is not None
    assert second.example.agency == "dua"
    assert steps(*reasons, limit=1)[0].example is None


def test_an_example_on_own_pages_goes_before_one_elsewhere_and_the_surer_before_the_less_sure():
    rows = [agency(name, name, GOOD) for name in ("jauh", "ragu", "yakin")]
    changes: list[dict[str, Any]] = [{"reason": Reason.FOUND_OFF_SITE}, {"confidence": 0.6}, {"confidence": 0.8}]
    rows = [_with(row, RENSTRA, **change) for row, change in zip(rows, changes, strict=True)]
    examples = Examples(replace(RESULT, agencies=ranked(*rows)))
    of = agency("satu", "Dinas Satu", GOOD)
    assert [getattr(examples.sister(RENSTRA, of), "agency", None)] == ["yakin"]
    assert examples.sister("tidak.ada", of) is None


def _with(row: AgencyResult, item: str, **change: Any) -> AgencyResult:
    made = (replace(f, **change) if f.item == item else f for f in row.assessment.findings)
    return replace(row, assessment=replace(row.assessment, findings=tuple(made)))


def coming(item: str, found: str | None, as_of: date, reason: Reason = Reason.FOUND, rubric=RUBRIC):
    row = agency("satu", "Dinas Satu", ())
    finding = Finding(item, reason, 0.9, (Evidence("https://x.example/"),), period_found=found)
    row = replace(row, assessment=replace(row.assessment, findings=(finding,)))
    return [(one.day, one.period) for one in upcoming(row, rubric, as_of)]


@pytest.mark.parametrize(
    ("found", "as_of", "expected"),
    [
        ("2025", date(2026, 11, 24), (date(2027, 4, 1), "2026")),
        ("2025", date(2026, 2, 1), (date(2027, 4, 1), "2026")),
        ("2024", date(2026, 2, 1), (date(2026, 4, 1), "2025")),
        ("2025", date(2026, 4, 1), (date(2027, 4, 1), "2026")),
        (None, date(2026, 3, 31), (date(2026, 4, 1), "2025")),
        ("9999", date(2026, 11, 24), (date(2027, 4, 1), "2026")),
    ],
)
def test_a_yearly_item_is_asked_for_anew_on_its_day(found, as_of, expected):
    assert coming(LKJIP, found, as_of) == [expected]
    due = next(c.due for c in RUBRIC.criteria if c.id == LKJIP)
    assert due is not None
    assert due.year(expected[0]) == int(expected[1])


def test_a_plan_with_a_span_ends_with_its_last_year():
    assert coming(RENSTRA, "2021-2026", AS_OF) == [(date(2027, 1, 1), "2027")]
    assert coming(RENSTRA, None, AS_OF) == []
    assert coming(RENSTRA, "2021-2026", AS_OF, reason=Reason.NOT_FOUND) == []


def test_the_earliest_comes_first_and_only_so_many():
    yearly = Due("current", 2, 1, "practice")
    rubric = replace(
        RUBRIC, criteria=tuple(replace(c, due=yearly, renew=Renew.YEAR) if c.id == VISI else c for c in RUBRIC.criteria)
    )
    row = agency("satu", "Dinas Satu", GOOD)
    found = upcoming(row, rubric, AS_OF)
    assert [one.criterion.id for one in found] == [VISI, LKJIP]
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert len(upcoming(row, rubric, AS_OF, limit=1)) == 1

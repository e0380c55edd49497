from dataclasses import replace

from ppid_audit.history.compare import compare
from ppid_audit.model.comparison import Cause
from ppid_audit.model.rubric import Reason
from ppid_audit.model.scan import Result
from ppid_audit.report.locale import Locale
from ppid_audit.report.movement import movement
from ppid_audit.score import score
from tests.report.sample import GOOD, MIXED, RESULT, agency, ranked

ID = Locale.load("id")
BEFORE = replace(
    RESULT,
    scan=replace(RESULT.scan, id="lama", as_of="2026-05-01"),
    agencies=ranked(
        agency("dinkes", "Dinas Kesehatan", MIXED),
        agency("dinsos", "Dinas Sosial", GOOD),
        agency("lama", "Lama", MIXED),
    ),
)
AFTER = replace(
    RESULT,
    agencies=ranked(
        agency("dinkes", "Dinas Kesehatan", GOOD),
        agency("dinsos", "Dinas Sosial", (Reason.FOUND_OTHER_WORDING, *GOOD[1:])),
        agency("baru", "Baru", MIXED),
    ),
)


def test_without_an_earlier_result_there_is_no_movement():
    assert movement(AFTER, ID) is None


def test_with_the_earlier_result_alone_no_cause_is_claimed():
    told = movement(AFTER, ID, previous=BEFORE)
    assert told is not None
    assert not told.causes
    assert [row.agency for row in told.risers] == ["dinkes"]
    assert told.fallers == ()
    assert (told.new, told.gone) == (("Baru",), ("Lama",))
    (risen,) = told.risers
    assert risen.moved == risen.difference
    assert {item.cause for item in risen.items} == {""}
    stale = next(item for item in risen.items if item.item == "berkala.laporan-kinerja")
    assert (stale.before, stale.after) == ("kedaluwarsa (bukan yang terbaru, 2023)", "terpenuhi (ditemukan)")


def test_another_reason_for_the_same_verdict_is_no_news():
    told = movement(AFTER, ID, previous=BEFORE)
    assert told is not None
    assert next(row for row in told.rows if row.agency == "dinsos").items == ()


def test_a_comparison_tells_the_causes_and_only_the_sites_part_is_a_rise():
    comparison = compare(BEFORE, AFTER, {}, score)
    told = movement(AFTER, ID, comparison, previous=Result(BEFORE.scan, BEFORE.rubric, ()))
    assert told is not None
    assert told.causes
    (risen,) = told.risers
    assert risen.moved == risen.parts[Cause.SITE]
    assert {item.cause for item in risen.items} == {"situs"}


def test_another_rubric_or_program_is_said():
    other = replace(BEFORE, scan=replace(BEFORE.scan, rubric_sha256="00", tool="0.0.9"))
    told = movement(AFTER, ID, previous=other)
    assert told is not None
    assert (told.other_rubric, told.other_tool) == (True, True)

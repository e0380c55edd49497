"""What a report learns of earlier scans, and when it does not ask."""

from dataclasses import replace

import pytest

from ppid_audit.audit import open_store
from ppid_audit.cli.earlier import Earlier, earlier
from ppid_audit.model.comparison import Cause
from ppid_audit.model.scan import Result
from tests.report.sample import MIXED, RESULT, agency, ranked


def scan(number: int, **more) -> Result:
    head = replace(RESULT.scan, id=f"2026112{number}", finished_at=f"2026-11-2{number}T02:30:00Z", **more)
    return replace(RESULT, scan=head)


@pytest.fixture
def keep(tmp_path):
    def save(*results: Result) -> None:
        for result in results:
            open_store(tmp_path).save(result)

    return save


def test_formats_that_tell_no_change_cost_no_look_into_the_database(tmp_path):
    (tmp_path / "ppid-audit.db").write_text("rusak")
    assert earlier(RESULT, tmp_path, None, ("csv", "json")) == Earlier()


def test_the_first_scan_has_nothing_before_it(tmp_path, keep):
    keep(scan(1))
    assert earlier(scan(1), tmp_path, None, ("html",)) == Earlier()


def test_the_scan_before_is_compared_and_all_make_the_trend(tmp_path, keep):
    improved = ranked(*(agency(e.agency.id, e.agency.name, MIXED) for e in RESULT.agencies))
    keep(scan(1), scan(2), replace(scan(3), agencies=improved), scan(4))
    known = earlier(replace(scan(3), agencies=improved), tmp_path, None, ("xlsx",))
    assert known.previous is not None
    assert known.previous.scan.id == scan(2).scan.id
    assert known.comparison is not None
    assert Cause.SITE in {change.cause for each in known.comparison.agencies for change in each.changes}
    assert known.trend is not None
    assert len(known.trend.scans) == 4


def test_a_sheet_for_each_agency_asks_too(tmp_path, keep):
    keep(scan(1), scan(2))
    assert earlier(scan(2), tmp_path, None, ("csv",), always=True).previous is not None


def test_suspect_scans_are_passed_over_and_samples_are_compared_with_samples(tmp_path, keep):
    keep(scan(1), scan(2, suspect="runner_offline"), scan(3, sample=True), scan(4))
    real, sample = scan(4), scan(5, sample=True)
    known = [earlier(each, tmp_path, None, ("html",)).previous for each in (real, sample)]
    assert [each.scan.id for each in known if each] == [scan(1).scan.id, scan(3).scan.id]


def test_a_scan_of_a_few_agencies_is_not_taken_where_a_whole_one_is_near(tmp_path, keep):
    few = replace(scan(2), agencies=RESULT.agencies[:1])
    keep(scan(1), few, scan(3))
    known = earlier(scan(3), tmp_path, None, ("html",)).previous
    assert known is not None
    assert known.scan.id == scan(1).scan.id

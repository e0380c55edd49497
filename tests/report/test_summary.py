from dataclasses import replace

import pytest

from ppid_audit.model.scorecard import Status
from ppid_audit.report import view
from ppid_audit.report.locale import Locale
from ppid_audit.report.summary import course, item_rows, mean, summary
from ppid_audit.report.words import Shown
from tests.report.big import big, trend_of
from tests.report.sample import RESULT, RUBRIC

ID = Locale.load("id")


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], None), ([None, None], None), ([50.0], 50.0), ([0.1, 0.2], 0.2), ([10.0, None, 20.1], 15.1), ([0.0], 0.0)],
)
def test_a_mean_leaves_out_what_is_unknown_and_rounds_half_up(values, expected):
    assert mean(values) == expected


def test_every_agency_is_counted_once_and_the_average_is_that_of_the_ranked():
    figures = summary(RESULT, ID)
    assert figures.count == len(RESULT.agencies)
    statuses = [{row.card.status for row in rows} for rows in (figures.ranked, figures.partly, figures.unassessed)]
    assert statuses == [{Status.ASSESSED}, {Status.PARTLY}, {Status.NOT_ASSESSABLE}]
    assert figures.average.score == mean(row.card.total.score for row in figures.ranked)
    low, score, high = figures.average.low, figures.average.score, figures.average.high
    assert low is not None
    assert score is not None
    assert high is not None
    assert low <= score <= high
    assert sum(len(each.rows) for each in figures.bands) == len(figures.ranked)


def test_an_item_counts_each_agency_and_decides_only_where_something_was_seen():
    found = [row for entry in RESULT.agencies for row in view.finding_rows(entry, RUBRIC, ID)]
    for item in item_rows(found, RESULT, ID):
        assert sum(item.counts.values()) == len(RESULT.agencies)
        undecided = item.counts[Shown.CANNOT_TELL] + item.counts[Shown.NOT_APPLICABLE]
        assert item.decided == len(RESULT.agencies) - undecided
        assert len(item.having(*Shown)) == len(RESULT.agencies)


def test_a_trend_ends_with_the_result_that_is_reported():
    result = big(3)
    told = course(result, trend_of(result, scans=3))
    assert told is not None
    assert [scan.id for scan in told.scans][-1] == result.scan.id
    assert [row.scores[-1] for row in told.rows] == [entry.scorecard.total.score for entry in result.agencies]
    assert {len(row.scores) for row in told.rows} == {4}


def test_a_trend_leaves_out_what_came_later_and_needs_something_before():
    result = big(2)
    trend = trend_of(result, scans=3)
    second = replace(result, scan=replace(result.scan, id=trend.scans[1].id))
    told = course(second, trend)
    assert told is not None
    assert [scan.id for scan in told.scans] == [trend.scans[0].id, trend.scans[1].id]
    assert course(replace(result, scan=replace(result.scan, id=trend.scans[0].id)), trend) is None
    assert course(result, None) is None

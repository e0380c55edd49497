"""The examples of rubric.yaml as pages of a site: a title from the rubric over content of every form."""

import pytest

from ppid_audit.demo.documents import pdf
from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import AllOf, Criterion, Reason, Verdict
from tests.assess.small import Answer, findings, menu, whole
from tests.criteria.judging import agency_for, rubric

CRITERIA = pytest.mark.parametrize("criterion", rubric().criteria, ids=lambda criterion: criterion.id)
PROSE = """<p>Kepala kantor bersama seluruh karyawan bekerja sejak pagi sampai sore untuk melayani warga dari dua belas
kecamatan dengan ramah dan jujur.</p>"""
TABLE = """<table><tr><th>No</th><th>Judul</th><th>Berkas</th></tr>
<tr><td>1</td><td>{}</td><td><a href="/d.pdf">Unduh</a></td></tr></table>"""


def under(title: str, criterion: Criterion) -> Finding:
    """What is found of the item at a site with a page of that title that has prose, a table and a document."""
    page = whole(title, PROSE + TABLE.format(title))
    answers: dict[str, Answer] = {"": menu(a1=title), "a1": page, "d.pdf": pdf(title)}
    return findings(answers, agency=agency_for(criterion))[criterion.id]


@CRITERIA
def test_a_page_under_a_near_miss_is_never_the_item(criterion):
    for title in criterion.examples.near:
        assert under(title, criterion).reason in {Reason.NOT_FOUND, Reason.NO_EVENT_KNOWN}, title


@CRITERIA
def test_a_page_under_a_match_is_never_missing(criterion):
    if isinstance(criterion.check, AllOf):
        return
    found = {title: under(title, criterion).verdict for title in criterion.examples.match}
    assert {title for title, verdict in found.items() if verdict not in {Verdict.FULFILLED, Verdict.PARTIAL}} == set()
    assert Verdict.FULFILLED in found.values()

"""What goes out to other machines is all that a visit there needs."""

from dataclasses import fields
from datetime import date

from ppid_audit import codec
from ppid_audit.audit.cluster import Order, program
from ppid_audit.audit.job import ScanJob
from ppid_audit.audit.request_log import NAME, part_name, take_in
from ppid_audit.config import load_rubric
from ppid_audit.model.agency import CrawlSettings
from ppid_audit.model.amendment import Amendments
from tests.test_docs import ROOT

SENT = {"registry", "rubric", "amendments", "as_of", "now", "data", "stopping"}
KEPT_HERE = {"files", "sample", "workers", "db", "resume", "day_given", "cluster", "browser", "ocr"}


def test_a_new_part_of_a_job_is_either_sent_or_knowingly_kept_here():
    assert {field.name for field in fields(ScanJob)} == SENT | KEPT_HERE


def test_an_order_comes_back_as_it_was():
    rubric = load_rubric(ROOT / "rubric.yaml")
    order = Order(
        "ppid@example.go.id", CrawlSettings(2.5, 80), rubric, Amendments(), date(2026, 11, 24), frozenset("ab")
    )
    assert codec.loads(Order, codec.dumps(order)) == order


def test_the_program_is_named_with_its_code_and_its_readers():
    named = program()
    assert named == program()
    assert {"python", "lxml", "pypdfium2"} <= set(named.split())


def test_parts_of_the_request_log_become_one_table(tmp_path):
    for agency in ("bkd", "dinkes"):
        (tmp_path / part_name(agency)).write_text(f"waktu\turl\n1\t{agency}\n", encoding="utf-8")
        take_in(tmp_path, agency)
        take_in(tmp_path, agency)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "waktu\turl\n1\tbkd\n1\tdinkes\n"
    assert [path.name for path in tmp_path.iterdir()] == [NAME]

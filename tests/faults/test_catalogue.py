"""The catalogue is whole, everything in it is played, and the table in docs/ says what is so."""

from tests.faults import test_b, test_d, test_e, test_h, test_n, test_r, test_s, test_t, test_u, test_x, test_y, test_z
from tests.faults.catalogue import FAMILIES, ROWS, SEVERITIES
from tests.faults.table import NOT_APPLICABLE, PASSED, TABLE, TESTS, render

MODULES = (test_b, test_d, test_e, test_h, test_n, test_r, test_s, test_t, test_u, test_x, test_y, test_z)
PLAYED = {row for module in MODULES for row, _ in module.fault}


def test_the_rows_are_whole():
    assert len({row.id for row in ROWS}) == len(ROWS) == 235
    assert {row.id[0] for row in ROWS} == set(FAMILIES)
    assert {row.severity for row in ROWS} == set(SEVERITIES)
    assert [row.id for row in ROWS if not row.reason and " -> " not in row.summary] == []


def test_every_row_that_applies_is_played():
    assert [row.id for row in ROWS if not row.reason and not row.proof and row.id not in PLAYED] == []
    assert [row.id for row in ROWS if row.reason and row.id in PLAYED] == []
    assert {row.id for row in ROWS} >= PLAYED


def test_nothing_grave_is_left_out():
    assert [row.id for row in ROWS if row.reason and row.severity in "CH"] == []
    others = [row for row in ROWS if row.severity in "ML"]
    assert sum(not row.reason for row in others) / len(others) > 0.85


def test_proofs_elsewhere_exist():
    for row in ROWS:
        if row.proof:
            file, _, name = row.proof.partition("::")
            assert f"def {name}(" in (TESTS / file).read_text("utf-8"), row


def test_the_table_is_up_to_date():
    ended = {row.id: NOT_APPLICABLE if row.reason else PASSED for row in ROWS}
    assert TABLE.read_text("utf-8") == render(ended)

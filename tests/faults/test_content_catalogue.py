"""The catalogue of hostile content is whole, its proofs exist, and the table in docs/ says what is so."""

from tests.faults.content_catalogue import FAMILIES, ROWS, TABLE, render
from tests.faults.table import NOT_APPLICABLE, PASSED, TESTS


def test_the_rows_are_whole():
    assert len({row.id for row in ROWS}) == len(ROWS) == 89
    assert {row.id[0] for row in ROWS} == set(FAMILIES)
    assert [row.id for row in ROWS if bool(row.reason) == bool(row.proof)] == []


def test_nothing_grave_is_left_out():
    assert [row.id for row in ROWS if row.reason and row.severity in "CH"] == []


def test_proofs_exist():
    for row in ROWS:
        if row.proof:
            file, _, name = row.proof.partition("::")
            assert f"def {name}(" in (TESTS / file).read_text("utf-8"), row


def test_the_table_is_up_to_date():
    ended = {row.id: NOT_APPLICABLE if row.reason else PASSED for row in ROWS}
    assert TABLE.read_text("utf-8") == render(ended)

from dataclasses import replace
from datetime import date

import pytest

from ppid_audit.errors import InputError, NotFoundError, StorageError
from ppid_audit.model.amendment import Amendment, Amendments
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.scan import Correction, ScanState
from tests.history.asking import ask, change
from tests.history.samples import RENSTRA, result

ON, DEADLINE = date(2026, 12, 8), date(2026, 12, 7)
ENTRY = Amendment("dinkes", RENSTRA, Verdict.MISSING, "corrected", "bukan miliknya", "Sri", ON)
CORRECTION = Correction(ENTRY, Reason.FOUND, Reason.NOT_FOUND, 71.4, 66.0)


@pytest.fixture
def final(store):
    store.save(result(), amendments=Amendments((ENTRY,), "d" * 64))
    return store.finalize("latest", "Ir. Hadi", ON, DEADLINE)


def test_a_final_result_bears_its_officer_and_stays_as_it_was(store, final, address):
    loaded = store.load()
    assert loaded.agencies == result().agencies
    assert loaded.scan == final
    assert replace(final, state=ScanState.DRAFT, final=None) == result().scan
    assert (final.state, final.final.by, final.final.on, final.final.deadline) == (
        ScanState.FINAL, "Ir. Hadi", ON, DEADLINE,
    )  # fmt: skip
    assert len(final.final.sha256) == 64
    assert ask(address, "select state from scans") == [("final",)]


def test_nothing_is_written_over_it(store, final):
    with pytest.raises(InputError, match="sudah final"):
        store.save(result(quote="lain"))
    with pytest.raises(InputError, match="sudah final"):
        store.finalize(final.id, "Orang lain", ON, DEADLINE)
    with pytest.raises(NotFoundError):
        store.finalize("tidak-ada", "Hadi", ON, DEADLINE)
    assert store.load().agencies == result().agencies
    store.save(result("20261125-bbbb"))
    assert store.load("20261125-bbbb").scan.state is ScanState.DRAFT


def test_the_seal_is_of_all_that_was_stored(store, final, address):
    other = replace(result("20261125-bbbb"), scan=replace(result().scan, id="20261125-bbbb"))
    store.save(other, amendments=Amendments((ENTRY,), "d" * 64))
    assert store.finalize("20261125-bbbb", "Ir. Hadi", ON, DEADLINE).final.sha256 != final.final.sha256


@pytest.mark.parametrize(
    "spoil",
    [
        "update agency_results set content = (select content from agency_results where agency_id = 'arsip')",
        "delete from agency_results where agency_id = 'arsip'",
        "update reviews set json = replace(json, 'Sri', 'Adi')",
        "delete from reviews",
        "update scans set head = replace(head, '2026-11-24T11:00:00Z', '2026-11-24T12:00:00Z')",
    ],
)
def test_what_was_changed_behind_its_back_is_seen(store, final, address, spoil):
    change(address, spoil)
    with pytest.raises(StorageError, match="telah berubah"):
        store.load()


def test_corrections_stand_beside_it_in_their_order(store, final):
    second = replace(CORRECTION, entry=replace(ENTRY, by="Ani"))
    store.correct(final.id, [CORRECTION])
    store.correct(final.id, [second])
    loaded = store.load()
    assert loaded.scan.corrections == (CORRECTION, second)
    assert loaded.agencies == result().agencies
    assert loaded.scan.final == final.final

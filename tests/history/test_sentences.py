"""What these rooms say when something is wrong, they say in both languages."""

import ast
from pathlib import Path

import pytest

import ppid_audit
from ppid_audit.errors import AuditError, InputError, LockedError, NotFoundError, StorageError
from ppid_audit.history.lock import FolderLock
from ppid_audit.history.store import Store
from tests.cli.desk import call
from tests.history.samples import result

ROOM = Path(ppid_audit.__file__).parent
ROOMS = [path for room in ("archive", "history") for path in (ROOM / room).rglob("*.py")]
SOURCES = sorted([*ROOMS, ROOM / "codec.py"])
NAMES = {each.__name__ for each in (InputError, LockedError, NotFoundError, StorageError)}


def errors(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [node for node in calls if isinstance(node.func, ast.Name) and node.func.id in NAMES]


def test_every_error_has_its_english_sentence():
    found = [(path.name, call) for path in SOURCES for call in errors(path)]
    assert len(found) > 25
    assert [
        (name, call.lineno)
        for name, call in found
        if not any(word.arg == "en" and word.value for word in call.keywords)
    ] == []


@pytest.mark.parametrize(("lang", "told"), [("id", "belum ada"), ("en", "no scan has been stored yet")])
def test_the_program_says_it_in_the_language_of_the_run(tmp_path, lang, told):
    code, _, said = call(tmp_path, "report", "--lang", lang)
    assert code == 2
    assert told in said


def test_a_lock_names_its_holder_in_both_languages(tmp_path):
    with FolderLock(tmp_path, host="dinkominfo-1"), pytest.raises(LockedError) as error, FolderLock(tmp_path):
        pass
    assert "di komputer dinkominfo-1 (proses" in error.value.told("id")
    assert "on the machine dinkominfo-1 (process" in error.value.told("en")


def test_scans_that_there_are_not_are_listed_in_both_languages(tmp_path):
    Store(tmp_path / "kosong.db").save(result())
    with pytest.raises(NotFoundError) as error:
        Store(tmp_path / "kosong.db").load("2031")
    assert str(error.value).startswith('pemindaian "2031" tidak ada; yang ada: 2')
    assert error.value.told("en").startswith('there is no scan "2031"; there are: 2')


def test_an_error_without_english_words_is_told_as_it_is():
    assert AuditError("penuh").told("en") == "penuh"
    assert InputError("satu", "dua").told("en") == "satu\ndua"

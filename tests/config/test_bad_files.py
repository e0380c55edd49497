"""Each bad file ends in exactly the sentences that stand in ``bad/expected.txt``, as a user sees them."""

import os

import pytest

from ppid_audit.config import load_agencies, load_rubric
from ppid_audit.config.messages import MESSAGES
from ppid_audit.config.nodes import MOST_BYTES
from ppid_audit.errors import InputError
from tests.config.loading import BAD, GOOD, kind, parse

FILES = sorted(BAD.glob("*.yaml"))
EXPECTED = (BAD / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_is_told_with_its_place(path):
    with pytest.raises(InputError) as caught:
        parse(kind(path), path.read_bytes(), path.name)
    assert list(caught.value.problems) == [line for line in EXPECTED if line.startswith(f"{path.name}:")]


def test_every_expectation_has_its_file():
    assert {line.partition(":")[0] for line in EXPECTED} == {path.name for path in FILES}
    assert len(FILES) >= 60


def test_no_sentence_repeats_what_a_terminal_would_obey():
    assert all(character.isprintable() for line in EXPECTED for character in line)
    with pytest.raises(InputError) as caught:
        parse("agencies", b'agencies: []\n"\\e[31m\\u202e": 1\n')
    assert r'kunci "\x1b[31m\u202e" tidak dikenal' in str(caught.value)


def test_missing_file_names_the_path_and_the_way_out(tmp_path):
    path = tmp_path / "agencies.yaml"
    with pytest.raises(InputError) as caught:
        load_agencies(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "ppid-audit init" in str(caught.value)


def test_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="bukan berkas biasa"):
        load_rubric(tmp_path)


def test_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipa")
    with pytest.raises(InputError, match="bukan berkas biasa"):
        load_agencies(tmp_path / "pipa")


def test_path_that_no_system_accepts(tmp_path):
    for name in ("a\0b", "n" * 5000):
        with pytest.raises(InputError, match=r"tidak dapat dibaca|tidak ditemukan"):
            load_agencies(tmp_path / name)


def test_file_above_the_limit(tmp_path):
    path = tmp_path / "agencies.yaml"
    path.write_bytes((GOOD / "agencies-least.yaml").read_bytes() + b"#" * MOST_BYTES)
    with pytest.raises(InputError, match=f"batasnya {MOST_BYTES} byte"):
        load_agencies(path)


def test_very_deep_text_is_one_sentence():
    for opening in ("[", "{", "- ", "? "):
        with pytest.raises(InputError, match="terlalu dalam"):
            parse("agencies", opening.encode() * 20_000)


def test_templates_are_indonesian_sentences_without_full_stop():
    assert all(text and not text.endswith(".") for text in MESSAGES.values())

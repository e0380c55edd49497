"""What holds for every text: it is read, or refused with places inside it; nothing else ever happens."""

import json
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.errors import InputError
from tests.config.loading import GOOD, parse

KINDS = ("agencies", "rubric", "reviews")
SAMPLES = {kind: next(GOOD.glob(f"{kind}*.yaml")).read_bytes().decode("utf-8-sig") for kind in KINDS}
PIECES = [
    "&a ",
    "*a",
    "!!int ",
    "? ",
    ": ",
    "- ",
    "\t",
    '"',
    "'",
    "[",
    "{",
    "}",
    "\n",
    "---\n",
    "<<: ",
    "\\x",
    "1e999",
    "null",
    "ü",
]


def problems_of(kind: str, data: bytes) -> Sequence[str]:
    try:
        parse(kind, data, "f")
    except InputError as error:
        return error.problems or ["f: refused without a word"]
    return ()


def read_or_refuse(kind: str, data: bytes) -> None:
    lines = len(re.split("[\r\n\x85\u2028\u2029]", data.decode("utf-8", "ignore")))
    for problem in problems_of(kind, data):
        place = re.match(r"f:(\d+):(\d+): \S", problem)
        assert place, problem
        assert 1 <= int(place.group(1)) <= lines
        assert problem.isprintable()


@given(st.sampled_from(KINDS), st.text())
def test_any_text(kind, text):
    read_or_refuse(kind, text.encode("utf-8", "surrogatepass"))


@given(st.sampled_from(KINDS), st.binary())
def test_any_bytes(kind, data):
    read_or_refuse(kind, data)


@given(st.sampled_from(KINDS), st.data())
def test_any_damage_to_a_good_file(kind, data):
    text = SAMPLES[kind]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    piece = data.draw(st.sampled_from(PIECES) | st.text(max_size=6))
    read_or_refuse(kind, (text[:start] + piece + text[end:]).encode("utf-8", "surrogatepass"))


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=200)


@given(WORDS)
def test_a_quoted_name_comes_through_as_written(name):
    entry = {"id": "dinkes", "name": name, "kind": "dinas", "url": "https://dinkes.example.go.id/"}
    text = json.dumps({"agencies": [entry]}, ensure_ascii=False)
    assert parse("agencies", text.encode()).agencies[0].name == name


@given(st.from_regex(r"[a-z][a-z0-9-]{0,62}", fullmatch=True))
def test_every_id_of_the_contract_is_taken(name):
    text = f'agencies: [{{id: "{name}", name: A, kind: badan, url: "http://a.example/"}}]'
    assert parse("agencies", text.encode()).agencies[0].id == name


@pytest.mark.parametrize("kind", KINDS)
def test_reading_twice_gives_the_same(kind):
    data = SAMPLES[kind].encode()
    assert parse(kind, data) == parse(kind, data)

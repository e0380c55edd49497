"""The JSON Schemas: the files are the generated ones, and they judge as the loaders do."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from ppid_audit.config.probes import PROBE_ABOUT, PROBE_NEEDS, PROBE_PARAMS
from ppid_audit.config.schema import SCHEMAS, schema_text
from ppid_audit.errors import InputError
from tests.config.loading import BAD, GOOD, ROOT, kind, plain_file

OF_KIND = {"agencies": "agencies.schema.json", "rubric": "rubric.schema.json"}

BEYOND_A_SCHEMA = {
    "agencies-duplicate-key", "agencies-duplicates", "agencies-no-such-day", "agencies-url-port",
    "agencies-url-bad-host", "agencies-escape-in-name", "agencies-surrogate-name", "agencies-bidi-name",
    "agencies-two-line-name", "agencies-blank-name", "rubric-bands-order", "rubric-bands-end", "rubric-bands-id",
    "rubric-item-twice", "rubric-due-not-yearly", "rubric-due-bad-day", "rubric-probe-term-and-not",
    "rubric-category-weights", "rubric-weight-nan",
}  # fmt: skip
"""Bad files whose fault JSON Schema cannot see: calendars, repeats, order, characters, and one part against another."""


def validator(file_kind: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[OF_KIND[file_kind]]())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_file_is_the_generated_one(name):
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    assert (ROOT / name).read_text(encoding="utf-8") == schema_text(schema)


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.yaml")) + sorted(GOOD.glob("*.yaml")), ids=lambda path: path.stem)
def test_good_files_validate(path):
    if kind(path) in OF_KIND:
        assert not list(validator(kind(path)).iter_errors(plain_file(path)))
    else:
        assert kind(path) == "reviews"


@pytest.mark.parametrize(
    "path", [path for path in sorted(BAD.glob("*.yaml")) if kind(path) in OF_KIND], ids=lambda path: path.stem
)
def test_the_schema_refuses_what_the_loader_refuses(path):
    try:
        content = plain_file(path)
    except InputError:
        return
    refused = not validator(kind(path)).is_valid(content)
    assert refused == (path.stem not in BEYOND_A_SCHEMA)


def described(schema: Any) -> Iterator[tuple[str, bool]]:
    """Every key of a schema, however deep, and whether it says what it is for."""
    if isinstance(schema, dict):
        yield from ((key, "description" in one) for key, one in schema.get("properties", {}).items())
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from described(part)


def test_every_key_tells_what_it_is_for():
    told = [pair for make in SCHEMAS.values() for pair in described(make())]
    assert {key for key, has_words in told if not has_words} <= {"any", "all"}
    assert len(told) > 50


def test_tables_of_probes_agree():
    assert PROBE_PARAMS.keys() == PROBE_NEEDS.keys() == PROBE_ABOUT.keys()
    assert all(set(PROBE_NEEDS[probe]) <= set(params) for probe, params in PROBE_PARAMS.items())

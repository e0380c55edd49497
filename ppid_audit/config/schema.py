"""JSON Schemas of the two files, told by the same specs that read them: editors complete from these."""

import json
from collections.abc import Callable, Mapping

from ppid_audit.config.agencies import REGISTRY
from ppid_audit.config.fields import Schema
from ppid_audit.config.probes import CheckSpec
from ppid_audit.config.rubric import RUBRIC

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def agencies_schema() -> Schema:
    """``agencies.yaml`` as JSON Schema 2020-12."""
    about = "Daftar lembaga yang dievaluasi oleh ppid-audit."
    return {"$schema": _DIALECT, "title": "agencies.yaml", "description": about, **REGISTRY.schema()}


def rubric_schema() -> Schema:
    """``rubric.yaml`` as JSON Schema 2020-12."""
    about = "Rubrik: butir penilaian, poin dan predikat."
    definitions = {"check": CheckSpec().definition()}
    return {"$schema": _DIALECT, "title": "rubric.yaml", "description": about, **RUBRIC.schema(), "$defs": definitions}


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "agencies.schema.json": agencies_schema,
    "rubric.schema.json": rubric_schema,
}
"""The files that ``ppid-audit check --schema`` writes."""


def schema_text(schema: Schema) -> str:
    """A schema as it is written to its file: UTF-8, indented, one line break at the end."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"

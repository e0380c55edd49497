"""The published test cases in tests/vectors, read once; each folder names its origin and licence."""

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "vectors"


def robots_cases() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((FOLDER / "robotstxt" / "vectors.json").read_text("utf-8"))
    return cases


def url_cases() -> list[dict[str, Any]]:
    everything = json.loads((FOLDER / "url" / "urltestdata.json").read_text("utf-8"))
    return [case for case in everything if isinstance(case, dict)]


def encoding_cases() -> list[tuple[bytes, str]]:
    """(page, label of the encoding that a browser ends up with)."""
    bodies = [path.read_bytes() for path in sorted((FOLDER / "encoding").glob("*.dat"))]
    found = [case for body in bodies for case in re.findall(rb"#data\n(.*?)#encoding\n(\S+)", body, re.DOTALL)]
    return [(page, label.decode("ascii")) for page, label in found]

"""What the tests of this room share: the folders, and which loader a file is for."""

from pathlib import Path
from typing import Any

from yaml.nodes import Node

from ppid_audit.config.agencies import agencies_from
from ppid_audit.config.nodes import Book, compose, kind_of
from ppid_audit.config.reviews import reviews_from
from ppid_audit.config.rubric import rubric_from

ROOT = Path(__file__).parents[2]
BAD = Path(__file__).parent / "bad"
GOOD = Path(__file__).parent / "good"


def parse(kind: str, data: bytes, name: str = "berkas.yaml") -> Any:
    """The noun in ``data``, read as the kind of file that the first word of its name says."""
    if kind == "rubric":
        return rubric_from(data, name)
    if kind == "reviews":
        registry = agencies_from((GOOD / "agencies-least.yaml").read_bytes(), "agencies-least.yaml")
        rubric = rubric_from((GOOD / "rubric-least.yaml").read_bytes(), "rubric-least.yaml")
        return reviews_from(data, name, registry, rubric)
    return agencies_from(data, name)


def kind(path: Path) -> str:
    """``agencies``, ``rubric`` or ``reviews``; the files about YAML as such are read as agencies."""
    return path.stem.partition("-")[0]


def plain(node: Node) -> Any:
    """A node as plain JSON values, the way an editor's YAML 1.2 reader gives them to a JSON Schema."""
    if kind_of(node) == "map":
        return {str(key.value): plain(value) for key, value in node.value}
    if kind_of(node) == "list":
        return [plain(one) for one in node.value]
    if kind_of(node) == "number":
        return float(str(node.value).replace(".inf", "inf").replace(".nan", "nan").replace(".NaN", "nan"))
    return {"null": None, "flag": node.value == "true"}.get(kind_of(node), str(node.value))


def plain_file(path: Path) -> Any:
    """A file's content as plain JSON values."""
    return plain(compose(path.read_bytes(), Book(path.name)))

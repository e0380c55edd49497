"""Writes constraints.txt anew: the versions that are installed here, of all that the program and its extras need."""

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution, requires
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PROGRAM: list[str] = PROJECT["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
HEAD = """\
# The versions that this release was tested with, for Python 3.11 on Linux: pip install -c constraints.txt -e ".[dev]"
# Names and versions only; pip knows where to get them. "python -m tests.renew_constraints" writes them anew.
"""


def closure(needs: Iterable[str]) -> set[str]:
    """The normal names of all distributions that ``needs`` bring along on this machine."""
    todo = [(Requirement(need), "") for need in needs]
    seen: set[tuple[str, str]] = set()
    while todo:
        need, for_extra = todo.pop()
        if need.marker and not need.marker.evaluate({"extra": for_extra}):
            continue
        name = normal(need.name)
        for extra in {"", *need.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                todo += [(Requirement(text), extra) for text in _needs(name, extra)]
    return {name for name, _ in seen} - {normal(PROJECT["name"])}


def _needs(name: str, extra: str) -> list[str]:
    """What a distribution declares; of ours what pyproject.toml says now, not when it was installed."""
    if name == normal(PROJECT["name"]):
        return EXTRAS[extra] if extra else PROGRAM
    return requires(name) or []


def normal(name: str) -> str:
    """A name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Writes the file."""
    program = closure(PROGRAM)
    others = closure(need for needs in EXTRAS.values() for need in needs) - program
    text = HEAD
    for title, names in (("What the program needs", program), ("What its extras and the tests need", others)):
        text += f"\n# {title}\n" + "".join(f"{name}=={distribution(name).version}\n" for name in sorted(names))
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

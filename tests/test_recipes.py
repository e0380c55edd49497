"""The recipes of docs/adding.md and docs/rubric.md, followed to the letter in a copy of the package."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ppid_audit.audit.ruler import ruler_problems
from ppid_audit.config import load_rubric

ROOT = Path(__file__).parent.parent
RECIPES = dict(
    re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", (ROOT / "docs" / "adding.md").read_text("utf-8"), re.S | re.M)
)
ITEM = (
    (ROOT / "docs" / "rubric.md").read_text("utf-8").partition("<!-- butir:begin -->\n```yaml\n")[2].partition("```")[0]
)


@pytest.mark.parametrize("name", ["A probe", "A document reader", "A format", "An engine"])
def test_a_recipe_gives_what_it_promises(tmp_path, name):
    shutil.copytree(ROOT / "ppid_audit", tmp_path / "ppid_audit", ignore=shutil.ignore_patterns("__pycache__", "sites"))
    *steps, proof = re.findall(r"^```python\n(.*?)^```", RECIPES[name], re.S | re.M)
    assert not passes(tmp_path, proof), "it would prove nothing"
    for step in steps:
        follow(tmp_path, step)
    assert passes(tmp_path, proof)


def test_the_recipes_are_those_five():
    assert list(RECIPES) == ["A criterion", "A probe", "A document reader", "A format", "An engine"]


def test_the_item_of_the_guide_is_a_good_one(tmp_path):
    before = load_rubric(ROOT / "rubric.yaml")
    longer = tmp_path / "rubric.yaml"
    longer.write_text((ROOT / "rubric.yaml").read_text("utf-8").rstrip("\n") + "\n\n" + ITEM, encoding="utf-8")
    after = load_rubric(longer)
    new = after.criteria[-1]
    assert (new.id, len(after.criteria)) == ("berkala.kalender-pelatihan", len(before.criteria) + 1)
    assert ruler_problems(after)[0] == []
    assert new.examples.match
    wrong = replace(new, examples=replace(new.examples, match=("Sejarah",)))
    assert [remark.code for remark in ruler_problems(replace(after, criteria=(wrong,)))[0]] == ["match_missed"]


def follow(folder: Path, step: str) -> None:
    """Does what the first line of a block says with the rest of it."""
    head, _, rest = step.partition("\n")
    path, _, what = head.removeprefix("# ").partition(": ")
    file = folder / path
    if not what:
        file.write_text(rest, encoding="utf-8")
        return
    text = file.read_text("utf-8")
    place = r"^from ppid_audit" if what == "import" else rf"^{what}\b[^\n]*\{{\n?"
    found = re.search(place, text, re.M)
    assert found, f"{path}: no place for {what}"
    at = found.start() if what == "import" else found.end()
    file.write_text(text[:at] + rest + text[at:], encoding="utf-8")


def passes(folder: Path, proof: str) -> bool:
    """Whether the last block of a recipe runs through with the package of ``folder``."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    done = subprocess.run([sys.executable, "-c", proof], cwd=folder, env=environment, capture_output=True, check=False)
    return done.returncode == 0

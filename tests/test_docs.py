"""What is written is checked: commands, options, exit codes, variables, links and samples of the documents."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ppid_audit import errors
from ppid_audit.cli.app import COMMANDS, command
from ppid_audit.config import load_rubric
from ppid_audit.report.formats import FORMATS
from tests.renew_man import PAGES, manuals, page
from tests.samples import PANDUAN, README, SAMPLES, fresh, reasons, steady, written

ROOT = README.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
OPERATIONS = ROOT / "docs" / "operations.md"
OTHERS_OPTIONS = {"--help", "--version"}
"""Options that click gives to every command."""

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    return fresh(tmp_path_factory.mktemp("samples"))


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, shown in SAMPLES.items() for name in shown])
def test_the_samples_are_what_the_program_prints(samples, path, name):
    assert steady(written(path.read_text("utf-8"), name)) == steady(samples[path][name]), "renew with: make docs"


def test_the_guide_explains_every_reason_in_the_words_of_the_reports():
    assert written(PANDUAN.read_text("utf-8"), "alasan") == reasons(), "renew with: make docs"


def test_the_guide_names_the_bands_of_the_rubric():
    rubric = load_rubric(ROOT / "rubric.yaml")
    said = [(row[1], re.findall(r"\d+", row[0])[0 if "sampai" in row[0] else -1]) for row in table(PANDUAN, "skor")]
    expected = [(band.label.id, f"{band.floor:g}") for band in rubric.bands]
    assert said[:-1] == expected[:-1]
    assert said[-1][0] == expected[-1][0]


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "gambar").iterdir()}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > 150_000} == {}


def test_the_picture_of_the_table_shows_the_table():
    shown = (ROOT / "docs" / "gambar" / "peringkat.svg").read_text("utf-8").replace("&#160;", " ")
    assert "CONTOH" in shown
    assert "Dinas Kesehatan" in shown
    assert "Predikat" in shown


@each_document
def test_every_command_and_option_exists(path):
    wrong = [line for line in called(path.read_text("utf-8")) if not exists(line)]
    assert wrong == []


@each_document
def test_every_option_named_alone_exists(path):
    known = {option for name in COMMANDS for option in options(command(name))} | OTHERS_OPTIONS
    named = {span.split()[0] for span in spans(path.read_text("utf-8")) if span.startswith("--")}
    assert named <= known


def test_a_wrong_command_and_a_wrong_option_are_seen():
    text = "Run `ppid-audit scann`, or\n\n```sh\ncd x && ppid-audit scan --no-such --out o   # why\n```\n"
    assert [exists(line) for line in called(text)] == [False, False]


def test_every_command_has_an_example_that_exists_and_every_option_a_sentence():
    for told in manuals():
        assert told.examples, told.path
        assert [line for line in told.examples if not all(map(exists, called(f"`{line}`")))] == []
        assert [name for _, rows in told.lists for name, text in rows if not re.match(r".*\w{3}.*\.", text)] == []


@pytest.mark.parametrize("lang", sorted(PAGES))
def test_the_manual_pages_are_the_help_of_the_program(lang):
    assert PAGES[lang].read_text("utf-8") == page(lang), "renew with: make man"


def test_every_command_stands_in_the_operations_table():
    rows = {cells[0].strip("`") for cells in table(OPERATIONS, "command")}
    assert rows == {f"ppid-audit {name}" for name in COMMANDS}


@each_document
def test_every_relative_link_leads_somewhere(path):
    targets = re.findall(r"\]\(([^)#\s]+)", without_blocks(path.read_text("utf-8")))
    assert [t for t in targets if "://" not in t and not (path.parent / t).exists()] == []


@each_document
def test_every_link_within_a_document_leads_to_a_heading(path):
    links = re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", path.read_text("utf-8"))
    pages = {name: path.parent / name if name else path for name, _ in links}
    assert [(name, place) for name, place in links if place not in headings(pages[name].read_text("utf-8"))] == []


@each_document
def test_every_make_target_exists(path):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = {span.split()[1] for span in spans(path.read_text("utf-8")) if re.match(r"make [a-z]", span)}
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


@each_document
def test_every_file_named_exists(path):
    named = {
        span for span in spans(path.read_text("utf-8")) if re.match(r"(ppid_audit|tests|docs|\.ci)/[\w./-]+$", span)
    }
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_exit_codes_are_those_of_the_exceptions():
    said = {name: int(row[0]) for row in table(OPERATIONS, "code") for name in re.findall(r"`(\w+Error)`", row[2])}
    assert said == {kind.__name__: kind.exit_code for kind in family(errors.AuditError)}


def test_the_exit_codes_of_the_front_door_are_those_of_operations():
    assert [row[0] for row in table(README, "code")] == [row[0] for row in table(OPERATIONS, "code")]


def test_the_formats_are_all_described():
    assert {row[0].strip("`") for row in table(OPERATIONS, "format")} == set(FORMATS)


def test_the_variables_are_those_that_the_program_reads():
    source = "".join(path.read_text("utf-8") for path in (ROOT / "ppid_audit").rglob("*.py"))
    read = set(re.findall(r"\bPPID_AUDIT_[A-Z_]+\b", source))
    assert {row[0].strip("`") for row in table(OPERATIONS, "variable")} == read


def spans(text: str) -> Iterator[str]:
    """Code within a text: each inline span, and each line of a block without its comment."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    for block in blocks:
        yield from (line.split("  #")[0].strip() for line in block.splitlines())
    yield from re.findall(r"`([^`\n]+)`", without_blocks(text))


def without_blocks(text: str) -> str:
    """A text without its blocks of code."""
    return re.sub(r"^```\w*\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def headings(text: str) -> set[str]:
    """The anchors that a Markdown viewer gives to the headings of a text."""
    prose = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    titles = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def called(text: str) -> Iterator[list[str]]:
    """The words after ``ppid-audit`` wherever code calls it."""
    for span in spans(text):
        for part in re.split(r"&&|\|", span):
            found = re.search(r"(?:^|[\s\\/])ppid-audit(?:\s+([a-z-].*))?$", part.strip())
            if found and found[1]:
                yield found[1].split()


def exists(words: list[str]) -> bool:
    """Whether there is such a command with all these options."""
    if words[0].startswith("--"):
        return words[0] in OTHERS_OPTIONS
    if words[0] not in COMMANDS:
        return False
    found = command(words[0])
    if hasattr(found, "commands"):
        if len(words) == 1:
            return True
        found = found.commands.get(words[1])
    return found is not None and {w for w in words if w.startswith("--")} <= {*options(found), *OTHERS_OPTIONS}


def options(found: Any) -> set[str]:
    """The options of a command and of the commands below it."""
    below = (options(each) for each in getattr(found, "commands", {}).values())
    return {o for p in found.params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")}.union(*below)


def table(path: Path, head: str) -> list[list[str]]:
    """The rows of the table whose first column is called ``head``; several codes in a cell make several rows."""
    text = path.read_text("utf-8")
    found = re.search(rf"^\| {head} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert found, f"{path.name}: no table {head}"
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines()]
    return [[first, *rest] for cells in rows for first in cells[0].split(", ") for rest in [cells[1:]]]


def family(kind: type[errors.AuditError]) -> Iterator[type[errors.AuditError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from family(child)

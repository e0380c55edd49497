"""``--ocr`` at the command line: asked for, refused, and stated in the result."""

import json

import pytest

from ppid_audit import __version__
from ppid_audit.cli import reading
from ppid_audit.engines.ocr import Ocr
from tests.audit.test_ocr import plan
from tests.cli.small_regency import Pages, Regency, page


@pytest.fixture(scope="module")
def regency(tmp_path_factory):
    made = Regency(tmp_path_factory.mktemp("ocr"), dinkes=Pages({"/renstra": page("Renstra")}))
    yield made
    made.close()


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(reading, "tesseract", lambda: Ocr("mesin uji 1", plan))


def told(regency: Regency, *arguments: str) -> str:
    tool: str = json.loads(regency.run(*arguments, "--as-of", "2026-11-24", "--json"))["scan"]["tool"]
    return tool


def test_without_the_program_it_is_refused_before_anything_is_sent(regency, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert "apt install tesseract-ocr tesseract-ocr-ind" in regency.run("scan", "--ocr", "--data", "x", code=2)
    assert not (regency.folder / "x").exists()
    assert "apt install" in regency.run("rescore", "--ocr", code=2)


def test_without_indonesian_it_says_what_is_missing(regency, monkeypatch):
    monkeypatch.setattr(reading, "tesseract", lambda: None)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert "apt install tesseract-ocr-ind" in regency.run("scan", "--ocr", "--data", "x", code=2)


def test_it_does_not_go_with_a_cluster(regency, engine):
    assert "--cluster" in regency.run("scan", "--ocr", "--cluster", "tcp://127.0.0.1:1", "--data", "x", code=2)
    assert not (regency.folder / "x").exists()


def test_the_result_names_what_read_the_scans(regency, engine):
    assert told(regency, "scan", "--ocr") == f"{__version__} + mesin uji 1"
    assert told(regency, "rescore") == __version__
    assert told(regency, "rescore", "--ocr") == f"{__version__} + mesin uji 1"
    assert "mesin uji 1" in regency.run("report")


def test_another_reader_is_a_change_of_the_tool(regency, engine):
    told(regency, "scan", "--fresh")
    told(regency, "scan", "--fresh", "--ocr")
    assert "mesin uji 1" in regency.run("diff")

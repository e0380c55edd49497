"""Help, complaints, completion and consoles: what a person meets before any work is done."""

import os
import subprocess
import sys

import pytest

from tests.cli.desk import call
from tests.program import run
from tests.renew_man import manuals

ENGLISH = ("Usage", "Options", "Commands", "Arguments", "default", "required", "Show this", "Error", "Try '")


def test_no_english_is_left_in_indonesian_help(tmp_path):
    for told in manuals():
        code, out, err = call(tmp_path, *told.path, "--help")
        assert (code, err) == (0, "")
        assert [word for word in ENGLISH if word in out] == []
        assert f"Pemakaian: {' '.join(('ppid-audit', *told.path))}" in out
        assert "Contoh:" in out


def test_help_in_english():
    done = run("scan", "--help", "--lang", "en")
    assert done.stdout.startswith("Usage: ppid-audit scan [OPTIONS]")
    assert "Pilihan" not in done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nope"], 'Tidak ada perintah "nope"; yang ada: init,'),
        (["review", "zap"], 'Tidak ada perintah "zap"; yang ada: export,'),
        (["scan", "--nope"], "Tidak ada pilihan --nope."),
        (["scan", "--dalay", "1"], "Mungkin maksudnya --data, --delay"),
        (["scan", "--max-pages", "x"], "--max-pages: isinya tidak dapat dipakai; yang diminta: bilangan bulat 1"),
        (["scan", "--delay", "-1"], "yang diminta: angka, dengan titik sebagai tanda desimal 0 sampai 3600."),
        (["scan", "--data"], "--data perlu isi."),
        (["explain"], "AGENCY belum diisi."),
        (["finalize", "latest"], "--by belum diisi."),
        (["scan", "kelebihan"], "terlalu banyak"),
        (["\x1b[2J"], "\\x1b[2J"),
    ],
)  # fmt: skip
def test_complaints_are_one_sentence_and_the_way_to_the_help(tmp_path, words, sentence):
    code, out, err = call(tmp_path, *words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) <= 2
    assert "\x1b" not in err


def test_a_group_alone_shows_its_help(tmp_path):
    code, out, err = call(tmp_path, "review")
    assert (code, out) == (2, "")
    assert "Pemakaian: ppid-audit review" in err


@pytest.mark.parametrize(
    ("line", "expected"), [("sc", "scan"), ("scan --fail-on", "--fail-on-drop"), ("arch", "archive")]
)
def test_a_shell_may_complete_words(tmp_path, line, expected):
    asked = {
        "_PPID_AUDIT_COMPLETE": "complete_bash",
        "COMP_WORDS": f"ppid-audit {line}",
        "COMP_CWORD": str(line.count(" ") + 1),
    }
    code = "import sys; sys.argv = ['ppid-audit']; from ppid_audit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **asked},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert expected in done.stdout.split()


@pytest.mark.parametrize("words", [["--help"], ["doctor"], ["scan", "--help"], ["explain", "x"], ["init", "folder-ü"]])
def test_a_console_of_windows_does_not_break_it(tmp_path, words):
    code = "from ppid_audit.cli import main; main()"
    old = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", code, *words], env=old, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode in {0, 2}
    assert b"Traceback" not in done.stderr
    assert b"Unicode" not in done.stderr
    (done.stdout + done.stderr).decode("utf-8")


@pytest.mark.parametrize(
    ("library", "words", "sentence"),
    [
        ("typst", ["demo", "--format", "pdf"], "ppid-audit[pdf]"),
        ("psycopg", ["report", "--db", "postgresql://127.0.0.1:9/x"], "ppid-audit[postgres]"),
        ("distributed", ["scan", "--cluster", "tcp://127.0.0.1:9"], "ppid-audit[dask]"),
    ],
)
def test_an_extra_that_is_missing_is_named_in_a_sentence(tmp_path, library, words, sentence):
    run("init", cwd=tmp_path)
    address = "http://127.0.0.1:9/"
    (tmp_path / "agencies.yaml").write_text(f'agencies: [{{id: a, name: A, kind: dinas, url: "{address}"}}]\n')
    code = f"import sys, importlib.util as u; find = u.find_spec; sys.modules[{library!r}] = None;"
    code += f"u.find_spec = lambda name, package=None: None if name == {library!r} else find(name, package);"
    code += "from ppid_audit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode in {2, 6}
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr

"""Y: configuration. Whatever is wrong with a file, the scan ends with 2 and a place, before any socket is opened."""

import socket
import time
from contextlib import chdir
from pathlib import Path

import pytest

from ppid_audit.cli import main
from ppid_audit.cli.words import language
from ppid_audit.config import load_agencies
from ppid_audit.errors import InputError
from tests.config.loading import BAD, GOOD, parse
from tests.faults.cases import Cases
from tests.faults.lab import Lab

fault = Cases()

FILES = sorted(BAD.glob("*.yaml"))
LEAST = {kind: GOOD / f"{kind}-least.yaml" for kind in ("agencies", "rubric")}

ROWS = {
    "Y01": "agencies-duplicate-key",
    "Y02": "agencies-duplicates",
    "Y03": "agencies-number-id agencies-confirmed-no agencies-flag-name agencies-year-only agencies-null-name",
    "Y04": "yaml-tab yaml-indentation yaml-open-bracket yaml-open-quote",
    "Y05": "yaml-alias yaml-undefined-alias",
    "Y06": "yaml-merge-key",
    "Y07": "yaml-recursive-alias",
    "Y08": "yaml-tag",
    "Y09": "yaml-deep",
    "Y10": "yaml-long-number agencies-no-such-day yaml-huge-escape",
    "Y11": "yaml-control-character agencies-escape-in-name agencies-surrogate-name agencies-bidi-name",
    "Y12": "yaml-utf-16 yaml-latin-1",
    "Y13": "yaml-empty yaml-scalar yaml-list yaml-two-documents yaml-comments-only",
    "Y14": "agencies-unknown-key agencies-unknown-top-key rubric-probe-param",
    "Y15": "agencies-many-errors agencies-missing-keys agencies-url-ftp agencies-url-port agencies-url-userinfo"
    " agencies-url-without-scheme agencies-url-no-host",
    "Y16": "agencies-bad-id agencies-capital-id agencies-long-id agencies-blank",
    "F17": "agencies-capital-id",
    "Y18": "rubric-weight-nan rubric-weight-negative rubric-category-weights"
    " rubric-points-above-one rubric-probe-pattern",
}
"""Which bad files stand for a row."""


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the scan says; it must end with 2 and open no socket."""
    opened: list[str] = []

    class Closed(socket.socket):
        def __init__(self, *args, **kwargs) -> None:
            opened.append("socket")
            raise OSError("a socket was opened")

    with pytest.MonkeyPatch.context() as patch, chdir(folder):
        language.cache_clear()
        patch.setattr(socket, "socket", Closed)
        patch.setattr(socket, "getaddrinfo", lambda *args, **more: opened.append("lookup"))
        patch.setattr("sys.argv", ["ppid-audit", "scan", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
    told = capsys.readouterr()
    assert (end.value.code, opened) == (2, []), told.err
    assert told.out == ""
    assert "Traceback" not in told.err
    return told.err


def given(path: Path) -> list[str]:
    kind = path.stem.partition("-")[0]
    files = LEAST | ({} if kind == "reviews" else {"agencies" if kind == "yaml" else kind: path})
    told = [f"--{name}={file}" for name, file in files.items()]
    return [*told, f"--reviews={path}"] if kind == "reviews" else told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_bad_file_opens_a_socket(path, tmp_path, capsys):
    said = refused(tmp_path, capsys, *given(path))
    assert path.name in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("row", ROWS)
def test_y(row, tmp_path, capsys):
    for name in ROWS[row].split():
        said = refused(tmp_path, capsys, *given(BAD / f"{name}.yaml"))
        assert f"{name}.yaml:" in said


def test_enough_bad_files():
    assert len(FILES) >= 60


def test_y_ids_that_are_paths(tmp_path):
    for name in ("../../etc", "-x", "a\\u0000b", "\\U0001F600", "a" * 300):
        with pytest.raises(InputError):
            parse("agencies", f'agencies: [{{id: "{name}", name: A, kind: dinas, url: "https://a.example/"}}]'.encode())


async def marks_and_line_ends(lab: Lab) -> None:
    least = LEAST["agencies"].read_bytes()
    assert parse("agencies", b"\xef\xbb\xbf" + least).agencies == parse("agencies", least).agencies
    assert parse("agencies", least.replace(b"\n", b"\r\n")).agencies == parse("agencies", least).agencies


async def ten_thousand_agencies(lab: Lab) -> None:
    entry = '  - {{id: a{0}, name: Dinas {0}, kind: dinas, url: "https://a{0}.example/"}}\n'
    text = "agencies:\n" + "".join(entry.format(number) for number in range(10_000))
    began = time.process_time()
    assert len(parse("agencies", text.encode()).agencies) == 10_000
    assert time.process_time() - began < 20


async def what_is_no_ordinary_file(lab: Lab) -> None:
    for path in (Path("/dev/zero"), lab.folder, lab.folder / "tidak-ada.yaml"):
        with pytest.raises(InputError):
            load_agencies(path)


async def the_digest_is_of_what_was_read(lab: Lab) -> None:
    path = lab.folder / "agencies.yaml"
    path.write_bytes(LEAST["agencies"].read_bytes())
    before = load_agencies(path)
    path.write_bytes(path.read_bytes() + b"# diubah\n")
    assert before.sha256 != load_agencies(path).sha256
    assert before.agencies == load_agencies(path).agencies


fault.extend((row, test_y) for row in ROWS)
PLAYS = {"Y12": marks_and_line_ends, "Y17": ten_thousand_agencies, "Y20": the_digest_is_of_what_was_read}
PLAYS |= {"Y21": what_is_no_ordinary_file}
fault.extend(PLAYS.items())


@pytest.mark.anyio
@pytest.mark.parametrize("row", PLAYS)
async def test_y_files(row, lab):
    await PLAYS[row](lab)


@pytest.mark.parametrize("_", ["Y22"])
def test_y_without_a_contact_nothing_is_sent(_, tmp_path, capsys):
    path = tmp_path / "in" / "agencies.yaml"
    path.parent.mkdir()
    path.write_text('agencies: [{id: a, name: A, kind: dinas, url: "https://a.example/"}]')
    said = refused(tmp_path, capsys, f"--agencies={path}", f"--rubric={LEAST['rubric']}")
    assert "contact" in said
    path.write_text('contact: a@b.example\nagencies: [{id: a, name: A, kind: dinas, url: "https://a.example/"}]')
    assert refused(tmp_path, capsys, f"--agencies={path}", f"--rubric={LEAST['rubric']}", "--delay=0")


fault.append(("Y22", test_y_without_a_contact_nothing_is_sent))

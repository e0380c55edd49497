"""What the doctor says of a machine; nothing here leaves loopback."""

import json
import threading
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import ppid_audit
from ppid_audit.audit import machine, outside, space
from ppid_audit.audit.machine import State, path_length
from ppid_audit.model.capture import Capture, Problem, Role
from ppid_audit.report.locale import Locale
from tests.cli.desk import call

JAKARTA = timezone(timedelta(hours=7))
NOON = datetime(2100, 1, 1, 12, tzinfo=JAKARTA)


def states(folder: Path) -> dict[str, State]:
    return {check.name: check.state for check in machine.checks(folder, None, NOON)}


def capture(date: str = "", status: int | None = 200, detail: str = "", problem: Problem | None = None) -> Capture:
    return Capture(
        url="https://dinas.example.go.id/robots.txt",
        role=Role.ROBOTS,
        final_url="https://dinas.example.go.id/robots.txt",
        status=status,
        headers=(("date", date),) if date else (),
        detail=detail,
        problem=problem,
        fetched_at="2100-01-01T05:00:00Z",
    )


def test_a_sound_machine_is_ready_and_nothing_is_left_behind(tmp_path):
    code, out, err = call(tmp_path, "doctor")
    assert (code, err) == (0, "Komputer ini siap.\n")
    assert "tidak ada yang dikirim" in out
    assert list(tmp_path.iterdir()) == []


def test_json_gives_codes_in_either_language(tmp_path):
    told = [json.loads(call(tmp_path, "doctor", "--json", "--lang", lang)[1]) for lang in ("id", "en")]
    codes = [[(check["name"], check["state"], check["code"]) for check in each["checks"]] for each in told]
    assert codes[0] == codes[1]
    assert told[0]["schema"] == "ppid-audit/doctor/1"
    assert told[0]["checks"][-1]["told"] != told[1]["checks"][-1]["told"]


def test_a_folder_that_cannot_be_used_ends_with_6(tmp_path):
    (tmp_path / "berkas").write_text("")
    code, out, err = call(tmp_path, "doctor", "--data", "berkas")
    assert code == 6
    assert "Belum siap: Folder data" in err
    assert "--data" in out


def test_a_damaged_database_ends_with_6(tmp_path):
    (tmp_path / "ppid-data").mkdir()
    (tmp_path / "ppid-data" / "ppid-audit.db").write_bytes(b"no database")
    code, _, err = call(tmp_path, "doctor")
    assert (code, err) == (6, "Belum siap: Basis data.\n")


@pytest.mark.parametrize(("name", "state"), [("LEAST", State.BAD), ("LITTLE", State.OPTIONAL)])
def test_a_full_disk_is_lacking_and_a_nearly_full_one_is_told(tmp_path, monkeypatch, name, state):
    monkeypatch.setattr(space, name, 10**18)
    assert states(tmp_path)["disk"] is state


def test_a_clock_before_the_program_was_made_is_lacking(tmp_path):
    old = datetime(2001, 1, 1, tzinfo=UTC)
    found = {check.name: check for check in machine.checks(tmp_path, None, old)}
    assert (found["clock"].state, found["zone"].code) == (State.BAD, "zone_other")
    assert states(tmp_path)["clock"] is State.GOOD


def test_missing_extras_are_optional_and_say_how_to_get_them(monkeypatch):
    monkeypatch.setattr(machine, "find_spec", lambda name: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    found = list(machine.extras())
    words = Locale.load("id")
    assert {check.state for check in found} == {State.OPTIONAL}
    for check in found:
        assert "install" in words.t(f"cli.doctor.told.{check.code}", **check.values)


def test_every_code_has_its_words_and_every_word_its_code():
    package = Path(ppid_audit.__file__).parent
    names = ("audit/machine.py", "audit/outside.py", "cli/doctor.py")
    source = "".join((package / name).read_text("utf-8") for name in names)
    words = {key.rpartition(".")[2] for key in Locale.load("id").texts if key.startswith("cli.doctor.told.")}
    bare = {word.removesuffix("_bad").removesuffix("_missing") for word in words}
    assert {word for word in bare if f'"{word}"' not in source} == set()


def test_long_folders_matter_on_windows_only(tmp_path):
    deep = tmp_path / ("x" * 200)
    assert path_length(deep, windows=True).state is State.BAD
    assert path_length(deep, windows=False).state is State.GOOD


@pytest.mark.parametrize(
    ("captures", "code"),
    [
        ([capture(), capture(status=None, problem=Problem.DEADLINE)], "network"),
        ([capture(status=None, problem=Problem.DNS_FAILED)] * 3, "network_bad"),
        ([capture(detail="tls: self-signed certificate")] * 3, "network_certificates"),
        ([capture(detail="tls: certificate has expired")], "network"),
    ],
)
def test_what_answers_say_about_our_own_line(captures, code):
    assert outside.network(captures).code == code


def test_clocks_are_compared_with_the_sites_and_one_that_agrees_is_enough():
    right, wrong = "Fri, 01 Jan 2100 05:01:00 GMT", "Fri, 01 Jan 2100 09:00:00 GMT"
    assert outside.clock([capture(wrong), capture(right), capture("soon")], NOON) is None
    off = outside.clock([capture(wrong)], NOON)
    assert off is not None
    assert off.values == {"minutes": 240, "host": "dinas.example.go.id"}


@pytest.fixture
def asked():
    """A server that keeps the paths it is asked for; the port stands first."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_port, paths
    server.shutdown()
    server.server_close()


def test_online_asks_confirmed_sites_for_their_robots_and_no_other(tmp_path, asked):
    port, paths = asked
    address = f"http://127.0.0.1:{port}/"
    (tmp_path / "agencies.yaml").write_text(
        f"agencies:\n"
        f'  - {{id: a, name: A, kind: dinas, url: "{address}"}}\n'
        f'  - {{id: b, name: B, kind: dinas, url: "http://127.0.0.1:9/", confirmed: false}}\n'
    )
    code, out, _ = call(tmp_path, "doctor", "--online")
    assert code == 0
    assert "1 dari 1 situs menjawab" in out
    assert paths == ["/robots.txt"]


def test_online_keeps_to_the_rules_of_a_scan(tmp_path):
    (tmp_path / "agencies.yaml").write_text(
        'agencies: [{id: a, name: A, kind: dinas, url: "https://dinas.example.go.id/"}]\n'
    )
    code, out, err = call(tmp_path, "doctor", "--online")
    assert (code, out) == (2, "")
    assert "contact" in err

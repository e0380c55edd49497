"""``scan --cluster``: the same result whoever does the visits, and whoever of them dies."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from ppid_audit.archive.reader import read
from tests.cli.nightly import Nightly, pages
from tests.cli.test_interruption import PROGRAM, ROOT
from tests.engines.machines import Machines

SCAN = ("scan", "--as-of", "2026-11-24", "--quiet")
SITES = ("dinkes", "bkd", "dlh", "rsud")


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    with Machines(tmp_path_factory.mktemp("pekerja")) as made:
        yield made


@pytest.fixture
def regency(tmp_path):
    made = Nightly(tmp_path, **{name: pages() for name in SITES})
    yield made
    made.close()


def digest(regency, *more: str) -> str:
    report = json.loads(regency.run(*SCAN, "--json", *more))
    assert [each["id"] for each in report["agencies"]] == list(SITES)
    return str(report["scan"]["judgement_sha256"])


def archives(regency) -> dict[str, list[str]]:
    """The addresses in each archive of the youngest scan, in their order."""
    folder = max((regency.folder / "ppid-data" / "archive").iterdir())
    return {path.name: [each.capture.url for each in read(path)] for path in sorted(folder.glob("*.warc.gz"))}


def started(regency, *more: str) -> subprocess.Popen[str]:
    command = [*PROGRAM, *SCAN, "--json", *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=regency.folder, env=environment, stdout=-1, stderr=-1, text=True)


@pytest.mark.full
def test_one_two_and_four_workers_and_none_come_to_the_same(regency, machines):
    here = digest(regency)
    for count in (1, 1, 2):
        machines.hire(count)
        regency.asked.clear()
        assert digest(regency, "--fresh", "--cluster", machines.address) == here
        assert {site for site, _, _ in regency.asked} == set(SITES)
    assert "utuh" in regency.run("archive", "verify")
    folder = max((regency.folder / "ppid-data" / "archive").iterdir())
    whole = {f"{name}.warc.gz" for name in SITES} | {"scan.json", "manifest.json", "permintaan.tsv"}
    assert {path.name for path in folder.iterdir()} == whole
    head, *lines = (folder / "permintaan.tsv").read_text("utf-8").splitlines()
    assert head.startswith("waktu")
    assert len(lines) == len(regency.asked)
    machines.dismiss()


def test_a_worker_killed_in_the_middle_loses_nothing(regency, machines):
    here = digest(regency)
    machines.hire(2)
    regency.asked.clear()
    regency.held.add("/renstra")
    running = started(regency, "--fresh", "--cluster", machines.address)
    regency.wait_for("/renstra", 60)
    time.sleep(1)
    stored = archives(regency)
    before = Counter((site, path) for site, path, status in regency.asked if path != "/renstra")
    for worker in machines.workers:
        worker.kill()
    regency.held.clear()
    regency.released.set()
    machines.hire(1)
    told, complained = running.communicate(timeout=60)
    assert running.returncode == 0, complained
    assert json.loads(told)["scan"]["judgement_sha256"] == here
    after = archives(regency)
    assert any(len(urls) > 2 for urls in stored.values())
    for name, urls in stored.items():
        assert after[name][: len(urls)] == urls
        assert len(set(after[name])) == len(after[name])
    again = Counter((site, path) for site, path, _ in regency.asked if path != "/renstra") - before
    kept = {(name.partition(".")[0], "/" + url.rpartition("/")[2]) for name, urls in stored.items() for url in urls}
    assert not kept & set(again)
    machines.dismiss()


@pytest.mark.full
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_scan_ends_in_time_and_is_gone_on_with_here(regency, machines, number, code):
    machines.hire(1)
    regency.held.add("/renstra")
    running = started(regency, "--cluster", machines.address)
    regency.wait_for("/renstra", 60)
    began = time.monotonic()
    running.send_signal(number)
    _, told = running.communicate(timeout=30)
    assert (running.returncode, "Traceback" in told) == (code, False), told
    assert time.monotonic() - began < 10
    assert "Dihentikan. Yang sudah diunduh tersimpan" in told
    regency.held.clear()
    regency.released.set()
    stored = archives(regency)
    assert digest(regency, "--resume") == digest(regency, "--fresh")
    assert stored
    machines.dismiss()


@pytest.mark.full
def test_a_cluster_that_is_lost_is_one_sentence_and_everything_is_kept(regency, tmp_path):
    with Machines(tmp_path) as own:
        own.hire(1)
        regency.held.add("/renstra")
        running = started(regency, "--cluster", own.address)
        regency.wait_for("/renstra", 60)
        own.stop_scheduler()
        _, told = running.communicate(timeout=60)
    assert running.returncode == 1
    assert told.count("Hubungan dengan komputer-komputer pekerja terputus") == 1
    assert "Traceback" not in told
    regency.held.clear()
    regency.released.set()
    assert digest(regency, "--resume")


def test_workers_with_another_program_or_no_sight_of_the_folder_are_refused(regency, machines, tmp_path):
    other = tmp_path / "lain"
    shutil.copytree(ROOT / "ppid_audit", other / "ppid_audit", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "ppid_audit" / "score.py").open("a") as file:
        file.write("# another one\n")
    machines.hire(1, {"PYTHONPATH": str(other)})
    told = regency.run(*SCAN, "--cluster", machines.address, code=2)
    assert "memakai program lain" in told
    assert regency.asked == []
    machines.dismiss()


def test_without_workers_a_scheduler_or_an_address_nothing_is_sent(regency, machines, monkeypatch):
    monkeypatch.setattr("ppid_audit.engines.dask.WORKER_SECONDS", 0.5)
    monkeypatch.setattr("ppid_audit.engines.dask.CONNECT_SECONDS", 1)
    said = {
        machines.address: "belum punya satu pun komputer pekerja",
        "tcp://127.0.0.1:9": "tidak dapat dihubungi",
        "tls://127.0.0.1:9": "tidak dapat dihubungi",
        "tcp://8.8.8.8:8786": "alamat internet tanpa pengaman",
        "http://10.0.0.5:8786": "bukan alamat penjadwal",
        "tcp://10.0.0.5": "bukan alamat penjadwal",
    }
    for address, sentence in said.items():
        assert sentence in regency.run(*SCAN, "--cluster", address, code=2)
    assert regency.asked == []
    assert not (regency.folder / "ppid-data" / "archive").exists()


def test_without_the_extra_it_is_one_sentence(regency, monkeypatch):
    monkeypatch.delitem(sys.modules, "ppid_audit.engines.dask", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = regency.run(*SCAN, "--cluster", "tcp://127.0.0.1:8786", code=2)
    assert (
        told.strip()
        == "--cluster perlu bagian tambahan: pasang dengan pip install 'ppid-audit[dask]'. Tidak ada yang dikirim."
    )
    assert regency.asked == []


def test_a_scan_at_home_never_loads_dask(regency):
    program = f"import sys\ntry:\n    {PROGRAM[-1]}\nfinally:\n    print('distributed' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, *SCAN],
        cwd=regency.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False"

"""A disk that fails: at the n-th operation of the program, or as the kernel does it, at a size.

Run as a module (``make long``) it makes every single operation of a small scan fail, one a run, and looks at
what is left: no half file, the old report as it was, the next scan fine.
"""

import argparse
import errno
import hashlib
import io
import json
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ppid_audit.audit.database import DATABASE
from ppid_audit.audit.evidence import check
from ppid_audit.history.store import Store
from tests.cli.small_regency import rubric
from tests.long.sites import Served, serving

SCAN = ("scan", "--as-of", "2026-11-24", "--delay", "0", "--quiet", "--out", "laporan", "--fresh")
COUNT = "operations"
"""The file that says how many operations a run without faults had."""

_LOG_BYTES = 3_000


def fail(at: int = 0, code: int = errno.ENOSPC, torn: bool = False, size: int = 0) -> None:
    """Has this process's disk fail from now on: operation ``at`` (1 is the first), or any file beyond ``size`` bytes.

    ``torn`` lets a failing write leave half of what it was to write. With neither, only counts.
    """
    if size:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        return
    _Faults(at, code, torn).install()


class _Faults:
    """Counts writes, syncs, renames and new folders of this process; the chosen one fails, and all after it."""

    def __init__(self, at: int, code: int, torn: bool) -> None:
        self.at, self.code, self.torn, self.seen = at, code, torn, 0
        self._count = Path(COUNT).absolute()

    def step(self) -> bool:
        """Whether this operation fails."""
        self.seen += 1
        return 0 < self.at <= self.seen

    def error(self) -> OSError:
        return OSError(self.code, os.strerror(self.code))

    def install(self) -> None:
        for name in ("fsync", "replace", "mkdir"):
            setattr(os, name, self._failing(getattr(os, name)))
        setattr(io, "open", self._opening(io.open))  # noqa: B010
        leave = os._exit

        def counted(code: int) -> None:
            if not self.at:
                self._count.write_text(str(self.seen))
            leave(code)

        setattr(os, "_exit", counted)  # noqa: B010

    def _failing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*arguments: Any, **more: Any) -> Any:
            if self.step():
                raise self.error()
            return real(*arguments, **more)

        return operation

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *arguments: Any, **more: Any) -> Any:
            made = real(file, mode, *arguments, **more)
            return _File(made, self) if set(mode) & set("wax+") else made

        return opened


class _File:
    """A file open for writing, whose writes may fail."""

    def __init__(self, file: Any, faults: _Faults) -> None:
        self._file, self._faults = file, faults

    def write(self, data: Any) -> int:
        if self._faults.step():
            if self._faults.torn:
                self._file.write(data[: len(data) // 2])
                self._file.flush()
            raise self._faults.error()
        return int(self._file.write(data))

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class Bench:
    """A folder with one finished scan and its report, copied for every fault."""

    def __init__(self, root: Path, served: Served, zygote: Any) -> None:
        self._root, self._zygote, self._runs = root, zygote, 0
        self.base = root / "base"
        self.base.mkdir()
        entries = "".join(
            f"  - {{id: {n}, name: Dinas {n}, kind: dinas, url: '{u}'}}\n" for n, u in served.urls.items()
        )
        (self.base / "agencies.yaml").write_text(f"agencies:\n{entries}")
        (self.base / "rubric.yaml").write_text(rubric())
        assert self._run(self.base, {}) == 0, (self.base / "log").read_text()
        self.report = _digests(self.base)
        self.scan = _store(self.base).load().scan.id

    def operations(self) -> int:
        """How many operations a scan over the base has."""
        folder = self._copy()
        assert self._run(folder, {"at": 0}) == 0
        return int((folder / COUNT).read_text())

    def sizes(self) -> list[int]:
        """Sizes of files that a scan writes, so that limits between them can be tried; the log must fit below."""
        found = {path.stat().st_size for path in self.base.rglob("*") if path.is_file()}
        return sorted(size for size in found if size > _LOG_BYTES)

    def problems(self, **fault: Any) -> list[str]:
        """What is wrong after a scan with the fault, and after one without."""
        folder = self._copy()
        code = self._run(folder, fault)
        told = (folder / "log").read_text()
        found = [] if code in (0, 6) else [f"exit {code}: {told[-500:]}"]
        if "Traceback" in told or "Error inside" in told or "Kesalahan di dalam" in told:
            found.append(f"no sentence: {told[-500:]}")
        if code == 6 and not told.strip():
            found.append("no word")
        if code == 0 and fault.get("at"):
            found.append("the fault was not noticed")
        found += self._half_files(folder)
        if _store(folder).finished()[0].id != self.scan:
            found.append("the old scan is gone")
        if self._run(folder, {}) != 0:
            found.append(f"a later run fails: {(folder / 'log').read_text()[-500:]}")
        found += [f"damage {d}" for _, ds in check(folder / "ppid-data", _store(folder)) for d in ds]
        shutil.rmtree(folder)
        return found

    def _half_files(self, folder: Path) -> list[str]:
        """Report files are those of the old scan or of a new one, each whole; the manifest says which."""
        found = [f"left over: {path.name}" for path in (folder / "laporan").iterdir() if path.name.startswith(".")]
        new = {**_digests(folder)}
        manifest = json.loads((folder / "laporan" / "manifest.json").read_text())["sha256"]
        for name, digest in new.items():
            known = name == "manifest.json" or digest in (self.report[name], manifest.get(name))
            if not known and not _is_whole(folder / "laporan" / name):
                found.append(f"half a file: {name}")
        return found

    def _copy(self) -> Path:
        self._runs += 1
        folder = self._root / f"run-{self._runs}"
        shutil.copytree(self.base, folder)
        (folder / "log").unlink()
        return folder

    def _run(self, folder: Path, fault: dict[str, Any]) -> int:
        self._zygote.start(folder, *SCAN, fault=fault)
        code: int = self._zygote.end()
        return code


def _is_whole(path: Path) -> bool:
    """Whether a file can be read to its end as what its name says."""
    try:
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                return book.testzip() is None
        text = path.read_text("utf-8-sig")
        if path.suffix == ".json":
            json.loads(text)
    except (ValueError, zipfile.BadZipFile):
        return False
    return path.suffix != ".html" or text.rstrip().endswith("</html>")


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "laporan").iterdir())}


def _store(folder: Path) -> Store:
    return Store(folder / "ppid-data" / DATABASE)


def main() -> None:
    from tests.long.zygote import Zygote

    options = argparse.ArgumentParser()
    options.add_argument("--step", type=int, default=1, help="only every n-th operation")
    given = options.parse_args()
    broken = 0
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        served = stack.enter_context(serving(root / "asked"))
        zygote = Zygote()
        stack.callback(zygote.close)
        bench = Bench(root, served, zygote)
        last = bench.operations()
        faults: list[dict[str, Any]] = [
            {"at": at, "code": code, "torn": code == errno.ENOSPC}
            for at in range(1, last + 1, given.step)
            for code in (errno.ENOSPC, errno.EIO)
        ]
        sizes = bench.sizes()
        faults += [{"size": (small + big) // 2} for small, big in zip([_LOG_BYTES, *sizes], sizes, strict=False)]
        print(f"operations={last} faults={len(faults)}", flush=True)
        for number, fault in enumerate(faults, 1):
            problems = bench.problems(**fault)
            broken += bool(problems)
            for problem in problems:
                print(f"{fault}: {problem}", flush=True)
            if number % 20 == 0:
                print(f"tried={number} broken={broken}", flush=True)
    print(f"operations={last} faults={len(faults)} broken={broken}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()

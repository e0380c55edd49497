"""A PostgreSQL server of our own: in a temporary folder, on a Unix socket, gone when the tests are."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")


class Server:
    """Makes a fresh, empty database for whoever asks."""

    def __init__(self, folder: Path, run) -> None:
        self._folder, self._run, self._numbers = folder, run, count()

    def database(self) -> str:
        """The URL of a new database."""
        name = f"uji_{next(self._numbers)}"
        self._run("createdb", "-h", str(self._folder), "-U", "postgres", name)
        return f"postgresql://postgres@/{name}?host={self._folder}"


@contextmanager
def serving() -> Iterator[Server]:
    """A running server; the programs come with the system's package ``postgresql``."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="ppid-pg-", dir="/tmp"))  # a socket's path has to be short

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        as_user = ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command  # it refuses root
        subprocess.run(as_user, check=True, cwd=folder, stdout=subprocess.DEVNULL)

    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = str(folder / "data")
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield Server(folder, run)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = [path for place in _PLACES for path in sorted(Path("/").glob(place[1:])) if (path / "initdb").exists()]
    if not found:
        raise FileNotFoundError("no PostgreSQL server here; install the system's package postgresql")
    return found[-1]

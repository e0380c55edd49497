"""What this machine has and lacks for the program: told as data, nothing is sent beyond loopback."""

import asyncio
import errno
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from platform import python_version
from typing import Literal

from ppid_audit.audit import space
from ppid_audit.audit.database import open_store
from ppid_audit.crawl import browser, tls
from ppid_audit.engines import WorkerError, WorkerLimit, ocr
from ppid_audit.engines.local import Workers
from ppid_audit.errors import StorageError

_LONGEST = 150
"""Of a data folder on Windows: below it stand ``archive``, the scan's id and a file, in 260 characters altogether."""

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class State(StrEnum):
    """``optional``: lacking, and needed by one use of the program only."""

    GOOD = "good"
    BAD = "bad"
    OPTIONAL = "optional"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: ``code`` names the sentence about it (``cli.doctor.told``) and ``values`` fill it in."""

    name: str
    state: State
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @staticmethod
    def of(name: str, good: bool, **values: object) -> "Check":
        """Good under the code ``name``, or bad under ``name_bad``."""
        return Check(name, State.GOOD if good else State.BAD, name if good else f"{name}_bad", values)


def checks(data: Path, db: str | None, now: datetime, lang: Literal["id", "en"] = "id") -> Iterator[Check]:
    """All checks, in the order in which one would mend what they find. ``now`` carries its time zone.

    ``lang`` is for the sentence about a database that cannot be opened.
    """
    yield Check("python", State.GOOD, "python", {"version": python_version()})
    yield _packages()
    yield _certificates()
    yield _workers()
    yield _loopback()
    yield _folder(data)
    yield _disk(data)
    yield path_length(data, windows=os.name == "nt")
    yield _database(data, db, lang)
    yield _clock(now)
    yield _zone(now)
    yield _proxy()
    yield from extras()


def _packages() -> Check:
    needed = requirements()
    lost = [name for name in needed if not _version(name)]
    if lost:
        return Check("packages", State.BAD, "packages_missing", {"names": ", ".join(lost)})
    return Check("packages", State.GOOD, "packages", {"count": len(needed)})


def requirements() -> list[str]:
    """The packages that the program itself declares, without those of its extras."""
    declared = metadata.requires("ppid-audit") or ()
    return [re.split(r"[^\w.-]", text.strip())[0] for text in declared if "extra ==" not in text]


def _version(package: str) -> str:
    """Empty when it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _certificates() -> Check:
    try:
        count = len(tls.strict_context().get_ca_certs())
    except OSError:
        count = 0
    return Check.of("certificates", count > 0, count=count, version=_version("certifi"))


def _workers() -> Check:
    async def work() -> bool:
        workers = Workers(1, 20.0, 512)
        try:
            return bool(await workers.run(pow, 2, 3) == 8)
        except (WorkerLimit, WorkerError):
            return False
        finally:
            workers.close()

    return Check.of("workers", asyncio.run(work()))


def _loopback() -> Check:
    try:
        with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 5):
            return Check.of("loopback", True)
    except OSError:
        return Check.of("loopback", False)


def _there(data: Path) -> Path:
    """The data folder, or the nearest folder above it that exists."""
    whole = data.absolute()
    return next((place for place in (whole, *whole.parents) if place.is_dir()), whole)


def _folder(data: Path) -> Check:
    try:
        if data.exists() and not data.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        with tempfile.NamedTemporaryFile(dir=_there(data)) as file:
            file.write(b"ppid-audit")
            file.flush()
    except OSError as error:
        return Check.of("folder", False, path=str(data), error=error.strerror or str(error))
    return Check.of("folder", True, path=str(data))


def _disk(data: Path) -> Check:
    free = shutil.disk_usage(_there(data)).free
    told = {"free": size(free), "least": size(space.LEAST)}
    if free < space.LEAST:
        return Check("disk", State.BAD, "disk_bad", told)
    return Check("disk", *((State.OPTIONAL, "disk_low") if free < space.LITTLE else (State.GOOD, "disk")), told)


def size(count: int) -> str:
    """Bytes in the unit in which disks are sold."""
    return f"{count // 1_000_000} MB" if count < 1_000_000_000 else f"{count // 1_000_000_000} GB"


def path_length(data: Path, *, windows: bool) -> Check:
    """Whether files below the data folder stay within what Windows takes."""
    count = len(str(data.absolute()))
    return Check.of("path", not windows or count <= _LONGEST, count=count)


def _database(data: Path, db: str | None, lang: Literal["id", "en"]) -> Check:
    try:
        count = len(open_store(data, db).finished())
    except StorageError as error:
        return Check.of("database", False, error=error.told(lang))
    if not db and not count:
        return Check("database", State.GOOD, "database_new")
    return Check.of("database", True, count=count)


def _clock(now: datetime) -> Check:
    made = Path(__file__).stat().st_mtime
    return Check.of("clock", now.timestamp() >= made, now=now.strftime("%Y-%m-%d %H:%M"))


def _zone(now: datetime) -> Check:
    told = now.strftime("%z")
    indonesian = told in {"+0700", "+0800", "+0900"}
    code = "zone" if indonesian else "zone_other"
    return Check("zone", State.GOOD if indonesian else State.OPTIONAL, code, {"offset": f"{told[:3]}:{told[3:]}"})


def _proxy() -> Check:
    names = [name for name in _PROXIES if os.environ.get(name) or os.environ.get(name.lower())]
    if names:
        return Check("proxy", State.OPTIONAL, "proxy_set", {"names": ", ".join(names)})
    return Check("proxy", State.GOOD, "proxy")


def extras() -> Iterator[Check]:
    """What only some uses of the program need."""
    for name, (package, found) in _EXTRAS.items():
        if find_spec(package) is None:
            yield Check(name, State.OPTIONAL, f"{name}_missing")
        else:
            yield found(_version(package))
    yield _ocr()


def _installed(name: str) -> Callable[[str], Check]:
    return lambda version: Check(name, State.GOOD, name, {"version": version})


def _browser(_version: str) -> Check:
    program = browser.find()
    if isinstance(program, browser.Missing):
        return Check("browser", State.OPTIONAL, "browser_program")
    return Check("browser", State.GOOD, "browser", {"program": str(program)})


_EXTRAS: Mapping[str, tuple[str, Callable[[str], Check]]] = {
    "pdf": ("typst", _installed("pdf")),
    "postgres": ("psycopg", _installed("postgres")),
    "browser": ("playwright", _browser),
    "dask": ("distributed", _installed("dask")),
}
"""Extra -> its module, and what to say once that is there."""


def _ocr() -> Check:
    if ocr.available():
        return Check("ocr", State.GOOD, "ocr")
    return Check("ocr", State.OPTIONAL, "ocr_language" if shutil.which("tesseract") else "ocr_missing")

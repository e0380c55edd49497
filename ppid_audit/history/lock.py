"""One scan at a time writes to a data folder, from whichever machine."""

import contextlib
import os
import platform
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from ppid_audit.errors import LockedError, StorageError

_BEAT = 2.0
_WATCH = 5.0
_SLICE = 0.2
_PLACES = (("di komputer", "proses"), ("on the machine", "process"))


class FolderLock:
    """Holds ``<folder>/lock`` (or another ``name``) while the context lasts; never waits for a holder that is alive.

    Makes the folder when there is none. LockedError when another process holds it, StorageError when the
    folder cannot be written. The system frees the lock when its holder dies, so a left-over file is harmless.

    Not every shared folder passes locks on between machines. So ``lock.host`` names the holder's machine
    (``host``, this one by default), and the holder touches it every two seconds: a file of another machine
    that stays untouched for five is what a dead holder left, and is taken over. No clocks are compared.
    A holder that slept so long finds the lock ``lost`` when it wakes up. Any thread may enter and leave.
    """

    def __init__(self, folder: Path, host: str | None = None, name: str = "lock") -> None:
        self.folder = folder
        self._host = "-".join((host or platform.node() or "localhost").split())
        self._lock = FileLock(str(folder / name), timeout=0, thread_local=False)
        self._sign = folder / f"{name}.host"
        self._mark = ""
        self._released = threading.Event()
        self.lost = False
        self._beat = threading.Thread(target=self._beating, name="lock", daemon=True)

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            try:
                self._settle()
            except BaseException:
                self._lock.release()
                raise
        except Timeout as error:
            raise self._taken(self._holder()) from error
        except OSError as error:
            why = error.strerror or error
            raise StorageError(
                f"folder data {self.folder} tidak dapat dipakai: {why}",
                en=f"the data folder {self.folder} cannot be used: {why}",
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._released.set()
        self._beat.join()
        with contextlib.suppress(OSError):
            if not self.lost:
                self._sign.unlink(missing_ok=True)
        self._lock.release()

    def _settle(self) -> None:
        """Put our sign up, unless a living holder on another machine has one there."""
        holder = self._holder()
        if holder and holder.partition(" ")[0] != self._host and self._lives():
            raise self._taken(holder)
        self._mark = f"{self._host} {os.getpid()}"
        self._sign.write_text(f"{self._mark}\n", encoding="utf-8")
        self._beat.start()

    def _holder(self) -> str:
        try:
            text = self._sign.read_text(encoding="utf-8", errors="replace")[:200]
        except OSError:
            return ""
        return "".join(char if char.isprintable() else " " for char in text).strip()

    def _lives(self) -> bool:
        """Whether the sign is touched while we look at it."""
        before, until = self._touched(), time.monotonic() + _WATCH
        while time.monotonic() < until:
            if self._touched() != before:
                return True
            time.sleep(_SLICE)
        return False

    def _touched(self) -> int:
        try:
            return self._sign.stat().st_mtime_ns
        except OSError:
            return 0

    def _beating(self) -> None:
        while not self._released.wait(_BEAT):
            self.lost = self.lost or self._holder() not in {self._mark, ""}
            if self.lost:
                return
            with contextlib.suppress(OSError):
                os.utime(self._sign)

    def _taken(self, holder: str) -> LockedError:
        host, _, process = holder.partition(" ")
        where, where_en = (f" {on} {host} ({name} {process})" if process else "" for on, name in _PLACES)
        return LockedError(
            f"folder data {self.folder} sedang dipakai pemindaian lain{where}; tunggu sampai selesai",
            en=f"the data folder {self.folder} is in use by another scan{where_en}; wait until it is done",
        )

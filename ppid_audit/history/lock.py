"""One scan at a time writes to a data folder."""

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from ppid_audit.errors import LockedError, StorageError


class FolderLock:
    """Holds ``<folder>/lock`` while the context lasts; never waits.

    Makes the folder when there is none. LockedError when another process holds it, StorageError when the
    folder cannot be written. The system frees the lock when its holder dies, so a left-over file is harmless.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = FileLock(str(folder / "lock"), timeout=0)

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise LockedError(
                f"folder data {self.folder} sedang dipakai pemindaian lain; tunggu sampai selesai"
            ) from error
        except OSError as error:
            raise StorageError(f"folder data {self.folder} tidak dapat dipakai: {error.strerror or error}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

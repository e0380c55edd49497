"""Small files that are there whole or not at all, whatever happens in between."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Puts ``data`` in the place of ``path``: written beside it, made lasting, then moved there. Raises OSError."""
    half = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with half.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes new names in a folder as lasting as their content; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

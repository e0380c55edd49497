"""Whether there is room for the evidence of a scan."""

import shutil
from pathlib import Path

from ppid_audit.errors import StorageError

LEAST, LITTLE = 50_000_000, 1_000_000_000
"""Bytes: with less than the first no scan begins, with less than the second there is a warning."""


def free_space(folder: Path) -> int | None:
    """Bytes that are free where ``folder`` stands; None where the system does not tell.

    StorageError when it is plainly not enough for a scan, so that nothing is begun that cannot be stored.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return None
    if free < LEAST:
        had, least = free // 1_000_000, LEAST // 1_000_000
        raise StorageError(
            f"ruang kosong untuk folder data {folder} tinggal {had} MB; pemindaian memerlukan sedikitnya {least} MB. "
            "Kosongkan ruang, misalnya dengan ppid-audit archive prune",
            en=f"only {had} MB are free for the data folder {folder}; a scan needs at least {least} MB. "
            "Make room, for example with ppid-audit archive prune",
        )
    return free

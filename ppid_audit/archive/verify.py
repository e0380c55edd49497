"""Is the evidence still what was stored? Every digest is computed again, and what is damaged is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ppid_audit.archive.folder import MANIFEST, PRUNED, SUFFIX, Manifest, ScanFolder, sha256
from ppid_audit.archive.tape import Tape
from ppid_audit.errors import StorageError


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a file (``scan/name``). ``code``: ``missing``, ``changed``, ``unlisted`` or ``unreadable``."""

    file: str
    code: str
    detail: str = ""


def verify(folder: ScanFolder, seal: str | None) -> Iterator[Damage]:
    """What is damaged in a scan's folder; ``seal`` is the digest of its manifest, None when none was kept."""
    try:
        manifest = folder.manifest()
    except StorageError as error:
        yield Damage(f"{folder.id}/{MANIFEST}", "unreadable", str(error))
        manifest = None
    else:
        yield from _seal(folder, manifest, seal)
    present = {path.name: path for path in folder.files() if path.name not in {MANIFEST, PRUNED}}
    if manifest is not None:
        yield from _against(manifest, folder, present)
    for name, path in present.items():
        if name.endswith(SUFFIX):
            yield from _records(folder, path)


def _seal(folder: ScanFolder, manifest: Manifest | None, seal: str | None) -> Iterator[Damage]:
    name = f"{folder.id}/{MANIFEST}"
    if seal is not None and manifest is None:
        if MANIFEST not in folder.pruned():
            yield Damage(name, "missing")
    elif seal is not None and _digest(folder.path / MANIFEST) != seal:
        yield Damage(name, "changed")


def _against(manifest: Manifest, folder: ScanFolder, present: dict[str, Path]) -> Iterator[Damage]:
    """The files as the manifest has them."""
    pruned = folder.pruned()
    for name, (size, digest) in manifest.files.items():
        path = present.get(name)
        if path is None:
            if name not in pruned:
                yield Damage(f"{folder.id}/{name}", "missing")
        elif path.stat().st_size != size or _digest(path) != digest:
            yield Damage(f"{folder.id}/{name}", "changed")
    for name in sorted(present.keys() - manifest.files.keys()):
        yield Damage(f"{folder.id}/{name}", "unlisted")


def _records(folder: ScanFolder, path: Path) -> Iterator[Damage]:
    """The records of an archive, those that it refers to in other scans too."""
    tape = Tape(path)
    try:
        for _ in tape.stored():
            pass
    except StorageError as error:
        yield Damage(f"{folder.id}/{path.name}", "unreadable", str(error))


def _digest(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        return f"{error}"

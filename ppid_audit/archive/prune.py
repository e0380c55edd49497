"""What may go: the evidence of scans that nobody keeps, as far as no kept scan refers to it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ppid_audit.archive.folder import MANIFEST, PRUNED, ScanFolder
from ppid_audit.archive.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes of one scan: names of files, and how many bytes they have. ``needed`` files stay for other scans."""

    folder: ScanFolder
    names: tuple[str, ...]
    bytes: int
    needed: tuple[str, ...]


def removals(folders: Iterable[ScanFolder], kept: Collection[str]) -> tuple[Removal, ...]:
    """What pruning takes away when the scans with the ids ``kept`` stay whole."""
    folders = tuple(folders)
    needed = frozenset(name for folder in folders if folder.id in kept for name in refers_to(folder))
    found = (_removal(folder, needed) for folder in folders if folder.id not in kept)
    return tuple(removal for removal in found if removal.names)


def refers_to(folder: ScanFolder) -> frozenset[str]:
    """The files of other scans (``scan/name``) that a scan needs: from its seal, else from its records."""
    manifest = folder.manifest()
    if manifest is not None:
        return manifest.refers_to
    found = frozenset(name for path in folder.archives() for name in Shelf(path).refers_to)
    return frozenset(name for name in found if not name.startswith(f"{folder.id}/"))


def _removal(folder: ScanFolder, needed: frozenset[str]) -> Removal:
    sizes: Mapping[str, int] = {path.name: path.stat().st_size for path in folder.files() if path.name != PRUNED}
    stay = {name for name in sizes if f"{folder.id}/{name}" in needed}
    if stay and MANIFEST in sizes:
        stay.add(MANIFEST)  # what stays must remain provable
    names = tuple(name for name in sizes if name not in stay)
    return Removal(folder, names, sum(sizes[name] for name in names), tuple(sorted(stay)))

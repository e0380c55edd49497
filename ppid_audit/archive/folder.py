"""The evidence of one scan: a folder with a head, one archive an agency, and a seal over all of it.

``scan.json`` is written before the first request: by it an interrupted scan is found again. ``manifest.json``
is written after the last: the size and digest of every file, and which files of earlier scans are referred to.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ppid_audit import codec
from ppid_audit.archive.whole import sync_folder, write_whole
from ppid_audit.errors import StorageError
from ppid_audit.model.scan import Scan

HEAD, MANIFEST, PRUNED = "scan.json", "manifest.json", "pruned.json"
SUFFIX = ".warc.gz"

_SCHEMA = "ppid-audit/manifest/1"
_STAMP = re.compile(r"\d{8}-\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Begun:
    """What a scan set out to do: its head, and the digest of what it is to visit (``selection``)."""

    scan: Scan
    selection: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files``: name -> (bytes, sha256). ``refers_to``: files of other scans (``scan/name``) that are needed."""

    files: dict[str, tuple[int, str]]
    refers_to: frozenset[str]


class ScanFolder:
    """The folder of one scan. All methods raise StorageError when the disk refuses or a file cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def id(self) -> str:
        """The id of the scan."""
        return self.path.name

    def archive(self, agency: str) -> Path:
        """Where the archive of an agency stands."""
        return self.path / f"{agency}{SUFFIX}"

    def archives(self) -> tuple[Path, ...]:
        """The archives that are there, by name."""
        return tuple(path for path in self.files() if path.name.endswith(SUFFIX))

    def files(self) -> tuple[Path, ...]:
        """Everything in the folder, by name; half-written files (they begin with a dot) left out."""
        try:
            found = [path for path in self.path.iterdir() if not path.name.startswith(".")]
        except OSError as error:
            raise _refused(self.path, error) from error
        return tuple(sorted(found))

    def begin(self, begun: Begun) -> None:
        """Makes the folder, with its head; in the place of an earlier head when the scan is resumed."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            sync_folder(self.path.parent)
            write_whole(self.path / HEAD, codec.dumps(begun).encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise _refused(self.path, error) from error

    def begun(self) -> Begun | None:
        """The head; None when there is none (a folder of an older program, or not of a scan)."""
        text = self._text(HEAD)
        return codec.loads(Begun, text) if text is not None else None

    def seal(self, refers_to: Iterable[str]) -> str:
        """Writes the manifest; its own sha256 comes back. ``refers_to`` may name files of this scan too."""
        others = sorted(name for name in set(refers_to) if not name.startswith(f"{self.id}/"))
        try:
            files = {p.name: {"bytes": p.stat().st_size, "sha256": sha256(p)} for p in self.files() if _sealed(p.name)}
            manifest = {"schema": _SCHEMA, "files": files, "refers_to": others}
            data = (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode()
            write_whole(self.path / MANIFEST, data)
        except OSError as error:
            raise _refused(self.path, error) from error
        return hashlib.sha256(data).hexdigest()

    def manifest(self) -> Manifest | None:
        """The seal; None when the scan was not finished (or by an older program)."""
        text = self._text(MANIFEST)
        if text is None:
            return None
        try:
            plain = json.loads(text)
            files = {str(name): (int(of["bytes"]), str(of["sha256"])) for name, of in plain["files"].items()}
            return Manifest(files, frozenset(map(str, plain["refers_to"])))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _damaged(self.path / MANIFEST, error) from error

    def pruned(self) -> frozenset[str]:
        """Names of the files that pruning took away; of a damaged list nothing is believed."""
        try:
            names: Any = json.loads(self._text(PRUNED) or "[]")
        except ValueError:
            return frozenset()
        return frozenset(map(str, names)) if isinstance(names, list) else frozenset()

    def prune(self, names: Iterable[str]) -> None:
        """Takes files away and remembers their names, so that they do not pass for lost."""
        names = set(names)
        try:
            write_whole(self.path / PRUNED, (json.dumps(sorted(self.pruned() | names)) + "\n").encode())
            for name in sorted(names):
                (self.path / name).unlink(missing_ok=True)
            sync_folder(self.path)
        except OSError as error:
            raise _refused(self.path, error) from error

    def _text(self, name: str) -> str | None:
        try:
            return (self.path / name).read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise _damaged(self.path / name, error) from error
        except OSError as error:
            raise _refused(self.path / name, error) from error


def folders(root: Path) -> tuple[ScanFolder, ...]:
    """The scans that have a folder below ``root``, the youngest first."""
    try:
        found = [path for path in root.iterdir() if path.is_dir()] if root.exists() else []
    except OSError as error:
        raise _refused(root, error) from error
    return tuple(ScanFolder(path) for path in sorted(found, reverse=True))


def stamp_of(name: str) -> str:
    """The time that a scan's id begins with (``20261124-185643``); empty for another name."""
    found = _STAMP.match(name)
    return found.group() if found else ""


def sha256(path: Path) -> str:
    """The digest of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sealed(name: str) -> bool:
    return name not in {MANIFEST, PRUNED}


def _refused(path: Path, error: OSError) -> StorageError:
    why = error.strerror or error
    return StorageError(f"arsip {path} tidak dapat dipakai: {why}", en=f"the archive {path} cannot be used: {why}")


def _damaged(path: Path, error: Exception) -> StorageError:
    return StorageError(f"arsip {path} rusak: {error}", en=f"the archive {path} is damaged: {error}")

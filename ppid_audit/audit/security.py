"""What must go to the incident team (CSIRT) and into no report: planted links, hijacked and defaced pages.

``temuan-keamanan.json`` lies in the data folder, readable by its owner alone. What it quotes is masked and harmless
to print; the addresses are those of the intruder and are for reading only.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ppid_audit.errors import StorageError
from ppid_audit.extract.privacy import mask
from ppid_audit.model.agency import Agency
from ppid_audit.model.scan import Scan
from ppid_audit.model.site import Nature, Page, Site
from ppid_audit.web.scope import Scope

NAME = "temuan-keamanan.json"
SCHEMA = "ppid-audit/keamanan/1"
MAX_EACH = 500
_NATURES = frozenset({Nature.HIJACKED, Nature.DEFACED, Nature.DEBUG})
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Threat:
    """One finding on ``page``: ``kind`` is ``injected`` or the page's nature, ``url`` where a planted link leads.

    ``sha256`` and ``warc`` lead to the archived bytes.
    """

    kind: str
    page: str
    where: str
    url: str
    text: str
    sha256: str
    warc: str


def threats_of(site: Site, agency: Agency) -> tuple[Threat, ...]:
    """The findings on the agency's own pages, in the order of their addresses, at most 500."""
    scope = Scope.of(agency)
    own = {page.url: page for page in site.pages.values() if scope.owns(page.url)}
    return tuple(threat for url in sorted(own) for threat in _of_page(own[url]))[:MAX_EACH]


def write(folder: Path, scan: Scan, found: Mapping[str, tuple[Threat, ...]], agencies: Iterable[Agency]) -> Path | None:
    """Writes the findings of a scan (by agency id) over those of the scan before; the path when there are any.

    StorageError when the folder refuses. Without findings an old file is emptied, and none is made.
    """
    path = folder / NAME
    listed = [
        {"id": each.id, "name": each.name, "url": each.url, "findings": [asdict(threat) for threat in found[each.id]]}
        for each in agencies
        if found.get(each.id)
    ]
    if listed or path.exists():
        content = {"schema": SCHEMA, "scan": scan.id, "finished_at": scan.finished_at, "agencies": listed}
        _put(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    return path if listed else None


def _put(path: Path, text: str) -> None:
    """Write under another name that nobody else may read at any moment, then rename."""
    waiting = path.with_name(f".{path.name}.{os.getpid()}.baru")
    try:
        waiting.unlink(missing_ok=True)
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except OSError as error:
        why = error.strerror or error
        raise StorageError(f"{path} tidak dapat ditulis: {why}", en=f"{path} cannot be written: {why}") from error


def _of_page(page: Page) -> Iterator[Threat]:
    capture = page.capture
    if page.nature in _NATURES:
        text = _harmless(page.title or page.text)
        yield Threat(page.nature.value, page.url, "page", "", text, capture.sha256, capture.warc)
    for link in page.injected:
        yield Threat(
            "injected", page.url, link.where, _harmless(link.url), _harmless(link.text), capture.sha256, capture.warc
        )


def _harmless(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text[: 2 * _LONGEST])
    return mask(" ".join(shown.split()))[:_LONGEST]

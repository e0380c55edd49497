"""What was sent, for the operators of the sites and of this tool: one line for each request, as a table.

``permintaan.tsv`` stands beside the archives of a scan. Nothing in it is obeyed by a terminal or a spreadsheet,
and what looks like a secret in an address is struck out.
"""

import re
from pathlib import Path

from ppid_audit.crawl.request import Fetch, Request
from ppid_audit.errors import StorageError
from ppid_audit.model.capture import Capture, Exchange

NAME = "permintaan.tsv"
COLUMNS = ("waktu", "perangkat_daerah", "url", "ip", "status", "masalah", "byte", "detik")

_SECRET = re.compile(r"(?i)([?&][\w.\-]*(?:token|key|secret|passw|sandi|sig|auth|session|credential)[\w.\-]*=)[^&#]*")


class RequestLog:
    """A ``Fetch`` that writes down what ``fetch`` was asked for on behalf of ``agency`` and what came of it."""

    def __init__(self, path: Path, agency: str, fetch: Fetch) -> None:
        self._path, self._agency, self._fetch = path, agency, fetch

    async def __call__(self, request: Request) -> Exchange:
        """The answer of ``fetch``; StorageError when the log cannot be written."""
        exchange = await self._fetch(request)
        try:
            self._write(exchange.capture)
        except OSError as error:
            why = error.strerror or error
            raise StorageError(
                f"{self._path} tidak dapat ditulis: {why}", en=f"{self._path} cannot be written: {why}"
            ) from error
        return exchange

    def _write(self, capture: Capture) -> None:
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            head = "\t".join(COLUMNS) + "\n" if file.tell() == 0 else ""
            file.write(head + "".join(self._lines(capture)))

    def _lines(self, capture: Capture) -> list[str]:
        """A redirect that was followed is a request of its own; only of the last one all is known."""
        *before, last = (capture.url, *capture.redirects)
        told = (capture.ip, capture.status or "", capture.problem or "", capture.bytes, f"{capture.seconds:.3f}")
        rows = [*((url, "", "", "redirect", "", "") for url in before), (last, *told)]
        return [_line(capture.fetched_at, self._agency, *row) for row in rows]


def part_name(agency: str) -> str:
    """The file, beside the log, for what is sent on behalf of one agency only, where several machines write at once."""
    return f".{agency}.{NAME}"


def take_in(folder: Path, agency: str) -> None:
    """Moves the part of an agency, if there is one, to the end of the log; StorageError when the disk refuses."""
    part, whole = folder / part_name(agency), folder / NAME
    try:
        if not part.exists():
            return
        head, _, lines = part.read_bytes().partition(b"\n")
        with whole.open("ab") as file:
            file.write((b"" if file.tell() else head + b"\n") + lines)
        part.unlink()
    except OSError as error:
        why = error.strerror or error
        raise StorageError(f"{whole} tidak dapat ditulis: {why}", en=f"{whole} cannot be written: {why}") from error


def _line(*cells: object) -> str:
    return "\t".join(map(_safe, cells)) + "\n"


def _safe(cell: object) -> str:
    text = _SECRET.sub(r"\1***", str(cell))
    return "".join(char if char.isprintable() else "?" for char in text)

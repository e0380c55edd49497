"""WARC/1.1 records (ISO 28500:2017) made from nouns; every byte that a site controls is made safe here."""

import base64
import hashlib
import re
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ppid_audit import codec
from ppid_audit.model.capture import Capture, Exchange, Problem, Snapshot
from ppid_audit.web import coding

MAX_BODY = 64 * 1024 * 1024
"""Largest body, in bytes, that is unpacked from a content coding when an archive is read."""

SNAPSHOT_URI, CAPTURE_URI = "urn:ppid-audit:snapshot:", "urn:ppid-audit:capture:"
"""What our own records are about: a visit's end, and a capture (its address follows). An address of the web would
have replay programs show the record in the place of the page."""

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_WEB_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_URI_CHARACTERS = "!#$%&'()*+,/:;=?@[]~-._"
_NOT_KEPT = frozenset({"transfer-encoding", "content-length", "content-encoding"})
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_TRUNCATED = {
    Problem.TOO_LARGE: "length",
    Problem.DEADLINE: "time",
    Problem.TRUNCATED: "disconnect",
    Problem.RESET: "disconnect",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """The record in which a payload stands whole: its ``file`` (``scan/name``, below the archive) and offset in it.

    ``id``, ``url`` and ``date`` are its WARC-Record-ID, WARC-Target-URI and WARC-Date, ``digest`` its
    WARC-Payload-Digest.
    """

    file: str
    offset: int
    id: str
    url: str
    date: str
    digest: str


class Records:
    """Makes the records of one file; each comes back as one gzip member."""

    def __init__(self) -> None:
        self._buffer = BytesIO()
        self._make = WARCWriter(self._buffer, gzip=True, warc_version="1.1")

    def info(self, filename: str, agency: str, tool: str) -> bytes:
        """The ``warcinfo`` record that a file starts with."""
        fields = {"software": f"ppid-audit/{tool}", "format": "WARC File Format 1.1", "agency": agency}
        return self._pack(self._make.create_warcinfo_record(filename, fields))

    def response(self, exchange: Exchange) -> tuple[bytes, str]:
        """The response as served, and the id of its record."""
        capture = exchange.capture
        headers, payload = _served(exchange)
        truncated = _TRUNCATED.get(capture.problem) if capture.problem else None
        record = self._make.create_warc_record(
            uri(capture.final_url),
            "response",
            payload=BytesIO(payload),
            length=len(payload),
            warc_headers_dict=_date(capture.fetched_at) | ({"WARC-Truncated": truncated} if truncated else {}),
            http_headers=StatusAndHeaders(_status_line(capture.status), headers, protocol="HTTP/1.1"),
        )
        return self._pack(record), record.rec_headers.get_header("WARC-Record-ID")

    def conversion(self, exchange: Exchange, refers_to: str | None) -> tuple[bytes, str]:
        """What a browser made of the page whose record is ``refers_to`` (section 6.8), and the id of its record."""
        capture = exchange.capture
        record = self._make.create_warc_record(
            uri(capture.final_url),
            "conversion",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            warc_content_type=capture.header("content-type") or "text/html; charset=utf-8",
            warc_headers_dict=_date(capture.fetched_at) | ({"WARC-Refers-To": refers_to} if refers_to else {}),
        )
        return self._pack(record), record.rec_headers.get_header("WARC-Record-ID")

    def revisit(self, exchange: Exchange, origin: Origin) -> tuple[bytes, str]:
        """A response whose payload stands in ``origin`` already (section 6.7), and the id of the record.

        The headers are those of this visit; a 304 leaves them out, for replay programs would show its status.
        """
        capture = exchange.capture
        http: StatusAndHeaders | None = None
        if not capture.unchanged:
            http = StatusAndHeaders(_status_line(capture.status), _served(exchange)[0], protocol="HTTP/1.1")
        about = {
            "WARC-Profile": _PROFILES + ("server-not-modified" if capture.unchanged else "identical-payload-digest"),
            "WARC-Payload-Digest": origin.digest,
            "WARC-Refers-To": origin.id,
            "WARC-Refers-To-Target-URI": origin.url,
            "WARC-Refers-To-Date": origin.date,
            "WARC-Refers-To-Filename": origin.file,
            "WARC-Refers-To-File-Offset": str(origin.offset),
        }
        record = self._make.create_warc_record(
            uri(capture.final_url),
            "revisit",
            warc_headers_dict=_date(capture.fetched_at) | about,
            http_headers=http,
        )
        return self._pack(record), record.rec_headers.get_header("WARC-Record-ID")

    def capture(self, capture: Capture, concurrent_to: str | None) -> bytes:
        """What is known of a visit beside its bytes, as JSON; also for a visit without a response."""
        more = {"WARC-Concurrent-To": concurrent_to} if concurrent_to else {}
        return self._metadata(CAPTURE_URI + uri(capture.url), codec.dumps(capture), _date(capture.fetched_at) | more)

    def snapshot(self, head: Snapshot) -> bytes:
        """The end of a visit: times, what was not read, and notes."""
        return self._metadata(SNAPSHOT_URI + quote(head.agency, safe=""), codec.dumps(head), _date(head.finished_at))

    def _metadata(self, about: str, text: str, headers: dict[str, str]) -> bytes:
        # A lone surrogate has no UTF-8 form; escaped inside a JSON string it comes back as it was.
        payload = text.encode("utf-8", "backslashreplace")
        record = self._make.create_warc_record(
            about,
            "metadata",
            payload=BytesIO(payload),
            length=len(payload),
            warc_content_type="application/json",
            warc_headers_dict=headers,
        )
        return self._pack(record)

    def _pack(self, record: Any) -> bytes:
        self._make.write_record(record)
        packed = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return packed


def uri(url: str) -> str:
    """An address as a WARC header may hold it: ASCII without spaces; one that is not http(s) under ``.invalid``."""
    safe = quote(url, safe=_URI_CHARACTERS, errors="replace")
    return safe if _WEB_ADDRESS.match(safe) else f"http://address.invalid/{safe}"


def _served(exchange: Exchange) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and payload from which reading makes ``exchange.body`` again.

    The payload is ``raw`` wherever that is so; bytes that our decoder would read differently are stored
    as the visitor understood them, without their coding.
    """
    kept = [(name, _value(value)) for name, value in exchange.capture.headers if _TOKEN.fullmatch(name)]
    named = next((value for name, value in kept if name.lower() == "content-encoding"), "")
    headers = [(name, value) for name, value in kept if name.lower() not in _NOT_KEPT]
    payload, coded = exchange.raw, named
    if meant(exchange.raw, named, len(exchange.body)) != exchange.body:
        payload, coded = exchange.body, ""
    if coded:
        headers.append(("Content-Encoding", coded))
    return [*headers, ("Content-Length", str(len(payload)))], payload


def payload_digest(exchange: Exchange) -> str:
    """The WARC-Payload-Digest that ``Records.response`` would give the exchange."""
    _, payload = _served(exchange)
    digest = hashlib.sha1(payload, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode('ascii')}"


def meant(payload: bytes, named: str, size: int) -> bytes:
    """The body of ``size`` bytes that a stored payload stands for; coded ones are unpacked up to MAX_BODY."""
    return coding.decode(payload, named, min(size, MAX_BODY))[0] if named else payload[:size]


def _value(value: str) -> str:
    one_line = _CONTROLS.sub(" ", value).strip(" ")
    return one_line if one_line.isascii() else quote(one_line, safe=_URI_CHARACTERS + ' "<>\\^`{|}', errors="replace")


def _status_line(status: int | None) -> str:
    try:
        return f"{status or 0:03d} {HTTPStatus(status or 0).phrase}"
    except ValueError:
        return f"{status or 0:03d} Unknown"


def _date(moment: str) -> dict[str, str]:
    """WARC-Date; a time that is not in W3C form is left to the moment of writing."""
    return {"WARC-Date": moment} if _DATE.fullmatch(moment) else {}

"""Content codings of an answer undone within bounds, and what stopped it as a problem.

The common clients inflate without limit, take a truncated gzip body for a whole one, and read only its
first member; each of these would turn into a wrong verdict or a dead process.
"""

from dataclasses import dataclass

from ppid_audit.model.capture import Problem
from ppid_audit.web import coding

_GZIP_MAGIC = b"\x1f\x8b"
_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/json")
_PROBLEMS = {
    "truncated": Problem.TRUNCATED,
    "too_large": Problem.TOO_LARGE,
    "corrupt": Problem.BAD_ENCODING,
    "unsupported": Problem.BAD_ENCODING,
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The body as far as it could be decoded, and what stopped it."""

    body: bytes
    problem: Problem | None = None
    detail: str = ""


def decode(raw: bytes, named: str, limit: int, declared: str = "") -> Decoded:
    """``raw`` without the coding that ``named`` (Content-Encoding) says, at most ``limit`` bytes.

    Only one coding is undone (honest servers use no two); text, by its ``declared`` Content-Type, that is
    gzip without saying so is inflated too.
    """
    if "," in named and raw.startswith(_GZIP_MAGIC):
        return Decoded(b"", Problem.BAD_ENCODING, f"stacked: {named[:80]}")
    silent = not named and raw.startswith(_GZIP_MAGIC) and declared.lower().startswith(_TEXTUAL)
    body, fault = coding.decode(raw, "gzip" if silent else named, limit)
    if fault is None:
        return Decoded(body)
    return Decoded(body, _PROBLEMS[fault], named[:80])

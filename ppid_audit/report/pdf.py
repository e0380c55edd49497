"""A printed report as a tagged PDF (PDF/UA-1, ISO 14289-1) with bookmarks, set by Typst (extra ``pdf``).

What the report says reaches Typst as data, so nothing that a website wrote is ever markup there. Typst
brings its fonts along; fonts of the machine are not asked, so the same report looks the same everywhere.
"""

import json
import re
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Literal

from ppid_audit.report.paper.blocks import Paper

_LONG_WORD = re.compile(r"\S{25,}")
_BREAKS = re.compile(r"([/?&=_.,;:-]+(?=\w)|\S{20}(?=\S))")
_MAY_BREAK = r"\1" + "\u200b"


def available() -> bool:
    """Whether the extra ``pdf`` is installed."""
    return find_spec("typst") is not None


def pdf(paper: Paper) -> bytes:
    """The file's bytes; needs the extra ``pdf`` (see ``available``)."""
    from typst import TypstError

    try:
        return _set(paper, "ua-1")
    except TypstError:
        # PDF/UA-1 refuses characters that no font has, and a website may write any.
        return _set(paper, "1.7")


def _set(paper: Paper, standard: Literal["ua-1", "1.7"]) -> bytes:
    from typst import Compiler

    template = (files(__package__) / "parts" / "paper.typ").read_bytes()
    compiler = Compiler(template, ignore_system_fonts=True, sys_inputs={"paper": _json(paper)})
    made = compiler.compile(format="pdf", pdf_standards=standard)
    assert isinstance(made, bytes)
    return made


def _json(paper: Paper) -> str:
    when = datetime.fromisoformat(paper.finished.replace("Z", "+00:00"))
    stamp = {name: getattr(when, name) for name in ("year", "month", "day", "hour", "minute", "second")}
    blocks = [{"is": type(block).__name__.lower(), **asdict(block)} for block in paper.blocks]
    return json.dumps(_breakable({**asdict(paper), "when": stamp, "blocks": blocks}), ensure_ascii=False)


def _breakable(value: Any) -> Any:
    """Long words (addresses, above all) may break where a reader would; addresses of links stay as they are."""
    if isinstance(value, dict):
        return {key: one if key == "link" else _breakable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_breakable(one) for one in value]
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: _BREAKS.sub(_MAY_BREAK, word[0]), value)
    return value

"""Output into a pipe that its reader may close at any time (``ppid-audit report | head -1``)."""

import io
import os
import sys
from typing import Any, TextIO


class _Patient(io.FileIO):
    """What nobody reads any more is dropped, so that a command ends as it would have with a patient reader."""

    def write(self, data: Any, /) -> int:
        """As in ``FileIO``, but never a BrokenPipeError."""
        try:
            return super().write(data)
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return super().write(data)


def settle() -> None:
    """Makes stdout and stderr UTF-8 and, where they are the process's own, patient."""
    sys.stdout, sys.stderr = (_settled(stream, own) for stream, own in _streams())


def _streams() -> tuple[tuple[TextIO, bool], ...]:
    return (sys.stdout, sys.stdout is sys.__stdout__), (sys.stderr, sys.stderr is sys.__stderr__)


def _settled(stream: TextIO, own: bool) -> TextIO:
    if own and stream is not None:
        stream.flush()
        raw = io.BufferedWriter(_Patient(stream.fileno(), "wb", closefd=False))
        return io.TextIOWrapper(raw, "utf-8", "replace", line_buffering=stream.isatty() or stream is sys.__stderr__)
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
    return stream

"""Renews the samples in the documents from the program itself (``make docs``); look at the difference first."""

import tempfile
from pathlib import Path

from tests.samples import PANDUAN, fresh, reasons, renewed, replaced


def main() -> None:
    """Runs the program and writes README.md and docs/panduan.md."""
    with tempfile.TemporaryDirectory() as folder:
        for document, samples in fresh(Path(folder)).items():
            document.write_text(renewed(document.read_text(encoding="utf-8"), samples), encoding="utf-8")
    PANDUAN.write_text(replaced(PANDUAN.read_text(encoding="utf-8"), "alasan", reasons()), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Renews the samples in README.md from the program itself (``make docs``); look at the difference before you commit."""

import tempfile
from pathlib import Path

from tests.samples import README, fresh, renewed


def main() -> None:
    """Runs the program and writes README.md."""
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(renewed(README.read_text(encoding="utf-8"), fresh(Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()

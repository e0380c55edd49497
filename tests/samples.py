"""The samples of output in README.md: how they are made, and what in them may differ from run to run."""

import re
from pathlib import Path

from tests.program import run

README = Path(__file__).parent.parent / "README.md"

EXPLAIN = ("explain", "setwan-contoh", "setiap-saat.renstra", "--data", "ppid-contoh", "--lang", "en")


def fresh(folder: Path) -> dict[str, str]:
    """The samples by the name of their markers, made by the program in an empty folder."""
    shown = {"demo": ("demo", "--quiet"), "explain": EXPLAIN}
    return {name: f"$ ppid-audit {' '.join(command)}\n{_output(folder, command)}" for name, command in shown.items()}


def _output(folder: Path, command: tuple[str, ...]) -> str:
    done = run(*command, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


def written(text: str, name: str) -> str:
    """The sample ``name`` as it stands in the text of a document."""
    found = re.search(_block(name), text, re.DOTALL)
    assert found, f"no markers {name}:begin and {name}:end"
    return found["sample"].removeprefix("```text\n").removesuffix("\n```")


def renewed(text: str, samples: dict[str, str]) -> str:
    """The text of a document with its samples replaced."""
    for name, sample in samples.items():
        block = f"<!-- {name}:begin -->\n```text\n{sample}\n```\n<!-- {name}:end -->"
        before, after = re.split(_block(name), text, flags=re.DOTALL)[::2]
        text = f"{before}{block}{after}"
    return text


def _block(name: str) -> str:
    return rf"<!-- {name}:begin -->\n(?P<sample>.*?)\n?<!-- {name}:end -->"


def steady(sample: str) -> str:
    """A sample without what differs from run to run: ports, places in an archive, the digest of the rubric."""
    sample = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", sample)
    sample = re.sub(r"\.warc\.gz#\d+", ".warc.gz#PLACE", sample)
    return re.sub(r"\s+\([0-9a-f]{8}\)\s+", " (DIGEST) ", sample)

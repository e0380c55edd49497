"""The samples of output in the documents: how they are made, and what in them may differ from run to run."""

import re
from pathlib import Path

from ppid_audit.config import load_rubric
from ppid_audit.model.rubric import Reason
from ppid_audit.report.locale import Locale
from ppid_audit.report.words import reason_word, verdict_word
from tests.program import run

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PANDUAN = ROOT / "docs" / "panduan.md"

EXPLAIN = ("explain", "setwan-contoh", "setiap-saat.renstra", "--data", "ppid-contoh")

SAMPLES = {
    README: {"demo": ("demo", "--quiet"), "explain": (*EXPLAIN, "--lang", "en")},
    PANDUAN: {
        "init": ("init", "evaluasi"),
        "check": ("check", "--agencies", "evaluasi/agencies.yaml", "--rubric", "evaluasi/rubric.yaml"),
        "putusan": EXPLAIN,
        "ramalan": ("diff", "--until", "2027-01-31", "--data", "ppid-contoh"),
    },
}
"""Document -> name of the markers -> what is called there, in this order and in one folder."""


def fresh(folder: Path) -> dict[Path, dict[str, str]]:
    """The samples of each document, made by the program in an empty folder."""
    return {
        document: {name: f"$ ppid-audit {' '.join(words)}\n{_output(folder, words)}" for name, words in shown.items()}
        for document, shown in SAMPLES.items()
    }


def reasons() -> str:
    """The table of all reasons: verdict, reason and meaning as reports print them, for docs/panduan.md."""
    locale, rubric = Locale.load("id"), load_rubric(ROOT / "rubric.yaml")
    rows = [(reason_word(r, locale), verdict_word(r, rubric, locale), locale.t(f"reason_sentence.{r}")) for r in Reason]
    return "\n".join(["| alasan | putusan | artinya |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)])


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
        text = replaced(text, name, f"```text\n{sample}\n```")
    return text


def replaced(text: str, name: str, content: str) -> str:
    """The text of a document with what stands between the markers ``name`` replaced."""
    before, after = re.split(_block(name), text, flags=re.DOTALL)[::2]
    return f"{before}<!-- {name}:begin -->\n{content}\n<!-- {name}:end -->{after}"


def _block(name: str) -> str:
    return rf"<!-- {name}:begin -->\n(?P<sample>.*?)\n?<!-- {name}:end -->"


def steady(sample: str) -> str:
    """A sample without what differs from run to run: ports, places in an archive, the scan, the rubric's digest."""
    sample = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", sample)
    sample = re.sub(r"\b20\d{6}-\d{6}-[0-9a-f]{6}\b", "SCAN", sample)
    sample = re.sub(r"\.warc\.gz#\d+", ".warc.gz#PLACE", sample)
    return re.sub(r"\s+\([0-9a-f]{8}\)\s+", " (DIGEST) ", sample)

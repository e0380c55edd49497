"""Random single bit flips over the archive of a scan, one at a time: ``archive verify`` must find every one."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from ppid_audit.audit.evidence import check
from ppid_audit.history.store import Store
from tests.cli.nightly import Nightly, pages


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--flips", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=int(time.time()))
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as root:
        regency = Nightly(Path(root), dinkes=pages(), bkd=pages())
        for _ in range(2):  # the second night refers to the first
            regency.run("scan", "--as-of", "2026-11-24", "--quiet")
        regency.close()
        found = flip(Path(root) / "ppid-data", given.flips, Random(given.seed))
    print(f"seed={given.seed} flips={given.flips} {' '.join(f'{name}={n}' for name, n in sorted(found.items()))}")
    sys.exit(1 if found["unnoticed"] else 0)


def flip(data: Path, count: int, draw: Random) -> Counter[str]:
    """How the flips were noticed: by the digest of the file, by its records too, or not at all."""
    store, told = Store(data / "ppid-audit.db"), Counter[str]()
    files = {path: path.read_bytes() for path in sorted((data / "archive").rglob("*")) if path.is_file()}
    sizes = [len(content) for content in files.values()]
    assert not any(damages for _, damages in check(data, store))
    for _ in range(count):
        ((path, content),) = draw.choices(list(files.items()), sizes)
        bit = draw.randrange(len(content) * 8)
        damaged = bytearray(content)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        name = f"{path.parent.name}/{path.name}"
        codes = {
            damage.code for _, found in check(data, store, path.parent.name) for damage in found if damage.file == name
        }
        told["found" if codes else "unnoticed"] += 1
        told["in_a_record_too"] += "unreadable" in codes
        path.write_bytes(content)
    assert not any(damages for _, damages in check(data, store))
    return told


if __name__ == "__main__":
    main()

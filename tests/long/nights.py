"""Ninety nights of an office whose sites hardly change: what they cost, and how everything grows."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ppid_audit.audit import ScanJob, scan
from ppid_audit.audit.evidence import prune
from ppid_audit.config import load_agencies, load_rubric
from ppid_audit.history.store import Store
from ppid_audit.model.scan import Result
from tests.cli.nightly import Nightly, pages
from tests.cli.small_regency import page

START = datetime(2026, 11, 24, 20, tzinfo=UTC)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--nights", type=int, default=90)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as root:
        regency = Nightly(Path(root), dinkes=pages(), bkd=pages())
        try:
            rows = live(regency, given.nights)
        finally:
            regency.close()
    first, warm, last = rows[0], rows[min(9, len(rows) - 1)], rows[-1]
    grown = {name: last[name] - warm[name] for name in ("memory", "descriptors")}
    print(f"after night 10: memory +{grown['memory']} KB, descriptors +{grown['descriptors']}")
    quiet = [row["sent"] for row in rows[1:] if not row["changed"]]
    print(f"bytes of a night without a change: {max(quiet) / first['sent']:.1%} of the first")
    sys.exit(grown["descriptors"] > 0 or grown["memory"] > 20_000 or max(quiet) > first["sent"] * 0.05)


def live(regency: Nightly, nights: int) -> list[dict[str, int]]:
    """One row a night; every tenth night a page is new."""
    data, rows = regency.folder / "ppid-data", list[dict[str, int]]()
    for night in range(nights):
        changed = night % 10 == 9
        if changed:
            regency.sites["dinkes"][f"/kabar-{night}"] = page(f"Kabar {night}")
        regency.sent, began = 0, time.monotonic()
        asyncio.run(_scanned(regency, data, START + timedelta(days=night)))
        rows.append(
            {
                "night": night + 1,
                "changed": int(changed),
                "sent": regency.sent,
                "milliseconds": int((time.monotonic() - began) * 1000),
                "database": (data / "ppid-audit.db").stat().st_size // 1000,
                "archive": sum(path.stat().st_size for path in (data / "archive").rglob("*") if path.is_file()) // 1000,
                "memory": _memory(),
                "descriptors": len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0,  # noqa: PTH112, PTH208
            }
        )
        if night in (0, 1, 9, 29, 59, nights - 1):
            print(" ".join(f"{name}={value}" for name, value in rows[-1].items()), flush=True)
    store, now = Store(data / "ppid-audit.db"), f"{START + timedelta(days=nights):%Y-%m-%dT%H:%M:%SZ}"
    freed = sum(removal.bytes for removal in prune(data, store, 12, now, dry_run=False))
    print(f"prune --keep 12 frees {freed // 1000} KB")
    return rows


async def _scanned(regency: Nightly, data: Path, at: datetime) -> Result:
    job = ScanJob(
        load_agencies(regency.folder / "agencies.yaml"),
        load_rubric(regency.folder / "rubric.yaml"),
        data,
        date(2026, 11, 24),
        lambda: f"{at:%Y-%m-%dT%H:%M:%SZ}",
    )
    async for event in scan(job):
        if isinstance(event, Result):
            return event
    raise AssertionError("no result")


def _memory() -> int:
    """Resident memory in KB; 0 where the system does not tell."""
    path = Path("/proc/self/status")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


if __name__ == "__main__":
    main()

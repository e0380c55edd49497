"""Kabupaten Contoh: an invented regency, its agencies, and what a careful reader finds on their sites."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from importlib.resources import files

from ppid_audit.codec import dumps
from ppid_audit.model.agency import Agency, CrawlSettings, Registry
from ppid_audit.model.rubric import Reason, Verdict

AS_OF = date(2026, 11, 24)
"""The day for which the sites were written and the truth was read."""

PORTAL = "ppid-contoh"
"""The PPID utama: its documents count for every agency."""

DEAD = frozenset({"inspektorat-contoh"})
"""Agencies whose host does not answer."""

AGENCIES: tuple[Agency, ...] = (
    Agency("dinkes-contoh", "Dinas Kesehatan", "dinas", "", ("kesehatan",)),
    Agency("disdik-contoh", "Dinas Pendidikan", "dinas", "", ("pendidikan",)),
    Agency("dpmptsp-contoh", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "dinas", "", ("perizinan",)),
    Agency("setwan-contoh", "Sekretariat DPRD", "sekretariat-dprd", ""),
    Agency("kec-sukacontoh", "Kecamatan Sukacontoh", "kecamatan", ""),
    Agency("dlh-contoh", "Dinas Lingkungan Hidup", "dinas", "", ("lingkungan",)),
    Agency("rsud-contoh", "RSUD Contoh", "rsud", "", ("kesehatan",)),
    Agency("satpolpp-contoh", "Satuan Polisi Pamong Praja", "satpol-pp", ""),
    Agency("dinporapar-contoh", "Dinas Kepemudaan, Olahraga, dan Pariwisata", "dinas", ""),
    Agency("bpbd-contoh", "Badan Penanggulangan Bencana Daerah", "badan", "", ("bencana",)),
    Agency("bkd-contoh", "Badan Kepegawaian Daerah", "badan", "", ("kepegawaian",)),
    Agency(PORTAL, "PPID Kabupaten Contoh", "ppid-utama", "", ("komunikasi",)),
    Agency("inspektorat-contoh", "Inspektorat", "inspektorat", ""),
)
"""The evaluated bodies, without addresses: those are known when the sites are served."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful reader says of one item; ``note`` says why, where that is not plain."""

    verdict: Verdict
    reason: Reason
    note: str = ""


def registry(urls: Mapping[str, str]) -> Registry:
    """The regency as agencies.yaml would name it; ``urls`` gives the front page of every agency by id.

    The digest leaves the addresses out: ports change with every run, the regency does not.
    """
    return Registry(
        agencies=tuple(
            replace(agency, url=urls[agency.id], trusted=() if agency.id == PORTAL else (urls[PORTAL],))
            for agency in AGENCIES
        ),
        region="Kabupaten Contoh",
        contact="ppid@contoh.example",
        crawl=CrawlSettings(delay=0.0),
        sha256=sha256(dumps(AGENCIES).encode()).hexdigest(),
    )


def truth() -> dict[str, dict[str, Truth]]:
    """Agency id -> rubric item id -> the true verdict on ``AS_OF``, for every item that applies."""
    stored = json.loads((files("ppid_audit.demo") / "truth.json").read_text("utf-8"))
    return {
        agency: {
            item: Truth(Verdict(told["verdict"]), Reason(told["reason"]), told.get("note", ""))
            for item, told in items.items()
        }
        for agency, items in stored.items()
    }

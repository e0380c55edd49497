"""Results of any size under the project's own rubric, as like real ones as a pure function makes them."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from ppid_audit.config import load_rubric
from ppid_audit.model.agency import KINDS, Agency
from ppid_audit.model.capture import Note
from ppid_audit.model.comparison import Trend, TrendRow
from ppid_audit.model.finding import Assessment, Evidence, Finding, NearMiss, Where
from ppid_audit.model.rubric import Reason, Rubric, Verdict
from ppid_audit.model.scan import AgencyResult, CrawlStats, Result, Scan
from ppid_audit.score import rank, score

_NAMES = (
    "Dinas Kesehatan",
    "Dinas Perumahan, Permukiman dan Perhubungan",
    "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "Kecamatan Randublatung",
    "RSUD dr. R. Soetijono",
    "Satuan Polisi Pamong Praja",
    "Dinas Pendidikan",
)
_GOOD = (Reason.FOUND, Reason.FOUND, Reason.FOUND, Reason.FOUND_OTHER_WORDING, Reason.FOUND_OFF_SITE)
_BAD = (Reason.NOT_FOUND, Reason.NOT_FOUND, Reason.NAMED_WITHOUT_CONTENT, Reason.STALE, Reason.DEAD_LINK)
_BLOCKED = ("unreachable", "host_unconfirmed", "script_only")


@cache
def rubric() -> Rubric:
    return load_rubric(Path(__file__).parents[2] / "rubric.yaml")


def scan(**more) -> Scan:
    head = Scan(
        id="20261124-020000",
        started_at="2026-11-24T02:00:00Z",
        finished_at="2026-11-24T03:10:00Z",
        as_of="2026-11-24",
        tool="0.1.0",
        rubric_name=rubric().name,
        rubric_sha256=rubric().sha256,
        agencies_sha256="aa" * 32,
        region="Kabupaten Contoh",
        evidence_sha256="bb" * 32,
    )
    return replace(head, **more)


def big(count: int, seed: int = 1, blocked: bool = False, **head) -> Result:
    """``count`` agencies, one in nine of them without a score (all of them when ``blocked``)."""
    rows = [_agency(place, Random(seed * 1000 + place), blocked) for place in range(count)]
    cards = rank(row.scorecard for row in rows)
    return Result(
        scan(**head), rubric(), tuple(replace(row, scorecard=card) for row, card in zip(rows, cards, strict=True))
    )


def trend_of(result: Result, scans: int = 5) -> Trend:
    """So many scans before ``result``, each a little worse than the next."""
    heads = [scan(id=f"2026{month:02d}24-020000", as_of=f"2026-{month:02d}-24") for month in range(11 - scans, 11)]
    rows = []
    for entry in result.agencies:
        last = entry.scorecard.total.score
        steps = (None if last is None else max(0.0, round(last - 2.5 * back, 1)) for back in range(scans, 0, -1))
        rows.append(TrendRow(entry.agency.id, (*steps,)))
    return Trend((*heads,), (*rows,))


def _agency(place: int, chance: Random, blocked: bool) -> AgencyResult:
    name = _NAMES[place % len(_NAMES)]
    who = Agency(
        f"opd-{place}",
        f"{name} {place}",
        KINDS[(place + 1) % len(KINDS)],
        f"https://opd-{place}.contohkab.example/",
        functions=("kesehatan",) if place % 8 == 0 else (),
    )
    skill = chance.uniform(0.1, 0.95)
    by = _BLOCKED[place % len(_BLOCKED)] if blocked or place % 9 == 8 else None
    findings = () if by else tuple(_finding(c, who, skill, chance) for c in rubric().criteria)
    assessment = Assessment(who.id, findings, by)
    stats = CrawlStats(140, 40, 200, 31_000_000, 210.0, {"ok": 190, "not_found": 8, "deadline": 2})
    notes = (Note("http_only", "", who.url), Note("slow", "8,4 s", who.url))
    return AgencyResult(who, assessment, score(assessment, rubric()), stats, notes)


def _finding(criterion, who: Agency, skill: float, chance: Random) -> Finding:
    if not criterion.applies(who.kind, who.functions):
        return Finding(criterion.id, Reason.NOT_FOR_THIS_KIND, 1.0)
    draw = chance.random()
    reason = chance.choice(_GOOD) if draw < skill else chance.choice(_BAD)
    if 0.93 < draw < 0.96:
        reason = Reason.UNREACHABLE
    base = f"{who.url}ppid/informasi-publik/{criterion.category}"
    near = (NearMiss(f"{base}/unduhan/lampiran-lama-2021.pdf", Reason.PLACEHOLDER, "Segera hadir", base),)
    if reason.verdict not in (Verdict.FULFILLED, Verdict.PARTIAL):
        return Finding(criterion.id, reason, 0.9, near_misses=near[: chance.randint(0, 1)])
    evidence = Evidence(
        f"{who.url}wp-content/uploads/2026/03/dokumen-{criterion.id.replace('.', '-')}-tahun-2025.pdf",
        found_on=f"{base}/daftar-dokumen/",
        where=Where.TABLE,
        matched=criterion.title.id[:30].lower(),
        quote=f"{criterion.title.id} Tahun 2025 (Unduh)",
        year=2025,
        status=200,
        media_type="application/pdf",
        bytes=234_567,
        sha256=f"{chance.getrandbits(256):064x}",
        warc=f"{who.id}.warc.gz#{chance.randint(1000, 9_000_000)}",
    )
    periods = ("2025", "2023") if reason is Reason.STALE else (None, None)
    return Finding(criterion.id, reason, 0.93, (evidence,), near[:1] if draw < 0.2 else (), *periods)

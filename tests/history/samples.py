"""Small but complete results."""

from dataclasses import replace
from datetime import date

from ppid_audit.model.agency import Agency, KnownDown
from ppid_audit.model.capture import Note
from ppid_audit.model.finding import Assessment, Evidence, Finding, NearMiss, Where
from ppid_audit.model.rubric import (
    AllOf,
    AnyOf,
    Band,
    Category,
    Criterion,
    Due,
    Duty,
    Form,
    Probe,
    Reason,
    Renew,
    Rubric,
    Words,
)
from ppid_audit.model.scan import AgencyResult, CrawlStats, Result, Scan
from ppid_audit.model.scorecard import Part, Scorecard, Status

RENSTRA = "setiap-saat.renstra"
ALAMAT = "berkala.alamat"

RUBRIC = Rubric(
    name="Rubrik keterbukaan 2026",
    criteria=(
        Criterion(
            id=ALAMAT,
            title=Words("Alamat kantor", "Office address"),
            basis="Ps 11(1)a",
            duty=Duty.ANNOUNCE,
            renew=Renew.STANDING,
            check=Probe("contact"),
            remedy=Words("Cantumkan alamat", "State the address"),
        ),
        Criterion(
            id=RENSTRA,
            title=Words("Renstra", "Strategic plan"),
            basis="Perki 1/2021 Ps 21(1)h",
            duty=Duty.PROVIDE,
            renew=Renew.YEAR,
            check=AnyOf((Probe("published", ("renstra",), forms=(Form.DOCUMENT,)), AllOf((Probe("statement"),)))),
            remedy=Words("Unggah Renstra", "Upload it"),
            due=Due("previous", 4, 1, "law"),
        ),
    ),
    points={Reason.FOUND: 1.0, Reason.STALE: 0.5},
    bands=(Band("informatif", 90, Words("Informatif", "Informative")),),
    category_weights={Category.BERKALA: 50},
    sha256="a" * 64,
)


def result(
    scan_id: str = "20261124-aaaa", finished_at: str = "2026-11-24T11:00:00Z", quote: str = "Renstra 2021"
) -> Result:
    scan = Scan(
        id=scan_id,
        started_at="2026-11-24T10:00:00Z",
        finished_at=finished_at,
        as_of="2026-11-24",
        tool="1.0.0",
        rubric_name=RUBRIC.name,
        rubric_sha256=RUBRIC.sha256,
        agencies_sha256="b" * 64,
        region="Kabupaten Contoh",
    )
    return Result(scan, RUBRIC, tuple(agency_result(name, quote) for name in ("dinkes", "bappeda", "arsip")))


def agency_result(agency_id: str, quote: str) -> AgencyResult:
    found = Finding(
        RENSTRA,
        Reason.FOUND,
        0.93,
        evidence=(
            Evidence("https://a.example/renstra.pdf", quote=quote, matched="renstra", year=2021, where=Where.TABLE),
            Evidence("https://a.example/b.pdf", date=date(2025, 3, 1), sha256="c" * 64, warc=f"{agency_id}.warc.gz#77"),
        ),
        near_misses=(NearMiss("https://a.example/rpjmd.pdf", Reason.WRONG_DOCUMENT),),
        period_due="2021-2026",
    )
    overruled = Finding(
        ALAMAT, Reason.WAIVED, 1.0, reviewed=True, justification="-", superseded=replace(found, item=ALAMAT)
    )
    card = Scorecard(
        agency_id,
        Status.ASSESSED,
        Part(71.4, 66.0, 78.2, 0.91),
        {Category.BERKALA: Part(None, None, None, None)},
        rank=1,
    )
    return AgencyResult(
        agency=Agency(
            agency_id,
            agency_id.title(),
            "dinas",
            "https://a.example/",
            known_down=KnownDown(date(2026, 12, 31), "pindah"),
        ),
        assessment=Assessment(agency_id, (overruled, found)),
        scorecard=card,
        crawl=CrawlStats(pages=2, outcomes={"ok": 2}),
        health=(Note("tls_expired", "2026-01-01"),),
    )

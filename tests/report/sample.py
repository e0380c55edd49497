"""A small result made by hand: every status, a tie, overlapping ranges, and texts that mean harm."""

from dataclasses import replace
from datetime import date

from ppid_audit.amend import amend
from ppid_audit.model.agency import Agency, KnownDown
from ppid_audit.model.amendment import Amendment, Amendments
from ppid_audit.model.capture import Note
from ppid_audit.model.finding import Assessment, Evidence, Finding, NearMiss, Where
from ppid_audit.model.rubric import Band, Criterion, Due, Duty, Probe, Reason, Renew, Rubric, Verdict, Words
from ppid_audit.model.scan import AgencyResult, CrawlStats, Result, Scan
from ppid_audit.score import rank, score

AS_OF = date(2026, 11, 24)
NASTY = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "[/bold][link=file:///etc/passwd]klik[/link]",
    "\x1b]52;c;aGFp\x07\x1b[2J\x9b31mmerah",
    "\u202egnp.cod\u202c\u200b",
    "+1\r\n=2+5\t@x",
    "\ud800 lepas",
)

POINTS = {
    **{
        reason: float(reason.verdict is Verdict.FULFILLED)
        for reason in Reason
        if reason.verdict not in (Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE)
    },
    Reason.STALE: 0.5,
    Reason.LISTED_IN_DIP: 0.75,
}
BANDS = (
    Band("informatif", 90, Words("Informatif", "Informative")),
    Band("menuju_informatif", 80, Words("Menuju Informatif", "Towards Informative")),
    Band("cukup_informatif", 60, Words("Cukup Informatif", "Fairly Informative")),
    Band("kurang_informatif", 40, Words("Kurang Informatif", "Less Informative")),
    Band("tidak_informatif", 0, Words("Tidak Informatif", "Not Informative")),
)


def _criterion(id_: str, title: str, english: str, weight: float = 2, **more) -> Criterion:
    remedy = Words(f"Unggah {title} di halaman PPID.", f"Publish {english} on the PPID page.")
    defaults = {"duty": Duty.ANNOUNCE, "renew": Renew.STANDING} | more
    return Criterion(
        id_,
        Words(title, english),
        "Perki 1/2021 Ps 15",
        check=Probe("published"),
        remedy=remedy,
        weight=weight,
        **defaults,
    )


RUBRIC = Rubric(
    name="Rubrik contoh 2026",
    criteria=(
        _criterion("berkala.visi-misi", "Visi dan misi", "Vision and mission"),
        _criterion(
            "berkala.laporan-kinerja",
            "Ringkasan kinerja (LKjIP/LAKIP)",
            "Performance summary",
            renew=Renew.YEAR,
            due=Due("previous", 4, 1, "practice"),
            note=Words("LKjIP atau LAKIP sama baiknya", "either name will do"),
        ),
        _criterion("berkala.agenda", "Agenda penting", "Important agenda", 1),
        _criterion("berkala.lhkpn", "LHKPN pejabat", "Officials' wealth reports", 0),
        _criterion("serta-merta.kanal", "Kanal pengumuman serta merta", "Channel for immediate announcements", 1),
        _criterion(
            "setiap-saat.dip", "Daftar Informasi Publik (DIP)", "List of public information", 2.5, duty=Duty.PROVIDE
        ),
        _criterion("setiap-saat.renstra", "Rencana strategis (Renstra)", "Strategic plan", duty=Duty.PROVIDE),
    ),
    points=POINTS,
    bands=BANDS,
    sha256="c0ffee" * 10 + "abcd",
)

GOOD = (
    Reason.FOUND,
    Reason.FOUND,
    Reason.FOUND_OTHER_WORDING,
    Reason.NOT_FOUND,
    Reason.OWNER_LINKED,
    Reason.FOUND_OFF_SITE,
    Reason.FOUND,
)
MIXED = (
    Reason.FOUND,
    Reason.STALE,
    Reason.NAMED_WITHOUT_CONTENT,
    Reason.NOT_FOUND,
    Reason.NO_EVENT_KNOWN,
    Reason.LISTED_IN_DIP,
    Reason.NOT_FOUND,
)
DOUBTFUL = (*MIXED[:2], Reason.UNREACHABLE, *MIXED[3:])
BLIND = (Reason.FOUND, *(Reason.BLOCKED,) * 5, Reason.DEAD_LINK)


def evidence(base: str, text: str, **more) -> Evidence:
    return replace(
        Evidence(
            f"{base}ppid/berkas.pdf",
            found_on=f"{base}ppid",
            where=Where.TABLE,
            matched="renstra",
            quote=text,
            year=2025,
            date=date(2025, 3, 31),
            status=200,
            media_type="application/pdf",
            bytes=12345,
            sha256="ab" * 32,
            warc="dinkes.warc.gz#1234",
        ),
        **more,
    )


def findings(base: str, reasons: tuple[Reason, ...]) -> tuple[Finding, ...]:
    return tuple(
        _finding(criterion.id, reason, base, text)
        for criterion, reason, text in zip(RUBRIC.criteria, reasons, NASTY, strict=True)
    )


def _finding(item: str, reason: Reason, base: str, text: str) -> Finding:
    plain = Finding(item, reason, 0.93, near_misses=(NearMiss(f"{base}?q={text}", Reason.PLACEHOLDER, text, base),))
    if reason.verdict in (Verdict.MISSING, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE):
        return plain
    seen = replace(plain, evidence=(evidence(base, text),))
    return replace(seen, period_due="2025", period_found="2023") if reason is Reason.STALE else seen


def agency(id_: str, name: str, reasons: tuple[Reason, ...], blocked_by: str | None = None, **more) -> AgencyResult:
    who = Agency(id_, name, more.pop("kind", "dinas"), f"https://{id_}.contoh.example/", **more)
    assessment = Assessment(id_, findings(who.url, reasons) if reasons else (), blocked_by)
    stats = CrawlStats(120, 33, 180, 1_234_567, 61.5, {"ok": 150, "not_found": 3, "deadline": 1})
    return AgencyResult(
        who, assessment, score(assessment, RUBRIC), stats, (Note("tls_invalid", f"{NASTY[3]} 2026-11-01", who.url),)
    )


def reviewed(row: AgencyResult) -> AgencyResult:
    entry = Amendment(
        row.agency.id, "setiap-saat.renstra", Verdict.PARTIAL, "corrected", f"hanya sampul {NASTY[2]}", "Sri", AS_OF
    )
    expired = replace(entry, item="berkala.visi-misi", expires=date(2026, 1, 1))
    amended = amend(row.assessment, Amendments((entry, expired)), AS_OF)
    return replace(row, assessment=amended, scorecard=score(amended, RUBRIC))


def ranked(*rows: AgencyResult) -> tuple[AgencyResult, ...]:
    cards = rank(row.scorecard for row in rows)
    return tuple(replace(row, scorecard=card) for row, card in zip(rows, cards, strict=True))


AGENCIES = ranked(
    agency("dishub", "Dinas Perhubungan, Komunikasi dan Informatika", MIXED, functions=("perhubungan", "komunikasi")),
    reviewed(agency("dinkes", "Dinas Kesehatan", GOOD, functions=("kesehatan",))),
    agency(
        "bkpsdm", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia serta Pelatihan Aparatur", MIXED, kind="badan"
    ),
    agency("dinsos", "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak", DOUBTFUL),
    agency("jiken", f"Kecamatan Jiken {NASTY[4]}", BLIND, kind="kecamatan"),
    agency("cepu", "Kecamatan Cepu", (), "host_unconfirmed", kind="kecamatan", confirmed=False),
    agency("blora", "Kecamatan Blora", (), "host_unconfirmed", kind="kecamatan", confirmed=False),
    agency(
        "rsud",
        "RSUD [red]Contoh[/red]",
        (),
        "known_down",
        kind="rsud",
        known_down=KnownDown(date(2026, 12, 31), "pindah"),
    ),
)

SCAN = Scan(
    id="20261124-0900",
    started_at="2026-11-24T02:00:00Z",
    finished_at="2026-11-24T02:30:00Z",
    as_of="2026-11-24",
    tool="0.1.0",
    rubric_name=RUBRIC.name,
    rubric_sha256=RUBRIC.sha256,
    agencies_sha256="aa" * 32,
    region="Kabupaten Contoh",
)

RESULT = Result(SCAN, RUBRIC, AGENCIES)


def offline() -> Result:
    rows = [agency(row.agency.id, row.agency.name, (), "runner_offline") for row in AGENCIES]
    return Result(replace(SCAN, suspect="runner_offline"), RUBRIC, ranked(*rows))


def sampled() -> Result:
    return replace(RESULT, scan=replace(SCAN, sample=True))

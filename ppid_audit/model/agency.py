"""Who is evaluated: agencies (PPID pelaksana) and how politely their sites are visited."""

from dataclasses import dataclass, field
from datetime import date

KINDS = (
    "ppid-utama",
    "sekretariat-daerah",
    "sekretariat-dprd",
    "inspektorat",
    "dinas",
    "badan",
    "satpol-pp",
    "rsud",
    "puskesmas",
    "kecamatan",
    "kelurahan",
    "bumd",
)
"""What an agency is. A criterion may apply to some kinds only."""

FUNCTIONS = (
    "pendidikan",
    "kesehatan",
    "bencana",
    "kepegawaian",
    "keuangan",
    "perencanaan",
    "perizinan",
    "pekerjaan-umum",
    "lingkungan",
    "kependudukan",
    "sosial",
    "kesbangpol",
    "pangan",
    "tenaga-kerja",
    "perhubungan",
    "komunikasi",
    "pengadaan",
    "hukum",
)
"""What an agency does. A criterion may apply to some functions only."""


@dataclass(frozen=True, slots=True)
class KnownDown:
    """An outage that the office knows of: listed, but no alarm until that day."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """An agency that asked not to be visited: no request is ever sent."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Agency:
    """One evaluated body and the hosts that are its own.

    ``url`` is the front page (absolute, http or https). ``also`` are further addresses of its own,
    ``trusted`` hosts whose documents count for it (such as the PPID utama). ``confirmed`` is false
    while the host is only a guess: such an agency is never said to have no website.
    """

    id: str
    name: str
    kind: str
    url: str
    functions: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    confirmed: bool = True
    aliases: tuple[str, ...] = ()
    until: date | None = None
    known_down: KnownDown | None = None
    opt_out: OptOut | None = None


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Politeness as the office set it: seconds between requests, pages per site, hours of the day."""

    delay: float = 1.0
    max_pages: int = 200
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """The whole of ``agencies.yaml``. ``sha256`` is the digest of the file as read."""

    agencies: tuple[Agency, ...]
    region: str = ""
    contact: str = ""
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    sha256: str = ""

"""The vocabulary of online gambling as it is planted on hijacked sites, and of those who fight it.

The trap lies the other way: "slot waktu layanan" is a timetable, RTP a plan, and nobody writes about online
gambling as often as the offices that warn of it. So strength is graded, and words of warning take it all back.
"""

import re
from enum import IntEnum
from urllib.parse import unquote_plus

_STRONG = re.compile(
    r"\bslot ?(?:gacor|maxwin|88|777|5000|mahjong|pulsa|pragmatic|demo|server|thailand|kamboja|bet|depo|deposit|qris"
    r"|terpercaya|luar negeri|singapore|rtp)\w*|\bslotgacor\w*|\bslot[a-z]{2,12}\d{2,4}\b"
    r"|\b(?:situs|link|agen|bandar|daftar|akun|judi|rtp|raja|toto) (?:slot|gacor|togel|toto)\b"
    r"|\brtp (?:live|pragmatic|pg soft|tertinggi hari ini)\b|\bgacor ?(?:\d{2,4}|hari ini|maxwin)\b|\bmax ?win\b"
    r"|\bscatter hitam\b|\bmahjong ways\b|\bpragmatic play\b|\bpg soft\b|\bgates of olympus\b|\bsweet bonanza\b"
    r"|\bstarlight princess\b|\bsbobet\w*|\bbandar ?qq\b|\bdomino ?qq\b|\bpkv games?\b|\bjoker123\b"
    r"|\btoto (?:macau|sgp|hk|4d)\b|\b(?:judi|taruhan) bola online\b|\bcasino online terpercaya\b|\bdepo 10k\b"
)
_WEAK = re.compile(
    r"\bslots?\b|\bgacor\b|\bjudi\b|\bjudol\b|\btogel\b|\b(?:poker|kasino|casino|taruhan) online\b|\blink alternatif\b"
)
_WARNING = re.compile(
    r"\b(?:anti|bahaya\w*|cegah|mencegah|pencegahan|(?:pem|mem)?berantas\w*|satgas|larang\w*|dilarang|melarang|larangan"
    r"|sosialisasi\w*|dampak\w*|waspada\w*|(?:mem)?perang(?:i)?|tolak|menolak|stop|(?:di|mem|pem)?blokir\w*|tindak\w*"
    r"|menindak|penindakan|hukum\w*|pidana|perda|perbup|perwali|undang|uu|pasal|tangkap|ditangkap|menangkap|ringkus"
    r"|diringkus|gerebek|razia|terlibat|terjerat|imbau\w*|himbau\w*|mengimbau|edukasi|tangkal|menangkal|lawan|melawan"
    r"|bebas|kominfo|komdigi|dinkominfo|ojk|ppatk|polisi|polres|polda|kejaksaan|asn|pns|warga|masyarakat|remaja|pelajar"
    r"|siswa|anak|korban|kecanduan|fenomena|literasi|aduan|lapor\w*|diretas|peretas\w*|retas|disusupi|siber|csirt"
    r"|diskusi|webinar|seminar|deklarasi|kampanye|gerakan|ikrar|maklumat|surat edaran|edaran|instruksi|sidak)\b"
)
_ADDRESS = re.compile(
    r"slot[-_/ ]*(?:gacor|88|777|5000|hari[-_ ]?ini|online|max ?win|pulsa|dana|thailand|mahjong|demo|deposit|depo|bet"
    r"|singapore|server)|slotmaxwins?\d*|rtp[-_ ]?slot|situs[-_ ]?(?:slot|judi|togel)|server[-_ ]thailand|maxwin"
    r"|judi[-_ ]?(?:slot|online|bola)|\btogel\b|toto[-_ ]?(?:macau|slot|togel)|sbobet|bandar-?qq|scatter[-_ ]hitam"
)
_ADDRESS_WEAK = re.compile(r"/slots?(?:/|$)|/gacor|[?&=](?:slot|gacor)")
_SERVICE = re.compile(
    r"\b(?:waktu|jadwal|antrean|antrian|pendaftaran|layanan|pelayanan|booking|reservasi|pasien|poli\w*|kuota|jam|loket"
    r"|parkir|pameran|tenant|umkm|beasiswa|pelatihan|kunjungan|kanal|vaksin\w*|konsultasi|dokter|magang|peserta|memori"
    r"|kartu|sim|rapat|ruang\w*|wawancara|ujian|tes)\b"
)
_PHARMA = re.compile(r"\b(?:buy|cheap|order|generic|beli) (?:viagra|cialis|levitra|tramadol|xanax)\b")
_KANA = re.compile(r"[\u3040-\u30ff]")
_SIGN = re.compile(r"[^\w]+")
_LONGEST = 12
"""Words of the longest link text that advertises; a longer one tells something."""


class Lure(IntEnum):
    """How strongly a text or an address advertises gambling."""

    NONE = 0
    WEAK = 1
    STRONG = 2


def plain(text: str) -> str:
    """Lower case, words parted by single spaces."""
    return " ".join(_SIGN.sub(" ", text.casefold().replace("_", " ")).split())


def lure_of(text: str) -> Lure:
    """What a link text advertises; words of warning, of a service, or many words mean that it tells something else."""
    words = plain(text[:400])
    if not words or _WARNING.search(words) or words.count(" ") >= _LONGEST:
        return Lure.NONE
    if _STRONG.search(words) or _PHARMA.search(words):
        return Lure.STRONG
    return Lure.WEAK if _WEAK.search(words) and not _SERVICE.search(words) else Lure.NONE


def lure_of_address(url: str) -> Lure:
    """What the words of an address advertise (its host and scheme left out)."""
    path = unquote_plus(url.partition("://")[2].partition("/")[2][:600]).casefold()
    if _WARNING.search(plain(path)) or _SERVICE.search(plain(path)):
        return Lure.NONE
    if _ADDRESS.search(f"/{path}"):
        return Lure.STRONG
    return Lure.WEAK if _ADDRESS_WEAK.search(f"/{path}") else Lure.NONE


def lures(text: str) -> int:
    """How many strong phrases a text holds."""
    return sum(1 for _ in _STRONG.finditer(plain(text)))


def warnings(text: str) -> int:
    """How many words of warning a text holds."""
    return sum(1 for _ in _WARNING.finditer(plain(text)))


def foreign_title(title: str) -> bool:
    """Whether a title is none that an Indonesian office would give: a page of shops in Japanese, or of pills."""
    return len(_KANA.findall(title[:300])) >= 5 or bool(_PHARMA.search(plain(title[:300])))

"""Whose text is this? Tells an agency's own information from another body's, copied or linked."""

import re
from collections import Counter
from urllib.parse import urlsplit

from ppid_audit.assess.matching import tokens
from ppid_audit.model.agency import Agency
from ppid_audit.model.site import Page, Site
from ppid_audit.web.scope import is_internal
from ppid_audit.web.urls import names

_SECOND_LEVEL = frozenset({"go", "ac", "sch", "desa", "or", "co", "web", "my", "mil", "net"})
_EMAIL_HOST = re.compile(r"@((?:[a-z0-9-]+\.)+(?:go|ac|desa|sch)\.id)\b")
_DISTRICT = re.compile(r"\b(?:Kabupaten|KABUPATEN|Kab\.|KAB\.|Kota|KOTA)\s+([A-Z][A-Za-z]{3,})")
_AGAIN = 2
_ENOUGH = 200
_BODY = re.compile(
    r"\b(dinas|badan|kecamatan|kelurahan|inspektorat|sekretariat|puskesmas|rsud|bagian|satuan)\s+([a-z][a-z ,&-]{3,80})"
)
_OFFICE = re.compile(
    r"\b(?:dinas|badan|kecamatan|inspektorat|sekretariat|puskesmas|rsud|kantor|kabupaten|kota|provinsi|pemerintah\w*"
    r"|pemkab|pemda|ppid|bupati|camat|layanan|pelayanan|publik|informasi|profil|berita|pengaduan|go\.id)\b"
)
_COMMON = names(
    "dinas badan kecamatan kelurahan inspektorat sekretariat daerah puskesmas rsud rumah sakit umum bagian satuan"
    " kantor kabupaten kota provinsi pemerintah pemerintahan resmi website situs beranda indonesia serta dengan"
)
"""Words that stand in the names of many bodies: they tell none from another."""


def _mentions_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:kabupaten|kab\.|kota)\s+{re.escape(name)}\b")


_OF_DISTRICT = re.compile(r"(?:kab|kota)\.go\.id$")
_REGIONAL = re.compile(r"(?:prov|kab|kota)\.go\.id$")

PROVINCES = {
    "aceh": ("aceh",),
    "sumut": ("sumut", "sumatera utara", "sumutprov"),
    "sumbar": ("sumbar", "sumatera barat", "sumbarprov"),
    "riau": ("riau",),
    "kepri": ("kepri", "kepulauan riau", "kepriprov"),
    "jambi": ("jambi", "jambiprov"),
    "sumsel": ("sumsel", "sumatera selatan", "sumselprov"),
    "babel": ("babel", "bangka belitung", "babelprov"),
    "bengkulu": ("bengkulu", "bengkuluprov"),
    "lampung": ("lampung", "lampungprov"),
    "dki": ("dki jakarta", "dki", "jakarta"),
    "jabar": ("jabar", "jawa barat", "jabarprov"),
    "banten": ("banten", "bantenprov"),
    "jateng": ("jateng", "jawa tengah", "jatengprov"),
    "diy": ("diy", "daerah istimewa yogyakarta", "jogjaprov"),
    "jatim": ("jatim", "jawa timur", "jatimprov"),
    "bali": ("bali", "baliprov"),
    "ntb": ("ntb", "nusa tenggara barat", "ntbprov"),
    "ntt": ("ntt", "nusa tenggara timur", "nttprov"),
    "kalbar": ("kalbar", "kalimantan barat", "kalbarprov"),
    "kalteng": ("kalteng", "kalimantan tengah"),
    "kalsel": ("kalsel", "kalimantan selatan", "kalselprov"),
    "kaltim": ("kaltim", "kalimantan timur", "kaltimprov"),
    "kaltara": ("kaltara", "kalimantan utara", "kaltaraprov"),
    "sulut": ("sulut", "sulawesi utara", "sulutprov"),
    "gorontalo": ("gorontalo", "gorontaloprov"),
    "sulteng": ("sulteng", "sulawesi tengah", "sultengprov"),
    "sulbar": ("sulbar", "sulawesi barat", "sulbarprov"),
    "sulsel": ("sulsel", "sulawesi selatan", "sulselprov"),
    "sultra": ("sultra", "sulawesi tenggara", "sultraprov"),
    "maluku": ("maluku", "malukuprov"),
    "malut": ("malut", "maluku utara", "malutprov"),
    "papua": ("papua",),
}
"""The provinces under their usual short names, with the words by which texts and hosts name them."""


def base_domain(host: str) -> str:
    """The registrable part of an Indonesian host: ``x.blorakab.go.id`` -> ``blorakab.go.id``."""
    labels = host.lower().rstrip(".").split(".")
    keep = 3 if len(labels) >= 3 and labels[-1] == "id" and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


class Identity:
    """What an agency's own addresses and names are, as its registration and its site say."""

    def __init__(self, agency: Agency, site: Site) -> None:
        self._bases = _own_bases(agency, site)
        names = " ".join((agency.name, *agency.aliases, *self._bases))
        self._provinces = provinces_in(names)
        self._districts = districts_in(names) | {_label(base) for base in self._bases if base.endswith(".go.id")}

    def sister(self, url: str) -> bool:
        """Whether ``url`` belongs to the same government or institution (same registrable domain)."""
        return base_domain(urlsplit(url).hostname or "") in self._bases

    def another_district(self, url: str) -> bool:
        """Whether the address belongs to another kabupaten or kota: its channels and its owners are not ours."""
        base = base_domain(urlsplit(url).hostname or "")
        return bool(self._bases) and base not in self._bases and bool(_OF_DISTRICT.search(base))

    def foreign(self, url: str, words: str = "") -> bool:
        """Whether the address or the words next to it name another regional government."""
        base = base_domain(urlsplit(url).hostname or "")
        if base in self._bases:
            return False
        regional = bool(_REGIONAL.search(base)) or bool(provinces_in(base.split(".")[0]))
        if self._bases and regional and base.endswith(".go.id"):
            return True
        return self.names_another(words)

    def names_another(self, words: str) -> bool:
        """Whether ``words`` name provinces, and none of them is the agency's own."""
        named = provinces_in(words)
        return bool(self._provinces) and bool(named) and not named & self._provinces

    def copied(self, text: str) -> bool:
        """Whether a text speaks again and again of other districts, and never of the agency's own."""
        named = districts_in(text)
        if not self._districts or not named or named & self._districts:
            return self.names_another(text)
        return any(len(_mentions_of(name).findall(text.lower())) >= _AGAIN for name in named)


def is_of_another(home: Page, agency: Agency) -> bool:
    """Whether nothing on the front page is of the agency: a mixed-up server, a name that somebody else has registered.

    Not one telling word of the agency's name, its other names or its address stands anywhere on the page, and the
    title names another body, or no word of the page is one of a public office.
    """
    titled = _BODY.search(" ".join(home.title.split()).casefold())
    own = _telling(" ".join((agency.name, *agency.aliases)))
    if home.shell or not own or len(home.all_text) < _ENOUGH:
        return False
    hosts = ((urlsplit(url).hostname or "").removeprefix("www.") for url in (agency.url, *agency.also))
    named = {host.partition(".")[0] for host in hosts} - _COMMON
    shown = f"{home.title} {home.all_text}".casefold()
    if any(word in shown for word in own) or any(len(label) > 3 and label in shown for label in named):
        return False
    return bool(_telling(titled[2])) if titled else not _OFFICE.search(shown)


def _telling(name: str) -> frozenset[str]:
    return frozenset(word for word in tokens(name) if len(word) > 3 and word not in _COMMON)


def _own_bases(agency: Agency, site: Site) -> frozenset[str]:
    hosts = {urlsplit(url).hostname or "" for url in (agency.url, *agency.also)}
    public = {base_domain(host) for host in hosts if host and not is_internal(host)}
    if public:
        return frozenset(public)
    mails = Counter(
        base_domain(host) for page in site.pages.values() for host in set(_EMAIL_HOST.findall(page.all_text.lower()))
    )
    return frozenset(base for base, _ in mails.most_common(1))


def provinces_in(text: str) -> frozenset[str]:
    """Short names of the provinces that ``text`` names as whole words."""
    words = " ".join(("", *tokens(text), ""))
    return frozenset(short for short, names in PROVINCES.items() if any(f" {name} " in words for name in names))


def districts_in(text: str) -> frozenset[str]:
    """Names of the districts (kabupaten, kota) that ``text`` names, in lower case."""
    return frozenset(name.lower() for name in _DISTRICT.findall(text))


def _label(base: str) -> str:
    return re.sub(r"(prov|kab|kota)$", "", base.split(".")[0])

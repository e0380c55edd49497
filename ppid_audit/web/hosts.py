"""Well-known hosts, as data, and what an address outside a site is: a file, a folder, a portal's front page ..."""

import re
from enum import StrEnum
from urllib.parse import parse_qsl, unquote

from ppid_audit.web import urls


class OffSite(StrEnum):
    """What an address on another host leads to, as far as the address itself tells."""

    DRIVE_FILE = "drive_file"
    DRIVE_FOLDER = "drive_folder"
    FORM = "form"
    SHORT_LINK = "short_link"
    PORTAL_HOME = "portal_home"
    PORTAL_DEEP = "portal_deep"
    SOCIAL = "social"
    VIDEO = "video"
    MAP = "map"
    OTHER = "other"


DOCUMENT_HOSTS = urls.names(
    "drive.google.com docs.google.com drive.usercontent.google.com onedrive.live.com 1drv.ms sharepoint.com dropbox.com"
    " dropboxusercontent.com mediafire.com mega.nz box.com icloud.com terabox.com 4shared.com zippyshare.com"
    " wetransfer.com we.tl scribd.com slideshare.net issuu.com fliphtml5.com anyflip.com pubhtml5.com heyzine.com"
    " calameo.com yumpu.com academia.edu"
)
"""Hosts (and their sub-domains) where offices keep documents."""

SHORT_LINK_HOSTS = urls.names(
    "bit.ly s.id tinyurl.com linktr.ee cutt.ly goo.gl t.ly rb.gy ow.ly is.gd v.gd t.co tiny.cc gg.gg shorturl.at"
    " shorturl.asia bitly.com linkin.bio lynk.id heylink.me taplink.cc linkfly.to msha.ke bio.link campsite.bio"
    " qr.de me-qr.com qrco.de"
)
FORM_HOSTS = urls.names(
    "forms.gle forms.office.com forms.microsoft.com forms.cloud.microsoft typeform.com jotform.com"
    " surveymonkey.com surveyheart.com tally.so"
)
VIDEO_HOSTS = urls.names("youtube.com youtu.be youtube-nocookie.com vimeo.com dailymotion.com vidio.com")
SOCIAL_HOSTS = urls.names(
    "facebook.com fb.com fb.me fb.watch messenger.com m.me instagram.com instagr.am x.com twitter.com tiktok.com"
    " whatsapp.com wa.me wa.link t.me telegram.me telegram.org threads.net threads.com linkedin.com pinterest.com"
    " line.me lin.ee flickr.com snapchat.com"
)
MAP_HOSTS = urls.names("maps.google.com maps.google.co.id maps.app.goo.gl openstreetmap.org osm.org waze.com")
PORTAL_HOSTS = urls.names(
    "lkpp.go.id inaproc.id lapor.go.id elhkpn.kpk.go.id e-lhkpn.kpk.go.id lhkpn.kpk.go.id jaga.id wbs.kpk.go.id"
    " gol.kpk.go.id data.go.id jdihn.go.id peraturan.go.id peraturan.bpk.go.id oss.go.id sipd.kemendagri.go.id"
    " sipd.go.id sscasn.bkn.go.id cekbansos.kemensos.go.id sipp.menpan.go.id esr.menpan.go.id komisiinformasi.go.id"
    " siapkerja.kemnaker.go.id indonesia.go.id djpk.kemenkeu.go.id"
)
"""National portals (and their sub-domains)."""

_REGIONAL_PORTAL = re.compile(
    r"(?:lpse|spse|eproc|jdih|e?-?ppid|satudata|satu-data|opendata|open-data|portaldata|sirup|lapor|sp4n|e?-?sakip)\d*"
    r"(?:-[a-z0-9-]+)?\..+|data\.(?:[^.]+\.)*go\.id"
)
"""Portals that every region has under its own domain, told by the first label."""

_HOME_SEGMENTS = urls.names(
    "index index.html index.htm index.php index.asp index.aspx default.aspx home home.html beranda beranda.html main"
    " welcome id en web portal public front sirup ro eproc eproc4 spse portal_v2 dashboard"
)
_IDLE_PARAMETERS = frozenset({"lang", "language", "locale", "hl", "l", "ref", "source"})
_OFFICE_FILE = re.compile(r"/(?:document|spreadsheets|presentation|drawings|file)/(?:u/\d+/)?d/")
_FOLDER = re.compile(r"/folders?(?:/|$)|/(?:embedded)?folderview|/sh/|/scl/fo/|/:f:|^/f/|/drive/shared-drives")
_SHARE_TOKEN = re.compile(r"/s/[A-Za-z0-9]{10,64}(?:/|$)")


def is_document_host(host: str) -> bool:
    """Whether offices keep documents on this host, or it only forwards to them (short links)."""
    return _is_any(host, DOCUMENT_HOSTS) or _is_any(host, SHORT_LINK_HOSTS)


def is_portal(host: str) -> bool:
    """Whether this is a national or regional portal that many agencies share."""
    return _is_any(host, PORTAL_HOSTS) or _REGIONAL_PORTAL.fullmatch(urls.without_www(host)) is not None


def is_social(host: str) -> bool:
    """Whether this is a social medium, a messenger or a video site."""
    return _is_any(host, SOCIAL_HOSTS) or _is_any(host, VIDEO_HOSTS)


def is_shared_file(url: str) -> bool:
    """Whether the path has the shape of a share link of Nextcloud and its kin (``/s/<token>``), on any host."""
    return _SHARE_TOKEN.search(urls.path(url)) is not None


def off_site_kind(url: str) -> OffSite:
    """What ``url`` leads to, told by its host and the shape of its path; OTHER when neither says anything."""
    target = viewer_target(url)
    if target is not None and target != url and viewer_target(target) is None:
        return off_site_kind(target)
    host, path = urls.host(url), _path(url)
    for kind, hosts in _PLAIN_KINDS:
        if _is_any(host, hosts):
            return kind
    if _is_google_map(host, path):
        return OffSite.MAP
    if path.startswith("/forms/") and host == "docs.google.com":
        return OffSite.FORM
    if _is_any(host, SHORT_LINK_HOSTS):
        return OffSite.SHORT_LINK if path.strip("/") else OffSite.OTHER
    if _is_any(host, DOCUMENT_HOSTS):
        return _stored_kind(host, path, url)
    if is_portal(host) and not urls.looks_like_document(url):
        return OffSite.PORTAL_HOME if _is_front_page(url) else OffSite.PORTAL_DEEP
    return OffSite.DRIVE_FILE if is_shared_file(url) else OffSite.OTHER


def viewer_target(url: str) -> str | None:
    """The address of the document that a viewer page shows, or None when ``url`` is no viewer.

    Knows the Google viewer, the Office viewer, pdf.js (``viewer.html?file=``) and its many copies, and
    Google's and Facebook's forwarding pages.
    """
    host, path = urls.host(url), _path(url).lower()
    name = next((name for place, pattern, name in _VIEWERS if _fits(host, place) and pattern.search(path)), None)
    if name is None:
        return None
    value = next((text for field, text in _parameters(url) if field in name), "")
    return urls.resolve(url, value) if value else None


_PLAIN_KINDS = (
    (OffSite.MAP, MAP_HOSTS),
    (OffSite.FORM, FORM_HOSTS),
    (OffSite.VIDEO, VIDEO_HOSTS),
    (OffSite.SOCIAL, SOCIAL_HOSTS),
)
_VIEWERS = (
    ("docs.google.com", re.compile(r"/g?view(?:er)?$"), ("url",)),
    ("drive.google.com", re.compile(r"/viewer(?:ng/viewer)?$"), ("url",)),
    ("view.officeapps.live.com", re.compile(r"/op/\w+\.aspx$"), ("src",)),
    ("google.com", re.compile(r"^/url$"), ("q", "url")),
    ("facebook.com", re.compile(r"^/l\.php$"), ("u",)),
    ("", re.compile(r"/(?:pdf-?)?viewer(?:\.html?|\.php|\.aspx)?/?$|/pdfjs[^/]*/?(?:web/?)?$"), ("file", "url", "src")),
)


def _fits(host: str, place: str) -> bool:
    return not place or host == place or host.endswith(f".{place}")


def _is_any(host: str, names: frozenset[str]) -> bool:
    """Whether ``host`` is one of ``names`` or a sub-domain of one."""
    return any(part in names for part in _suffixes(host))


def _suffixes(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


def _is_google_map(host: str, path: str) -> bool:
    maps = path == "/maps" or path.startswith("/maps/")
    return maps and (host == "goo.gl" or re.fullmatch(r"(?:www\.)?google\.[a-z.]+", host) is not None)


def _stored_kind(host: str, path: str, url: str) -> OffSite:
    if _FOLDER.search(path) or "ithint=folder" in url:
        return OffSite.DRIVE_FOLDER
    if host in ("drive.google.com", "docs.google.com"):
        named = _OFFICE_FILE.search(path) or any(field == "id" for field, _ in _parameters(url))
        return OffSite.DRIVE_FILE if named else OffSite.OTHER
    return OffSite.DRIVE_FILE if path.strip("/") or "?" in url else OffSite.OTHER


def _is_front_page(url: str) -> bool:
    segments = [part for part in _path(url).lower().split("/") if part]
    asked = [name for name, value in _parameters(urls.key(url)) if name not in _IDLE_PARAMETERS and value]
    return not asked and all(part in _HOME_SEGMENTS for part in segments)


def _path(url: str) -> str:
    return unquote(urls.path(url), errors="replace")


def _parameters(url: str) -> list[tuple[str, str]]:
    query = url.partition("#")[0].partition("?")[2]
    return [(name.lower(), value) for name, value in parse_qsl(query, keep_blank_values=True, errors="replace")]

"""Addresses as a browser reads them (WHATWG URL standard), their dedupe key, and the words in them.

Nothing here raises: what is no http(s) address gives None or an empty string.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

import ada_url


def names(text: str) -> frozenset[str]:
    """The names that ``text`` lists, parted by spaces: the way tables of words are written here."""
    return frozenset(text.split())


MAX_LENGTH = 2083
"""Longest address that is followed: what browsers and servers have agreed on in practice."""

DOCUMENT_EXTENSIONS = names(
    "pdf doc docx docm rtf odt xls xlsx xlsm xlsb ods csv tsv ppt pptx pps ppsx odp epub zip rar 7z"
    " jpg jpeg jfif png gif webp bmp tif tiff svg"
)
"""Extensions of files that are themselves the information: documents, archives, pictures."""

_CACHED = 16_384
_C0_OR_SPACE = "".join(map(chr, range(0x21)))
_HTTP = ("http://", "https://")
_USERINFO = re.compile(r"^(https?://)[^/?#]*@")
_DEFAULT_PORT = re.compile(r":(?:80|443)$")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_INDEX_FILES = frozenset({"index.html", "index.htm", "index.php"})
_SESSION_SUFFIX = re.compile(r";(?:jsessionid|phpsessid|sid)=[^;]*", re.IGNORECASE)
_NOISE_PARAMETERS = names(
    "fbclid gclid dclid msclkid yclid igshid mc_cid mc_eid _ga _gl phpsessid jsessionid sid sessionid aspsessionid"
    " ci_session"
)


def resolve(base: str, href: str) -> str | None:
    """The absolute http(s) address that ``href`` means on the page ``base``: no fragment, no userinfo.

    None when it leads nowhere: empty, ``#...``, another scheme (javascript:, mailto:, tel:, data:),
    invalid, or longer than 2083 characters. After https://url.spec.whatwg.org/#url-parsing.
    """
    wanted = href.strip(_C0_OR_SPACE)
    if not wanted or wanted[0] == "#" or len(wanted) > 2 * MAX_LENGTH:
        return None
    return _join(base, wanted)


def key(url: str) -> str:
    """The address under which ``url`` is counted once.

    The same for http and https, with and without ``www.``, for default ports, fragments, trackers and
    session ids, index files, a trailing slash, the order of parameters and the spelling of percent
    codes; ``/index.php/foo`` equals ``/foo``. An address in itself, but not the one to ask for.
    What is no http(s) address is its own key.
    """
    return _key(url)


def host(url: str) -> str:
    """The host in lower case ASCII (IDN as punycode), IPv6 without brackets; empty when there is none."""
    name, _ = _place(url)
    return name[1:-1] if name.startswith("[") else name


def authority(url: str) -> str:
    """The host, and ``:port`` when it is not the scheme's default; IPv6 in brackets."""
    name, port = _place(url)
    return f"{name}:{port}" if port else name


def extension(url: str) -> str:
    """The extension of the last path segment in lower case without its dot; empty when there is none."""
    last = unquote(path(url).rpartition("/")[2], errors="replace")
    stem, _, ending = last.rpartition(".")
    ending = ending.strip().lower()
    return ending if stem and 1 <= len(ending) <= 5 and ending.isascii() and ending.isalnum() else ""


def looks_like_document(url: str) -> bool:
    """Whether the address ends in the extension of a document, an archive or a picture."""
    return extension(url) in DOCUMENT_EXTENSIONS


_FOLDERS = names(
    "upload uploads file files download downloads unduh unduhan berkas dokumen document documents assets asset public"
    " storage media image images img gambar wp content wp-content sites default index view detail read baca lihat show"
    " page pages post posts d u s p id edit preview"
)
_SEPARATORS = re.compile(r"[\s\-_+.,;:()\[\]~&=%!'\"/\\]+")
_CODE = re.compile(r"\d{9,}|[0-9a-fA-F]{12,}|(?=(?:\d*[A-Za-z]+\d+){3})\w{16,}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YEAR_INSIDE = re.compile(r"(?<=[^\W\d_])((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)(?=[^\W\d_])")


def path_words(url: str) -> str:
    """The words of the last path segment that says something, joined by single spaces.

    ``/uploads/lkjip-2024_final.pdf`` gives ``lkjip 2024 final``. Percent-decoded, without extension,
    long numbers and hashes; a segment of numbers only takes the one before it along (``/lakip/2024``).
    """
    segments = [unquote(part, errors="replace") for part in path(url).split("/") if part]
    if segments and extension(url):
        segments[-1] = segments[-1].rpartition(".")[0]
    words: list[str] = []
    for segment in reversed(segments):
        found = _words(segment)
        words[:0] = found
        if any(char.isalpha() for word in found for char in word):
            break
    return " ".join(words)


def _words(segment: str) -> list[str]:
    if segment.lower() in _FOLDERS or segment.lower() in _INDEX_FILES:
        return []
    words = [word for word in _SEPARATORS.split(segment) if not _CODE.fullmatch(word)]
    if len(words) == 1 and words[0].lower() in _FOLDERS:
        return []
    return _CAMEL.sub(" ", _YEAR_INSIDE.sub(r" \1\2 ", " ".join(words))).split()


@lru_cache(maxsize=_CACHED)
def _join(base: str, href: str) -> str | None:
    try:
        joined: str = ada_url.join_url(base, href)
    except ValueError:
        return None
    joined = _USERINFO.sub(r"\1", joined.partition("#")[0])
    return joined if joined.startswith(_HTTP) and len(joined) <= MAX_LENGTH else None


@lru_cache(maxsize=_CACHED)
def _parse(url: str) -> str:
    """``url`` in the standard's normal form, or an empty string."""
    try:
        normal: str = ada_url.normalize_url(url)
    except ValueError:
        return ""
    return _USERINFO.sub(r"\1", normal.partition("#")[0]) if normal.startswith(_HTTP) else ""


@lru_cache(maxsize=_CACHED)
def _place(url: str) -> tuple[str, str]:
    rest = _parse(url).partition("://")[2]
    name = re.split(r"[/?]", rest, maxsplit=1)[0]
    bare, colon, port = name.rpartition(":")
    if not colon or name.endswith("]"):
        bare, port = name, ""
    return bare.rstrip(".") or bare, port


def path(url: str) -> str:
    """The path in its normal, percent-encoded form, beginning with a slash; empty when there is no address."""
    rest = _parse(url).partition("://")[2].partition("?")[0]
    return rest[rest.find("/") :] if "/" in rest else ""


@lru_cache(maxsize=_CACHED)
def _key(url: str) -> str:
    normal = _parse(url)
    if not normal:
        return url
    place = _DEFAULT_PORT.sub("", without_www(authority(url)))
    way = "".join(f"/{segment}" for segment in _plain_segments(path(url)))
    parameters = "&".join(_plain_parameters(normal.partition("?")[2]))
    return f"http://{place}{way or '/'}" + (f"?{parameters}" if parameters else "")


def without_www(name: str) -> str:
    """A host or authority without its leading ``www.`` labels, as long as a dotted name is left."""
    while name.startswith("www.") and "." in name[4:].partition(":")[0]:
        name = name[4:]
    return name


def _plain_segments(way: str) -> list[str]:
    segments = [_SESSION_SUFFIX.sub("", _plain(part)) for part in way.split("/")]
    segments = [part for part in segments if part not in ("", ".", "..")]
    while segments and segments[0].lower() == "index.php":
        del segments[0]
    while segments and segments[-1].lower() in _INDEX_FILES:
        del segments[-1]
    return segments


def _plain_parameters(query: str) -> Iterable[str]:
    return sorted(part for part in map(_plain, query.split("&")) if part and not _is_noise(part))


def _is_noise(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _NOISE_PARAMETERS or name.startswith(("utm_", "aspsessionid"))


def _plain(text: str) -> str:
    """Percent codes in one spelling (RFC 3986, 6.2.2): unreserved characters decoded, the rest upper case."""
    return _PERCENT.sub(_plain_code, text) if "%" in text else text


def _plain_code(match: re.Match[str]) -> str:
    code = match[1]
    if code is None:
        return "%25"
    char = chr(int(code, 16))
    return char if char in _UNRESERVED else f"%{code.upper()}"

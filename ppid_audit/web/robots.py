"""robots.txt (RFC 9309): which addresses a site asks robots to leave alone."""

import math
import re
from dataclasses import dataclass

from protego import Protego

MAX_CHARACTERS = 500 * 1024
"""What is read of a robots.txt; RFC 9309, 2.5 asks for at least 500 KiB."""

_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|!--|script|meta|title)", re.IGNORECASE)
_AGENT_LINE = re.compile(r"(\s*user[- ]?agent\s*:\s*[^\s/#]+)[\s/].*", re.IGNORECASE)
_UNKNOWN_LINE = re.compile(
    r"\s*(?!user|allow|d\w{1,4}l{1,2}[ao]w|site|crawl|request|visit|host)[\w-]+\s*:", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one robots.txt. ``sitemaps`` are the addresses of its Sitemap lines, as written."""

    _parsed: Protego
    sitemaps: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Rules":
        """The rules in ``text`` (already decoded). A web page in place of the file holds no rules: all is allowed."""
        text = text[:MAX_CHARACTERS].rpartition("\n")[0] if len(text) > MAX_CHARACTERS else text
        text = text.lstrip("\ufeff\ufffd").replace("\x00", "")
        if _PAGE.match(text):
            return ALLOW_ALL
        parsed = Protego.parse("\n".join(_plain(line) for line in text.splitlines() if not _UNKNOWN_LINE.match(line)))
        return cls(parsed, tuple(dict.fromkeys(parsed.sitemaps)))

    def allowed(self, url: str, agent: str) -> bool:
        """Whether ``agent`` (its product token) may fetch ``url``; the longest rule decides, allow wins a tie."""
        try:
            return bool(self._parsed.can_fetch(url, agent))
        except ValueError:
            return False

    def delay(self, agent: str) -> float | None:
        """The seconds that Crawl-delay asks ``agent`` to wait between requests; None when absent or senseless."""
        wished = self._parsed.crawl_delay(agent)
        return float(wished) if wished is not None and math.isfinite(wished) and wished >= 0 else None


def _plain(line: str) -> str:
    """A user-agent line cut to its product token (RFC 9309, 2.2.1): ``ppid-audit/1.0`` means ``ppid-audit``."""
    found = _AGENT_LINE.match(line)
    return found[1] if found else line


ALLOW_ALL = Rules(Protego.parse(""))
DISALLOW_ALL = Rules(Protego.parse("User-agent: *\nDisallow: /"))

"""Walks a sample site from its front page, in memory, as a patient visitor would."""

import re
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from urllib.parse import urljoin

from ppid_audit.demo.regency import AGENCIES, DEAD
from ppid_audit.demo.site import Answer, Site, address, load

URLS = {agency.id: f"http://{agency.id}.test/" for agency in AGENCIES}
ALIVE = tuple(agency.id for agency in AGENCIES if agency.id not in DEAD)
FOLDERS = files("ppid_audit.demo") / "sites"


class _References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.base, self.found = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base":
            self.base = given["href"]
            return
        self.found += [given[name] for name in ("href", "src", "data", "action") if name in given]


def fragments(url: str, text: str) -> set[str]:
    """The addresses of the pieces that the page's scripts put into it."""
    return {urljoin(url, ref) for ref in re.findall(r"fetch\('([^']+)'\)", text)}


def references(url: str, text: str) -> set[str]:
    """All absolute addresses that a page refers to."""
    reader = _References()
    reader.feed(text)
    base = urljoin(url, reader.base)
    found = {urljoin(base, ref) for ref in reader.found if ref not in ("", "#", "#!") and not ref.startswith("#")}
    found |= {urljoin(base, ref) for ref in re.findall(r"<loc>([^<]+)</loc>", text)}
    found |= {urljoin(base, ref) for ref in re.findall(r"viewer\.html\?file=([^\"]+)", text)}
    return {ref for ref in found if ref.startswith("http")}


@cache
def open_site(name: str) -> Site:
    return load(FOLDERS / name, URLS)


def walk(name: str) -> tuple[dict[str, Answer], set[str]]:
    """Every address of the site that its front page leads to, with its answer; and all foreign addresses seen."""
    site, home = open_site(name), URLS[name]
    reached: dict[str, Answer] = {}
    foreign: set[str] = set()
    waiting = [(home, home), (home + "robots.txt", home), (home + "wp-sitemap.xml", home)]
    while waiting:
        url, base = waiting.pop()
        if not url.startswith(home):
            foreign.add(url)
            continue
        asked = address(url.removeprefix(home.rstrip("/")))
        if asked in reached:
            continue
        answer = reached[asked] = site.answer(asked)
        if answer.location:
            waiting.append((urljoin(url, answer.location),) * 2)
        elif answer.status == 200 and answer.media_type.startswith(("text/html", "application/xml")):
            text = answer.body.decode()
            waiting += [(found, found) for found in references(base, text)]
            waiting += [(found, base) for found in fragments(base, text)]
    for optional in ("/robots.txt", "/wp-sitemap.xml"):
        if reached[optional].status == 404:
            del reached[optional]
    return reached, foreign

"""The law of interruption: stopped after any number of stored answers, a visit comes to the same end.

The web here is a table in memory, drawn at random: pages, dead links, files, failures that pass, redirects within the
site and to a host of its own whose robots.txt is not known yet, places that robots.txt forbids.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.writer import Writer
from ppid_audit.audit.cached import CachedFetch
from ppid_audit.crawl.crawler import Plan, visit
from ppid_audit.crawl.politeness import Politeness
from ppid_audit.crawl.rendering import Stage
from ppid_audit.crawl.request import Request
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Exchange, Problem, Role, Snapshot
from ppid_audit.web import charset, html, urls

HOST, OTHER = "http://dinkes.example", "http://www.dinkes.example"
AGENCY = Agency("dinkes", "Dinas Kesehatan", "dinas", f"{HOST}/")
PLAN = Plan(delay=0.0, max_pages=40, max_documents=20, site_seconds=60, max_depth=6)
KINDS = ("page", "gone", "pdf", "fails_once", "fails", "moved", "moved_away", "hidden/page")
ROBOTS = b"User-agent: *\nDisallow: /hidden/\n"


class Web:
    """Answers by path: ``kinds`` says what stands at ``/<n>``, ``links`` where the page there leads."""

    def __init__(self, kinds: list[str], links: list[list[int]]) -> None:
        self.paths = [f"/{kind}-{n}" for n, kind in enumerate(kinds)]
        self.links = links
        self.asked: list[str] = []
        self.failed: Counter[str] = Counter()

    async def __call__(self, request: Request) -> Exchange:
        self.asked.append(request.url)
        url, hops = request.url, list[str]()
        while (target := self._moved(url)) is not None and len(hops) < 5:
            if not request.allow(target):
                return self._exchange(request, target, hops, 302, problem=Problem.REDIRECT_OUT_OF_SCOPE)
            hops.append(target)
            url = target
        return self._answer(request, url, hops)

    def _moved(self, url: str) -> str | None:
        kind = urls.path(url).partition("-")[0]
        number = urls.path(url).rpartition("-")[2]
        return {"/moved": f"{HOST}/page-x{number}", "/moved_away": f"{OTHER}/page-y{number}"}.get(kind)

    def _answer(self, request: Request, url: str, hops: list[str]) -> Exchange:
        path = urls.path(url)
        if path == "/robots.txt":
            return self._exchange(request, url, hops, 200, ROBOTS, "text/plain")
        if path.startswith("/fails"):
            self.failed[url] += 1
            if path.startswith("/fails-") or self.failed[url] == 1:
                return self._exchange(request, url, hops, 503, problem=Problem.SERVER_ERROR)
        if path.startswith("/gone") or path == "/sitemap.xml":
            return self._exchange(request, url, hops, 404)
        if path.startswith("/pdf"):
            return self._exchange(request, url, hops, 200, b"%PDF-1.4\n%%EOF", "application/pdf")
        return self._exchange(request, url, hops, 200, self._page(path).encode(), "text/html")

    def _page(self, path: str) -> str:
        number = self.paths.index(path) if path in self.paths else 0
        leads = range(len(self.paths)) if path == "/" else self.links[number % len(self.links)]
        listed = "".join(f'<p><a href="{HOST}{self.paths[n % len(self.paths)]}">Menu {n}</a></p>' for n in leads)
        return f"<html><head><title>{path}</title></head><body>{listed}</body></html>"

    def _exchange(
        self,
        request: Request,
        url: str,
        hops: list[str],
        status: int,
        body: bytes = b"",
        media: str = "",
        problem: Problem | None = None,
    ) -> Exchange:
        capture = Capture(
            request.url,
            url,
            request.role,
            "2026-11-24T10:00:00Z",
            status,
            problem,
            redirects=tuple(hops),
            media_type=media,
            bytes=len(body),
            found_on=request.found_on,
        )
        return Exchange(capture, body, body)


async def skim(body: bytes, content_type: str, url: str) -> html.Skim | None:
    return html.skim(charset.decode(body, content_type), url)


def walk(
    fetch: CachedFetch,
    keep: Callable[[Exchange], Capture],
    stopping: Callable[[], bool],
    stage: Stage | None = None,
) -> Snapshot:
    """One visit over ``fetch`` on a clock that stands still, ended once ``stopping`` is true."""
    return asyncio.run(
        visit(
            agency=AGENCY,
            plan=PLAN,
            fetch=fetch,
            skim=skim,
            relevance=lambda title, url: 0.1,
            keep=keep,
            politeness=Politeness(0.0),
            now=lambda: "2026-11-24T10:00:00Z",
            progress=lambda seen: None,
            stopping=stopping,
            stored=fetch.stored,
            stage=stage,
        )
    )


def visited(web: Web, path: Path, stop_after: int | None = None) -> Snapshot:
    """One (further) visit into the archive at ``path``, stopped once that many answers are stored."""
    with Writer(path, "dinkes", "1.0") as writer:
        fetch = CachedFetch(web, writer, Shelf())
        stored = len(writer.shelf.kept)
        kept: list[Capture] = []

        def keep(exchange: Exchange) -> Capture:
            kept.append(fetch.keep(exchange))
            return kept[-1]

        return walk(fetch, keep, lambda: stop_after is not None and len(kept) >= max(stored, stop_after))


@settings(max_examples=25, deadline=None)
@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=9),
    links=st.lists(st.lists(st.integers(0, 8), max_size=4), min_size=1, max_size=9),
    share=st.floats(0, 1),
    torn=st.booleans(),
)
def test_stopped_anywhere_a_visit_comes_to_the_same_end(kinds, links, share, torn):
    with TemporaryDirectory() as root:
        whole_web, web = Web(kinds, links), Web(kinds, links)
        whole = visited(whole_web, Path(root) / "whole" / "dinkes.warc.gz")
        path = Path(root) / "again" / "dinkes.warc.gz"
        visited(web, path, stop_after=max(1, int(len(whole.captures) * share)))
        if torn:
            os.truncate(path, path.stat().st_size - 30)
        before, kept = len(web.asked), [kept.capture.url for kept in Shelf(path).kept]
        web.failed = Counter(kept)  # what was torn off happens again
        again = visited(web, path)
        assert [_told(capture) for capture in again.captures] == [_told(capture) for capture in whole.captures]
        assert again.unread == whole.unread
        assert [kept.capture for kept in Shelf(path).kept] == list(again.captures)
        in_flight = 2 if torn else 1  # the last one, and the answer that was torn off
        assert len(web.asked) - before <= len(whole_web.asked) - before + in_flight
        done = Counter(kept) - Counter(url for url in kept if url.rpartition("/")[2].startswith("fails"))
        assert not done & Counter(web.asked[before:]), "asked again for what was stored"


def _told(capture: Capture) -> tuple[str, str, Role, int | None, Problem | None, str]:
    return capture.url, capture.final_url, capture.role, capture.status, capture.problem, capture.sha256

"""The archive as memory of what was drawn: replayed when a scan goes on, judged offline, verified, asked again."""

from collections.abc import Callable
from pathlib import Path

from ppid_audit.archive import reader
from ppid_audit.archive.folder import ScanFolder
from ppid_audit.archive.shelf import Shelf
from ppid_audit.archive.verify import verify
from ppid_audit.archive.writer import Writer
from ppid_audit.audit.cached import CachedFetch
from ppid_audit.audit.stage import ArchiveStage
from ppid_audit.crawl.rendering import Ask, Drawn
from ppid_audit.crawl.request import Request
from ppid_audit.extract.reading import read
from ppid_audit.extract.site import assemble
from ppid_audit.model.capture import Capture, Exchange, Rendered, Role, Snapshot
from ppid_audit.model.site import Page
from tests.audit.test_replay import AGENCY, HOST, walk

SHELL = b'<html><head><script src="/app.js"></script></head><body><div id="root"></div></body></html>'
NAMES = ("", "a", "b")
TAG = '"v1"'


class Web:
    """Two shells behind one, one script for all; what has a tag is answered "not modified" to whoever knows it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.unmodified: list[str] = []

    async def __call__(self, request: Request) -> Exchange:
        path = request.url.removeprefix(HOST)
        self.asked.append(path)
        body, kind = {"/app.js": (b"render()", "text/javascript")}.get(path, (SHELL, "text/html"))
        status = 200 if path in {"/app.js", *(f"/{name}" for name in NAMES)} else 404
        headers: tuple[tuple[str, str], ...] = (("content-type", kind),)
        if path == "/app.js":
            headers += (("etag", TAG),)
            if request.conditions(request.url).get("If-None-Match") == TAG:
                self.unmodified.append(path)
                status, body = 304, b""
        shown = body if status == 200 else b""
        capture = Capture(
            request.url,
            request.url,
            request.role,
            "2026-11-24T10:00:00Z",
            status,
            headers=headers,
            media_type=kind if shown else "",
            bytes=len(shown),
            found_on=request.found_on,
        )
        return Exchange(capture, shown, shown)


class Pretended:
    """A browser that asks for the script and shows a menu of all pages."""

    def __init__(self) -> None:
        self.pages: list[str] = []

    async def draw(self, page: Exchange, ask: Ask, stopping: Callable[[], bool]) -> Drawn | None:
        self.pages.append(page.capture.url.removeprefix(HOST))
        await ask(f"{HOST}/app.js")
        links = "".join(f'<p><a href="/{name}">Menu {name}</a></p>' for name in NAMES)
        words = "Daftar informasi publik yang diumumkan secara berkala " * 6
        return Drawn(f"<html><body><main><h1>Isi {page.capture.url}</h1><p>{words}</p>{links}</main></body></html>")


def visited(web: Web, browser: Pretended, path: Path, stop_after: int | None = None, before: Path | None = None):
    with Writer(path, "dinkes", "1.0", Shelf(before)) as writer:
        fetch, stage = CachedFetch(web, writer, Shelf(before)), ArchiveStage(browser, writer)
        kept: list[Capture] = []

        def keep(exchange: Exchange) -> Capture:
            kept.append(stage.remember(fetch.keep(exchange)))
            return kept[-1]

        snapshot = walk(fetch, keep, lambda: stop_after is not None and len(kept) >= stop_after, stage)
        if stop_after is None:
            writer.finish(snapshot)
        return snapshot


def whole(path: Path) -> list[tuple[str, Role, str]]:
    return sorted((c.url, c.role, c.rendered) for each in reader.read(path) for c in [each.capture])


def judged(path: Path) -> list[Page]:
    exchanges = {each.capture.url: each for each in reader.read(path) if each.capture.ok}
    pages = [page for page in map(read, exchanges.values()) if isinstance(page, Page)]
    snapshot = reader.snapshot(path)
    assert isinstance(snapshot, Snapshot)
    site = assemble(AGENCY, snapshot, pages)
    return list(site.pages.values())


def test_a_visit_draws_each_shell_once_and_asks_for_its_script_once(tmp_path):
    web, browser = Web(), Pretended()
    visited(web, browser, tmp_path / "dinkes.warc.gz")
    assert sorted(browser.pages) == ["/", "/a", "/b"]
    assert web.asked.count("/app.js") == 1


def test_offline_the_drawn_page_is_judged_in_place_of_the_shell(tmp_path):
    path = tmp_path / "dinkes.warc.gz"
    visited(Web(), Pretended(), path)
    pages = judged(path)
    assert len(pages) == 3
    assert all(page.capture.rendered is Rendered.WHOLE and not page.shell for page in pages)
    assert all(page.heading == f"Isi {page.capture.url}" for page in pages)


def test_stopped_anywhere_nothing_is_drawn_or_asked_twice(tmp_path):
    visited(Web(), Pretended(), tmp_path / "utuh.warc.gz")
    expected = whole(tmp_path / "utuh.warc.gz")
    for stop in range(1, len(expected)):
        web, browser, path = Web(), Pretended(), tmp_path / f"{stop}.warc.gz"
        visited(web, browser, path, stop_after=stop)
        drawn = {c.url for each in reader.read(path) for c in [each.capture] if c.rendered}
        browser.pages.clear()
        visited(web, browser, path)
        assert whole(path) == expected, stop
        assert not {HOST + page for page in browser.pages} & drawn, stop
        assert web.asked.count("/app.js") == 1, stop


def test_the_next_scan_draws_anew_and_asks_under_condition(tmp_path):
    first, second = tmp_path / "1" / "dinkes.warc.gz", tmp_path / "2" / "dinkes.warc.gz"
    visited(Web(), Pretended(), first)
    web, browser = Web(), Pretended()
    visited(web, browser, second, before=first)
    assert sorted(browser.pages) == ["/", "/a", "/b"]
    assert web.unmodified == ["/app.js"]
    assert whole(second) == whole(first)


def test_a_drawn_page_is_a_conversion_record_that_verify_covers(tmp_path):
    folder = ScanFolder(tmp_path / "20261124-100000-abcdef")
    path = folder.archive("dinkes")
    visited(Web(), Pretended(), path)
    seal = folder.seal(())
    assert list(verify(folder, seal)) == []
    (drawn, *_) = [each for each in reader.read(path) if each.capture.rendered]
    offset = int(drawn.capture.warc.partition("#")[2])
    data = bytearray(path.read_bytes())
    data[offset + 40] ^= 1
    path.write_bytes(data)
    assert {damage.code for damage in verify(folder, seal)} == {"changed", "unreadable"}

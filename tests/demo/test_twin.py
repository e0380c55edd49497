"""A sample site and its twin whose pages only scripts fill: with a browser the two are judged alike."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from ppid_audit.audit import ScanJob, scan
from ppid_audit.cli.init import bundled
from ppid_audit.config.rubric import rubric_from
from ppid_audit.crawl.browser import InstalledBrowser, find
from ppid_audit.demo import server
from ppid_audit.demo.regency import AS_OF, registry
from ppid_audit.demo.server import DemoServer
from ppid_audit.demo.site import Answer
from ppid_audit.model.rubric import Reason
from ppid_audit.model.scan import AgencyResult, Result

ID = "rsud-contoh"
SHELL = (
    b"<html><head><title>RSUD</title><script defer src=/app.js></script></head><body><div id=root></div></body></html>"
)
APP = b"""
fetch('/isi' + location.pathname + location.search).then(answer => answer.text()).then(text => {
  const page = new DOMParser().parseFromString(text, 'text/html');
  document.title = page.title;
  document.getElementById('root').replaceChildren(...page.body.childNodes);
});
"""


def twin(handler: server._Handler) -> None:
    """Answers a shell for every page, and what the page says below ``/isi``."""
    if handler.path == "/app.js":
        answer = Answer(200, "text/javascript", APP)
    else:
        answer = handler.site.answer(handler.path.removeprefix("/isi"))
        if handler.path == handler.path.removeprefix("/isi") and answer.media_type.startswith("text/html"):
            answer = replace(answer, body=SHELL) if answer.status == 200 else answer
    handler._send_head(answer)
    handler.wfile.write(answer.body)


def judged(data: Path, browser: InstalledBrowser | None = None) -> AgencyResult:
    with DemoServer() as served:
        whole = registry(served.urls)
        job = ScanJob(
            registry=replace(whole, agencies=tuple(each for each in whole.agencies if each.id == ID)),
            rubric=rubric_from(bundled("rubric.yaml"), "rubric.yaml"),
            data=data,
            as_of=AS_OF,
            now=lambda: "2026-11-24T03:00:00Z",
            browser=browser,
        )
        return asyncio.run(_result(job)).agencies[0]


async def _result(job: ScanJob) -> Result:
    found = [event async for event in scan(job)]
    assert isinstance(found[-1], Result)
    return found[-1]


def reasons(entry: AgencyResult) -> dict[str, Reason]:
    return {finding.item: finding.reason for finding in entry.assessment.findings}


@pytest.mark.full
def test_a_site_of_scripts_is_judged_as_its_twin_of_pages(tmp_path, monkeypatch):
    program = find()
    assert isinstance(program, Path)
    plain = judged(tmp_path / "halaman")
    monkeypatch.setattr(server._Handler, "do_GET", twin)
    unread, drawn = judged(tmp_path / "skrip"), judged(tmp_path / "peramban", InstalledBrowser(program))
    assert set(reasons(unread).values()) == {Reason.SCRIPT_ONLY, Reason.NOT_FOR_THIS_KIND}
    assert unread.scorecard.status_reason == "script_only"
    assert reasons(drawn) == reasons(plain)
    assert (drawn.crawl.pages, drawn.crawl.documents) == (plain.crawl.pages, plain.crawl.documents)
    assert drawn.crawl.requests == plain.crawl.requests + 1 + drawn.crawl.pages

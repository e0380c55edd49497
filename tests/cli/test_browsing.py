"""``--render``: what it takes, and when the lack of a browser is told."""

from pathlib import Path

import pytest

from ppid_audit.audit import open_store
from ppid_audit.cli import browsing as cli
from ppid_audit.cli.browsing import Browsing, browsing
from ppid_audit.crawl.browser import InstalledBrowser, Missing
from ppid_audit.errors import InputError
from ppid_audit.model.rubric import Reason
from tests.cli.small_regency import Pages, Regency, page

SHELL = (
    '<html><head><title>{}</title><script defer src="/app.js"></script></head><body><div id="root"></div></body></html>'
)
MENU = "".join(
    f'<li><a href="/{name}">{title}</a></li>' for name, title in (("renstra", "Renstra"), ("sop", "SOP Layanan"))
)
APP = f"""
const isi = location.pathname === '/' ? '<nav><ul>{MENU}</ul></nav><h1>Beranda</h1>' : '';
const kotak = document.getElementById('root');
if (isi) kotak.innerHTML = isi;
else fetch('/data' + location.pathname).then(r => r.text()).then(t => {{
  kotak.innerHTML = '<nav><ul>{MENU}</ul></nav>' + t;
}});
"""


class Scripted(Pages):
    """A site of shells; what its pages say comes from ``/data``."""

    def front(self, name: str) -> str:
        return SHELL.format(name)


@pytest.fixture
def regency(tmp_path):
    pages = Scripted({f"/{name}": SHELL.format(name) for name in ("renstra", "sop")})
    pages["/app.js"] = APP
    pages["/data/renstra"] = page("Renstra").partition("<body>")[2].partition("</body>")[0]
    pages["/data/sop"] = "<main><h1>SOP Layanan</h1><p>Belum ada data.</p></main>"
    made = Regency(tmp_path, dinkes=pages)
    yield made
    made.close()


def reasons(regency: Regency) -> dict[str, Reason]:
    (entry,) = open_store(regency.folder / "ppid-data").load().agencies
    return {finding.item: finding.reason for finding in entry.assessment.findings}


def test_only_auto_and_never_are_known():
    assert browsing("never") == Browsing()
    with pytest.raises(InputError, match="selalu"):
        browsing("selalu")


def test_auto_takes_the_browser_that_is_there(monkeypatch):
    monkeypatch.setattr(cli, "find", lambda: Path("/usr/bin/peramban"))
    found = browsing("auto")
    assert isinstance(found.browser, InstalledBrowser)
    assert found.missing == ""
    monkeypatch.setattr(cli, "find", lambda: Missing("extra"))
    assert browsing("auto") == Browsing(missing="extra")


def test_what_nothing_could_draw_is_told_with_the_way_to_get_it(regency, monkeypatch, capsys):
    monkeypatch.setattr(cli, "find", lambda: Missing("extra"))
    regency.run("scan", "--as-of", "2026-11-24", "--quiet", code=3)
    assert set(reasons(regency).values()) == {Reason.SCRIPT_ONLY}
    result = open_store(regency.folder / "ppid-data").load()
    for missing, told in (("extra", "ppid-audit[browser]"), ("program", "PPID_AUDIT_BROWSER")):
        Browsing(missing=missing).hint(result)
        assert told in capsys.readouterr().err
    Browsing().hint(result)
    assert capsys.readouterr().err == ""


@pytest.mark.full
def test_a_site_of_scripts_is_read_with_a_browser_and_judged_again_without(regency):
    regency.run("scan", "--as-of", "2026-11-24", "--quiet")
    found = reasons(regency)
    assert found["setiap-saat.renstra"] in {Reason.FOUND, Reason.FOUND_OTHER_WORDING}
    assert Reason.SCRIPT_ONLY not in found.values()
    told = regency.run("explain", "dinkes", "setiap-saat.renstra")
    assert "dibaca dengan peramban" in told
    regency.run("report", "--out", "a", "--format", "json")
    regency.run("rescore", "--out", "b", "--format", "json")
    first, second = ((regency.folder / name / "report.json").read_bytes() for name in "ab")
    assert first == second
    assert b"text/html; rendered=whole" in first
    regency.run("archive", "verify")
    regency.run("scan", "--as-of", "2026-11-24", "--quiet", "--fresh", "--render", "never", code=3)
    assert set(reasons(regency).values()) == {Reason.SCRIPT_ONLY}

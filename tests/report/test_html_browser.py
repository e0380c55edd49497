"""laporan.html in a real browser (Debian's Chromium): used as in a meeting, and it asks nothing of any network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from ppid_audit.report.html import report_html
from ppid_audit.report.locale import Locale
from tests.report.big import big, trend_of
from tests.report.naughty import tall, wide
from tests.report.sample import sampled

pytestmark = pytest.mark.full

ID, EN = Locale.load("id"), Locale.load("en")
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
VIEWS = ("ringkasan", "peringkat", "matriks", "butir", "tren", "metode", "opd/opd-1", "butir/setiap-saat.renstra")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    return written(20, tmp_path_factory.mktemp("laporan"))


@pytest.fixture(scope="module")
def short_report(tmp_path_factory) -> Path:
    return written(4, tmp_path_factory.mktemp("laporan-pendek"))


def written(count: int, folder: Path) -> Path:
    result, path = big(count), folder / "laporan.html"
    earlier = big(count, seed=2, id="20261024-020000", as_of="2026-10-24")
    path.write_bytes(report_html(result, ID, previous=earlier, trend=trend_of(result)))
    return path


class Watched:
    """A page whose every request, console message and dialog is noted."""

    def __init__(self, browser: Browser, path: Path, **context) -> None:
        self.path, self.noted = path, list[str]()
        context = {"viewport": {"width": 1280, "height": 720}} | context
        self.page: Page = browser.new_context(**context).new_page()
        self.page.on("console", lambda message: self.noted.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.noted.append(f"error: {error}"))
        self.page.on("dialog", self._spoke)
        self.page.on("request", lambda request: self._asked(request.url))

    def _spoke(self, dialog: Dialog) -> None:
        self.noted.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith((self.path.as_uri(), "data:,")):
            self.noted.append(f"request: {url}")

    def open(self, fragment: str = "") -> Page:
        self.page.goto("about:blank")
        self.page.goto(f"{self.path.as_uri()}#{fragment}")
        self.noted = [note for note in self.noted if "about:blank" not in note]
        return self.page


@pytest.fixture
def watched(browser, report) -> Iterator[Watched]:
    made = Watched(browser, report)
    yield made
    assert made.noted == []
    made.page.context.close()


def views(page: Page) -> list[str]:
    return list(page.locator(".view").evaluate_all("all => all.filter(e => e.offsetParent).map(e => e.id)"))


def until(page: Page, told: str) -> bool:
    """Whether ``told`` comes true in five seconds (the page's policy forbids the waiting that Playwright brings)."""
    for _ in range(100):
        if page.evaluate(told):
            return True
        page.wait_for_timeout(50)
    return False


@pytest.mark.parametrize("view", VIEWS)
def test_a_deep_link_shows_its_view_alone(watched, view):
    page = watched.open(view)
    assert views(page) == [view]
    assert page.evaluate("scrollY") == 0


def test_a_deep_link_to_a_finding_opens_it(watched):
    page = watched.open("opd/opd-1/berkala.agenda")
    assert views(page) == ["opd/opd-1"]
    finding = page.locator("[id='opd/opd-1/berkala.agenda']")
    assert finding.evaluate("e => e.open || e.tagName === 'LI'")
    assert finding.evaluate("e => { const r = e.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; }")


def test_a_fragment_that_leads_nowhere_shows_the_summary(watched):
    assert views(watched.open("opd/tidak-ada")) == ["ringkasan"]
    assert views(watched.open("%E0%A4%A")) == ["ringkasan"]


def test_search_finds_agencies_and_items_and_opens_them_by_keyboard(watched):
    page = watched.open()
    box = page.get_by_role("combobox", name="Cari perangkat daerah atau butir")
    box.fill("renstra")
    assert page.get_by_role("option").all_inner_texts()[0].startswith("Rencana strategis (Renstra)")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("Enter")
    assert views(page) == ["butir/setiap-saat.renstra"]
    assert page.evaluate("document.activeElement.tagName") == "H2"
    box.fill("dinas kesehatan")
    names = page.get_by_role("option").all_inner_texts()
    assert len(names) > 1
    box.press("ArrowDown")
    assert page.locator("[role=option][aria-selected=true]").inner_text() == names[1]
    box.press("Escape")
    assert page.get_by_role("option").count() == 0
    box.fill("zzzz")
    assert page.locator("#cari-status").inner_text() == "Tidak ada yang cocok."


def column(page: Page, table: str, place: int) -> list[str]:
    return page.locator(f"#{table} tbody tr:not([hidden]) > :nth-child({place})").all_inner_texts()


def test_sorting_by_name_and_by_score_both_ways(watched):
    page = watched.open("peringkat")
    page.get_by_role("button", name="Perangkat daerah").click()
    names = [name.split("\n")[0] for name in column(page, "t-peringkat", 2)]
    assert names == sorted(names, key=str.lower)
    head = page.locator("#t-peringkat th", has_text="Skor")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    scores = [score.replace(",", ".") for score in column(page, "t-peringkat", 3)]
    known = [float(score) for score in scores if score != "–"]
    assert known == sorted(known, reverse=True)
    assert scores[-1] == "–"
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert column(page, "t-peringkat", 3)[-1] == "–"


def test_filters_narrow_a_table_and_say_how_far(watched):
    page = watched.open("peringkat")
    form = page.locator("form[data-table=t-peringkat]")
    form.get_by_label("Predikat").select_option("x")
    assert set(column(page, "t-peringkat", 3)) == {"–"}
    form.get_by_label("Predikat").select_option("")
    form.get_by_label("Saring").fill("KESEHATAN")
    shown = column(page, "t-peringkat", 2)
    assert shown
    assert all("Kesehatan" in name for name in shown)
    assert form.locator("output").inner_text() == f"{len(shown)} dari 20 ditampilkan"


def test_the_matrix_is_walked_by_arrow_keys_and_opens_a_finding(watched):
    page = watched.open("matriks")
    assert page.locator("#t-matriks td a[tabindex='0']").count() == 1
    page.locator("#t-matriks td a[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    place = page.evaluate(
        "[document.activeElement.closest('tr').sectionRowIndex, document.activeElement.parentNode.cellIndex]"
    )
    assert place == [1, 2]
    hint = page.locator("#petunjuk").inner_text()
    assert "Ruang lingkup, maksud dan tujuan" in hint
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.parentNode.nextElementSibling") is None
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert until(page, "location.hash.startsWith('#opd/')")
    assert views(page)[0].startswith("opd/")


def test_the_matrix_is_narrowed_to_a_category_and_a_verdict(watched):
    page = watched.open("matriks")
    every = page.locator("#t-matriks thead th").count()
    page.locator("#f-matriks").get_by_label("Kategori").select_option("serta-merta")
    shown = page.locator("#t-matriks thead th:visible").count()
    assert 0 < shown < every
    page.locator("#f-matriks").get_by_label("Tonjolkan").select_option("vm")
    assert page.locator("#t-matriks").get_attribute("data-only") == "vm"
    assert page.locator("#t-matriks tbody td:not(.vm):visible a:visible").count() == 0


def test_everything_is_reached_by_tab_and_the_first_stop_skips_the_head(watched):
    page = watched.open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_the_theme_is_toggled_and_kept(watched):
    page = watched.open()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Gelap").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page = watched.open("metode")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_slides_fill_the_screen_and_follow_the_arrow_keys(watched):
    page = watched.open("peringkat")
    page.get_by_role("button", name="Tayangkan").click()
    assert until(page, "document.documentElement.classList.contains('present')")
    assert page.locator(".top").is_hidden()
    page.keyboard.press("ArrowRight")
    assert until(page, "Math.abs(document.querySelectorAll('.slide')[1].getBoundingClientRect().top) < 2")
    page.keyboard.press("ArrowLeft")
    assert until(page, "Math.abs(document.querySelectorAll('.slide')[0].getBoundingClientRect().top) < 2")
    page.keyboard.press("Escape")
    assert until(page, "!document.documentElement.classList.contains('present')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1920, 1080), (390, 844)])
def test_axe_finds_no_violation(browser, short_report, scheme, size):
    watched = Watched(
        browser, short_report, color_scheme=scheme, viewport=dict(zip(("width", "height"), size, strict=True))
    )
    for view in VIEWS:
        page = watched.open(view)
        found = Axe().run(page, options={"runOnly": RULES["runOnly"], "resultTypes": ["violations"]})
        told = [(v["id"], [node["html"][:120] for node in v["nodes"]][:3]) for v in found.response["violations"]]
        assert told == [], view
    assert watched.noted == []


def test_no_page_is_wider_than_a_phone(browser, report):
    watched = Watched(browser, report, viewport={"width": 390, "height": 844})
    for view in VIEWS:
        assert watched.open(view).evaluate("document.documentElement.scrollWidth") <= 390, view


@pytest.mark.parametrize("result", [wide(), tall(), sampled()], ids=["names", "titles", "sample"])
def test_naughty_strings_do_nothing_in_a_browser(browser, tmp_path, result):
    path = tmp_path / "laporan.html"
    path.write_bytes(report_html(result, EN))
    watched = Watched(browser, path)
    page = watched.open("peringkat")
    page.locator("#cari").fill("script")
    page.evaluate("location.hash = '#matriks'")
    page.wait_for_selector("#t-matriks td a")
    assert page.locator("img, iframe, object, embed, base").count() == 0
    assert watched.noted == []


def test_without_scripts_everything_is_there(browser, report):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator(".view:visible").count() == page.locator(".view").count() > 80
    assert page.locator(".script:visible").count() == 0
    context.close()


def test_the_printed_pack_has_one_page_for_each_agency(browser, report):
    page = Watched(browser, report).open("peringkat")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF-")
    assert 20 < printed.count(b"/Type /Page\n") <= 23
    one = Watched(browser, report).open("opd/opd-1").pdf(prefer_css_page_size=True)
    assert one.count(b"/Type /Page\n") == 1


def test_500_agencies_open_and_can_be_searched(browser, tmp_path):
    path = tmp_path / "laporan.html"
    path.write_bytes(report_html(big(500), ID))
    watched = Watched(browser, path)
    page = watched.open("matriks")
    assert page.locator("#t-matriks tbody tr").count() == 500
    page.locator("#cari").fill("opd-499")
    page.locator("#cari").press("Enter")
    assert views(page) == ["opd/opd-499"]
    assert watched.noted == []

"""laporan.html without a browser: what it holds, and what it can never hold."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser

import ppid_audit.report.html
from ppid_audit.history.compare import compare
from ppid_audit.model.scan import Result, ScanState
from ppid_audit.report.formats import FORMATS, Options
from ppid_audit.report.html import report_html
from ppid_audit.report.html.safe import address, anchor, below, spelled
from ppid_audit.report.locale import Locale
from ppid_audit.report.marks import BANDS, SYMBOLS, TINTS
from ppid_audit.report.words import visible
from ppid_audit.score import score
from tests.report.big import big, trend_of
from tests.report.naughty import ALL, tall, wide
from tests.report.sample import NASTY, RESULT, RUBRIC, offline, sampled

ID, EN = Locale.load("id"), Locale.load("en")
TEMPLATES = sorted((Path(ppid_audit.report.html.__file__).parent / "templates").glob("*.j2"))
TAGS = frozenset(
    re.findall(
        r"\w+",
        "html head meta title link style script body header h1 h2 h3 span strong nav a div input label ul ol li p"
        " button main section dl dt dd b figure figcaption svg path circle rect text table thead tbody tfoot tr th td"
        " small abbr form select option output article code details summary i q br footer",
    )
)


def parsed(result: Result, locale: Locale = ID, **more) -> Any:
    return parser.document_fromstring(report_html(result, locale, **more).decode())


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


def by_id(page: Any, name: str) -> Any:
    (found,) = page.xpath("//*[@id=$name]", name=name)
    return found


def is_safe(page: Any) -> bool:
    """No element, attribute or address that acts or that reaches out of the file."""
    elements = [each for each in page.iter() if isinstance(each.tag, str)]
    assert {each.tag for each in elements} <= TAGS
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == len(page.xpath("//link")) == 1
    names = {name for each in elements for name in each.attrib}
    assert not {
        name for name in names if name.startswith("on") or name in {"src", "style", "srcdoc", "action", "srcset"}
    }
    for link in page.xpath("//a"):
        target = link.get("href")
        assert target.startswith(("#", "http://", "https://")), target
        if not target.startswith("#"):
            assert link.get("rel") == "noopener noreferrer nofollow"
    return True


def test_the_same_result_gives_the_same_bytes_in_its_language():
    made = FORMATS["html"](RESULT, ID, Options())
    assert list(made) == ["laporan.html"]
    assert made == FORMATS["html"](RESULT, ID, Options())
    assert parsed(RESULT).get("lang") == "id"
    page = parsed(RESULT, EN)
    assert page.get("lang") == "en"
    assert "Average score" in words(page)
    assert "Rata-rata" not in words(page)


def test_nothing_leaves_the_file_and_only_its_own_style_and_script_may_act():
    text = report_html(RESULT, ID).decode()
    page: Any = parser.document_fromstring(text)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for kind, tag in (("style", "style"), ("script", "script")):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = b64encode(sha256(inner.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
        assert not re.search(r"https?://|@import|url\(|innerHTML|eval\(|fetch\(|XMLHttp|WebSocket|sendBeacon", inner)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert page.xpath("//link/@href") == ["data:,"]
    assert is_safe(page)


def test_every_deep_link_leads_somewhere_and_every_name_is_given_once():
    page = parsed(RESULT)
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    targets = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert targets <= set(names)
    assert {"opd/dinkes", "butir/setiap-saat.renstra", "opd/dinkes/setiap-saat.renstra", "peringkat", "metode"} <= set(
        names
    )


def test_a_file_for_44_agencies_stays_below_three_megabytes():
    result = big(44)
    earlier = big(44, seed=2, id="20261024-020000", as_of="2026-10-24")
    made = report_html(result, ID, previous=earlier, trend=trend_of(result))
    assert len(made) < 3_000_000


@pytest.mark.parametrize("result", [wide(), tall()], ids=["names", "titles"])
def test_naughty_strings_are_texts_and_nothing_else(result):
    page = parsed(result)
    assert is_safe(page)
    shown = words(page)
    for text in ALL:
        assert " ".join(visible(text)[:40].split()) in shown


def test_hostile_texts_of_sites_are_shown_harmless():
    page = parsed(RESULT)
    told = words(page)
    for text in NASTY:
        assert visible(text) in told
    assert is_safe(page)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " JAVASCRIPT:x", "//x.example", "file:///x", ""]
)
def test_what_is_no_web_address_is_shown_and_never_linked(url):
    assert address(url) == ""
    first = RESULT.agencies[1]
    page = parsed(replace(RESULT, agencies=(replace(first, agency=replace(first.agency, url=url)),)))
    assert visible(url).rstrip("/") in words(page)
    assert is_safe(page)


def test_addresses_as_they_are_shown():
    long = f"https://dinas.contoh.example/{'a' * 200}/lkjip-2025.pdf"
    assert spelled("https://dinas.contoh.example/ppid/") == "dinas.contoh.example/ppid"
    assert spelled(long).startswith("dinas.contoh.example/…")
    assert spelled(long).endswith("lkjip-2025.pdf")
    assert len(spelled("https://" + "x" * 300)) == 72
    assert below("https://a.example/x/y", "https://a.example/z.pdf") == "/x/y"
    assert below("https://b.example/x", "https://a.example/z.pdf") == "b.example/x"
    assert anchor("opd", "dinkes", "berkala.agenda") == "opd/dinkes/berkala.agenda"
    assert re.fullmatch(r"opd/x[0-9a-f]{12}", anchor("opd", '"><script>'))


def test_a_draft_and_a_sample_say_so_and_a_final_result_does_not():
    assert [words(mark) for mark in parsed(sampled()).xpath("//*[@class='mark']")] == ["CONTOH", "DRAF"]
    assert parsed(sampled()).xpath("//*[@class='watermark']")
    assert words(parsed(RESULT).xpath("//title")[0]).startswith("DRAF · ")
    final = parsed(replace(RESULT, scan=replace(RESULT.scan, state=ScanState.FINAL)))
    assert not final.xpath("//*[@class='mark' or @class='watermark']")
    assert "FINAL" in words(by_id(final, "metode"))


def test_the_summary_gives_average_bands_and_what_was_not_assessed():
    first = by_id(parsed(RESULT), "ringkasan")
    told = words(first)
    figures = [(words(each[0]), words(each[1])) for each in first.xpath(".//dl[@class='counts']/div")]
    assert figures == [
        ("Perangkat daerah", "8"),
        ("Diberi peringkat", "4"),
        ("Dinilai sebagian", "1"),
        ("Tidak dapat dinilai", "3"),
    ]
    assert re.search(r"Rata-rata skor ?\d+,\d ?antara \d+,\d dan \d+,\d", told)
    assert "gangguan yang sudah diketahui, sampai 31 Desember 2026 1" in told
    assert "Belum ada pemindaian sebelumnya" in told
    assert "bukan kepatuhan terhadap hukum" in told


def test_the_ranking_shows_ties_ranges_and_doubt():
    rows = by_id(parsed(RESULT), "t-peringkat").xpath(".//tbody/tr")
    assert len(rows) == len(RESULT.agencies)
    ranks = [words(row[0]) for row in rows]
    scored = sorted((entry.scorecard.rank for entry in RESULT.agencies if entry.scorecard.rank), key=int)
    assert [int(rank.rstrip("=*")) for rank in ranks[: len(scored)]] == scored
    tied = [rank for rank in ranks if "=" in rank]
    assert len(tied) == 2
    assert len(set(tied)) == 1
    assert any("*" in rank for rank in ranks)
    assert ranks[-3:] == ["–", "–", "–"]
    assert rows[0].xpath(".//svg[@class='range']")
    assert "antara" not in words(rows[0])
    assert "host belum dikonfirmasi" in words(rows[-1]) + words(rows[-2]) + words(rows[-3])


def test_the_matrix_has_a_sign_and_a_colour_for_every_item_of_every_agency():
    table = by_id(parsed(RESULT), "t-matriks")
    cells = table.xpath(".//tbody/tr/td")
    assert len(cells) == len(RESULT.agencies) * len(RUBRIC.criteria)
    assert {words(cell) for cell in cells} <= set(SYMBOLS.values())
    assert {(cell.get("class"), words(cell)) for cell in cells} <= set(
        zip(("vf", "vp", "vs", "vt", "vm", "vc", "vn"), SYMBOLS.values(), strict=True)
    )
    assert table.get("data-vm") == "tidak ditemukan"


def test_an_item_tells_who_has_it_and_who_does_not():
    item = by_id(parsed(RESULT), "butir/setiap-saat.renstra")
    groups = {words(each.xpath("./h3")[0]): each for each in item.xpath(".//section")}
    assert any(name.startswith("tidak ditemukan") for name in groups)
    listed = [words(each) for each in item.xpath(".//li/a")]
    assert len(listed) + words(item).count("; ") >= len(RESULT.agencies) - 1
    assert "Unggah Rencana strategis (Renstra) di halaman PPID." in words(item)


def test_an_agency_has_its_findings_grouped_with_law_evidence_quote_place_archive_and_remedy():
    page = parsed(RESULT)
    agency = by_id(page, "opd/dishub")
    heads = [words(each) for each in agency.xpath("./section[contains(@class,'group')]/h3")]
    assert heads == ["Belum ada 3", "Sebagian 2", "Terpenuhi 1", "Tidak berlaku 1"]
    stale = by_id(page, "opd/dishub/berkala.laporan-kinerja")
    told = words(stale)
    for part in (
        "kedaluwarsa · bukan yang terbaru · diminta 2025, ada 2023",
        "Perki 1/2021 Ps 15",
        "salinan arsip: dinkes.warc.gz#1234",
        "tercantum di",
        "31 Maret 2025",
        "Unggah Ringkasan kinerja (LKjIP/LAKIP) di halaman PPID.",
        "masih teks contoh",
    ):
        assert part in told
    assert "https://dishub.contoh.example/ppid/berkas.pdf" in stale.xpath(".//a/@href")
    reviewed = by_id(page, "opd/dinkes/setiap-saat.renstra")
    assert "Putusan alat sebelum ditinjau: terpenuhi (ditemukan)." in words(reviewed)
    assert "Sri" in words(reviewed)


def test_what_mending_brings_is_told_beside_it():
    agency = by_id(parsed(RESULT), "opd/dishub")
    gains = [words(each) for each in agency.xpath(".//*[@class='gain']")]
    assert gains
    assert all(re.fullmatch(r"\+\d+,\d", gain) for gain in gains)


def test_what_changed_since_the_previous_result():
    result = big(6)
    earlier = big(6, seed=2, id="lama", as_of="2026-10-24", rubric_sha256="ff" * 32)
    told = words(by_id(parsed(result, previous=earlier), "ringkasan"))
    assert "Dibandingkan dengan penilaian per 24 Oktober 2026 (pemindaian lama)." in told
    assert "sebagian perubahan dapat berasal dari penilaiannya" in told
    assert "▲" in told
    caused = parsed(result, comparison=compare(earlier, result, {}, score))
    assert "Naik dan turun dihitung dari perubahan situsnya saja." in words(by_id(caused, "ringkasan"))
    assert by_id(caused, "t-peringkat").xpath(".//thead//button[.='Perubahan']")


def test_the_trend_is_drawn_from_all_scans_and_left_out_with_a_sentence():
    result = big(5)
    drawn = by_id(parsed(result, trend=trend_of(result)), "tren")
    assert "Skor pada 6 pemindaian." in words(drawn)
    assert len(drawn.xpath(".//svg[@class='spark']")) == 5
    assert len(drawn.xpath(".//svg[@class='course']//circle")) == 6
    assert "24 Nov 2026" in words(drawn)
    alone = by_id(parsed(result), "tren")
    assert "sedikitnya dua pemindaian" in words(alone)
    assert not alone.xpath(".//svg")


def test_the_method_names_the_rubric_the_tool_the_dates_and_the_measured_precision():
    told = words(by_id(parsed(RESULT), "metode"))
    for part in (
        RESULT.scan.rubric_sha256,
        "ppid-audit 0.1.0",
        "24 November 2026",
        "belum diukur",
        "2026-11-24T02:30:00Z",
    ):
        assert part in told


@pytest.mark.parametrize(
    "result", [big(0), big(1), big(3, blocked=True), offline(), replace(RESULT, agencies=())], ids=range(5)
)
@pytest.mark.parametrize("locale", [ID, EN])
def test_few_or_no_agencies_and_nothing_assessable_are_a_whole_page(result, locale):
    page = parsed(result, locale)
    assert is_safe(page)
    assert len(page.xpath("//article[contains(@class,'agency')]")) == len(result.agencies)
    if result.scan.suspect:
        assert page.xpath("//*[@role='alert']")


def test_the_templates_use_only_texts_that_there_are():
    keys = {key for path in TEMPLATES for key in re.findall(r"\bt\('([a-z_.-]+)'[,)]", path.read_text("utf-8"))}
    assert len(keys) > 60
    assert sorted(keys - set(ID.texts)) == []
    used = keys | {
        key for path in Path(ppid_audit.report.html.__file__).parents[1].rglob("*.py") for key in named(path)
    }
    prefixes = ("html.nav.", "html.group.", "html.moved.", "html.method.limit.", "html.count.")
    unused = {key for key in ID.texts if key.startswith("html.") and not key.startswith(prefixes)} - used
    assert sorted(unused) == []


def named(path: Path) -> list[str]:
    return re.findall(r"\"(html\.[a-z_.-]+)\"", path.read_text("utf-8"))


def light(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_signs_stand_out_from_their_ground():
    for ground, sign in (*TINTS.values(), *((color, "#FFFFFF") for color in BANDS)):
        bright, dark = sorted((light(ground), light(sign)), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, (ground, sign)

"""When an absence is proved, and the law on faults: a failure to see is never evidence of absence."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ppid_audit.assess import assess
from ppid_audit.model.agency import FUNCTIONS
from ppid_audit.model.capture import Problem, Rendered, Role, Unread, UnreadWhy
from ppid_audit.model.finding import Assessment, Finding
from ppid_audit.model.rubric import Reason, Verdict
from ppid_audit.model.site import Page
from tests.assess.small import AGENCY, fault, findings, linking, menu, site, whole
from tests.criteria.judging import AS_OF, HERE, HOME, Visited, judge, rubric, visited

RENSTRA = "setiap-saat.renstra"
EVERYTHING = replace(AGENCY, functions=FUNCTIONS)
FAULTS = [problem for problem in Problem if problem is not Problem.RUNNER_OFFLINE]
PAGES = {
    "berkala.anggaran": "fulfils",
    "berkala.cara-keberatan": "fulfils",
    "berkala.hak-masyarakat": "names",
    "berkala.laporan-kinerja": "fulfils",
    "berkala.neraca-calk": "fulfils",
    "berkala.peraturan": "names",
    "berkala.visi-misi": "names",
    "berkala.struktur-organisasi": "fulfils",
    "serta-merta.bencana-alam": "fulfils",
    "serta-merta.kanal": "fulfils",
    "setiap-saat.biaya-layanan": "names",
    "setiap-saat.dip": "fulfils",
    "setiap-saat.maklumat": "names",
    "setiap-saat.pedoman": "names",
    "setiap-saat.penelitian": "fulfils",
    "setiap-saat.penetapan-ppid": "fulfils",
    "setiap-saat.perjanjian": "names",
    "setiap-saat.renja": "fulfils",
    "setiap-saat.renstra": "lacks",
    "setiap-saat.sop-layanan": "fulfils",
}


def renstra(answers: Mapping[str, object], *unread: Unread) -> Finding:
    return findings(answers, unread)[RENSTRA]  # type: ignore[arg-type]


def test_everything_read_proves_an_absence():
    answers = {"": menu(ppid="PPID", berita="Berita"), "ppid": whole("PPID", "<p>-</p>"), "berita": whole("Kabar", "")}
    assert renstra(answers).reason is Reason.NOT_FOUND


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a1", "Renstra"),
        ("renstra", "Dokumen kami"),
        ("a1", "PPID"),
        ("a1", "Informasi Setiap Saat"),
        ("a1", "Dokumen"),
        ("setiap-saat", "x"),
    ],
)
@pytest.mark.parametrize("problem", [Problem.DEADLINE, Problem.SERVER_ERROR, Problem.PARSE_LIMIT, Problem.BLOCKED])
def test_a_fault_on_a_page_that_could_hold_it_leaves_a_doubt(path, name, problem):
    finding = renstra({"": menu(**{path: name}), path: fault(problem=problem)})
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.evidence[0].url == HOME + path


@pytest.mark.parametrize("name", ["Loket", "Kemitraan", "Layanan Daring", "Menu Utama"])
def test_a_menu_target_that_failed_stands_in_the_way_whatever_its_name(name):
    finding = renstra({"": menu(a1=name), "a1": fault(problem=Problem.DEADLINE)})
    assert finding.verdict is Verdict.CANNOT_TELL


def test_a_hub_of_announcements_that_failed_leaves_them_in_doubt():
    seen = findings({"": menu(a1="Informasi Serta Merta"), "a1": fault(problem=Problem.DEADLINE)}, agency=EVERYTHING)
    assert seen["serta-merta.bencana-alam"].verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("path", ["galeri", "berita", "agenda-foto"])
def test_a_fault_on_news_or_pictures_leaves_the_proof(path):
    front = linking(**{path: "Foto panen raya di sawah warga"})
    assert renstra({"": front, path: fault(problem=Problem.DEADLINE)}).reason is Reason.NOT_FOUND


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_a_state_of_the_site(status):
    assert renstra({"": menu(a1="PPID"), "a1": fault(status=status)}).reason is Reason.NOT_FOUND
    assert renstra({"": menu(a1="Renstra"), "a1": fault(status=status)}).reason is Reason.DEAD_LINK


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        (UnreadWhy.BUDGET, Reason.NOT_LOOKED_EVERYWHERE),
        (UnreadWhy.DEPTH, Reason.NOT_LOOKED_EVERYWHERE),
        (UnreadWhy.HOST_STOPPED, Reason.NOT_LOOKED_EVERYWHERE),
        (UnreadWhy.INTERRUPTED, Reason.NOT_LOOKED_EVERYWHERE),
        (UnreadWhy.SAMPLED, Reason.NOT_FOUND),
        (UnreadWhy.OUT_OF_SCOPE, Reason.NOT_FOUND),
    ],
)
def test_what_was_not_asked_for(why, reason):
    assert renstra({"": menu()}, Unread(f"{HOME}x1", why, "Dokumen Renstra")).reason is reason
    assert renstra({"": menu()}, Unread(f"{HOME}x1", why, "Foto panen")).reason is Reason.NOT_FOUND
    assert renstra({"": menu()}, Unread("https://lain.example/x1", why, "Renstra")).reason is Reason.NOT_FOUND


def test_a_doubt_about_one_item_is_no_doubt_about_another():
    seen = findings({"": linking(a1="Maklumat Pelayanan"), "a1": fault(problem=Problem.RESET)})
    assert seen["setiap-saat.maklumat"].verdict is Verdict.CANNOT_TELL
    assert seen[RENSTRA].reason is Reason.NOT_FOUND


@cache
def whole_site() -> tuple[Visited, Assessment]:
    """One agency of all trades whose site is made of pages of many items, and what is judged of it."""
    seen = visited(EVERYTHING, [HERE / item / f"{kind}.html" for item, kind in PAGES.items()])
    return seen, judge(seen)


def losable() -> list[str]:
    return sorted({c.url for c in whole_site()[0].snapshot.captures if c.role is not Role.HOME})


def without(seen: Visited, lost: Mapping[str, Problem]) -> Visited:
    """The same visit where these addresses brought a problem instead of an answer."""
    captures = tuple(
        replace(c, status=None, problem=lost[c.url], media_type="", bytes=0, sha256="") if c.url in lost else c
        for c in seen.snapshot.captures
    )
    readings = tuple(reading for reading in seen.readings if reading.capture.url not in lost)
    return replace(seen, snapshot=replace(seen.snapshot, captures=captures), readings=readings)


def flips(lost: Mapping[str, Problem]) -> list[str]:
    """Items whose verdict became another one than before or a doubt."""
    seen, before = whole_site()
    after = judge(without(seen, lost))
    return [
        f"{old.item}: {old.reason} -> {new.reason} when lost {dict(lost)}"
        for old, new in zip(before.findings, after.findings, strict=True)
        if new.verdict not in {old.verdict, Verdict.CANNOT_TELL}
    ]


def test_the_site_of_the_law_holds_verdicts_of_all_kinds():
    assert {finding.verdict for finding in whole_site()[1].findings} >= {
        Verdict.FULFILLED,
        Verdict.PARTIAL,
        Verdict.MISSING,
        Verdict.NOT_APPLICABLE,
    }


@pytest.mark.parametrize("problem", [Problem.DEADLINE, Problem.BLOCKED, Problem.TRUNCATED])
def test_losing_any_one_answer_never_turns_a_verdict_into_another(problem):
    assert [flip for url in losable() for flip in flips({url: problem})] == []


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.data())
def test_losing_any_part_of_the_site_never_turns_a_verdict_into_another(data):
    urls = st.sampled_from(losable())
    lost = data.draw(st.dictionaries(urls, st.sampled_from(FAULTS), min_size=1, max_size=len(losable())))
    assert flips(lost) == []


def test_losing_everything_but_the_front_page_leaves_nothing_missing():
    after = judge(without(whole_site()[0], dict.fromkeys(losable(), Problem.CONNECT_TIMEOUT)))
    named = {finding.item: finding for finding in after.findings}
    for item, kind in PAGES.items():
        if kind == "fulfils":
            assert named[item].verdict in {Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE}, named[item]


SHELL = "<html><body><div id=root></div><script src=/app.js></script></body></html>"


@pytest.mark.parametrize("name", ["PPID", "Renstra"])
def test_a_page_that_only_scripts_fill_stands_in_the_way_where_it_could_hold_it(name):
    finding = renstra({"": menu(a1=name), "a1": SHELL})
    assert finding.reason is Reason.SCRIPT_ONLY


def test_a_page_that_was_not_drawn_to_its_end_proves_nothing_but_what_it_shows():
    answers = {"": menu(renstra="Renstra"), "renstra": whole("Renstra", "<p>-</p>")}
    whole_site = site(answers)
    half = replace(whole_site, pages={key: drawn(page, Rendered.PART) for key, page in whole_site.pages.items()})
    full = replace(whole_site, pages={key: drawn(page, Rendered.WHOLE) for key, page in whole_site.pages.items()})
    reasons = [
        {f.item: f.reason for f in assess(each, rubric(), AGENCY, AS_OF).findings}[RENSTRA]
        for each in (whole_site, full, half)
    ]
    assert reasons == [Reason.NAMED_WITHOUT_CONTENT, Reason.NAMED_WITHOUT_CONTENT, Reason.SCRIPT_ONLY]


def drawn(page: Page, rendered: Rendered) -> Page:
    return replace(page, capture=replace(page.capture, rendered=rendered))

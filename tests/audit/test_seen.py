from dataclasses import replace
from datetime import date

from ppid_audit.audit.seen import known, known_on, words_digest
from ppid_audit.model.capture import Capture, Role, Snapshot
from ppid_audit.model.site import Link, Page, Region, TitleFrom

CAPTURE = Capture("https://a.go.id/x", "https://a.go.id/y", Role.PAGE, "", 200, sha256="aa")
LINK = Link("renstra.pdf", "https://a.go.id/renstra.pdf?utm_source=x", "Renstra", "Renstra", TitleFrom.OWN)
PAGE = Page(CAPTURE, heading="Renstra", text="Rencana  strategis\n2021-2026", links=(LINK,))


def test_words_and_where_they_lead_count_and_nothing_else():
    same = replace(
        PAGE, title="Pengunjung: 4712", text="Rencana strategis 2021-2026", all_text="menu", forms=(("csrf",),),
        links=(replace(LINK, url="https://a.go.id/renstra.pdf"), replace(LINK, url="https://b", region=Region.MENU)),
    )  # fmt: skip
    assert words_digest(same) == words_digest(PAGE)
    assert words_digest(replace(PAGE, text="Rencana strategis 2026-2031")) != words_digest(PAGE)
    assert words_digest(replace(PAGE, links=(replace(LINK, url="https://a.go.id/lain.pdf"),))) != words_digest(PAGE)


def test_both_addresses_of_an_answer_are_known_and_failures_are_not():
    failed = replace(CAPTURE, url="https://a.go.id/z", final_url="https://a.go.id/z", status=500)
    site = known(Snapshot("a", "2026-11-24T08:00:00Z", "", (CAPTURE, failed)), (PAGE,))
    assert site.digests == {"https://a.go.id/x": "aa", "https://a.go.id/y": "aa"}
    assert set(site.words) == set(site.digests)
    assert site.on == date(2026, 11, 24)
    assert known_on("").on is None

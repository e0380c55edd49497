"""Every naughty string in every place that a website, an agencies.yaml or a reviewer can fill."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Note
from ppid_audit.model.finding import Assessment, Evidence, Finding, NearMiss
from ppid_audit.model.rubric import Band, Criterion, Duty, Probe, Reason, Renew, Rubric, Words
from ppid_audit.model.scan import AgencyResult, CrawlStats, Result
from ppid_audit.score import rank, score
from tests.report.sample import POINTS, SCAN

_FORMULAS = [
    f"{opener}{rest}"
    for opener in ("=", "+", "-", "@", "\t=", "\r=", " =", "＝", '"=', "|")
    for rest in ("1+1", 'HYPERLINK("http://jahat.example","klik")', "cmd|' /C calc'!A0")
]
_URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://contoh.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "file://host/share",
    "\\\\host\\share",
    "//jahat.example/",
    "http:\\\\jahat.example\\x",
    'http://contoh.example/"onmouseover=alert(1)//',
    "http://contoh.example/'><img src=x onerror=alert(1)>",
    "http://contoh.example/<script>alert(1)</script>",
    "http://contoh.example/`onload=alert(1)`",
    "https://user:sandi@contoh.example/",
    "https://contoh.example@jahat.example/",
    "https://xn--e1awd7f.example/",
    "https://еxample.com/",
    "https://contoh.example:99999/",
    "https://[::1",
    "https://" + "a" * 3000 + ".example/",
    "https://contoh.example/" + "b" * 3000,
    "internal:'Temuan'!A1",
    "external:c:\\temp\\x.xlsx",
    "mailto:a@b.example?subject=<x>",
    "tel:+62",
    "ftp://contoh.example/x",
    "ms-excel:ofv|u|https://jahat.example/x.xls",
    "about:blank",
    "blob:https://contoh.example/1",
]
_MARKUP = [
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "{{7*7}}",
    "{% import os %}",
    "{0.__class__}",
    "%(x)s",
    "${7*7}",
    "#{7*7}",
    "&amp;lt;",
    "&#x0;",
    "&#xd800;",
    '" autofocus onfocus=alert(1) x="',
    "' style='background:url(//jahat.example)'",
    "<svg/onload=alert(1)>",
    "<a href=//jahat.example>x</a>",
    "<base href=//jahat.example>",
    "<meta http-equiv=refresh content=0>",
    "<iframe srcdoc=x>",
    "<details open ontoggle=alert(1)>",
    "<b>tebal</b>",
    "_x0041_",
    "_x000D_",
    '&C&"Arial"DRAF',
]
_CHARACTERS = [
    "\x00", "\x1b[31m", "\x9b31m", "\u202egnp.exe", "\u2066x\u2069", "\u200b\u200c\u200d", "\ufeff", "\ufffe", "\uffff",
    "\ud800", "\udfff\ud800", "\U0010ffff", "\u0085", "\u2028", "\u2029", "\ue000", "e\u0301" * 40, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "a" * 40_000, "kata " * 9_000, "\n\n\n", "  ", "\t", "نص عربي", "漢字", "👩‍👩‍👧‍👦", "ﷺ", "𝕋𝕖𝕜𝕤",
]  # fmt: skip
OWN = (*_FORMULAS, *_URLS, *_MARKUP, *_CHARACTERS)
"""Our own, beside the well-known list: formulas, addresses, markup, characters."""

KNOWN: tuple[str, ...] = tuple(
    json.loads((Path(__file__).parents[1] / "vectors" / "blns" / "blns.json").read_text(encoding="utf-8"))
)
ALL = (*KNOWN, *OWN)

_REASONS = (Reason.FOUND, Reason.NAMED_WITHOUT_CONTENT, Reason.STALE, Reason.NOT_FOUND, Reason.UNREACHABLE)


@cache
def wide() -> Result:
    """An agency for every string, named so, with three items."""
    rubric = _rubric(ALL[:3], ALL)
    return _result(ALL, rubric)


@cache
def tall() -> Result:
    """An item for every string, titled so, at three agencies."""
    rubric = _rubric(ALL, ALL[-5:])
    return _result(ALL[:3], rubric)


def _rubric(titles: tuple[str, ...], words: tuple[str, ...]) -> Rubric:
    criteria = tuple(
        Criterion(
            f"berkala.b{place}",
            Words(title, title),
            basis=title,
            duty=Duty.ANNOUNCE,
            renew=Renew.STANDING,
            check=Probe("published"),
            remedy=Words(title, title),
            note=Words(title, title),
        )
        for place, title in enumerate(titles)
    )
    bands = tuple(
        Band(f"band{place}", floor, Words(words[place], words[place])) for place, floor in enumerate((90, 60, 0))
    )
    return Rubric(words[0], criteria, POINTS, bands, coverage_floor=0.0, sha256=words[1])


def _result(names: tuple[str, ...], rubric: Rubric) -> Result:
    rows = [_agency(place, name, rubric) for place, name in enumerate(names)]
    cards = rank(row.scorecard for row in rows)
    worst = "<script>alert('kabupaten')</script>=1+1\x1b[2J"
    head = replace(SCAN, id=worst, region=worst, rubric_name=worst, tool=worst, reviews_sha256=worst)
    return Result(head, rubric, tuple(replace(row, scorecard=card) for row, card in zip(rows, cards, strict=True)))


def _agency(place: int, name: str, rubric: Rubric) -> AgencyResult:
    who = Agency(f"opd-{place}", name, name, name)
    assessment = Assessment(who.id, tuple(_finding(c, place + n) for n, c in enumerate(rubric.criteria)))
    return AgencyResult(
        who, assessment, score(assessment, rubric), CrawlStats(), (Note(name, name, name), Note("slow", name, name))
    )


def _finding(criterion: Criterion, place: int) -> Finding:
    text = ALL[place % len(ALL)]
    seen = Evidence(text, text, matched=text, quote=text, media_type=text, sha256=text, warc=text)
    made = Finding(
        criterion.id,
        _REASONS[place % len(_REASONS)],
        0.5,
        (seen,),
        (NearMiss(text, Reason.DEAD_LINK, text, text),),
        period_due=text,
        period_found=text,
    )
    return replace(made, reviewed=True, justification=text, superseded=made) if place % 3 == 0 else made

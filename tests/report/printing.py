"""Papers to print in tests: of the small sample, of hostile texts, of any size."""

from dataclasses import replace

from ppid_audit.model.finding import Assessment, Finding
from ppid_audit.model.scan import Result, ScanState
from ppid_audit.report.locale import Locale
from ppid_audit.report.paper.blocks import Paper
from ppid_audit.report.paper.frame import Facts
from ppid_audit.report.paper.official import official
from ppid_audit.report.paper.sheet import sheets
from tests.report.sample import NASTY, RESULT, agency, evidence, ranked

ID, EN = Locale.load("id"), Locale.load("en")

HOSTILE = (
    *NASTY,
    "<w:p/></w:t>]]>&amp;",
    '#let x = 1; $ x $ *tebal* <label> @ref #eval("1") \\',
    "[klik](javascript:alert(1)) ![](http://x.example/a.png) `kode` | sel | www.jahat.example a@b.example",
    "1. satu\n- dua\n# tiga\n===\n***\n> empat",
    '"/><script>alert(1)</script><img src=x onerror=alert(1)>',
    "HYPERLINK \"http://jahat.example\" \\o 'x'",
    "السلام عليكم 汉字 かな 👩‍👩‍👧 Z̸̢̛a̴l̷g̶o̵",
    "A" * 200,
    "Dinas Pekerjaan Umum, Penataan Ruang, Perumahan dan Kawasan Permukiman " * 3,
    "\ufffe\uffff\x00\x7f\ud83d",
)


def paper(result: Result = RESULT, locale: Locale = ID) -> Paper:
    return official(Facts.of(result, locale))


def sheet(id_: str, result: Result = RESULT, locale: Locale = ID) -> Paper:
    return dict(sheets(Facts.of(result, locale)))[id_]


def finished() -> Result:
    return replace(RESULT, scan=replace(RESULT.scan, state=ScanState.FINAL))


def nobody() -> Result:
    return replace(RESULT, agencies=())


def hostile() -> Result:
    """An agency named by each of the hostile texts, with findings that quote them."""
    reasons = tuple(finding.reason for finding in RESULT.agencies[0].assessment.findings)
    rows = [agency(f"opd-{place}", text, reasons) for place, text in enumerate(HOSTILE)]
    return replace(RESULT, agencies=ranked(*(replace(row, assessment=_quoting(row.assessment)) for row in rows)))


def _quoting(assessment: Assessment) -> Assessment:
    return replace(assessment, findings=tuple(_quoted(place, one) for place, one in enumerate(assessment.findings)))


def _quoted(place: int, finding: Finding) -> Finding:
    if not finding.evidence:
        return replace(finding, reviewed=place == 3, justification=HOSTILE[place])
    text = HOSTILE[place % len(HOSTILE)]
    return replace(finding, evidence=(evidence("https://situs.example/", text, url=f"https://situs.example/{text}"),))

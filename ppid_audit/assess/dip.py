"""Items that the agency must only *provide*: named in its Daftar Informasi Publik, they can be asked for.

Perki 1/2021 Ps 21, 45: listed in the DIP with a way to ask for it is already partly fulfilled.
"""

from dataclasses import replace

from ppid_audit.assess.bench import Bench
from ppid_audit.assess.content import plain
from ppid_audit.assess.evaluate import leaves
from ppid_audit.assess.mentions import rows_of
from ppid_audit.assess.trace import Trace
from ppid_audit.model.finding import Observation, Where
from ppid_audit.model.rubric import Criterion, Duty, Reason
from ppid_audit.model.site import Page
from ppid_audit.web import urls

_LIST_NAMES = ("daftar informasi publik", "dip", "daftar informasi")
_MIN_CELLS = 3


def listed(seen: Observation, criterion: Criterion, bench: Bench) -> Observation:
    """``listed_in_dip`` when a row of the agency's DIP names the item; else what was seen before."""
    if criterion.duty is not Duty.PROVIDE or criterion.id == "setiap-saat.dip":
        return seen
    pages = [page for page in (*bench.ground.pages, *bench.ground.trusted) if _is_dip(page)]
    for probe in leaves(criterion.check):
        for mention in (row for page in pages for row in rows_of(bench.ground, page, probe)):
            if len(mention.row) >= _MIN_CELLS:
                trace = Trace(mention.title, mention.match, mention.page.url, Where.TABLE)
                found = trace.say(Reason.LISTED_IN_DIP, 0.7, mention.page.url, mention.page.capture)
                return replace(found, near_misses=seen.near_misses, period_due=seen.period_due)
    return seen


def _is_dip(page: Page) -> bool:
    return any(map(names_a_dip, (page.heading, urls.path_words(page.url))))


def names_a_dip(name: str) -> bool:
    """Whether a page or link is called a list of public information."""
    return any(f" {words} " in f" {plain(name)} " for words in _LIST_NAMES)

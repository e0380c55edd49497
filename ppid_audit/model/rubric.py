"""What is asked of an agency: criteria, their checks, and what each reason is worth."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Verdict(StrEnum):
    """What was seen."""

    FULFILLED = "fulfilled"
    PARTIAL = "partial"
    MISSING = "missing"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"


class Reason(StrEnum):
    """Why the verdict is what it is. Points hang on the reason, never on the verdict."""

    FOUND = "found"
    FOUND_OTHER_WORDING = "found_other_wording"
    FOUND_OFF_SITE = "found_off_site"
    OWNER_LINKED = "owner_linked"
    ATTESTED = "attested"
    STALE = "stale"
    LISTED_IN_DIP = "listed_in_dip"
    NAMED_WITHOUT_CONTENT = "named_without_content"
    DEAD_LINK = "dead_link"
    EMPTY_LIST = "empty_list"
    EMPTY_DOCUMENT = "empty_document"
    PLACEHOLDER = "placeholder"
    WRONG_DOCUMENT = "wrong_document"
    WRONG_BODY = "wrong_body"
    PORTAL_FRONT_PAGE = "portal_front_page"
    GATED_OFF_SITE = "gated_off_site"
    NOT_FOUND = "not_found"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    SCRIPT_ONLY = "script_only"
    NOT_LOOKED_EVERYWHERE = "not_looked_everywhere"
    UNREADABLE = "unreadable"
    UNVERIFIED_OFF_SITE = "unverified_off_site"
    PROBE_ERROR = "probe_error"
    RUNNER_OFFLINE = "runner_offline"
    NOT_FOR_THIS_KIND = "not_for_this_kind"
    NO_EVENT_KNOWN = "no_event_known"
    WAIVED = "waived"

    @property
    def verdict(self) -> Verdict:
        """The one verdict that this reason belongs to."""
        return _VERDICT_OF[self]


_REASONS_OF = {
    Verdict.FULFILLED: ("found", "found_other_wording", "found_off_site", "owner_linked", "attested"),
    Verdict.PARTIAL: (
        "stale",
        "listed_in_dip",
        "named_without_content",
        "dead_link",
        "empty_list",
        "empty_document",
        "placeholder",
        "wrong_document",
        "wrong_body",
        "portal_front_page",
        "gated_off_site",
    ),
    Verdict.MISSING: ("not_found",),
    Verdict.CANNOT_TELL: (
        "unreachable",
        "blocked",
        "script_only",
        "not_looked_everywhere",
        "unreadable",
        "unverified_off_site",
        "probe_error",
        "runner_offline",
    ),
    Verdict.NOT_APPLICABLE: ("not_for_this_kind", "no_event_known", "waived"),
}
_VERDICT_OF = {Reason(name): verdict for verdict, names in _REASONS_OF.items() for name in names}


class Category(StrEnum):
    """The three classes of UU 14/2008 Ps 9-11."""

    BERKALA = "berkala"
    SERTA_MERTA = "serta-merta"
    SETIAP_SAAT = "setiap-saat"


class Duty(StrEnum):
    """``announce``: the law says *mengumumkan*; ``provide``: it says *menyediakan*."""

    ANNOUNCE = "announce"
    PROVIDE = "provide"


class Renew(StrEnum):
    """How fresh the information must be."""

    STANDING = "standing"
    SEMESTER = "semester"
    YEAR = "year"
    EVENT = "event"


class Form(StrEnum):
    """What may carry the information once its name has been resolved."""

    DOCUMENT = "document"
    TABLE = "table"
    TEXT = "text"
    LIST = "list"
    IMAGE = "image"
    FEED = "feed"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages of the tool: Indonesian first, English second."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Due:
    """Which yearly period may be asked for, and from which day of the year of assessment on.

    Before ``month``/``day`` the period before that one is asked for.
    """

    period: Literal["current", "previous"]
    month: int
    day: int
    source: Literal["law", "practice"]

    def year(self, as_of: date) -> int:
        """The youngest year that an evaluator may ask for on ``as_of``."""
        newest = as_of.year - (self.period == "previous")
        return newest if (as_of.month, as_of.day) >= (self.month, self.day) else newest - 1


@dataclass(frozen=True, slots=True)
class Probe:
    """One leaf of a check: which probe looks, for which words, accepting which forms.

    ``terms`` are phrases (whole words, inflection tolerated); a title that also holds one of
    ``excludes`` names something else. ``hosts`` are well-known hosts, for probes that look at links.
    """

    probe: str
    terms: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Fulfilled when one of ``checks`` is."""

    checks: tuple["Check", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Fulfilled when all of ``checks`` are."""

    checks: tuple["Check", ...]


Check = Probe | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Examples:
    """Titles that must match the criterion, and near misses that must not."""

    match: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One item of the rubric. ``applies_to`` empty means all; else kinds and functions, any of which.

    ``weight`` 0 is advisory: judged and shown, not scored. ``sha256`` is the digest of its own entry.
    """

    id: str
    title: Words
    basis: str
    duty: Duty
    renew: Renew
    check: Check
    remedy: Words
    weight: float = 2
    applies_to: tuple[str, ...] = ()
    due: Due | None = None
    note: Words | None = None
    examples: Examples = Examples()
    sha256: str = ""

    @property
    def category(self) -> Category:
        """The class of information, which is the first part of the id."""
        return Category(self.id.split(".", 1)[0])

    def applies(self, kind: str, functions: tuple[str, ...]) -> bool:
        """Whether the item may be asked of an agency of this kind with these functions."""
        return not self.applies_to or bool({kind, *functions} & set(self.applies_to))


@dataclass(frozen=True, slots=True)
class Band:
    """A predikat and the lowest score that earns it."""

    id: str
    floor: float
    label: Words


@dataclass(frozen=True, slots=True)
class Rubric:
    """The whole of ``rubric.yaml``. ``bands`` are ordered from the highest floor to the lowest.

    ``points`` gives every reason of a decided verdict its worth in 0..1; ``category_weights`` is
    empty unless a committee sets it: then a category counts as much as its items.
    """

    name: str
    criteria: tuple[Criterion, ...]
    points: dict[Reason, float]
    bands: tuple[Band, ...]
    coverage_floor: float = 0.75
    category_weights: dict[Category, float] | None = None
    sha256: str = ""

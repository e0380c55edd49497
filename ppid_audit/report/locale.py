"""The words of one language: texts by key, numbers and dates as its readers write them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from ppid_audit.model.rubric import Words

LANGUAGES = ("id", "en")
"""Indonesian first: it is the default everywhere."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where PyYAML has it: every start of the program reads a locale."""

_SEPARATORS = {"id": (",", "."), "en": (".", ",")}


class Locale:
    """All texts of one language under dotted keys (``verdict.partial``)."""

    def __init__(self, lang: Literal["id", "en"], texts: Mapping[str, str]) -> None:
        self.lang = lang
        self.texts = texts
        self._decimal, self._thousands = _SEPARATORS[lang]

    @staticmethod
    def load(lang: Literal["id", "en"]) -> "Locale":
        """The locale of ``lang``, read once from the package."""
        return _load(lang)

    def t(self, key: str, **values: object) -> str:
        """The text under ``key`` with ``{name}`` placeholders filled in; KeyError when there is none."""
        return self.texts[key].format(**values)

    def word(self, group: str, code: str) -> str:
        """What a code is called; a code that has no word yet (of a newer scan, say) is shown as it is."""
        return self.texts.get(f"{group}.{code}", code.replace("_", " "))

    def pick(self, words: Words) -> str:
        """This language's side of a bilingual text."""
        return words.id if self.lang == "id" else words.en

    def number(self, value: float, decimals: int = 0) -> str:
        """``1234.5`` as ``1.234,5`` (id) or ``1,234.5`` (en)."""
        swap = str.maketrans({".": self._decimal, ",": self._thousands})
        return f"{value:,.{decimals}f}".translate(swap)

    def percent(self, share: float) -> str:
        """A share 0..1 in whole percent, rounded down: what is below a floor never looks as if it reached it."""
        return f"{round(share * 1000) // 10}%"

    def date(self, day: date | str) -> str:
        """``24 November 2026``; a text that is no ISO date stays as it is."""
        if isinstance(day, str):
            try:
                day = date.fromisoformat(day[:10])
            except ValueError:
                return str(day)
        return f"{day.day} {self.t(f'month.{day.month}')} {day.year}"


@cache
def _load(lang: Literal["id", "en"]) -> Locale:
    text = (files(__package__) / "locales" / f"{lang}.yaml").read_text(encoding="utf-8")
    return Locale(lang, dict(_flat(_LOADER(text).get_single_data())))


def _flat(tree: Mapping[Any, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        pairs += _flat(value, f"{name}.") if isinstance(value, Mapping) else [(name, str(value))]
    return pairs

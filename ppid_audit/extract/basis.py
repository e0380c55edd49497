"""The legal basis that a page cites: Perki 1/2010 was replaced by Perki 1/2021 (its Ps 63)."""

import re

_OLD = re.compile(
    r"\b(?:perki|perkip|peraturan komisi informasi(?: pusat)?(?: republik indonesia| ri)?)\s{0,3}"
    r"(?:nomor|no\.?)?\s{0,3}0?1\s{0,3}(?:tahun|/|thn\.?)\s{0,3}2010\b",
    re.IGNORECASE,
)
_NEW = re.compile(r"\b0?1\s{0,3}(?:tahun|/|thn\.?)\s{0,3}2021\b", re.IGNORECASE)


def cites_old_basis(text: str) -> bool:
    """Whether a text rests on the standard of 2010 and does not name the one that replaced it."""
    return bool(_OLD.search(text)) and not _NEW.search(text)

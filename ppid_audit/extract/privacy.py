"""Personal data never leaves extraction: what identifies a private person or an account is masked.

NIK and family card numbers follow Permendagri 73/2022 and UU 24/2013: six digits of region, six of a
birth date (day plus 40 for women) and four of a sequence. Account numbers are told by the word before.
Public contacts (telephone, e-mail) stay: publishing them is a duty.
"""

import re

_NIK = re.compile(
    r"(?<![\d.,/-])(?:\d{16}|\d{4}([ .-])\d{4}\1\d{4}\1\d{4}|\d{6}([ .-])\d{6}\2\d{4}"
    r"|\d\d([ .-])\d\d\3\d\d\3\d{6}\3\d{4})(?![\d/])"
)
_ACCOUNT = re.compile(
    r"(?<!kode )(\b(?:rekening|norek|no\.? ?rek|rek\.|a/c)\b[^\d\n]{0,40}?)(\d[\d .-]{6,24}\d)", re.IGNORECASE
)
_ACCOUNTS = ("rekening", "norek", "no rek", "no. rek", "no.rek", "rek.", "a/c")
_DIGIT, _DIGITS = re.compile(r"\d"), re.compile(r"\d\d[ .-]?\d\d[ .-]?\d\d")
"""What every account and every NIK holds: asked first, for most texts hold neither."""
_SHORTEST_ACCOUNT = 8
_MISREAD = re.compile(r"(?<!\w)[\dOoQDIl|SBZG]{14,18}(?!\w)")
_LEAST_DIGITS = 10
MASK = "\u2588"
_MASKED = re.compile(rf"{MASK}(?:[ .-]?{MASK}){{15}}(?![ .-]?{MASK})")


def mask(text: str) -> str:
    """``text`` with the digits of NIK, family card and bank account numbers replaced by blocks."""
    if not _DIGIT.search(text):
        return text
    hidden = _NIK.sub(_hide_nik, text) if _DIGITS.search(text) else text
    low = hidden.lower()
    return _ACCOUNT.sub(_hide_account, hidden) if any(word in low for word in _ACCOUNTS) else hidden


def mask_misread(text: str) -> str:
    """``text`` as a machine read it off a picture, without numbers that may be a NIK with letters for some digits."""
    return _MISREAD.sub(lambda m: MASK * len(m[0]) if sum(map(str.isdigit, m[0])) >= _LEAST_DIGITS else m[0], text)


def masked_identities(text: str) -> int:
    """How many masked NIK or family card numbers stand in ``text`` (as ``mask`` left it): sixteen digits each."""
    return sum(1 for _ in _MASKED.finditer(text)) if MASK in text else 0


def _hide_nik(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    day, month = int(digits[6:8]), int(digits[8:10])
    plausible = (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12 and digits[0] != "0"
    return _blocks(match[0]) if plausible else match[0]


def _hide_account(match: re.Match[str]) -> str:
    digits = sum(char.isdigit() for char in match[2])
    return match[1] + _blocks(match[2]) if digits >= _SHORTEST_ACCOUNT else match[0]


def _blocks(digits: str) -> str:
    return re.sub(r"\d", MASK, digits)

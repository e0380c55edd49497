"""Words that name nothing: "Unduh", "Lihat File", "klik di sini", a number, a year, a size."""

import re
from functools import lru_cache

from ppid_audit.web.urls import names

GENERIC = names(
    "lihat unduh unduhan mengunduh download downloads downloaded file files berkas dokumen document link tautan"
    " buka klik di sini disini untuk selengkapnya selanjutnya baca read more detail details rincian rinci view"
    " views viewer pdf doc docx xls xlsx ppt pptx zip rar jpg png preview pratinjau here click open lampiran"
    " attachment see show tampilkan lainnya lebih lanjut lengkap semua banyak all get go kunjungi visit website"
    " situs cek check url halaman page dan atau ini itu the to for or and of kb mb gb bytes kali dilihat ukuran"
    " size next previous prev sebelumnya kembali back learn continue reading aksi action actions opsi option pilih"
    " select print cetak share bagikan image gambar icon icons logo img foto thumbnail cover sampul banner slide"
    " close tutup toggle expand collapse dropdown button new baru"
)
_LABEL_NOISE = names("menu navigation navigasi toggler nav")
_PERIOD = names(
    "tahun thn th ta anggaran triwulan tw semester smt bulan periode kuartal caturwulan tribulan edisi sd sampai"
    " dengan ke januari februari pebruari maret april mei juni juli agustus september oktober november nopember"
    " desember jan feb peb mar mrt apr jun jul agt agu agust sep sept okt nov nop des senin selasa rabu kamis"
    " jumat jum'at sabtu minggu wib wita wit"
)
_ROMAN = names("i ii iii iv v vi vii viii ix x xi xii")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|bmp)$", re.IGNORECASE)
_SEPARATORS = " \t\r\n-–—:;,.|/\\»«>→←•·*"
_EDGE = f"{_SEPARATORS}[](){{}}<\"'"


def trim(text: str) -> str:
    """``text`` without separators at its ends; a bracket that closes one inside it stays."""
    if text.endswith(")"):
        return text.strip(_SEPARATORS)
    rest = text.strip(_EDGE)
    return f"{rest})" if rest.count("(") > rest.count(")") and f"{rest})" in text else rest


@lru_cache(maxsize=8_192)
def is_generic(text: str) -> bool:
    """Whether ``text`` says nothing of its own: only words such as "unduh", numbers, dates and marks."""
    if len(text) > 120:
        return False
    words = _WORD.findall(text.lower())
    if not words or _FILE_NAME.search(text):
        return True
    dated = any(char.isdigit() for char in text) or any(word in _ROMAN for word in words)
    return all(len(word) == 1 or word in GENERIC or word in _ROMAN or (dated and word in _PERIOD) for word in words)


def is_noise(label: str) -> bool:
    """Whether the label of a control names nothing: generic, or only "Menu", "Toggle navigation"."""
    words = _WORD.findall(label.lower())
    return is_generic(label) or all(word in _LABEL_NOISE or word in GENERIC for word in words)


@lru_cache(maxsize=8_192)
def period_in(text: str) -> str:
    """The period that a text consists of, without its generic words: "Unduh 2023" gives "2023"; "" if none."""
    if not is_generic(text) or _FILE_NAME.search(text):
        return ""
    words = [word for word in text.split() if word.strip(_EDGE).lower() not in GENERIC]
    rest = trim(" ".join(words))
    named = set(_WORD.findall(rest.lower())) - _ROMAN
    has_year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", rest) is not None
    return rest[:60] if has_year or named & _PERIOD else ""

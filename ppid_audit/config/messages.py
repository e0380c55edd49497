"""Every sentence that this room says to its user: plain Indonesian, one template a problem."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

MESSAGES = {
    # the file itself
    "missing_file": 'berkas tidak ditemukan — buat dulu dengan "ppid-audit init"',
    "not_a_file": "ini bukan berkas biasa — beri alamat sebuah berkas YAML",
    "no_permission": "berkas tidak boleh dibaca oleh pengguna ini — periksa izin berkas",
    "unreadable_file": "berkas tidak dapat dibaca ({detail}) — periksa berkas dan media penyimpanannya",
    "too_large": "berkas terlalu besar — batasnya {limit} byte",
    "not_utf8": "berkas tidak bersandi UTF-8 — buka di penyunting teks, lalu simpan ulang sebagai UTF-8",
    "empty_file": "berkas kosong — mulai dari berkas contoh yang dibuat oleh perintah ppid-audit init",
    # YAML as such
    "bad_character": "ada karakter kendali ({code}) yang tidak boleh ada dalam berkas teks — hapus karakter itu",
    "tab": "ada tabulasi (Tab) di awal baris atau nilai — ganti dengan spasi",
    "reserved_character": "nilai tidak boleh diawali karakter {character} — beri tanda kutip pada nilai itu",
    "stray_colon": 'titik dua tidak pada tempatnya — teks yang memuat ": " harus diberi tanda kutip, '
    "dan lekuk baris harus sejajar",
    "no_colon": 'titik dua setelah nama kunci tidak ditemukan — tulis "kunci: nilai"',
    "indentation": "lekuk baris tidak sejajar dengan baris sebelumnya — samakan jumlah spasi di depan",
    "open_bracket": "kurung [ ] atau {{ }} belum ditutup, atau koma di antara nilai terlewat — lengkapi di baris ini",
    "open_quote": "tanda kutip yang dibuka di sini tidak pernah ditutup — tambahkan tanda kutip penutupnya",
    "bad_escape": "tanda \\ di dalam kutip ganda tidak dikenal — tulis \\\\ atau pakai kutip tunggal '...'",
    "two_documents": 'ada lebih dari satu dokumen dalam berkas ini — hapus baris "---" yang kedua',
    "bad_yaml": "tata tulis YAML salah di sini ({detail}) — bandingkan dengan berkas contoh dari ppid-audit init",
    "too_deep": "susunan terlalu dalam — paling banyak {limit} tingkat, sederhanakan",
    "alias": "rujukan YAML (*nama) tidak dipakai di sini — tulis nilainya langsung",
    "anchor": "jangkar YAML (&nama) tidak dipakai di sini — hapus jangkar itu",
    "tag": "penanda YAML {tag} tidak dipakai di sini — hapus penanda itu",
    # kinds of values
    "want_map": 'di sini harus ada pasangan "kunci: nilai", bukan {got} — tulis nama kunci, titik dua, lalu nilainya',
    "want_list": "di sini harus ada daftar, bukan {got} — tulis [{example}]",
    "want_entries": 'di sini harus ada daftar, bukan {got} — tulis tiap entri pada baris baru yang diawali "- "',
    "want_text": "di sini harus ada teks, bukan {got} — tulis satu nilai berupa teks",
    "quote_it": 'ini harus teks, tetapi terbaca sebagai {got} — beri tanda kutip: "{value}"',
    "blank": "nilai ini belum diisi — tulis nilainya setelah titik dua",
    "want_number": "di sini harus ada angka, bukan {got} — tulis angkanya saja",
    "unquote_number": "ini harus angka, tetapi ditulis sebagai teks — hapus tanda kutipnya: {value}",
    "decimal_comma": "angka pecahan ditulis dengan titik, bukan koma — maksudnya {value}?",
    "whole_number": "di sini harus ada bilangan bulat, bukan {value} — tulis tanpa pecahan",
    "out_of_range": "angka {value} di luar batas — pilih dari {least} sampai {most}",
    "not_finite": "{value} bukan angka yang dapat dihitung — tulis angka biasa, misalnya 1.5",
    "unquote_flag": "ini harus {value} tanpa tanda kutip — hapus tanda kutipnya",
    "want_flag": "di sini harus true atau false, bukan {value}{hint}",
    "want_day": 'tanggal harus ditulis TTTT-BB-HH, misalnya 2026-12-31, bukan "{value}"',
    "no_such_day": "tanggal {value} tidak ada dalam kalender — periksa hari dan bulannya",
    "control_character": "teks memuat karakter kendali ({code}) — hapus karakter itu",
    "one_line": "teks ini harus satu baris — gabungkan barisnya",
    "too_long": "teks terlalu panjang — paling banyak {limit} karakter, persingkat",
    "too_few": "daftar ini tidak boleh kosong — tulis paling sedikit satu entri",
    # keys and words
    "bad_key": "nama kunci harus teks biasa — tulis satu kata diikuti titik dua",
    "unknown_key": 'kunci "{key}" tidak dikenal{hint}',
    "duplicate_key": 'kunci "{key}" sudah ada di baris {line} — hapus salah satu',
    "missing_key": 'kunci "{key}" wajib ada tetapi belum ditulis — tambahkan "{key}: ..." di sini',
    "unknown_word": '{what} "{word}" tidak dikenal{hint}',
    "duplicate": '{key} "{value}" sudah dipakai di baris {line} — setiap {key} hanya boleh sekali',
    # agencies
    "bad_id": 'id "{value}" tidak sah — huruf kecil, angka dan tanda hubung saja, diawali huruf, paling panjang 63',
    "no_scheme": 'alamat "{value}" belum lengkap — tambahkan https:// — maksudnya "https://{value}"?',
    "bad_scheme": 'alamat "{value}" harus diawali http:// atau https://',
    "no_host": 'alamat "{value}" tidak memuat nama host — tulis seperti https://dinas.example.go.id/',
    "bad_host": 'nama host dalam "{value}" tidak sah — periksa titik dan tanda bacanya',
    "userinfo": "alamat tidak boleh memuat nama pengguna atau sandi (bagian sebelum tanda @) — hapus bagian itu",
    "bad_url": 'alamat "{value}" tidak sah — periksa spasi, port dan tanda baca di dalamnya',
    "same_site": 'alamat "{value}" sudah dipakai oleh lembaga di baris {line} — satu situs hanya untuk satu lembaga',
    "bad_contact": "kontak ikut dikirim ke setiap situs — tulis surel atau alamat web dengan huruf latin biasa",
    "bad_hours": 'jam "{value}" tidak sah — tulis seperti "20:00-05:00"',
    # rubric
    "bad_item_id": 'id butir "{value}" tidak sah — tulis "<kategori>.<nama>" dengan kategori berkala, serta-merta '
    "atau setiap-saat, lalu huruf kecil, angka dan tanda hubung",
    "bad_band_id": 'id predikat "{value}" tidak sah — huruf kecil, angka dan garis bawah saja',
    "points_forbidden": 'alasan "{key}" tidak boleh diberi poin — verdict-nya {verdict}, '
    "tidak ikut dihitung; hapus baris ini",
    "bands_order": "batas predikat harus menurun — {value} tidak lebih kecil dari {before} di atasnya",
    "bands_end": "predikat terakhir harus mempunyai floor 0 agar setiap nilai mendapat predikat",
    "weights_zero": "paling sedikit satu kategori harus mempunyai bobot lebih dari 0",
    "applies_to": 'tulis "all" atau daftar jenis dan urusan, misalnya [dinas, kesehatan], bukan "{value}"{hint}',
    "bad_month_day": 'tanggal "{value}" tidak sah — tulis BB-HH yang ada dalam kalender, misalnya "04-01"',
    "due_needs_year": 'kunci "due" hanya untuk butir tahunan — ganti renew menjadi year, atau hapus "due"',
    "one_check": "satu pemeriksaan memuat tepat satu nama ({options}), di sini ada {count}",
    "probe_needs": 'pemeriksaan "{probe}" memerlukan {needs} yang berisi',
    "pattern_in_term": 'istilah "{value}" memuat karakter {character} — tulis katanya saja, tanpa pola',
    "term_and_not": 'istilah "{value}" ada di terms dan juga di not — hapus salah satu',
    "bad_probe_host": 'nama host "{value}" tidak sah — tulis seperti lapor.go.id atau jdih, tanpa https://',
    # reviews
    "verdict_of_reason": 'alasan "{reason}" menuntut verdict "{verdict}", di sini tertulis "{word}"',
    "expires_first": "masa berlaku berakhir ({expires}) sebelum tanggal peninjauan ({on}) — periksa kedua tanggal itu",
    "same_review": "tinjauan {by} untuk {agency} dan {item} pada {on} sudah ada di baris {line} — gabungkan keduanya",
    "not_written": "tinjauan baru tidak dapat disisipkan ke dalam susunan berkas ini — rapikan dulu daftar reviews",
    "bad_digest": "sidik sha256 harus 64 karakter 0-9 dan a-f — salin utuh dari laporan",
}

KIND_WORDS = {
    "null": "nilai kosong",
    "flag": "true/false",
    "number": "angka",
    "text": "teks",
    "list": "daftar",
    "map": 'pasangan "kunci: nilai"',
}
"""What a user calls each kind of YAML value."""

_LONGEST_SHOWN = 80
_MOST_LISTED = 12


def say(sentence: str, /, **values: Any) -> str:
    """The sentence of that name with ``values`` put in, each made short and safe to print (``hint`` already is)."""
    return MESSAGES[sentence].format(
        **{name: value if name == "hint" else show(value) for name, value in values.items()}
    )


def show(value: Any) -> str:
    """``value`` as short printable text: no control character, no bidi trick, at most 80 characters."""
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(value)[:400])
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def hint(word: str, options: Iterable[str]) -> str:
    """`` — maksudnya "x"?`` for the nearest of ``options``, else their list when it is short, else nothing."""
    words = {option.casefold(): option for option in options}
    near = get_close_matches(word[:100].strip().casefold(), words, n=1, cutoff=0.6)
    if near:
        return f' — maksudnya "{words[near[0]]}"?'
    return f" — pilihannya: {', '.join(words.values())}" if 0 < len(words) <= _MOST_LISTED else ""

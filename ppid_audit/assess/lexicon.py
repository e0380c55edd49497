"""Words of the web that mean "nothing here", and words that lead to public information.

Phrases are matched on ``matching.tokens``: lower case, without punctuation.
"""

import re

PLACEHOLDER = re.compile(
    r"coming soon|under construction|under maintenance|lorem ipsum|dolor sit amet"
    r"|(halaman|konten|informasi|data|fitur|menu|dokumen|situs|website|laman)( \w+){0,6}? (akan|segera) "
    r"(di)?(perbarui|tampilkan|lengkapi|isi|muat|tambahkan|unggah|update|hadir|tersedia|publikasikan)"
    r"|(akan|segera) (hadir|tersedia|diperbarui|dilengkapi|diunggah)"
    r"|(sedang|masih|dalam)( \w+)? (proses|tahap)?( )?(pengembangan|pembangunan|perbaikan|penyusunan|pemeliharaan)"
    r"|belum diisi|isi konten di sini|contoh konten|ini nama pejabat|nama pejabat di ?sini|nama halaman",
)
"""Somebody made the page and meant to fill it later."""

EMPTY_STATE = re.compile(
    r"(tidak|belum|blm) ada (data|dokumen|informasi|berkas|file|konten|agenda|kegiatan|hasil|artikel|entri|berita"
    r"|pengumuman|catatan|isi|item|posting)"
    r"|(data|dokumen|informasi|berkas|konten|agenda|file|halaman)( \w+){0,3}? (tidak|belum) "
    r"(tersedia|ditemukan|ada|terdapat)"
    r"|belum (tersedia|terisi|ada)"
    r"|no (data|records?|entries|results?|matching records|documents?|posts?)( available| found)?"
    r"|nothing found|data kosong|tidak ditemukan|0 (entri|entries|data)",
)
"""A list that says of itself that it is empty."""

NOT_FOUND = re.compile(
    r"(halaman|page|laman)( \w+){0,4} (tidak ditemukan|not found|tidak tersedia)|error 404|404 (not found|error)"
    r"|^404\b",
)
"""A page that answers 200 and says 404."""

DUMMY_CONTACT = re.compile(
    r"123 ?456|000 ?0000|666 888|adam street|new york|example com|nama jalan|jl contoh|lorem|555 "
)
"""Contact data that came with the theme."""

NEWS_PLACES = re.compile(
    r"/(berita|news|artikel|article|blog|posts?|kegiatan|galeri|gallery|kabar|read|category/berita)\b"
)
"""Addresses of news: they report about things, they do not publish them."""

ENGLISH = frozenset(
    {"is", "are", "to", "for", "with", "our", "your", "you", "we", "this", "that", "in", "it", "be", "on"}
)
INDONESIAN = frozenset({"di", "untuk", "pada", "dalam", "ini", "dari", "oleh", "ke", "adalah", "tahun", "sebagai"})
"""Small words by which the language of a text is told."""

HEADLINE = frozenset(
    {"gelar", "menggelar", "digelar", "hadiri", "menghadiri", "minta", "meminta", "ikuti", "mengikuti", "dorong"}
    | {"dipercepat", "resmikan", "meresmikan", "tinjau", "meninjau", "dibahas", "ajak", "mengajak", "raih", "meraih"}
)
"""Verbs that make a title the headline of news: it reports of a thing, it does not name it."""

INTRODUCTION = re.compile(
    r"berikut( ini)?( adalah| merupakan|lah|\b)|di ?bawah ini|(halaman|laman|bagian|menu) ini "
    r"(memuat|berisi|menyajikan|menampilkan|untuk)"
    r"|silakan|silahkan|klik|selamat datang|informasi (ini|berikut)|unduh|lihat"
    r"|(maaf )?(browser|peramban) (anda|ini)|(your|this) browser"
)
"""Sentences that announce content; what they announce must follow."""

DECORATION = re.compile(
    r"\b(logo|icons?|ikon|hero|banner|bg|background|slide|slider|avatar|placeholder|no image|noimage|default"
    r"|favicon|pattern|shape|ornament|cover|thumb|thumbnail|loading|spinner|button|arrow|whatsapp|facebook|instagram|youtube)\b"
)
"""Words in the address of a picture that is there for its looks."""

DAY = re.compile(
    r"\b\d{1,2}\s+(jan|feb|peb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*\.?\s+20\d\d"
    r"|\b\d{1,2}[/-]\d{1,2}[/-]20\d\d|\b20\d\d-\d\d-\d\d\b",
    re.IGNORECASE,
)
"""A day: what entries of an agenda or a feed bear."""

HUBS = {
    "berkala": ("informasi berkala", "berkala", "secara berkala"),
    "serta-merta": ("serta merta", "informasi serta merta", "sertamerta"),
    "setiap-saat": ("setiap saat", "informasi setiap saat", "tersedia setiap saat"),
}
"""Titles of pages on which a whole class of information is listed."""

PPID_TERMS = (
    "ppid",
    "informasi publik",
    "permohonan",
    "keberatan",
    "keterbukaan informasi",
    "layanan informasi",
    "transparansi",
    "dokumen",
    "unduhan",
    "download",
    "unduh",
    "publikasi",
    "data informasi",
    "profil",
    "tentang",
    "laporan",
    "regulasi",
    "produk hukum",
    "daftar informasi",
    "akuntabilitas",
    "perencanaan",
    "layanan publik",
    "pelayanan publik",
    "standar layanan",
    "arsip dokumen",
)
"""Titles behind which public information usually stands."""

EXEMPT = ("dikecualikan", "uji konsekuensi", "informasi yang dikecualikan", "daftar informasi dikecualikan")
"""Pages about exempt information list things precisely because they are *not* published."""

"""A made-up regency of any size: for a site's number and a path, always the same page."""

import zlib
from dataclasses import dataclass
from functools import cache, lru_cache

OFFICES = ("Dinas Kesehatan", "Dinas Pendidikan", "Dinas Sosial", "Dinas Perhubungan", "Dinas Pertanian", "Inspektorat")
MENU = (
    "Profil Dinas|Sejarah Singkat|Visi dan Misi|Tugas dan Fungsi|Struktur Organisasi|Profil Pejabat|LHKPN",
    "Program dan Kegiatan|Rencana Kerja|Rencana Strategis|Anggaran|DPA|Laporan Kinerja|Laporan Keuangan|Neraca",
    "Informasi Berkala|Informasi Serta Merta|Informasi Setiap Saat|Daftar Informasi Publik|Regulasi PPID",
    "Cara Memperoleh Informasi|Pengajuan Keberatan|Maklumat Pelayanan|SOP Layanan|Pengaduan|Statistik|Agenda|Kontak",
)
TITLES = tuple(title for group in MENU for title in group.split("|"))
WORDS = (
    "warga kabupaten kecamatan desa jalan air sawah pasar panen cuaca hujan sekolah guru murid petani nelayan",
    "irigasi jembatan lampu taman sungai bukit pagi siang sore minggu bulan ramai tertib bersih sehat aman cepat mudah",
    "murah baik baru lama besar kecil banyak sedikit datang pulang bekerja belajar membantu membawa menanam",
    "yang dan dengan untuk pada dari oleh agar karena setelah sebelum ketika sementara kemudian juga masih sudah belum",
)
VOCABULARY = tuple(word for line in WORDS for word in line.split())
PAPERS = ("Laporan Kinerja", "Rencana Kerja", "Perjanjian Kinerja", "Laporan Realisasi Anggaran", "Keputusan Kepala")


@dataclass(frozen=True, slots=True)
class Size:
    """How large every site is: pages, kilobytes a page (the mean) and files to download."""

    pages: int = 25
    kilobytes: int = 35
    files: int = 4


def number(*parts: object) -> int:
    """A number that looks random and is always the same for the same parts."""
    return zlib.crc32(repr(parts).encode())


def page(site: int, at: int, size: Size) -> bytes:
    """The page with number ``at`` (0 is the front page) of a site."""
    title = title_of(at)
    wanted = size.kilobytes * 1000 * (85 + number(site, at) % 31) // 100
    head, foot = _head(site, size.pages, title), _foot(site)
    body = [f"<h1>{title}</h1>", _table(site, at, size)]
    length = len(head) + len(foot) + sum(map(len, body))
    block = 0
    while length < wanted:
        body.append(_block(site, at, block))
        length += len(body[-1])
        block += 1
    return "".join((head, *body, foot)).encode()


def title_of(at: int) -> str:
    """What a page is called, in its heading and in the links to it."""
    if at == 0:
        return "Beranda"
    if at <= len(TITLES):
        return TITLES[at - 1]
    return f"{PAPERS[at % len(PAPERS)]} Bagian {at}"


def address(at: int) -> str:
    """The path of a page."""
    return "/" if at == 0 else f"/{title_of(at).lower().replace(' ', '-')}-{at}"


def at_address(path: str, size: Size) -> int | None:
    """The number of the page at a path, None when there is none."""
    if path == "/":
        return 0
    digits = path.rpartition("-")[2]
    at = int(digits) if digits.isdecimal() and len(digits) < 7 else 0
    return at if 0 < at < size.pages and path == address(at) else None


@cache
def file(site: int, at: int) -> bytes:
    """A one-page PDF that bears its title."""
    stream = f"BT /F 14 Tf 60 760 Td ({PAPERS[at % len(PAPERS)]} {2020 + at % 6} nomor {site}-{at}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for count, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (count, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + tail


@lru_cache(maxsize=64)
def _frame(site: int, pages: int) -> str:
    """Header and menu: the same on every page of a site."""
    name = OFFICES[site % len(OFFICES)]
    entries, at = [], 1
    for group in MENU:
        inner = []
        for title in group.split("|"):
            if at < pages:
                inner.append(f'<li class="menu-item"><a class="nav-link" href="{address(at)}">{title}</a></li>')
            at += 1
        label = f'<a class="nav-link dropdown-toggle" href="#" data-toggle="dropdown">{group.split("|")[0]}</a>'
        entries.append(f'<li class="nav-item dropdown">{label}<ul class="dropdown-menu">{"".join(inner)}</ul></li>')
    style = "".join(f".c{n}{{margin:{n}px;padding:{n % 7}px;color:#{n:03x}}}" for n in range(100, 160))
    return (
        f"<style>{style}</style></head><body><header><div class='logo'><img src='/logo.png' alt='{name}'></div>"
        f"<nav class='navbar'><ul class='navbar-nav'><li><a href='/'>Beranda</a></li>{''.join(entries)}</ul></nav>"
        "</header><main><article>"
    )


def _head(site: int, pages: int, title: str) -> str:
    name = OFFICES[site % len(OFFICES)]
    return (
        f"<!doctype html><html lang='id'><head><meta charset='utf-8'><title>{title} - {name} {site}</title>"
        f"<meta name='viewport' content='width=device-width'>{_frame(site, pages)}"
    )


def _foot(site: int) -> str:
    news = "".join(f"<li><a href='/berita?id={n}#isi'>Kabar {n}: {_sentence(site, n)}</a></li>" for n in range(3))
    street = f"Jl. Pemuda No. {site % 90 + 1}, telp (0296) {531000 + site}, surel dinas{site}@example.go.id"
    script = "var i=0;function putar(){i=(i+1)%5;document.getElementById('slide').className='s'+i;}" * 12
    aside = f"<aside class='sidebar'><h3>Berita</h3><ul>{news.replace('/berita?id=', '#')}</ul></aside>"
    return f"</article></main>{aside}<footer><p>{street}</p></footer><script>{script}</script></body></html>"


def _table(site: int, at: int, size: Size) -> str:
    """A table of documents: files of the site, and pages that no menu leads to."""
    deep = [n for n in range(len(TITLES) + 1, size.pages) if n % len(TITLES) + 1 == at]
    rows = [(title_of(n), address(n)) for n in deep]
    rows += [
        (f"{PAPERS[n % len(PAPERS)]} {2020 + n % 6}", f"/berkas/{n}.pdf") for n in range(size.files) if n % 8 == at % 8
    ]
    cells = "".join(
        f"<tr class='baris'><td>{n}</td><td>{name}</td><td>{1 + n % 28} Maret {2021 + n % 5}</td>"
        f"<td><a class='btn btn-primary btn-sm' href='{href}'><i class='fa fa-download'></i> Unduh</a></td></tr>"
        for n, (name, href) in enumerate(rows, 1)
    )
    if not cells:
        return ""
    head = "<tr><th>No</th><th>Nama Dokumen</th><th>Tanggal</th><th>Aksi</th></tr>"
    return f"<table class='table table-striped'><thead>{head}</thead><tbody>{cells}</tbody></table>"


def _block(site: int, at: int, block: int) -> str:
    seed = (site, at, block)
    items = "".join(f"<li class='item'><span>{_sentence(*seed, n)}</span></li>" for n in range(6))
    prose = "".join(
        f"<p class='isi'>{_sentence(*seed, n, 30)} <b>{2019 + n}</b> {_sentence(*seed, n, 31)}</p>" for n in range(4)
    )
    return (
        f"<section class='blok c{100 + block % 60}'><h2>{_sentence(*seed)[:40]}</h2>{prose}<ul>{items}</ul></section>"
    )


@lru_cache(maxsize=4096)
def _sentence(*seed: int) -> str:
    start = number(*seed)
    return " ".join(VOCABULARY[(start >> shift) % len(VOCABULARY)] for shift in range(18)).capitalize() + "."

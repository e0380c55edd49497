"""``agencies.yaml``: who is evaluated, and how politely."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ppid_audit.config.addresses import Place, Url
from ppid_audit.config.fields import Day, Flag, Number, Shaped, Text, words
from ppid_audit.config.groups import Field, ListOf, Parts, Record, read_whole
from ppid_audit.config.nodes import Book, read_bytes
from ppid_audit.model.agency import FUNCTIONS, KINDS, Agency, CrawlSettings, KnownDown, OptOut, Registry
from ppid_audit.web import urls

_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_DAY = "Tanggal TTTT-BB-HH."

_KNOWN_DOWN = Record(
    {
        "until": Field(Day(), f"Gangguan diketahui sampai tanggal ini. {_DAY}"),
        "reason": Field(Text(), "Sebab gangguan."),
    },
    lambda values: KnownDown(**values),
)
_OPT_OUT = Record(
    {
        "on": Field(Day(), f"Sejak kapan lembaga minta tidak dikunjungi. {_DAY}"),
        "reason": Field(Text(), "Alasan permintaan."),
    },
    lambda values: OptOut(**values),
)
_AGENCY: Record[Agency] = Record(
    {
        "id": Field(
            Shaped("[a-z][a-z0-9-]{0,62}", "bad_id"),
            "Nama pendek yang tetap: huruf kecil, angka dan tanda hubung. Dipakai dalam laporan dan nama berkas.",
        ),
        "name": Field(Text(), "Nama resmi lembaga."),
        "kind": Field(words("jenis", *KINDS), "Jenis lembaga; menentukan butir mana yang berlaku."),
        "url": Field(Url(), "Alamat halaman depan, lengkap dengan https:// atau http://."),
        "functions": Field(
            ListOf(words("urusan", *FUNCTIONS), example="kesehatan"),
            "Urusan yang ditangani; menentukan butir mana yang berlaku.",
            (),
            empty=True,
        ),
        "also": Field(ListOf(Url(), example='"https://..."'), "Alamat lain milik lembaga ini sendiri.", (), empty=True),
        "trusted": Field(
            ListOf(Place(), example="ppid.example.go.id"),
            "Host yang dokumennya ikut dihitung, misalnya PPID utama atau JDIH.",
            (),
            empty=True,
        ),
        "confirmed": Field(
            Flag(),
            "false selama alamatnya baru dugaan: hanya halaman depan yang dibuka dan lembaga tidak diberi peringkat.",
            True,
        ),
        "aliases": Field(ListOf(Text(), example='"nama lama"'), "Nama lain: singkatan dan nama lama.", (), empty=True),
        "until": Field(
            Day(), f"Hari terakhir lembaga ini ada (sesudah digabung atau dibubarkan). {_DAY}", None, empty=True
        ),
        "known_down": Field(_KNOWN_DOWN, "Gangguan yang sudah diketahui.", None, empty=True),
        "opt_out": Field(
            _OPT_OUT, "Lembaga minta tidak dikunjungi: tidak ada permintaan yang dikirim.", None, empty=True
        ),
    },
    lambda values: Agency(**values),
)


def _look_at_hours(values: dict[str, Any], parts: Parts, book: Book) -> None:
    if values["hours"] and len(set(values["hours"].split("-"))) == 1:
        book.complain(parts["hours"], "bad_hours", value=values["hours"])


_CRAWL = Record(
    {
        "delay": Field(Number(0, 3600), "Jeda antara dua permintaan ke host yang sama, dalam detik.", 1.0),
        "max_pages": Field(Number(1, 5000, whole=True), "Halaman paling banyak untuk tiap situs.", 200),
        "hours": Field(
            Shaped(f"{_CLOCK}-{_CLOCK}", "bad_hours"), 'Jam kunjungan, misalnya "20:00-05:00".', None, empty=True
        ),
    },
    lambda values: CrawlSettings(**values),
    _look_at_hours,
)


def _site(url: str) -> str:
    return urls.key(url)


REGISTRY: Record[Registry] = Record(
    {
        "region": Field(Text(blank=True), "Nama wilayah, dicetak pada laporan.", "", empty=True),
        "contact": Field(
            Shaped("[ -~]{0,200}", "bad_contact", blank=True),
            "Surel atau alamat kantor yang dapat dihubungi pengelola situs; ikut dikirim pada setiap permintaan.",
            "",
            empty=True,
        ),
        "crawl": Field(_CRAWL, "Kesopanan kunjungan.", CrawlSettings(), empty=True),
        "agencies": Field(
            ListOf(_AGENCY, least=1, unique={"id": (str, "duplicate"), "url": (_site, "same_site")}),
            "Lembaga yang dievaluasi.",
        ),
    },
    lambda values: Registry(**values),
)
"""The rule of the whole file: it reads, and it describes itself."""


def load_agencies(path: Path) -> Registry:
    """The registry in ``path``; InputError with every problem of the file, each ``file:line:col: sentence``."""
    return agencies_from(read_bytes(path), str(path))


def agencies_from(data: bytes, name: str) -> Registry:
    """As ``load_agencies``, of bytes; ``name`` is what the file is called in complaints."""
    return replace(read_whole(REGISTRY, data, name), sha256=sha256(data).hexdigest())

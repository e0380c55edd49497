"""``rubric.yaml``: the criteria, what each reason is worth, and the predikat bands."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from yaml.nodes import Node

from ppid_audit.codec import encode
from ppid_audit.config.fields import Number, Schema, Shaped, Text, members, words
from ppid_audit.config.groups import Field, ListOf, Parts, Record, read_whole
from ppid_audit.config.messages import KIND_WORDS, hint
from ppid_audit.config.nodes import Book, kind_of, read_bytes
from ppid_audit.config.probes import CheckSpec
from ppid_audit.model.agency import FUNCTIONS, KINDS
from ppid_audit.model.rubric import (
    Band,
    Category,
    Criterion,
    Due,
    Duty,
    Examples,
    Reason,
    Renew,
    Rubric,
    Verdict,
    Words,
)

_DECIDED = (Verdict.FULFILLED, Verdict.PARTIAL, Verdict.MISSING)

_WORDS = Record(
    {"id": Field(Text(lines=True), "Bahasa Indonesia."), "en": Field(Text(lines=True), "Bahasa Inggris.")},
    lambda values: Words(**values),
)


class _MonthDay:
    """A day of the year, ``MM-DD``; 29 February counts."""

    def read(self, node: Node, book: Book) -> tuple[int, int]:
        """Month and day."""
        text = Text().read(node, book)
        try:
            if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
                raise ValueError(text)
            day = date.fromisoformat(f"2024-{text}")
        except ValueError:
            raise book.refuse(node, "bad_month_day", value=text) from None
        return day.month, day.day

    def schema(self) -> Schema:
        """A string in that form."""
        return {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}


class _AppliesTo:
    """``all``, or a list of kinds and functions."""

    _LIST = ListOf(words("jenis atau urusan", *KINDS, *FUNCTIONS), least=1)

    def read(self, node: Node, book: Book) -> tuple[str, ...]:
        """The kinds and functions; empty for all."""
        if kind_of(node) == "list":
            return self._LIST.read(node, book)
        if kind_of(node) == "text" and node.value == "all":
            return ()
        word = str(node.value) if kind_of(node) != "map" else KIND_WORDS["map"]
        known = {"all": "all"} | {one: f"[{one}]" for one in (*KINDS, *FUNCTIONS)}
        meant = hint(known.get(word, word), (*known, *known.values()))
        raise book.refuse(node, "applies_to", value=word, hint=meant)

    def schema(self) -> Schema:
        """One or the other."""
        return {"anyOf": [{"const": "all"}, self._LIST.schema()]}


_DUE = Record(
    {
        "period": Field(words("periode", "current", "previous"), "Tahun penilaian sendiri, atau tahun sebelumnya."),
        "from": Field(_MonthDay(), "Sejak tanggal ini (BB-HH) periode itu boleh diminta."),
        "source": Field(words("sumber", "law", "practice"), "Tenggat menurut hukum (law) atau pilihan (practice)."),
    },
    lambda values: Due(values["period"], values["from"][0], values["from"][1], values["source"]),
)
_TITLES = ListOf(Text(), example='"Renstra Dinas 2021-2026"')
_EXAMPLES = Record(
    {
        "match": Field(_TITLES, "Judul yang harus dikenali.", (), empty=True),
        "near": Field(_TITLES, "Judul mirip yang tidak boleh dikenali.", (), empty=True),
    },
    lambda values: Examples(**values),
)


def _criterion(values: dict[str, Any]) -> Criterion:
    plain = Criterion(**values)
    canonical = json.dumps(encode(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(plain, sha256=sha256(canonical.encode("utf-8")).hexdigest())


def _look_at_due(values: dict[str, Any], parts: Parts, book: Book) -> None:
    if values["due"] is not None and values["renew"] is not Renew.YEAR:
        book.complain(parts["due"], "due_needs_year")


_CRITERION: Record[Criterion] = Record(
    {
        "id": Field(
            Shaped(r"(berkala|serta-merta|setiap-saat)\.[a-z0-9-]+", "bad_item_id"),
            "Nama tetap butir ini: kategori, titik, lalu nama pendek.",
        ),
        "title": Field(_WORDS, "Judul butir."),
        "basis": Field(Text(), "Dasar hukum: pasal yang mewajibkan."),
        "duty": Field(members("kewajiban", Duty), "announce: wajib diumumkan; provide: wajib disediakan."),
        "renew": Field(members("pembaruan", Renew), "Seberapa baru informasinya harus."),
        "due": Field(_DUE, "Tahun mana yang boleh diminta (hanya butir tahunan).", None, empty=True),
        "weight": Field(Number(0, 1000), "Bobot; 0 berarti hanya ditampilkan, tidak dihitung.", 2),
        "applies_to": Field(_AppliesTo(), "all, atau daftar jenis lembaga dan urusan.", ()),
        "note": Field(_WORDS, "Apa yang diterima dan apa yang tidak.", None, empty=True),
        "check": Field(CheckSpec(), "Cara memeriksa: satu pemeriksaan, atau any/all atas daftar pemeriksaan."),
        "remedy": Field(_WORDS, "Saran perbaikan: apa yang diunggah, dan di mana."),
        "examples": Field(_EXAMPLES, "Contoh judul, diuji bersama rubrik.", Examples(), empty=True),
    },
    _criterion,
    _look_at_due,
)


def _points() -> Record[dict[Reason, float]]:
    counted = [reason for reason in Reason if reason.verdict in _DECIDED]
    return Record(
        {reason.value: Field(Number(0, 1), f"Poin untuk {reason.verdict.value}/{reason.value}.") for reason in counted},
        lambda values: {reason: values[reason.value] for reason in counted},
        refused={
            reason.value: ("points_forbidden", {"verdict": reason.verdict.value})
            for reason in Reason
            if reason not in counted
        },
    )


_BAND = Record(
    {
        "id": Field(Shaped("[a-z][a-z0-9_]*", "bad_band_id"), "Nama tetap predikat, dipakai dalam report.json."),
        "floor": Field(Number(0, 100), "Nilai terendah yang mendapat predikat ini."),
        "label": Field(_WORDS, "Predikat sebagaimana dicetak."),
    },
    lambda values: Band(**values),
)


def _look_at_bands(bands: tuple[Band, ...], nodes: list[Node], book: Book) -> None:
    for before, band, node in zip(bands, bands[1:], nodes[1:], strict=False):
        if band.floor >= before.floor:
            book.complain(node, "bands_order", value=f"{band.floor:g}", before=f"{before.floor:g}")
    if bands[-1].floor != 0:
        book.complain(nodes[-1], "bands_end")


def _look_at_weights(values: Mapping[str, float], parts: Parts, book: Book) -> None:
    if not any(values.values()):
        book.complain(parts[Category.BERKALA.value], "weights_zero")


_CATEGORY_WEIGHTS = Record(
    {one.value: Field(Number(0, 1000), f"Bobot kategori {one.value}.") for one in Category},
    lambda values: {one: values[one.value] for one in Category},
    _look_at_weights,
)

RUBRIC: Record[Rubric] = Record(
    {
        "name": Field(Text(), "Nama rubrik, dicetak pada laporan."),
        "points": Field(_points(), "Poin (0 sampai 1) untuk setiap alasan yang ikut dihitung."),
        "coverage_floor": Field(Number(0, 1), "Cakupan terendah agar lembaga mendapat predikat dan peringkat.", 0.75),
        "category_weights": Field(
            _CATEGORY_WEIGHTS, "Bobot tiap kategori; kosong: tiap kategori seberat butirnya.", None, empty=True
        ),
        "bands": Field(
            ListOf(_BAND, least=1, unique={"id": (str, "duplicate")}, check=_look_at_bands),
            "Predikat, dari batas tertinggi ke terendah.",
        ),
        "items": Field(ListOf(_CRITERION, least=1, unique={"id": (str, "duplicate")}), "Butir penilaian."),
    },
    lambda values: Rubric(criteria=values.pop("items"), **values),
)
"""The rule of the whole file: it reads, and it describes itself."""


def load_rubric(path: Path) -> Rubric:
    """The rubric in ``path``; InputError with every problem of the file, each ``file:line:col: sentence``."""
    return rubric_from(read_bytes(path), str(path))


def rubric_from(data: bytes, name: str) -> Rubric:
    """As ``load_rubric``, of bytes; ``name`` is what the file is called in complaints."""
    return replace(read_whole(RUBRIC, data, name), sha256=sha256(data).hexdigest())

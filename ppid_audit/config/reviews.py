"""``reviews.yaml``: what reviewers say of findings, checked against the registry and the rubric."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from yaml.nodes import Node

from ppid_audit.config.addresses import Url
from ppid_audit.config.fields import Day, Shaped, Text, members, words
from ppid_audit.config.groups import Field, ListOf, Parts, Record, read_whole
from ppid_audit.config.nodes import Book, line_of, read_bytes
from ppid_audit.model.agency import Registry
from ppid_audit.model.amendment import Amendment, Amendments, SeenEvidence
from ppid_audit.model.rubric import Rubric, Verdict

_VERDICT_OF = {"waived": Verdict.NOT_APPLICABLE, "attested": Verdict.FULFILLED}
"""Reasons that can mean one verdict only; ``corrected`` can mean any."""

_EVIDENCE = Record(
    {
        "url": Field(Url(), "Alamat bukti yang dilihat."),
        "sha256": Field(
            Shaped("[0-9a-f]{64}", "bad_digest"), "Sidik isi saat dilihat; kosong: belum dapat dilihat.", "", empty=True
        ),
    },
    lambda values: SeenEvidence(**values),
)


def _look_at_entry(values: dict[str, Any], parts: Parts, book: Book) -> None:
    wanted = _VERDICT_OF.get(values["reason"], values["verdict"])
    if values["verdict"] is not wanted:
        book.complain(
            parts["verdict"],
            "verdict_of_reason",
            reason=values["reason"],
            verdict=wanted.value,
            word=values["verdict"].value,
        )
    if values["expires"] and values["expires"] < values["on"]:
        book.complain(parts["expires"], "expires_first", expires=values["expires"], on=values["on"])


def _look_at_all(entries: tuple[Amendment, ...], nodes: list[Node], book: Book) -> None:
    first: dict[tuple[object, ...], Node] = {}
    for entry, node in zip(entries, nodes, strict=True):
        cell = (entry.agency, entry.item, entry.on, entry.by.casefold())
        if cell in first:
            line = line_of(first[cell])
            told = {"agency": entry.agency, "item": entry.item, "on": entry.on, "by": entry.by}
            book.complain(node, "same_review", **told, line=line)
        first.setdefault(cell, node)


def reviews_spec(registry: Registry, rubric: Rubric) -> Record[Amendments]:
    """The rule of the file, for the agencies and items that there are."""
    entry: Record[Amendment] = Record(
        {
            "agency": Field(words("lembaga", *(agency.id for agency in registry.agencies)), "id lembaga."),
            "item": Field(words("butir", *(criterion.id for criterion in rubric.criteria)), "id butir."),
            "verdict": Field(members("verdict", Verdict), "Putusan peninjau."),
            "reason": Field(words("alasan", "waived", "attested", "corrected"), "Mengapa putusan diubah."),
            "justification": Field(Text(lines=True), "Penjelasan, dicetak pada laporan."),
            "by": Field(Text(), "Nama peninjau."),
            "on": Field(Day(), "Tanggal peninjauan."),
            "expires": Field(Day(), "Berlaku sampai tanggal ini.", None, empty=True),
            "evidence": Field(ListOf(_EVIDENCE), "Bukti yang dilihat peninjau.", (), empty=True),
        },
        lambda values: Amendment(**values),
        _look_at_entry,
    )
    return Record(
        {"reviews": Field(ListOf(entry, check=_look_at_all), "Tinjauan.", (), empty=True)},
        lambda values: Amendments(values["reviews"]),
    )


def load_reviews(path: Path, registry: Registry, rubric: Rubric) -> Amendments:
    """The reviews in ``path``; InputError with every problem of the file, each ``file:line:col: sentence``."""
    return reviews_from(read_bytes(path), str(path), registry, rubric)


def reviews_from(data: bytes, name: str, registry: Registry, rubric: Rubric) -> Amendments:
    """As ``load_reviews``, of bytes; ``name`` is what the file is called in complaints."""
    return replace(read_whole(reviews_spec(registry, rubric), data, name), sha256=sha256(data).hexdigest())

"""Good files become exactly the nouns that they describe."""

import dataclasses
import hashlib
import json
from datetime import date

import pytest

from ppid_audit import codec
from ppid_audit.config import load_agencies, load_reviews, load_rubric
from ppid_audit.model.agency import Agency, CrawlSettings, KnownDown, OptOut, Registry
from ppid_audit.model.amendment import Amendments, SeenEvidence
from ppid_audit.model.rubric import AllOf, AnyOf, Category, Due, Examples, Form, Probe, Reason, Verdict, Words
from tests.config.loading import GOOD, parse


def test_least_registry_takes_all_defaults():
    path = GOOD / "agencies-least.yaml"
    agency = Agency("dinkes", "Dinas Kesehatan", "dinas", "https://dinkes.example.go.id")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert load_agencies(path) == Registry((agency,), "", "", CrawlSettings(1.0, 200, None), digest)


def test_full_registry_with_byte_order_mark_and_windows_line_ends():
    registry = load_agencies(GOOD / "agencies-full.yaml")
    assert (registry.region, registry.contact) == ("Kabupaten Contoh", "ppid@example.go.id")
    assert registry.crawl == CrawlSettings(0.0, 5000, "20:00-05:00")
    first, second = registry.agencies
    assert first == Agency(
        id="dinkes",
        name="N" * 200,
        kind="dinas",
        url="http://127.0.0.1:8080/",
        functions=("kesehatan", "perizinan"),
        also=("HTTPS://dinkes2.example.go.id/beranda?x=1", "http://[::1]:8000/"),
        trusted=("ppid.example.go.id", "https://jdih.example.go.id/", "ppid.example.go.id:8080"),
        confirmed=False,
        aliases=("no", 'Dinas Kesehatan; "lama"'),
        until=date(2026, 12, 31),
        known_down=KnownDown(date(2026, 12, 31), "pindah server"),
        opt_out=OptOut(date(2026, 11, 1), "diminta lewat surat"),
    )
    assert second == Agency("no", "yes", "kecamatan", "https://kecamatan-é.example.go.id/")


def test_least_rubric():
    path = GOOD / "rubric-least.yaml"
    rubric = load_rubric(path)
    assert rubric.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (rubric.name, rubric.coverage_floor, rubric.category_weights) == ("Rubrik contoh", 0.75, None)
    assert [(band.id, band.floor) for band in rubric.bands] == [("informatif", 90), ("tidak_informatif", 0)]
    assert rubric.points[Reason.STALE] == 0.5
    counted = (Verdict.FULFILLED, Verdict.PARTIAL, Verdict.MISSING)
    assert set(rubric.points) == {reason for reason in Reason if reason.verdict in counted}
    (criterion,) = rubric.criteria
    assert criterion.check == Probe("published", ("renstra",))
    assert (criterion.weight, criterion.applies_to, criterion.due, criterion.note) == (2, (), None, None)


def test_full_rubric():
    rubric = load_rubric(GOOD / "rubric-full.yaml")
    assert rubric.coverage_floor == 0.5
    assert rubric.category_weights == {Category.BERKALA: 50, Category.SERTA_MERTA: 10, Category.SETIAP_SAAT: 40}
    criterion = rubric.criteria[1]
    assert (criterion.category, criterion.weight) == (Category.BERKALA, 0)
    assert criterion.applies_to == ("kecamatan", "kesehatan")
    assert criterion.due == Due("previous", 2, 29, "law")
    assert criterion.note == Words("Angka saja cukup.", "Figures are enough.")
    assert criterion.remedy.id == "Unggah laporan di halaman PPID."
    assert criterion.examples == Examples(("Laporan Akses 2025",), ("Laporan Kinerja 2025",))
    assert criterion.check == AnyOf(
        (
            Probe("published", ("laporan akses",), ("laporan kinerja",), (Form.DOCUMENT, Form.TABLE)),
            AllOf(
                (
                    Probe("contact"),
                    Probe("channel", hosts=("lapor.go.id", "lapor.example.go.id")),
                    Probe("statement", ("tidak dipungut biaya",)),
                    Probe("owner", ("nihil",), hosts=("bmkg.go.id",)),
                )
            ),
        )
    )


def test_a_criterion_has_a_digest_of_its_own():
    criterion = load_rubric(GOOD / "rubric-least.yaml").criteria[0]
    bare = codec.encode(dataclasses.replace(criterion, sha256=""))
    canonical = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert criterion.sha256 == hashlib.sha256(canonical.encode()).hexdigest()
    assert load_rubric(GOOD / "rubric-full.yaml").criteria[0].sha256 == criterion.sha256


@pytest.mark.parametrize(
    ("old", "new"), [(b"[renstra]", b"[renja]"), (b"basis: Perki", b"basis: UU"), (b"en: Upload", b"en: Put")]
)
def test_the_digest_tells_any_change_of_the_entry(old, new):
    data = (GOOD / "rubric-least.yaml").read_bytes()
    assert parse("rubric", data.replace(old, new)).criteria[0].sha256 != parse("rubric", data).criteria[0].sha256


def test_reviews():
    registry, rubric = load_agencies(GOOD / "agencies-least.yaml"), load_rubric(GOOD / "rubric-least.yaml")
    amendments = load_reviews(GOOD / "reviews.yaml", registry, rubric)
    assert amendments.sha256 == hashlib.sha256((GOOD / "reviews.yaml").read_bytes()).hexdigest()
    attested, waived, corrected = amendments.entries
    assert (attested.verdict, attested.reason, attested.by) == (Verdict.FULFILLED, "attested", "Siti")
    assert (attested.on, attested.expires) == (date(2026, 11, 1), date(2027, 11, 1))
    assert attested.evidence == (SeenEvidence("https://dinkes.example.go.id/a.pdf", "ab" * 32),)
    assert (waived.verdict, waived.expires, waived.evidence) == (Verdict.NOT_APPLICABLE, None, ())
    assert (corrected.verdict, corrected.reason) == (Verdict.MISSING, "corrected")


def test_no_reviews_yet():
    assert parse("reviews", b"reviews: []\n").entries == ()
    assert parse("reviews", b"reviews:\n") == Amendments((), hashlib.sha256(b"reviews:\n").hexdigest())

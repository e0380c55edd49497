"""Reviews written into reviews.yaml: what was there stays, what is new is read back as it was."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid_audit.config.fields import _is_control
from ppid_audit.config.writing import HEAD, with_reviews
from ppid_audit.errors import InputError
from ppid_audit.model.amendment import Amendment, Amendments, SeenEvidence
from ppid_audit.model.rubric import Verdict
from tests.config.loading import GOOD, parse

REGISTRY = parse("agencies", (GOOD / "agencies-least.yaml").read_bytes())
RUBRIC = parse("rubric", (GOOD / "rubric-least.yaml").read_bytes())
RENSTRA = "setiap-saat.renstra"
NEW = Amendment(
    "dinkes",
    RENSTRA,
    Verdict.FULFILLED,
    "attested",
    'Ada: "Renstra 2021-2026", # bukan komentar',
    "Sri Wahyuni",
    date(2026, 11, 24),
    date(2027, 6, 30),
    (SeenEvidence("https://dinkes.example.go.id/a.pdf", "ab" * 32), SeenEvidence("https://dinkes.example.go.id/b")),
)
SHORT = Amendment("dinkes", RENSTRA, Verdict.MISSING, "corrected", "Bukan miliknya", "Budi", date(2026, 11, 25))


def written(data, *entries) -> tuple[str, Amendments]:
    made, after = with_reviews(data, entries, "reviews.yaml", REGISTRY, RUBRIC)
    return made.decode(), after


def test_a_new_file_is_readable():
    text, after = written(None, NEW, SHORT)
    assert after.entries == (NEW, SHORT)
    assert (
        text
        == f"""{HEAD}reviews:
  - agency: dinkes
    item: setiap-saat.renstra
    verdict: fulfilled
    reason: attested
    justification: "Ada: \\"Renstra 2021-2026\\", # bukan komentar"
    by: "Sri Wahyuni"
    on: 2026-11-24
    expires: 2027-06-30
    evidence:
      - url: "https://dinkes.example.go.id/a.pdf"
        sha256: "{"ab" * 32}"
      - url: "https://dinkes.example.go.id/b"
  - agency: dinkes
    item: setiap-saat.renstra
    verdict: missing
    reason: corrected
    justification: "Bukan miliknya"
    by: "Budi"
    on: 2026-11-25
"""
    )


def test_what_stands_there_stays_byte_for_byte():
    old = (GOOD / "reviews.yaml").read_bytes() + b"# catatan di akhir"
    text, after = written(old, NEW)
    for line in old.decode().splitlines():
        assert line in text.splitlines()
    assert after.entries[-1] == NEW
    assert len(after.entries) == 4
    again, twice = written(text.encode(), SHORT)
    assert again.startswith(text.partition("# catatan")[0])
    assert twice.entries[-2:] == (NEW, SHORT)


ENTRY = (
    "{agency: dinkes, item: setiap-saat.renstra, verdict: missing, reason: corrected, justification: x, by: Ani, "
    "on: 2026-11-03}"
)


@pytest.mark.parametrize(
    "old",
    [
        "reviews:",
        "reviews:\n",
        "# kepala\nreviews:   # kosong\n",
        "reviews: []\n# kaki\n",
        "reviews: null",
        f"reviews: [{ENTRY}]",
        f"reviews: [\n  {ENTRY},   # terakhir\n]\n# kaki\n",
        f"reviews:\n- {ENTRY}",
        f"reviews:\n      - {ENTRY}\n\n\n# kaki",
        "reviews:\n  - agency: dinkes\n    item: setiap-saat.renstra\n    verdict: missing\n    reason: corrected\n"
        "    by: Ani\n    on: 2026-11-03\n    justification: |\n      dua\n      baris\n\n# kaki\n",
        "\ufeffreviews: []\n",
    ],
)
def test_every_layout_of_an_earlier_file_takes_new_entries(old):
    before = parse("reviews", old.encode()).entries
    text, after = written(old.encode(), NEW, SHORT)
    assert after.entries == (*before, NEW, SHORT)
    assert [comment in text for comment in ("# kepala", "# kaki", "# terakhir")] == [
        comment in old for comment in ("# kepala", "# kaki", "# terakhir")
    ]


def test_nothing_new_changes_nothing():
    old = (GOOD / "reviews.yaml").read_bytes()
    assert written(old) == (old.decode(), parse("reviews", old))


@pytest.mark.parametrize("old", [b"{reviews: []}", b"{}", b"bukan: ini", b"\xff"])
def test_what_cannot_take_entries_is_refused_with_a_sentence(old):
    with pytest.raises(InputError, match=r"reviews\.yaml: ?\S"):
        written(old, NEW)


def test_the_same_person_says_one_thing_on_one_day():
    with pytest.raises(InputError, match="tinjauan Sri Wahyuni untuk dinkes"):
        written(None, NEW, NEW)


TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not any(map(_is_control, text)))
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
def test_every_text_comes_back_as_it_was(justifications, by):
    entries = [
        Amendment("dinkes", RENSTRA, Verdict.PARTIAL, "corrected", text, by, date(2026, 1, number))
        for number, text in enumerate(justifications, 1)
    ]
    _, after = written(None, *entries)
    assert after.entries == tuple(entries)
    _, both = written(f"reviews: [{ENTRY}]".encode(), *entries)
    assert both.entries[1:] == tuple(entries)

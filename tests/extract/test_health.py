from datetime import date

import pytest

from ppid_audit.extract.basis import cites_old_basis
from ppid_audit.extract.health import MAX_EACH, examine
from ppid_audit.extract.privacy import mask, masked_identities
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Note, Rendered, Role, Snapshot
from ppid_audit.model.site import Document, DocumentState, Page
from ppid_audit.web.scope import Scope
from tests.extract.making import HOME, capture, page

AGENCY = Agency("dinas", "Dinas Contoh", "dinas", HOME)
WELL = "<html lang='id'><head><meta name='viewport' content='width=device-width'></head><body>{}</body></html>"
NIK = "3316011203850007"


def notes(
    *read: Page | Document, more: tuple[Capture, ...] = (), day: str = "2026-11-24T00:00:00Z"
) -> dict[str, list[Note]]:
    captures = (*(reading.capture for reading in read), *more)
    site = assemble(AGENCY, Snapshot("dinas", day, day, captures), read)
    found: dict[str, list[Note]] = {}
    for note in examine(site, Scope.of(AGENCY)):
        found.setdefault(note.code, []).append(note)
    return found


def home(body: str, html: str = WELL, **changes: object) -> Page:
    return page(html.format(body), HOME, role=Role.HOME, **changes)


def test_a_well_kept_site_has_nothing_to_mend():
    assert notes(home("<p>Isi</p><img src='a.png' alt='Bagan'>")) == {}


def test_a_broken_link_is_told_with_the_pages_on_which_it_stands():
    pages = [
        home("<a href='/hilang'>DIP</a>"),
        *(page(WELL.format(f"<a href='/hilang'>x</a>{n}"), f"{HOME}{n}") for n in range(4)),
    ]
    (found,) = notes(*pages, more=(capture(f"{HOME}hilang", status=404),))["broken_link"]
    assert (found.url, found.detail) == (f"{HOME}hilang", f"{HOME} {HOME}0 {HOME}1 +2")


def test_many_notes_of_one_kind_are_counted_not_listed():
    gone = [capture(f"{HOME}h{n:02}", status=410) for n in range(MAX_EACH + 5)]
    found = notes(home("".join(f"<a href='{c.url}'>x</a>" for c in gone)), more=tuple(gone))["broken_link"]
    assert len(found) == MAX_EACH + 1
    assert found[-1] == Note("broken_link", "+5")


def test_what_visitors_with_a_telephone_or_a_screen_reader_meet():
    found = notes(
        home("<p>yang dan untuk dengan dari pada</p><img src='a.png'><img src='b.png'>", "<html lang='en'>{}</html>")
    )
    assert found["no_viewport"][0].detail == "1/1"
    assert found["lang_wrong"][0].detail == "en"
    assert found["images_without_alt"][0].detail == "2"
    assert notes(home("x", "<html>{}</html>"))["lang_missing"][0].url == HOME


@pytest.mark.parametrize(("day", "code"), [("2026-11-01", "last_update"), ("2026-01-01", "not_updated")])
def test_the_youngest_day_is_measured_from_the_visit(day, code):
    shown = home(f"<time datetime='{day}'>x</time><time datetime='2027-05-01'>agenda</time>")
    assert notes(shown)[code] == [Note(code, date.fromisoformat(day).isoformat(), HOME)]


def test_the_days_of_an_agenda_are_no_update():
    plans = page(WELL.format("<h1>Rapat</h1><time datetime='2026-11-20'>x</time>"), f"{HOME}agenda")
    assert notes(home("<time datetime='2026-11-01'>x</time>"), plans)["last_update"][0].detail == "2026-11-01"


def test_pages_that_a_browser_drew_are_counted():
    drawn = page(WELL.format("y"), f"{HOME}ppid", rendered=Rendered.WHOLE)
    assert notes(home("x"), drawn) == {"drawn_by_script": [Note("drawn_by_script", "1/2", drawn.url)]}


def test_slow_pages_and_addresses_without_encryption():
    plain = "http://dinas.contoh.go.id/lama"
    found = notes(home("x", seconds=7.25), page(WELL.format("y"), plain))
    assert found["slow_page"] == [Note("slow_page", "7.2 s", HOME)]
    assert found["no_https_redirect"] == [Note("no_https_redirect", "", plain)]


def test_personal_data_is_counted_and_never_quoted():
    register = Document(
        capture(f"{HOME}daftar.pdf"), "pdf", DocumentState.TEXT, text=mask(f"Budi {NIK}\nSiti {NIK[:-1]}8")
    )
    found = notes(home(f"<p>NIK {NIK}, rekening 1234567890123</p>"), register)["personal_data"]
    assert found == [Note("personal_data", "1", HOME), Note("personal_data", "2", f"{HOME}daftar.pdf")]
    assert NIK not in repr(found)


def test_masked_numbers_are_counted_by_their_length():
    assert masked_identities(mask(f"{NIK} dan 3316 0112 0385 0007, rek. 12345678901")) == 2
    assert masked_identities("tanpa nomor") == 0


def test_scans_have_no_text_to_read_aloud():
    scan = Document(capture(f"{HOME}sk.pdf"), "pdf", DocumentState.SCAN)
    assert notes(home("x"), scan)["scan_without_text"] == [Note("scan_without_text", "", f"{HOME}sk.pdf")]


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("berdasarkan Perki 1/2010", True),
        ("Peraturan Komisi Informasi Nomor 1 Tahun 2010 tentang Standar Layanan", True),
        ("Perki Nomor 1 Tahun 2021, yang mencabut Perki Nomor 1 Tahun 2010", False),
        ("Perda 1/2010", False),
    ],
)
def test_the_legal_basis(text, old):
    assert cites_old_basis(text) is old


def test_errors_and_soft_errors_are_told():
    broken = page("<title>500 Internal Server Error</title><h1>Internal Server Error</h1>", f"{HOME}rusak")
    assert notes(home("x"), broken)["error_page"] == [Note("error_page", "", f"{HOME}rusak")]

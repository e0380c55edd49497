"""What each kind of probe counts, and what it does not."""

from dataclasses import replace

import pytest

from ppid_audit.model.agency import FUNCTIONS, Agency
from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Reason, Verdict
from tests.assess.small import AGENCY, Answer, fault, findings, menu, whole
from tests.criteria.judging import HOME

EVERYTHING = replace(AGENCY, functions=FUNCTIONS)
FACTS = "<p>Warga diminta menjauhi sungai dan melapor kepada ketua rukun tetangga bila air naik.</p>"


def seen(item: str, content: str, heading: str = "Kantor", agency: Agency = EVERYTHING) -> Finding:
    return findings({"": menu(a1=heading), "a1": whole(heading, content)}, agency=agency)[item]


@pytest.mark.parametrize(
    ("text", "is_contact"),
    [
        ("Jl. Kenanga No. 12, Contoh 58213. Telp (0296) 734210", True),
        ("Jalan Kenanga Nomor 12 Contoh, dinas@contohkab.go.id", True),
        ("Jln Kenanga 12 Contoh, WA 0812-3456-7801", True),
        ("Kompleks Perkantoran Pemerintah Kabupaten Contoh 58213, kontak: dinas [at] contohkab.go.id", True),
        ("Kantor Bupati Contoh lantai dua 58213, +62 296 734210", True),
        ("Jl. Kenanga No. 12, Contoh 58213", False),
        ("Telp (0296) 734210, dinas@contohkab.go.id", False),
        ("Jl. Contoh No. 1, Telp 0123 123456", False),
        ("A108 Adam Street, New York, NY 535022, info@example.com", False),
        ("Warga berjalan kaki sejauh dua kilometer, hubungi (0296) 734210", False),
    ],
)
def test_contact_is_a_street_address_and_a_way_to_reach(text, is_contact):
    found = seen("berkala.alamat-kontak", f"<p>{text}</p>")
    assert (found.verdict is Verdict.FULFILLED) is is_contact, found


def test_contact_may_stand_in_the_footer_of_any_page():
    front = menu().replace("</main>", "</main><footer><p>Jl. Kenanga 12 Contoh, (0296) 734210</p></footer>")
    assert findings({"": front})["berkala.alamat-kontak"].reason is Reason.FOUND


def test_a_street_far_from_the_telephone_is_no_contact():
    far = f"<p>Jl. Kenanga Nomor 12 Contoh</p>{FACTS * 12}<p>(0296) 734210</p>"
    assert seen("berkala.alamat-kontak", far).verdict is not Verdict.FULFILLED


@pytest.mark.parametrize(
    ("sentence", "is_said"),
    [
        ("Memperoleh salinan dokumen tidak dipungut biaya.", True),
        ("Layanan informasi GRATIS bagi semua warga.", True),
        ("Warga menonton pertunjukan secara gratis.", False),
        ("Biaya ditanggung panitia.", False),
    ],
)
def test_a_statement_is_a_sentence_that_says_it(sentence, is_said):
    assert (seen("setiap-saat.biaya-layanan", f"<p>{sentence}</p>").verdict is Verdict.FULFILLED) is is_said


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ('<a href="https://www.lapor.go.id/">Sampaikan keluhan</a>', Reason.FOUND_OFF_SITE),
        ('<a href="https://wbs.contohkab.go.id/">Whistle Blowing System</a>', Reason.FOUND_OFF_SITE),
        ('<a href="#">SP4N LAPOR!</a>', Reason.NAMED_WITHOUT_CONTENT),
        ('<a href="https://laporpajak.example/">Lapor pajak</a>', Reason.NOT_FOUND),
    ],
)
def test_a_channel_is_a_link_to_a_known_host(link, reason):
    assert seen("berkala.cara-pengaduan", f"{FACTS}<p>{link}</p>").reason is reason


def test_a_channel_that_is_known_to_be_dead_is_a_dead_link():
    page = whole("Kantor", '<a href="https://wbs.contohkab.go.id/">WBS</a>')
    answers: dict[str, Answer] = {"": menu(a1="Kantor"), "a1": page, "https://wbs.contohkab.go.id/": fault(status=404)}
    assert findings(answers)["berkala.cara-pengaduan"].reason is Reason.DEAD_LINK


@pytest.mark.parametrize(
    ("heading", "content", "reason"),
    [
        (
            "Informasi Bencana",
            f'{FACTS[:20]}<p><a href="https://bpbd.contohkab.go.id/">BPBD</a></p>',
            Reason.OWNER_LINKED,
        ),
        ("Informasi Serta Merta", '<p><a href="https://bpbd.contohkab.go.id/">BPBD</a></p>', Reason.OWNER_LINKED),
        ("Kantor", '<p><a href="https://bpbd.contohkab.go.id/">Informasi bencana</a></p>', Reason.OWNER_LINKED),
        ("Kantor", '<p><a href="https://bpbd.contohkab.go.id/">BPBD</a></p>', Reason.NO_EVENT_KNOWN),
        ("Bencana Alam", "<p>Nihil sampai hari ini</p>", Reason.OWNER_LINKED),
        ("Bencana Alam", "<p>Tidak ada kejadian pada bulan ini</p>", Reason.OWNER_LINKED),
    ],
)
def test_the_owner_of_the_subject_is_linked_where_the_subject_is_named(heading, content, reason):
    assert seen("serta-merta.bencana-alam", content, heading).reason is reason


def test_the_owner_in_another_district_is_not_the_owner():
    link = '<p><a href="https://bpbd.lainkab.go.id/">BPBD</a></p>'
    assert seen("serta-merta.bencana-alam", link, "Bencana Alam").verdict is Verdict.PARTIAL


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("<td>1</td><td>Renstra Dinas</td><td>Sekretariat</td><td>2026</td>", Reason.LISTED_IN_DIP),
        ("<td>1</td><td>Maklumat rapat</td><td>Sekretariat</td><td>2026</td>", Reason.NOT_FOUND),
    ],
)
def test_what_need_only_be_provided_may_be_listed_in_the_dip(row, reason):
    table = f"<table><tr><th>No</th><th>Ringkasan isi</th><th>Penguasa</th><th>Waktu</th></tr><tr>{row}</tr></table>"
    assert seen("setiap-saat.renstra", table, "Daftar Informasi Publik").reason is reason
    assert seen("berkala.laporan-kinerja", table, "Daftar Informasi Publik").reason is Reason.NOT_FOUND


def test_items_of_other_trades_are_not_asked():
    kinds = {
        item: f.reason for item, f in findings({"": menu()}, agency=Agency("a", "Camat", "kecamatan", HOME)).items()
    }
    assert kinds["serta-merta.bencana-alam"] is Reason.NO_EVENT_KNOWN
    assert kinds["setiap-saat.hasil-sengketa"] is Reason.NOT_FOR_THIS_KIND
    assert kinds["berkala.agenda"] is Reason.NOT_FOUND

"""Links that leave the agency's own hosts."""

import pytest

from ppid_audit.assess.offsite import is_front_page, look_off_site
from ppid_audit.demo.documents import FAKE, pdf
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Problem
from ppid_audit.model.rubric import Reason
from tests.assess.small import AGENCY, Answer, fault, ground, menu, probe_of, trace, whole
from tests.criteria.judging import HOME

RENSTRA = probe_of("setiap-saat.renstra")
FILE = "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOp/view"
FOLDER = "https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOp"
DEEP = "https://satudata.contohkab.go.id/dataset/koperasi-aktif"


def look(url: str, answer: Answer | None = None, title: str = "Renstra", agency: Agency = AGENCY) -> Reason:
    """The reason for a link of that title to ``url``, which answers so; None: nobody asked."""
    answers = {"": menu()} | ({url: answer} if answer is not None else {})
    return look_off_site(ground(answers, agency=agency), RENSTRA, url, trace(title)).reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://docs.google.com/forms/d/e/1FAIpQLS/viewform", Reason.GATED_OFF_SITE),
        ("https://forms.gle/AbCdEf123", Reason.GATED_OFF_SITE),
        ("https://sirup.lkpp.go.id/sirup/ro", Reason.PORTAL_FRONT_PAGE),
        ("https://www.lapor.go.id/", Reason.PORTAL_FRONT_PAGE),
        ("https://www.instagram.com/dinascontoh", Reason.PORTAL_FRONT_PAGE),
        ("https://maps.app.goo.gl/AbCdEf", Reason.PORTAL_FRONT_PAGE),
        ("https://aplikasi.contohkab.go.id/", Reason.PORTAL_FRONT_PAGE),
        ("https://ppid.contohkab.go.id/informasi-berkala", Reason.PORTAL_FRONT_PAGE),
        ("https://aplikasi.contohkab.go.id/auth/login", Reason.GATED_OFF_SITE),
        ("https://dinas.lainkab.go.id/renstra.pdf", Reason.WRONG_BODY),
        ("http://localhost:8000/renstra.pdf", Reason.DEAD_LINK),
        ("http://192.168.1.7/renstra.pdf", Reason.DEAD_LINK),
        ("http://server/renstra.pdf", Reason.DEAD_LINK),
        ("https://arsip.contohkab.go.id/maklumat-pelayanan.pdf", Reason.WRONG_DOCUMENT),
        ("https://arsip.contohkab.go.id/renstra-2025-2029.pdf", Reason.UNVERIFIED_OFF_SITE),
        (FILE, Reason.UNVERIFIED_OFF_SITE),
        ("https://bit.ly/renstra-contoh", Reason.UNVERIFIED_OFF_SITE),
    ],
)
def test_what_the_address_alone_tells(url, reason):
    assert look(url) is reason


@pytest.mark.parametrize(
    ("url", "answer", "reason"),
    [
        (FILE, pdf("Renstra Dinas Contoh"), Reason.FOUND_OFF_SITE),
        (FILE, whole("Renstra.pdf", "<p>Pratinjau</p>"), Reason.FOUND_OFF_SITE),
        (FILE, whole("Sign in", "<p>You need access. Request access.</p>"), Reason.GATED_OFF_SITE),
        (FILE, b"%PDF-1.4 rusak", Reason.EMPTY_DOCUMENT),
        (FOLDER, whole("Dokumen", "<p>12 berkas</p>"), Reason.GATED_OFF_SITE),
        (DEEP, whole("Koperasi aktif", "<p>41 koperasi</p>"), Reason.FOUND_OFF_SITE),
        ("https://arsip.contohkab.go.id/renstra.pdf", pdf("Renstra"), Reason.FOUND_OFF_SITE),
        ("https://arsip.contohkab.go.id/renstra.pdf", FAKE, Reason.EMPTY_DOCUMENT),
        ("https://arsip.contohkab.go.id/", whole("Arsip", "<p>Selamat datang</p>"), Reason.PORTAL_FRONT_PAGE),
        (FILE, fault(status=404), Reason.DEAD_LINK),
        (FILE, fault(status=410), Reason.DEAD_LINK),
        (FILE, fault(status=503, problem=Problem.SERVER_ERROR), Reason.UNVERIFIED_OFF_SITE),
        (FILE, fault(problem=Problem.DNS_FAILED), Reason.UNVERIFIED_OFF_SITE),
    ],
)
def test_what_the_answer_tells(url, answer, reason):
    assert look(url, answer) is reason


def test_a_title_that_names_another_province_is_another_body():
    own = Agency("a", "Dinas Provinsi Jawa Tengah", "dinas", HOME)
    assert look(FILE, pdf("x"), "Renstra Provinsi Jawa Barat", own) is Reason.WRONG_BODY
    assert look(FILE, pdf("x"), "Renstra Provinsi Jawa Tengah", own) is Reason.FOUND_OFF_SITE


def test_a_trusted_host_may_be_internal_and_another_government():
    host = "https://ppid.lainkab.go.id/dokumen/renstra.pdf"
    trusting = Agency("a", "Dinas Contoh", "dinas", HOME, trusted=("https://ppid.lainkab.go.id/",))
    assert look(host, pdf("Renstra"), agency=trusting) is Reason.FOUND_OFF_SITE


@pytest.mark.parametrize(
    ("url", "is_front"),
    [
        ("https://x.go.id/", True),
        ("https://x.go.id/index.php", True),
        ("https://x.go.id/beranda", True),
        ("https://x.go.id/informasi-setiap-saat", True),
        ("https://x.go.id/ppid", True),
        ("https://x.go.id/ppid?skpd=5", False),
        ("https://x.go.id/ppid/renstra", False),
    ],
)
def test_front_pages(url, is_front):
    assert is_front_page(url) is is_front

import pytest
from hypothesis import given

from ppid_audit.web import hosts
from ppid_audit.web.hosts import OffSite
from tests.web import addresses

KINDS = {
    OffSite.DRIVE_FILE: """
        https://drive.google.com/file/d/1aB/view?usp=sharing   https://drive.google.com/open?id=1aB
        https://drive.google.com/uc?export=download&id=1aB     https://docs.google.com/document/d/1aB/edit
        https://docs.google.com/spreadsheets/u/0/d/1aB/edit    https://docs.google.com/presentation/d/e/2PACX/pub
        https://1drv.ms/b/s!Ab   https://dinkes.sharepoint.com/:b:/g/Ab   https://www.dropbox.com/s/ab/a.pdf?dl=0
        https://www.dropbox.com/scl/fi/ab/a.pdf   https://www.mediafire.com/file/ab/a.pdf/file
        https://awan.blorakab.go.id/index.php/s/AbCdEf123456   https://cloud.go.id/s/AbCdEf123456/download
        https://online.fliphtml5.com/abc/def/   https://docs.google.com/viewer?url=https://drive.google.com/uc?id=1
    """,
    OffSite.DRIVE_FOLDER: """
        https://drive.google.com/drive/folders/1aB?usp=sharing   https://drive.google.com/drive/u/1/folders/1aB
        https://drive.google.com/folderview?id=1aB   https://drive.google.com/embeddedfolderview?id=1aB#list
        https://1drv.ms/f/s!Ab   https://dinkes.sharepoint.com/%3Af%3A/g/Ab   https://www.dropbox.com/sh/ab/cd
        https://www.mediafire.com/folder/ab   https://mega.nz/folder/ab   https://www.dropbox.com/scl/fo/ab
    """,
    OffSite.FORM: """
        https://docs.google.com/forms/d/e/1FA/viewform   https://forms.gle/ab   https://forms.office.com/r/ab
    """,
    OffSite.SHORT_LINK: "https://bit.ly/ab https://s.id/ab https://tinyurl.com/ab https://linktr.ee/dinkes",
    OffSite.PORTAL_HOME: """
        https://sirup.lkpp.go.id   https://sirup.lkpp.go.id/sirup/ro   https://www.lapor.go.id/
        https://lpse.blorakab.go.id/eproc4   https://jdih.blorakab.go.id/index.php   https://ppid.blorakab.go.id/beranda
        https://elhkpn.kpk.go.id/?lang=id   https://data.blorakab.go.id/   https://satudata.blorakab.go.id/home
        https://ppid-dinkes.jakarta.go.id/   https://data.go.id
    """,
    OffSite.PORTAL_DEEP: """
        https://sirup.lkpp.go.id/sirup/rekap/penyedia?satker=7   https://spse.inaproc.id/blorakab
        https://ppid.acehprov.go.id/v2/informasi?skpa=5   https://www.lapor.go.id/instansi/dinkes
        https://data.blorakab.go.id/?instansi=dinkes   https://jdih.blorakab.go.id/produk/12
    """,
    OffSite.VIDEO: "https://youtu.be/ab https://www.youtube.com/watch?v=ab https://www.youtube-nocookie.com/embed/ab",
    OffSite.MAP: """
        https://www.google.com/maps/place/x   https://maps.app.goo.gl/ab   https://goo.gl/maps/ab
        https://maps.google.com/?q=1,2   https://www.google.co.id/maps
    """,
    OffSite.SOCIAL: """
        https://www.facebook.com/dinkes   https://instagram.com/dinkes   https://x.com/a   https://twitter.com/a
        https://www.tiktok.com/@a   https://wa.me/62   https://api.whatsapp.com/send?phone=62   https://t.me/a
    """,
    OffSite.OTHER: """
        https://dinkes.blorakab.go.id/a.pdf   https://jdih.blorakab.go.id/perda.pdf   https://netflix.com/a
        https://drive.google.com/   https://drive.google.com/drive/my-drive   https://bit.ly/   https://mydropbox.com/s/a
        https://www.google.com/search?q=a   https://docs.google.com/viewer?url=https://dinkes.go.id/a.pdf
        https://blorakab.go.id/maps/   nonsense
    """,
}


@pytest.mark.parametrize(("url", "kind"), [(url, kind) for kind, text in KINDS.items() for url in text.split()])
def test_kinds_of_off_site_addresses(url, kind):
    assert hosts.off_site_kind(url) is kind


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (
            "https://docs.google.com/viewer?url=https%3A%2F%2Fa.go.id%2Fx%20y.pdf&embedded=true",
            "https://a.go.id/x%20y.pdf",
        ),
        ("https://docs.google.com/gview?embedded=1&url=http://a.go.id/x.pdf", "http://a.go.id/x.pdf"),
        ("https://view.officeapps.live.com/op/embed.aspx?src=https://a.go.id/x.docx", "https://a.go.id/x.docx"),
        ("https://a.go.id/pdfjs/web/viewer.html?file=../../berkas/x.pdf#page=2", "https://a.go.id/berkas/x.pdf"),
        ("https://a.go.id/plugins/pdfjs/web/viewer.php?file=/x.pdf", "https://a.go.id/x.pdf"),
        ("https://www.google.com/url?q=https://a.go.id/x&sa=D", "https://a.go.id/x"),
        ("https://a.go.id/pdfjs/web/viewer.html?file=", None),
        ("https://a.go.id/pdfjs/web/viewer.html?file=javascript:alert(1)", None),
        ("https://a.go.id/berita?file=x.pdf", None),
        ("https://docs.google.com/document/d/1/edit", None),
    ],
)
def test_viewers_give_the_documents_own_address(url, target):
    assert hosts.viewer_target(url) == target


def test_a_viewer_in_a_viewer_in_a_viewer_ends():
    url = "https://a.go.id/x.pdf"
    for _ in range(30):
        url = f"https://docs.google.com/viewer?url={url}"
    assert hosts.off_site_kind(url) is OffSite.OTHER


@given(addresses.urls)
def test_nothing_raises(url):
    assert hosts.off_site_kind(url) in OffSite
    assert hosts.viewer_target(url) != ""
    assert hosts.is_portal(url) in (True, False)

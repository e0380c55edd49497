import pytest

from ppid_audit.crawl import shape

SITE = "http://dinas.example"


ACTIONS = """
    /logout /user/logout.php /berita/12/delete /keranjang?add-to-cart=5 /print/12 /berita/cetak/5 /wp-admin/
    /wp-login.php /xmlrpc.php /feed /berita/feed/ /rss.xml /agenda.ics /phpmyadmin/ /.git/config /.env
    /wp-json/wp/v2/posts /?do=hapus /x?action=delete /x?print=1 /x?replytocom=3 /backup.sql /hapus/3
"""
PAGES = """
    / /informasi-publik /cetak-biru-pembangunan /delete-me-not/profil /kelurahan /profil?id=3 /download/12 /feedback
    /.well-known/security.txt /index.php?option=com_content&task=view /printer /layanan/share-loc-kantor /berkala.pdf
"""


@pytest.mark.parametrize("path", ACTIONS.split())
def test_links_that_act_are_never_asked_for(path):
    assert shape.is_action(SITE + path)


@pytest.mark.parametrize("path", PAGES.split())
def test_links_that_show_are(path):
    assert not shape.is_action(SITE + path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/berita/rapat-kerja-bupati", "/berita/lomba-desa-tingkat-kabupaten"),
        ("/agenda?bulan=1&tahun=2024", "/agenda?tahun=2023&bulan=12"),
        ("/berita?page=2", "/berita?page=31"),
        ("/galeri/12", "/galeri/13"),
        ("/2024/05/pembukaan-mtq-ke-31", "/2023/11/upacara-hari-pahlawan"),
        ("/kepala-dinas-membuka-rapat-kerja", "/lima-siswa-berprestasi-menerima-penghargaan"),
    ],
)
def test_look_alikes_have_one_template(one, other):
    assert shape.template(SITE + one) == shape.template(SITE + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/visi-misi", "/struktur-organisasi"),
        ("/ppid/berkala", "/ppid/serta-merta"),
        ("/?hal=profil", "/?hal=ppid"),
        ("/berita/rapat-kerja-bupati", "/pengumuman/rapat-kerja-bupati"),
    ],
)
def test_different_pages_have_not(one, other):
    assert shape.template(SITE + one) != shape.template(SITE + other)


def test_traps():
    assert shape.is_trap(SITE + "/a/b" * 3)
    assert shape.is_trap(SITE + "".join(f"/{n}" for n in range(13)))
    assert not shape.is_trap(SITE + "/a/b/a/c")

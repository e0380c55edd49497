import pytest

from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Role, Snapshot
from ppid_audit.model.site import Nature, Site
from tests.extract.making import HOME, page

AGENCY = Agency("dinas", "Dinas Contoh", "dinas", HOME)
MENU = "<nav><a href='/'>Beranda</a> <a href='/ppid'>PPID</a> <a href='/renstra'>Renstra</a></nav>"
UNKNOWN = f"<html><body>{MENU}<h1>Maaf</h1><p>Alamat {{}} tidak kami kenal. Pengunjung ke {{}}.</p></body></html>"


def site(pages: dict[str, str], probe: str, answered: str = "") -> Site:
    made = [page(f"<html><body>{MENU}<p>Selamat datang</p></body></html>", HOME, role=Role.HOME)]
    made += [page(html, f"{HOME}{name}") for name, html in pages.items()]
    made.append(page(probe, f"{HOME}0f3a9c", role=Role.PROBE, final_url=answered or f"{HOME}0f3a9c"))
    return assemble(AGENCY, Snapshot("dinas", "", "", tuple(p.capture for p in made)), made)


def natures(read: Site) -> dict[str, Nature]:
    return {each.url.removeprefix(HOME): each.nature for each in read.pages.values()}


def test_what_is_said_to_any_address_is_no_page():
    pages = {
        "renstra": UNKNOWN.format("renstra", 17),
        "ppid": f"<body>{MENU}<h1>PPID</h1><p>Maklumat pelayanan</p></body>",
    }
    read = site(pages, UNKNOWN.format("0f3a9c", 18))
    assert natures(read) == {"": Nature.ORDINARY, "renstra": Nature.SOFT_404, "ppid": Nature.ORDINARY}


def test_the_probe_itself_is_no_page_of_the_site():
    assert "0f3a9c" not in natures(site({}, UNKNOWN.format("0f3a9c", 1)))


@pytest.mark.parametrize(
    "different", ["<img src='/struktur.png'>", "<a href='/renstra.pdf'>x</a>", "<table><tr><td>1</td></tr></table>"]
)
def test_a_page_with_something_of_its_own_is_a_page(different):
    html = UNKNOWN.format("renstra", 1).replace("</body>", f"{different}</body>")
    assert natures(site({"renstra": html}, UNKNOWN.format("0f3a9c", 1)))["renstra"] is Nature.ORDINARY


def test_an_unknown_address_that_leads_home_says_nothing_of_the_home_page():
    home = f"<html><body>{MENU}<p>Selamat datang</p></body></html>"
    assert natures(site({}, home, answered=HOME)) == {"": Nature.ORDINARY}


def test_an_application_that_shows_nothing_without_scripts_is_not_missing():
    shell = "<html><body><div id='app'></div><script src='/build/app.js'></script></body></html>"
    assert Nature.SOFT_404 not in natures(site({"renstra": shell}, shell)).values()

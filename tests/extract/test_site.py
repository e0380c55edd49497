import random

from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Capture, Problem, Role, Snapshot, Unread, UnreadWhy
from ppid_audit.model.site import Page, Region, Site
from ppid_audit.web.urls import key
from tests.extract.making import HOME, capture, link, page

AGENCY = Agency("dinas", "Dinas Contoh", "dinas", HOME)


def site(*readings: Page, captures: tuple[Capture, ...] = (), unread: tuple[Unread, ...] = ()) -> Site:
    every = captures or tuple(reading.capture for reading in readings)
    return assemble(AGENCY, Snapshot("dinas", "a", "b", every, unread), readings)


def pages(count: int, body: str = "<h2>Judul {n}</h2><p>Isi halaman nomor {n}</p>", around: str = "{}") -> list[Page]:
    return [page(around.format(body.format(n=n)), f"{HOME}p/{n}", sha256=f"{n}") for n in range(count)]


def test_pages_are_found_under_the_address_asked_for_and_the_one_that_answered():
    moved = page("<p>Isi</p>", f"{HOME}lama", final_url=f"{HOME}baru/")
    read = site(moved)
    assert read.pages[key(f"{HOME}lama")] is read.pages[key("http://www.dinas.contoh.go.id/baru")]
    assert read.home is None


def test_home_captures_and_unread():
    home = page("<h1>Dinas</h1>", HOME, role=Role.HOME)
    gone = capture(f"{HOME}hilang", status=404)
    unread = (Unread(f"{HOME}berita/9", UnreadWhy.BUDGET),)
    read = site(home, captures=(home.capture, gone), unread=unread)
    assert read.home is not None
    assert read.home.heading == "Dinas"
    assert read.captures[key(f"{HOME}hilang")].gone
    assert read.unread == unread


def test_a_fault_never_covers_an_answer():
    answer = capture(f"{HOME}a", fetched_at="2026-11-24T01:00:00Z")
    fault = capture(f"{HOME}a", fetched_at="2026-11-24T02:00:00Z", status=None, problem=Problem.DEADLINE)
    assert site(captures=(fault, answer)).captures[key(f"{HOME}a")] == answer
    later = capture(f"{HOME}a", fetched_at="2026-11-24T03:00:00Z")
    assert site(captures=(answer, fault, later)).captures[key(f"{HOME}a")] == later


def test_the_order_of_the_visit_counts_not_the_clock():
    first = page("<h1>Lama</h1>", f"{HOME}a/index.html", fetched_at="2026-11-24T01:00:00Z")
    second = page("<h1>Baru</h1>", f"{HOME}a/", fetched_at="2026-11-23T23:00:00Z")  # the clock was put back
    for given in ((first, second), (second, first)):
        read = site(*given, captures=(first.capture, second.capture))
        assert read.pages[key(f"{HOME}a/")] == second
        assert read.captures[key(f"{HOME}a/")] == second.capture


def test_what_stands_on_most_pages_is_the_template():
    frame = (
        "<h3>Tautan Terkait</h3><ul><li><a href=/lapor>Pengaduan Masyarakat</a></li>"
        "</ul>{}<p>Jalan Pemuda 1 Blora</p><img src=/logo.png>"
    )
    read = site(*pages(6, around=frame))
    one = read.pages[key(f"{HOME}p/3")]
    assert one.text == "Judul 3\nIsi halaman nomor 3"
    assert one.heading == "Judul 3"
    assert link(one, "/lapor").region is Region.MENU
    assert link(one, "/lapor").section == -1
    assert one.pictures[0].region is Region.MENU
    assert "jalan pemuda 1 blora" in read.template
    assert [s.heading for s in one.sections] == ["", "", "Judul 3"]
    assert "Jalan Pemuda" in one.all_text


def test_a_large_site_may_wear_two_templates():
    corner = "<h3>Unit Kerja</h3><p>Sekretariat dan tiga bidang</p>{}"
    other = [page(f"<h1>Berita {n}</h1><p>Kabar nomor {n}</p>", f"{HOME}b/{n}", sha256=f"b{n}") for n in range(26)]
    read = site(*pages(13, around=corner), *other)
    assert read.pages[key(f"{HOME}p/3")].text == "Judul 3\nIsi halaman nomor 3"
    few = site(*pages(11, around=corner), *other)
    assert "Unit Kerja" in few.pages[key(f"{HOME}p/3")].text


def test_of_few_pages_only_what_stands_on_all_is_the_template():
    frame = "{}<p>Jalan Pemuda 1 Blora</p><a href=/lapor>Pengaduan</a>"
    read = site(*pages(3, around=frame))
    assert read.pages[key(f"{HOME}p/1")].text == "Judul 1\nIsi halaman nomor 1"
    assert link(read.pages[key(f"{HOME}p/1")], "/lapor").region is Region.CONTENT
    two = site(*pages(2, around=frame), page("<h1>Lain</h1>", f"{HOME}lain", sha256="lain"))
    assert "Jalan Pemuda 1 Blora" in two.pages[key(f"{HOME}p/1")].text
    assert site(*pages(1, around=frame)).template == frozenset()


def test_the_same_page_under_many_addresses_is_no_template():
    copies = [page("<h1>Renstra</h1><p>Isi renstra</p>", f"{HOME}p?x={n}", sha256="sama") for n in range(9)]
    assert site(*copies).pages[key(f"{HOME}p?x=2")].text == "Renstra\nIsi renstra"


def test_links_of_inserted_pieces_belong_to_the_pages_that_insert_them():
    script = "<div id=n></div><script>fetch('inc/navbar.html'); fetch('inc/footer.html')</script>"
    first, second, third = (
        page(f"<p>Isi {n}</p>{html}", f"{HOME}{n}.html") for n, html in enumerate((script, script, ""))
    )
    menu = page(
        "<a href=renstra.html>Renstra</a>", f"{HOME}inc/navbar.html", role=Role.FRAGMENT, found_on=f"{HOME}0.html"
    )
    foot = page(
        "<a href=kontak.html>Kontak</a>", f"{HOME}inc/footer.html", role=Role.FRAGMENT, found_on=f"{HOME}0.html"
    )
    read = site(foot, second, menu, first, third)
    for number in (0, 1):
        links = read.pages[key(f"{HOME}{number}.html")].links
        assert [(x.url, x.region) for x in links] == [
            (f"{HOME}renstra.html", Region.MENU),
            (f"{HOME}kontak.html", Region.FOOTER),
        ]
    assert read.pages[key(f"{HOME}2.html")].links == ()
    assert key(f"{HOME}inc/navbar.html") not in read.pages


def test_the_order_of_the_readings_does_not_matter():
    readings = [*pages(6, around="{}<p>Jalan Pemuda</p>"), page("<h1>Dinas</h1>", HOME, role=Role.HOME)]
    captures = tuple(reading.capture for reading in readings)
    whole = site(*readings, captures=captures)
    for seed in range(5):
        shuffled = random.Random(seed).sample(readings, len(readings))
        assert site(*shuffled, captures=captures) == whole

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.crawl.frontier import Address, Frontier
from ppid_audit.model.capture import Role, UnreadWhy
from ppid_audit.web import urls

SITE = "http://dinas.example"


def page(path: str, relevance: float = 0.1, role: Role = Role.PAGE, **more: Any) -> Address:
    return Address(SITE + path, role, title=path.strip("/"), relevance=relevance, **more)


def drain(frontier: Frontier) -> list[Address]:
    found = []
    while (address := frontier.pop()) is not None:
        found.append(address)
    return found


def paths(addresses: list[Address]) -> list[str]:
    return [address.url.removeprefix(SITE) for address in addresses]


def frontier(pages: int = 100, documents: int = 100, depth: int = 5, **more: int) -> Frontier:
    return Frontier(pages, documents, depth, **more)


def test_best_first():
    queue = frontier()
    queue.push(page("/berita", depth=1))
    queue.push(page("/profil", essential=True, depth=1))
    queue.push(page("/lakip.pdf", 0.9, Role.DOCUMENT, depth=3))
    queue.push(Address("http://drive.google.com/file/d/1/view", Role.OFF_SITE, relevance=1.0))
    queue.push(page("/ppid", 0.9, depth=3))
    queue.push(page("/dip", 0.95, depth=4))
    queue.push(page("/", role=Role.HOME))
    queue.push(page("/menu.html", role=Role.FRAGMENT, depth=2))
    order = paths(drain(queue))
    assert order == [
        "/",
        "/menu.html",
        "/dip",
        "/ppid",
        "/lakip.pdf",
        "/profil",
        "http://drive.google.com/file/d/1/view",
        "/berita",
    ]


def test_equals_in_the_order_they_came():
    queue = frontier()
    names = [f"/halaman-{letter}" for letter in "qwertyuiop"]
    for name in names:
        queue.push(page(name, depth=1))
    assert paths(drain(queue)) == names


def test_a_better_name_moves_an_address_forward():
    queue = frontier()
    queue.push(page("/a"))
    queue.push(page("/b"))
    queue.push(Address(f"{SITE}/b/", Role.PAGE, title="Daftar Informasi Publik", relevance=0.9))
    first, second = drain(queue)
    assert (first.title, second.title) == ("Daftar Informasi Publik", "a")


def test_one_address_is_asked_for_once():
    queue = frontier()
    for url in (f"{SITE}/a", f"{SITE}/a/", "https://www.dinas.example/a?utm_source=x", f"{SITE}/a#b"):
        queue.push(Address(url, Role.PAGE))
    assert len(drain(queue)) == 1
    queue.push(page("/a", 1.0))
    assert queue.pop() is None


def test_each_kind_has_its_own_budget():
    queue = frontier(pages=2, documents=1, off_site=1)
    for n in range(3):
        queue.push(page(f"/ppid-{n}", 0.9))
        queue.push(page(f"/d{n}.pdf", 0.9, Role.DOCUMENT))
        queue.push(Address(f"https://bit.ly/{n}", Role.OFF_SITE, relevance=0.9))
    assert len(drain(queue)) == 4
    assert {item.why for item in queue.unread(UnreadWhy.BUDGET)} == {UnreadWhy.BUDGET}
    assert len(queue.unread(UnreadWhy.BUDGET)) == 5


def test_a_page_that_turns_out_a_document_is_paid_as_one():
    queue = frontier(pages=1, documents=5)
    queue.push(page("/unduh?id=1", 0.9))
    queue.push(page("/ppid", 0.8))
    first = queue.pop()
    assert first is not None
    queue.charge_as(first, Role.DOCUMENT)
    assert (queue.pages, queue.documents) == (0, 1)
    assert paths(drain(queue)) == ["/ppid"]


def test_look_alikes_are_sampled_only_late_and_never_when_relevant():
    queue = frontier(pages=30)
    for n in range(60):
        queue.push(page(f"/berita/judul-panjang-sekali-{n}", depth=1))
    for n in range(8):
        queue.push(page(f"/dokumen/lakip-tahun-{2010 + n}", 0.8, depth=3))
    queue.push(page("/kontak", depth=2))
    read = paths(drain(queue))
    assert len([path for path in read if path.startswith("/dokumen")]) == 8
    assert len([path for path in read if path.startswith("/berita")]) == 12  # 20 is two thirds of 30
    assert "/kontak" in read
    assert {item.why for item in queue.unread(UnreadWhy.BUDGET)} == {UnreadWhy.SAMPLED}


def test_menus_are_never_sampled_away():
    queue = frontier(pages=60)
    for n in range(55):
        queue.push(page(f"/menu/judul-yang-panjang-{n}", essential=True))
    assert len(drain(queue)) == 55


def test_depth_and_traps_and_actions():
    queue = frontier(depth=2)
    queue.push(page("/dalam", 0.9, depth=3))
    queue.push(page("/a/b/a/b/a/b", 0.9))
    queue.push(page("/logout", 0.9))
    assert queue.pop() is None
    assert [item.why for item in queue.unread(UnreadWhy.BUDGET)] == [
        UnreadWhy.DEPTH,
        UnreadWhy.DEPTH,
        UnreadWhy.OUT_OF_SCOPE,
    ]
    queue.push(page("/dalam", 0.2, depth=1))
    assert paths(drain(queue)) == ["/dalam"]


def test_what_was_rejected_may_get_a_reason_to_be_read():
    queue = frontier()
    address = Address("https://drive.google.com/file/d/1/view", Role.OFF_SITE, title="klik di sini", relevance=0.1)
    queue.reject(address, UnreadWhy.OUT_OF_SCOPE)
    assert queue.pop() is None
    queue.push(Address(address.url, Role.OFF_SITE, title="LAKIP 2025", relevance=0.9))
    queue.reject(address, UnreadWhy.OUT_OF_SCOPE)
    found = queue.pop()
    assert found is not None
    assert found.title == "LAKIP 2025"


def test_what_a_redirect_led_to_is_read():
    queue = frontier()
    queue.push(page("/a"))
    queue.mark_read(f"{SITE}/a")
    queue.mark_read(f"{SITE}/b")
    queue.push(page("/b"))
    assert queue.pop() is None
    assert queue.unread(UnreadWhy.BUDGET) == ()
    assert queue.queued == 0


def test_a_flood_of_addresses_is_cut_but_relevant_ones_are_kept():
    queue = frontier(known=10)
    for n in range(30):
        queue.push(page(f"/x{n}-{n}"))
    queue.push(page("/ppid", 0.9))
    assert queue.dropped == 0
    assert queue.queued == 11


def test_what_matters_among_far_too_many_is_counted():
    queue = frontier(known=10)
    for n in range(30):
        queue.push(page(f"/ppid/x{n}-{n}", 0.9))
    queue.push(page("/menu", essential=True))
    assert (queue.queued, queue.dropped) == (20, 11)


PUSHES = st.lists(
    st.builds(
        Address,
        url=st.sampled_from(
            [f"{SITE}/{name}" for name in ("", "a", "b/", "b", "berita/1", "berita/2", "logout", "c.pdf", "x/x/x/x")]
            + ["https://bit.ly/a", "https://bit.ly/b"]
        ),
        role=st.sampled_from([Role.PAGE, Role.DOCUMENT, Role.FRAGMENT, Role.OFF_SITE]),
        title=st.sampled_from(["", "PPID", "Berita"]),
        depth=st.integers(0, 4),
        relevance=st.sampled_from([0.0, 0.3, 0.5, 1.0]),
        essential=st.booleans(),
    ),
    max_size=40,
)
STEPS = st.lists(st.sampled_from(["push", "pop", "skip", "reject"]), max_size=60)


def play(addresses: list[Address], steps: list[str], budget: int) -> tuple[Frontier, list[str]]:
    queue, waiting, read = Frontier(budget, budget, 3, budget), iter(addresses), []
    for step in [*steps, *["push"] * len(addresses)]:
        if step in ("push", "reject") and (address := next(waiting, None)) is not None:
            if step == "push":
                queue.push(address)
            else:
                queue.reject(address, UnreadWhy.OUT_OF_SCOPE)
        elif step in ("pop", "skip") and (found := queue.pop()) is not None:
            if step == "pop":
                read.append(found.url)
            else:
                queue.skip(found, UnreadWhy.HOST_STOPPED)
    return queue, read + [address.url for address in drain(queue)]


@given(PUSHES, STEPS, st.integers(0, 6))
def test_every_address_ends_read_or_unread_and_never_both(addresses, steps, budget):
    queue, read = play(addresses, steps, budget)
    seen = [urls.key(url) for url in read]
    unread = [urls.key(item.url) for item in queue.unread(UnreadWhy.BUDGET)]
    assert len(set(seen)) == len(seen)
    assert len(set(unread)) == len(unread)
    assert set(seen).isdisjoint(unread)
    assert {urls.key(address.url) for address in addresses} == {*seen, *unread}


@given(PUSHES, STEPS, st.integers(0, 6))
def test_the_same_pushes_give_the_same_order(addresses, steps, budget):
    (one, first), (two, second) = play(addresses, steps, budget), play(addresses, steps, budget)
    assert first == second
    assert one.unread(UnreadWhy.BUDGET) == two.unread(UnreadWhy.BUDGET)

"""R: redirects, scope, and addresses that must never be contacted."""

import pytest

from ppid_audit.crawl.fetch import HttpFetch, Request
from ppid_audit.model.capture import Problem, Role
from ppid_audit.web import urls
from tests.crawl.servers import Route, link, moved, page, reply
from tests.faults.cases import Cases
from tests.faults.lab import HTML, Answer, Lab, full, home, told

pytestmark = pytest.mark.anyio
fault = Cases()


async def refused(lab: Lab, *targets: str) -> set[Problem | None]:
    """What a redirect to each target comes to."""
    site = await lab.serve({})
    found = set()
    for target in targets:
        site.routes["/"] = moved(target)
        found.add((await lab.get(site)).problem)
    assert len(site.seen) == len(targets)
    return found


@fault("R01")
async def loops_end_at_once(lab: Lab) -> None:
    site = await lab.serve({"/a": moved("/a"), "/b": moved("/c"), "/c": moved("/b")})
    for path in ("/a", "/b"):
        assert (await lab.get(site, path)).problem is Problem.TOO_MANY_REDIRECTS
    assert len(site.seen) <= 4


@fault("R02")
async def chains_end_after_a_few_hops(lab: Lab) -> None:
    site = await lab.serve({f"/{n}": moved(f"/{n + 1}") for n in range(30)})
    assert (await lab.get(site, "/0")).problem is Problem.TOO_MANY_REDIRECTS
    assert len(site.seen) == 6


@fault("R03")
async def a_site_may_send_us_back_to_set_a_cookie(lab: Lab) -> None:
    site = await lab.serve({"/": [moved("/", set_cookie="sesi=1; Path=/"), full()]})
    assert (await lab.get(site)).ok


@fault("R04", "R05", "R07")
async def redirects_to_nowhere(lab: Lab) -> None:
    nowhere = ("", "http://[", "http://a:99999/", "http://", "http://%5B/", "/" + "a" * 70_000)
    assert await refused(lab, *nowhere) == {Problem.BAD_REDIRECT}
    assert await lab.problem(reply(b"", "302 Found")) is Problem.BAD_REDIRECT
    assert set(lab.asked) == {"127.0.0.1"}


@fault("R06")
async def a_location_as_browsers_read_it(lab: Lab) -> None:
    site = await lab.serve({"/profil%20dinas/a": full(), "/caf%C3%A9": full()})
    for target in ("/profil dinas\\a", " /caf\u00e9\t"):
        site.routes["/"] = moved(target)
        assert (await lab.get(site)).ok


@fault("R08")
async def another_host_of_its_own_is_asked_for_its_rules_first(lab: Lab) -> None:
    new = await lab.serve({"/": page()})
    old = await lab.serve({"/": moved(new.url())})
    snapshot = await lab.visit(old.url(), {"also": (new.url(),)})
    assert home(snapshot).ok
    assert new.paths[0] == "/robots.txt"


@fault("R09", "R10", "R11")
async def a_front_page_that_lies_elsewhere_is_not_followed(lab: Lab) -> None:
    for target in ("https://pemda.example/", "https://parkir.example/?d=1", "https://sso.example/masuk"):
        site = await lab.serve({"/": moved(target)})
        snapshot = await lab.visit(site.url())
        assert home(snapshot).problem is Problem.REDIRECT_OUT_OF_SCOPE
        assert home(snapshot).final_url == target
    assert set(lab.asked) == {"127.0.0.1"}


INSIDE = {
    "R12": ("127.0.0.1", "[::1]", "0.0.0.0", "localhost"),
    "R13": (
        *("169.254.169.254", "100.100.100.200", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("[fc00::1]", "[fe80::1]", "224.0.0.1", "255.255.255.255", "192.0.0.8"),
    ),
    "R14": (
        *("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]"),
        *("[2002:7f00:1::]", "[2001:0:7f00:1::]", "[::127.0.0.1]"),
    ),
}


@fault("R12", "R13", "R14")
async def no_redirect_leads_inside(lab: Lab) -> None:
    trap = await lab.trap()
    literal: dict[str, Answer] = {
        urls.host(f"http://{name}/"): (urls.host(f"http://{name}/"),) for names in INSIDE.values() for name in names
    }
    lab.names = literal | {"localhost": ("127.0.0.1",)}
    for names in INSIDE.values():
        assert await refused(lab, *(f"http://{name}/" for name in names)) == {Problem.ADDRESS_REFUSED}
        assert await refused(lab, *(f"http://{name}:{trap.port}/" for name in names)) == {Problem.ADDRESS_REFUSED}
    assert trap.connections == 0


@fault("R15")
async def a_public_name_for_a_private_place(lab: Lab) -> None:
    for number, address in enumerate(("127.0.0.1", "10.1.2.3", "::1", "fd00::1", "169.254.169.254")):
        name = f"dalam{number}.example"
        lab.names[name] = (address,)
        assert await refused(lab, f"http://{name}/") == {Problem.ADDRESS_REFUSED}


@fault("R16")
async def other_schemes_are_no_redirects(lab: Lab) -> None:
    schemes = (
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://a.example/",
        "data:text/html,x",
        "javascript:alert(1)",
    )
    assert await refused(lab, *schemes, "dict://a.example/", "ws://a.example/") == {Problem.BAD_REDIRECT}


@fault("R17")
async def odd_ports_are_refused(lab: Lab) -> None:
    lab.names["publik.example"] = ("8.8.8.8",)
    ports = (22, 25, 6379, 9200, 8080)
    assert await refused(lab, *(f"http://publik.example:{port}/" for port in ports)) == {Problem.ADDRESS_REFUSED}


@fault("R18")
async def names_and_passwords_in_an_address_are_dropped(lab: Lab) -> None:
    site = await lab.serve({"/b": full()})
    site.routes["/"] = moved(f"http://admin:rahasia@{site.authority}/b")
    capture = await lab.get(site)
    assert capture.ok
    assert "rahasia" not in "".join((*site.heads, capture.final_url, *capture.redirects))
    assert "authorization" not in "".join(site.heads).lower()


@fault("R19")
async def a_meta_refresh_is_one_hop_under_the_same_rules(lab: Lab) -> None:
    trap = await lab.trap()
    for target in ("/beranda", trap.url()):
        refresh = f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head><body></body></html>'
        site = await lab.serve({"/": reply(refresh), "/beranda": page(link("/ppid", "PPID"))})
        await lab.visit(site.url())
        assert ("/ppid" in site.paths) is (target == "/beranda")
    assert trap.connections == 0


@fault("R20")
async def every_hop_is_told(lab: Lab) -> None:
    site = await lab.serve({"/": moved("/a", "301 Moved"), "/a": moved("/b", "307 Moved"), "/b": full()})
    capture = await lab.get(site)
    assert capture.redirects == (site.url("/a"), site.url("/b"))
    assert capture.final_url == site.url("/b")


@fault("R21")
async def nothing_is_carried_to_another_host(lab: Lab) -> None:
    new = await lab.serve({"/": full()})
    old = await lab.serve({"/": moved(new.url(), set_cookie="sesi=1; Path=/")})
    assert (await lab.get(old)).ok
    heads = "".join(new.heads).lower()
    assert not any(name in heads for name in ("cookie:", "authorization:", "referer:"))


@fault("R22")
async def a_redirect_into_a_forbidden_place(lab: Lab) -> None:
    rules = reply("User-agent: *\nDisallow: /tutup", kind="text/plain")
    routes: dict[str, Route] = {"/": page(link("/ppid", "PPID")), "/ppid": moved("/tutup"), "/robots.txt": rules}
    site = await lab.serve(routes)
    assert told(await lab.visit(site.url()))["/ppid"] is Problem.ROBOTS_DISALLOWED
    assert "/tutup" not in site.paths


@fault("R23")
async def a_proxy_in_the_environment_is_not_used(lab: Lab) -> None:
    trap = await lab.trap()
    site = await lab.serve()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            patch.setenv(name, trap.url())
        assert (await lab.get(site)).ok
    assert trap.connections == 0


CONFUSING = ("http://publik.example@{}/", "http:\\\\publik.example\\@{}/", "http://{}#@publik.example/")


ODD = ("http://ppid\uff0ego\uff0eid/", "http://pp\tid.example/", "http://ppid\u3002go\u3002id/")


@fault("R24")
async def the_host_that_is_checked_is_the_host_that_is_asked(lab: Lab) -> None:
    trap = await lab.trap()
    lab.names["publik.example"] = ("8.8.8.8",)
    for form in CONFUSING:
        url = form.format(trap.authority)
        assert (await lab.get(url)).problem in {Problem.ADDRESS_REFUSED, Problem.BAD_RESPONSE}, url
    for odd in ODD:
        capture = await lab.get(odd)
        assert capture.fault
    assert set(lab.asked) <= {urls.host(odd) for odd in ODD}
    assert trap.connections == 0


@fault("R24")
async def a_name_that_two_parsers_read_in_two_ways_is_refused(lab: Lab) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "host", lambda _: "lain.example")
        async with HttpFetch("t", frozenset(), lambda: "", lab.lookup) as fetch:
            exchange = await fetch(Request("http://dinas.example/", Role.PAGE))
    assert exchange.capture.problem is Problem.ADDRESS_REFUSED
    assert lab.asked == []
    assert exchange.body != HTML


@pytest.mark.parametrize("play", fault.plays, ids=fault.names)
async def test_r(play, lab):
    await play(lab)

import pytest

from ppid_audit.crawl.robots_gate import RobotsGate, is_page_instead
from ppid_audit.model.capture import Capture, Exchange, Problem, Role

URL = "https://dinas.example/ppid/dip"


def answered(
    body: str = "",
    status: int | None = 200,
    problem: Problem | None = None,
    url="https://dinas.example/robots.txt",
    final="",
    media="text/plain",
) -> Exchange:
    capture = Capture(url, final or url, Role.ROBOTS, "", status, problem, media_type=media)
    return Exchange(capture, body.encode(), body.encode())


def gate(*exchanges: Exchange) -> RobotsGate:
    made = RobotsGate("ppid-audit")
    for exchange in exchanges:
        made.learn(exchange)
    return made


def test_where_the_rules_stand():
    assert RobotsGate.address("http://127.0.0.1:8080/a/b?c") == "http://127.0.0.1:8080/robots.txt"


def test_rules_are_obeyed():
    rules = gate(answered("User-agent: *\nDisallow: /ppid\nCrawl-delay: 7\nSitemap: https://dinas.example/peta.xml"))
    assert not rules.allows(URL)
    assert rules.refusal(URL) == (Problem.ROBOTS_DISALLOWED, "")
    assert rules.allows("https://dinas.example/profil")
    assert rules.delay(URL) == 7
    assert rules.sitemaps(URL) == ("https://dinas.example/peta.xml",)


def test_rules_for_us_go_before_those_for_all():
    rules = gate(answered("User-agent: *\nDisallow: /\n\nUser-agent: ppid-audit\nDisallow: /privat"))
    assert rules.allows(URL)
    assert not rules.allows("https://dinas.example/privat/a")


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (404, None),
        (410, None),
        (401, Problem.BLOCKED),
        (403, Problem.BLOCKED),
        (400, Problem.CLIENT_ERROR),
        (302, Problem.TOO_MANY_REDIRECTS),
        (302, Problem.REDIRECT_OUT_OF_SCOPE),
    ],
)
def test_without_rules_all_is_allowed(status, problem):
    assert gate(answered("Disallow: /", status, problem)).allows(URL)


@pytest.mark.parametrize(
    ("status", "problem", "told"),
    [
        (500, Problem.SERVER_ERROR, Problem.ROBOTS_UNREACHABLE),
        (429, Problem.RATE_LIMITED, Problem.ROBOTS_UNREACHABLE),
        (None, Problem.DEADLINE, Problem.ROBOTS_UNREACHABLE),
        (None, Problem.RESET, Problem.ROBOTS_UNREACHABLE),
        (200, Problem.TRUNCATED, Problem.ROBOTS_UNREACHABLE),
        (None, Problem.DNS_NOT_FOUND, Problem.DNS_NOT_FOUND),
        (None, Problem.CONNECT_FAILED, Problem.CONNECT_FAILED),
        (None, Problem.TLS_FAILED, Problem.TLS_FAILED),
    ],
)
def test_rules_out_of_reach_forbid_all(status, problem, told):
    refusal = gate(answered("", status, problem)).refusal(URL)
    assert refusal is not None
    assert refusal[0] is told
    assert problem.value in refusal[1]


def test_a_huge_file_counts_as_far_as_it_was_read():
    body = "User-agent: *\nDisallow: /ppid\n" + "# x\n" * 1000 + "Disal"
    assert not gate(answered(body, problem=Problem.TOO_LARGE)).allows(URL)


def test_what_is_not_known_is_not_allowed():
    rules = gate(answered())
    assert not rules.allows("http://dinas.example/")
    assert not rules.allows("https://lain.example/")
    rules.forget(URL)
    assert not rules.knows(URL)


def test_rules_that_moved_count_at_both_places():
    rules = gate(
        answered(
            "User-agent: *\nDisallow: /a",
            url="http://dinas.example/robots.txt",
            final="https://dinas.example/robots.txt",
        )
    )
    for scheme in ("http", "https"):
        assert not rules.allows(f"{scheme}://dinas.example/a")
        assert rules.allows(f"{scheme}://dinas.example/b")


def test_a_page_in_place_of_rules():
    exchange = answered("<!doctype html><p>Disallow: /</p>", media="text/html")
    assert is_page_instead(exchange.capture)
    assert gate(exchange).allows(URL)

from typing import Any

import pytest

from ppid_audit.crawl.health import notes
from ppid_audit.model.capture import Capture, Problem, Role


def capture(url: str = "https://dinas.example/", role: Role = Role.HOME, **more: Any) -> Capture:
    more = {"status": 200, "media_type": "text/html", "final_url": url, **more}
    return Capture(url, role=role, fetched_at="", **more)


def codes(*captures: Capture, stopped: str = "", dropped: int = 0) -> list[str]:
    return [note.code for note in notes(captures, stopped, dropped)]


def test_a_healthy_site_has_no_notes():
    assert codes(capture(), *[capture(role=Role.PAGE, seconds=0.4)] * 9) == []


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([capture(detail="tls: certificate has expired")] * 3, ["tls_expired"]),
        ([capture(detail="tls: self-signed certificate")], ["tls_invalid"]),
        ([capture(status=None, problem=Problem.TLS_FAILED, detail="Hostname mismatch")], ["tls_invalid"]),
        ([capture("http://dinas.example/")], ["http_only"]),
        ([capture("http://dinas.example/", final_url="https://dinas.example/")], []),
        ([capture("http://127.0.0.1:8000/")], []),
        ([capture(problem=Problem.TOO_MANY_REDIRECTS, detail="loop")], ["redirect_loop"]),
        ([capture(), capture("https://dinas.example/robots.txt", Role.ROBOTS)], ["robots_html"]),
        ([capture(), *[capture(role=Role.PAGE, seconds=4.2)] * 5], ["slow"]),
    ],
)
def test_what_is_noticed(seen, expected):
    assert codes(*seen) == expected


def test_a_visit_cut_short_says_so():
    assert codes(capture(), stopped="5 failures in a row", dropped=3) == ["host_stopped", "addresses_dropped"]

from dataclasses import replace
from typing import Any

import pytest

from ppid_audit.crawl.health import notes
from ppid_audit.model.capture import Capture, Problem, Role

EXPIRED = "tls: certificate has expired"


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


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"certificate_until": "2026-12-04"}, [("tls_expires_soon", "2026-12-04")]),
        ({"certificate_until": "2026-12-25"}, []),
        (
            {"certificate_until": "2026-11-20", "detail": "tls: certificate has expired"},
            [("tls_expired", "2026-11-20")],
        ),
        (
            {"certificate_until": "2027-11-20", "detail": EXPIRED},  # that of its authority has
            [("tls_expired", "certificate has expired")],
        ),
    ],
)
def test_the_day_on_which_a_certificate_ends(more, expected):
    seen = [replace(capture(), fetched_at="2026-11-24T03:00:00Z", **more)] * 2
    assert [(note.code, note.detail) for note in notes(seen, "", 0)] == expected


def test_a_visit_cut_short_says_so():
    assert codes(capture(), stopped="5 failures in a row", dropped=3) == ["host_stopped", "addresses_dropped"]

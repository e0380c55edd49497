import time

import pytest

from ppid_audit.extract.page import read_page
from ppid_audit.model.capture import Capture, Role
from ppid_audit.model.site import Nature
from ppid_audit.web.injection import injections
from ppid_audit.web.nature import nature_of, nature_of_raw
from tests.web.pairs import BASE, Sample, bare, samples, site

LIMIT = 5.0
HOSTILE = {
    "10 MB": site("Profil", "<p>isi slot </p>" * 700_000),
    "nested": "<div style='display:none'>" * 20_000 + "<a href='/slot/'>slot gacor</a>",
    "open tags": "<a <a <a " * 37_500,
    "open quotes": '<a href="' * 20_000 + "slot",
    "long attribute": f"<a href='{'x' * 1_000_000}'>slot</a>",
    "open comments": "<!--" * 100_000 + "slot",
    "open scripts": "<script" * 100_000 + "slot",
    "angle brackets": "slot" + "<" * 2_000_000,
    "words": "situs kami sedang dalam " * 60_000,
    "spaces": "<title>" + " " * 1_000_000 + "slot",
}


def read(sample: Sample):
    capture = Capture(BASE, BASE, Role.PAGE, "", sample.status, headers=sample.headers, media_type="text/html")
    return read_page(capture, sample.html.encode())


def test_pages_are_told_from_those_that_only_look_like_them():
    wrong, called_hijacked, count = [], [], 0
    for sample in samples():
        page, count = read(sample), count + 1
        if page.nature is not sample.nature:
            wrong.append(f"{sample.name}: {page.nature}")
        if page.nature is Nature.HIJACKED and sample.nature is not Nature.HIJACKED:
            called_hijacked.append(sample.name)
    assert count >= 400
    assert called_hijacked == []
    assert len(wrong) <= count * 0.005, wrong


def test_what_is_told_before_a_page_is_parsed_turns_nobody_ordinary_away():
    refused = (Nature.CHALLENGE, Nature.WAF_BLOCK)
    for sample in samples():
        seen = nature_of_raw(sample.html, sample.headers, sample.status)
        assert (seen in refused) == (sample.nature in refused), sample.name


def test_a_server_at_work_says_so_with_its_status():
    page = bare("Pemberitahuan", "<p>Ada pekerjaan perbaikan, mohon tunggu.</p>")
    assert nature_of_raw(page, status=503) is Nature.MAINTENANCE
    assert nature_of_raw(page, status=200) is Nature.ORDINARY


def test_a_challenge_is_known_by_its_header_alone():
    assert nature_of("Dinas", "isi", "<p>isi</p>", [("cf-mitigated", "challenge")], 403) is Nature.CHALLENGE
    assert nature_of("Dinas", "isi", "<p>isi</p>", [("server", "cloudflare")], 403) is Nature.ORDINARY


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_costs_no_more_than_its_length(name):
    began = time.monotonic()
    nature_of_raw(HOSTILE[name])
    injections(HOSTILE[name], BASE)
    assert time.monotonic() - began < LIMIT


@pytest.mark.parametrize(
    "body", [b"\0" * 5_000 + b"<title>a\0b</title>", "<title>Dinas</title>".encode("utf-16-le"), b"\xff\xfe<"]
)
def test_bytes_that_are_no_text_are_read_all_the_same(body):
    page = read_page(Capture(BASE, BASE, Role.PAGE, "", 200, media_type="text/html"), body)
    assert page.nature is Nature.ORDINARY
    assert "\0" not in page.title + page.text

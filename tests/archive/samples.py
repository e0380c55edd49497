"""Exchanges to store, made by hand and by hypothesis."""

import gzip
import zlib

from hypothesis import strategies as st

from ppid_audit.model.capture import Capture, Exchange, Problem, Role

HOME = "http://dinkes.example/"


def exchange(number: int = 0, body: bytes = b"<h1>Dinas Kesehatan</h1>", **more) -> Exchange:
    url = f"{HOME}halaman-{number}"
    capture = Capture(
        url=url,
        final_url=url,
        role=Role.PAGE,
        fetched_at=f"2026-11-24T10:00:{number % 60:02d}Z",
        status=200,
        headers=(("Content-Type", "text/html"),),
        media_type="text/html",
    )
    fields = {name: more.pop(name) for name in tuple(more) if name != "raw"}
    return Exchange(Capture(**{**_fields(capture), **fields}), more.get("raw", body), body)


def failure(number: int = 0, problem: Problem = Problem.CONNECT_TIMEOUT) -> Exchange:
    url = f"{HOME}mati-{number}"
    return Exchange(Capture(url, url, Role.PAGE, "2026-11-24T10:01:00Z", problem=problem, detail="lewat 15 detik"))


def _fields(capture: Capture) -> dict[str, object]:
    return {name: getattr(capture, name) for name in Capture.__slots__}


addresses = st.sampled_from([HOME, f"{HOME}unduh?id=1&nama=a b", "https://dinkes.example/renstra-é.pdf", "tidak sah\n"])
any_text = st.text(st.characters(exclude_categories=()), max_size=30)
header_lists = st.lists(
    st.tuples(st.sampled_from(["Content-Type", "X-é", "Set-Cookie", "ETag", "a b"]), any_text), max_size=4
)
bodies = st.binary(max_size=400) | st.just(b"") | st.just(b"<html>" * 300)


@st.composite
def exchanges(draw) -> Exchange:
    body = draw(bodies)
    coding = draw(st.sampled_from(["", "gzip", "deflate", "br", "gzip\xa0", "utf-8", "GZIP, identity"]))
    raw = draw(
        st.sampled_from(
            [body, gzip.compress(body), zlib.compress(body), gzip.compress(body + b"lebih"), b"", b"\x1f\x8bx"]
        )
    )
    headers = draw(header_lists)
    if coding:
        headers.append(("content-encoding", coding))
    status = draw(st.sampled_from([None, 200, 204, 404, 503, 999]))
    capture = Capture(
        url=draw(addresses),
        final_url=draw(addresses),
        role=draw(st.sampled_from(Role)),
        fetched_at=draw(st.sampled_from(["2026-11-24T10:00:00Z", "2026-11-24T10:00:00.123Z", "kemarin"])),
        status=status,
        problem=draw(st.none() | st.sampled_from(Problem)),
        detail=draw(any_text),
        redirects=tuple(draw(st.lists(addresses, max_size=2))),
        headers=tuple(headers),
        media_type=draw(any_text),
        seconds=draw(st.floats(0, 100)),
        found_on=draw(addresses),
    )
    return Exchange(capture) if status is None else Exchange(capture, raw, body)

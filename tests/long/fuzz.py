"""Mutated addresses, rules, maps, heads, texts and codings: ``python -m tests.long.fuzz [SECONDS] [SEED]``.

Counts the inputs of each kind, names each exception and each input that took over a second of the processor;
ends with 1 when there is any.
"""

import gzip
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

from ppid_audit.crawl import shape
from ppid_audit.crawl.answer import Answer
from ppid_audit.crawl.request import Request
from ppid_audit.model.capture import Role
from ppid_audit.web import charset, coding, robots, sitemap, sniff, urls
from ppid_audit.web.labels import codec_for
from tests.long.seeds import SEEDS

LIMIT = 1.0
CAP = 200_000


def address(data: bytes) -> None:
    text = data.decode("utf-8", "surrogatepass" if data.isascii() else "replace")
    found = urls.resolve("http://dinas.example/a/b", text)
    for url in (text, found or ""):
        (
            urls.key(url),
            urls.host(url),
            urls.path_words(url),
            shape.template(url),
            shape.is_action(url),
            shape.is_trap(url),
        )
    if found:
        assert found.startswith(("http://", "https://"))
        assert len(found) <= urls.MAX_LENGTH
        assert urls.resolve(found, found) == found


def rules(data: bytes) -> None:
    read = robots.Rules.parse(charset.decode(data))
    read.allowed("http://dinas.example/a", "ppid-audit")
    delay = read.delay("ppid-audit")
    assert delay is None or delay >= 0


def site_map(data: bytes) -> None:
    found = sitemap.parse(data)
    assert all(url.startswith(("http://", "https://")) for url in (*found.pages, *found.sitemaps))


def head(data: bytes) -> None:
    lines = [line.partition(":")[::2] for line in data.decode("latin-1").splitlines()[:150]]
    answer = Answer("http://dinas.example/", "http://dinas.example/")
    answer.start(302, [(name.lower(), value) for name, value in lines], lines[0][1] if lines else "")
    answer.next_hop(lambda _: True)
    answer.raw += data
    capture = answer.exchange(Request("http://dinas.example/", Role.PAGE, max_bytes=CAP), "", 0.0).capture
    assert all(value.isprintable() for _, value in capture.headers)


def text(data: bytes) -> None:
    decoded = charset.decode(data, data[:40].decode("latin-1"))
    assert "\0" not in decoded
    decoded.encode("utf-8")
    codec_for(data[:20].decode("latin-1"))
    sniff.media_type(data)


def packed(data: bytes) -> None:
    for name in ("gzip", "deflate", "gzip, deflate", data[:8].decode("latin-1")):
        body, fault = coding.decode(data, name, CAP)
        assert len(body) <= CAP
        assert fault in (None, "truncated", "corrupt", "too_large", "unsupported")


KINDS: dict[str, Callable[[bytes], None]] = {
    "address": address,
    "robots": rules,
    "sitemap": site_map,
    "head": head,
    "charset": text,
    "coding": packed,
}


def mutated(seed: bytes, draw: Random) -> bytes:
    """``seed`` with a few bytes changed, repeated, cut, moved or replaced."""
    data = bytearray(seed)
    for _ in range(draw.randint(1, 6)):
        at = draw.randint(0, len(data))
        match draw.randrange(6):
            case 0:
                data[at:at] = draw.randbytes(draw.randint(1, 4))
            case 1:
                del data[at : at + draw.randint(1, 20)]
            case 2:
                data[at : at + 1] = bytes([draw.choice(b"\0\t\n\r :/?#[]@%&;=<>\"'\\*$\x80\xff\xfe.-")])
            case 3:
                data[at:at] = data[at : at + 30] * draw.choice((2, 3, 50))
            case 4:
                data = data[:at] + data[:at] if draw.random() < 0.3 else data[:at]
            case _:
                data[at:at] = draw.choice(SEEDS_FLAT)[: draw.randint(1, 60)]
    return bytes(data[:100_000])


SEEDS_FLAT = [seed for seeds in SEEDS.values() for seed in seeds]


def fuzz(
    kinds: Mapping[str, Callable[[bytes], None]], seeds: Mapping[str, list[bytes]], seconds: int, seed: int
) -> int:
    """Runs each check on mutated seeds of its kind until ``seconds`` are over; 1 when anything was wrong."""
    draw, ends = Random(seed), time.monotonic() + seconds
    count, wrong = Counter[str](), 0
    slowest = 0.0
    while time.monotonic() < ends:
        for name, check in kinds.items():
            data = mutated(draw.choice(seeds[name]), draw)
            if name == "coding" and draw.random() < 0.5:
                data = mutated(draw.choice((gzip.compress, zlib.compress))(data), draw)
            began = time.process_time()
            try:
                check(data)
            except Exception as error:
                wrong += 1
                print(f"{name}\t{type(error).__name__}: {error}\t{data[:200]!r}")
            took = time.process_time() - began
            slowest = max(slowest, took)
            if took > LIMIT:
                wrong += 1
                print(f"{name}\t{took:.1f} s\t{data[:200]!r}")
            count[name] += 1
    print(f"# {sum(count.values())} inputs {dict(count)}, slowest {slowest:.3f} s, {wrong} wrong")
    return 1 if wrong else 0


def main(seconds: int = 180, seed: int = 6) -> int:
    return fuzz(KINDS, SEEDS, seconds, seed)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

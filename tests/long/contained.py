"""Whom does the whole catalogue of faults contact? ``python -m tests.long.contained`` (Linux, root).

Plays every row in a network namespace of its own, where every address of the world leads back to this machine, each
packet that opens a contact is taken down, and the system's resolver is one that writes down what it is asked and
answers every name. Then the sample regency is scanned in the same way; some of its documents lie on Google Drive, which
a visit may follow. Ends with 1 when anything else was contacted or any other name was asked for, with 2 where this
machine cannot tell.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from ppid_audit.web.hosts import is_document_host
from tests.faults.table import places

ROOT = Path(__file__).parents[2]
ELSEWHERE, DOCUMENT_HOST = "8.8.8.8", "9.9.9.9"
"""Where names are said to be: public addresses, so that nothing but the scope keeps a visit from them."""
CONTROL = "kontrol.example"
_ALL_PROTOCOLS, _OUTGOING = 3, 4
_IPV4, _IPV6 = 0x0800, 0x86DD
_TCP, _UDP, _SYN_AND_ACK, _SYN = 6, 17, 0x12, 0x02
_SET_UP = (
    "ip link set lo up",
    "ip route add local default dev lo",
    "ip -6 route add local default dev lo",
    "mount --bind {file} /etc/resolv.conf",
)


class Watch:
    """Everything that is contacted: ``asked`` are the names, ``places`` the addresses outside loopback."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.within = 0
        self._packets = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL_PROTOCOLS))
        self._packets.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 20)
        self._packets.bind(("lo", 0))
        self._names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._names.bind(("127.0.0.1", 53))
        for work in (self._take_down, self._answer):
            threading.Thread(target=work, daemon=True).start()

    def clear(self) -> None:
        """Forget what was seen."""
        self.asked.clear()
        self.places.clear()
        self.within = 0

    def _take_down(self) -> None:
        while True:
            packet, (_, protocol, direction, *_) = self._packets.recvfrom(200)
            place = opens(packet, protocol) if direction == _OUTGOING else None
            if place is None:
                continue
            if ip_address(place.rpartition(" ")[0]).is_loopback:
                self.within += 1
            else:
                self.places[place] += 1

    def _answer(self) -> None:
        while True:
            question, sender = self._names.recvfrom(2_000)
            name, end = asked_for(question)
            place = DOCUMENT_HOST if is_document_host(name) else ELSEWHERE
            self.asked[f"{name} {place}"] += 1
            known = question[end : end + 2] == b"\0\1"
            head = question[:2] + b"\x81\x80\0\1" + (b"\0\1" if known else b"\0\0") + bytes(4)
            record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton(place) if known else b""
            self._names.sendto(head + question[12 : end + 4] + record, sender)


def opens(packet: bytes, protocol: int) -> str | None:
    """Address and port that a packet opens a contact with: a TCP SYN, or any UDP; None for every other packet."""
    if protocol == _IPV4:
        head, kind, target = 4 * (packet[0] & 15), packet[9], socket.inet_ntop(socket.AF_INET, packet[16:20])
    elif protocol == _IPV6:
        head, kind, target = 40, packet[6], socket.inet_ntop(socket.AF_INET6, packet[24:40])
    else:
        return None
    if kind == _UDP or (kind == _TCP and packet[head + 13] & _SYN_AND_ACK == _SYN):
        return f"{target} {int.from_bytes(packet[head + 2 : head + 4], 'big')}"
    return None


def asked_for(question: bytes) -> tuple[str, int]:
    """The name that a DNS message asks for (RFC 1035 section 4.1.2) and where it ends."""
    at, labels = 12, list[str]()
    while size := question[at]:
        labels.append(question[at + 1 : at + 1 + size].decode("latin-1"))
        at += 1 + size
    return ".".join(labels), at + 1


@contextlib.contextmanager
def _watching() -> Iterator[Watch]:
    """The namespace made ready, and the watch over it, which must see a contact that is made on purpose."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write("nameserver 127.0.0.1\noptions attempts:1 timeout:2\n")
        file.flush()
        for line in _SET_UP:
            subprocess.run(line.format(file=file.name).split(), check=True)
        watch = Watch()
        with contextlib.suppress(OSError):
            socket.create_connection((CONTROL, 81), timeout=2).close()
        _settle()
        if watch.places != {f"{ELSEWHERE} 81": 1} or set(watch.asked) != {f"{CONTROL} {ELSEWHERE}"}:
            raise OSError(f"the watch is blind: {watch.places} {watch.asked}")
        watch.clear()
        yield watch


def _settle() -> None:
    """Let the watch catch up with the packets that are on their way."""
    threading.Event().wait(0.5)


def _inside(chosen: list[str]) -> int:
    plays = ["-m", "pytest", "-p", "no:cacheprovider", *(chosen or places())]
    with _watching() as watch, tempfile.TemporaryDirectory() as folder:
        demo = ["-c", "from ppid_audit.cli import main; main()", "demo", "--data", folder, "--out", folder]
        wrong = [_contacts(watch, "catalogue", plays), _contacts(watch, "sample regency", demo)]
    return 1 if any(wrong) else 0


def _contacts(watch: Watch, what: str, arguments: list[str]) -> int:
    """Runs Python with ``arguments``; how many places off scope were contacted (at least 1 when it failed)."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    _settle()
    lines = done.stdout.strip().splitlines() or [""]
    failed, last = [line for line in lines if line.startswith("FAILED")], lines[-1].strip("= ")
    seen = watch.asked + watch.places
    off_scope = {place: count for place, count in seen.items() if DOCUMENT_HOST not in place}
    print(f"# {what}: code {done.returncode}, {last}")
    print(f"# {watch.within} contacts on loopback, {len(seen)} kinds elsewhere, {len(off_scope)} of them off scope")
    print("".join(f"{line}\n" for line in failed), end="")
    for place, count in seen.most_common():
        print(f"{count}\t{place}")
    watch.clear()
    return len(off_scope) + done.returncode


def main(chosen: list[str]) -> int:
    if chosen[:1] == ["--inside"]:
        return _inside(chosen[1:])
    if sys.platform != "linux" or os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("ip")):
        sys.stderr.write("This needs Linux, root, and the programs unshare and ip: nothing was measured.\n")
        return 2
    inside = [sys.executable, "-m", "tests.long.contained", "--inside", *chosen]
    return subprocess.run(["unshare", "--net", "--mount", *inside], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Notifications, against servers on loopback; what fails is one sentence that gives no secret away."""

import json
import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ppid_audit.cli.notify import SMTP, WEBHOOK, notify, wanted
from tests.cli.nightly import Nightly, pages

SECRET = "rahasia-8f2"
TEXT = "Dinas Kesehatan: terpenuhi → tidak ditemukan"


@contextmanager
def serving(server):
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class Hook(HTTPServer):
    """Takes webhooks; ``status`` is what it answers."""

    def __init__(self, status: int = 200, **headers: str) -> None:
        self.got: list[tuple[str, dict[str, str]]] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.got.append((self.path, json.loads(body)))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{SECRET}"


class Mailbox(socketserver.ThreadingTCPServer):
    """Just enough of an SMTP server (RFC 5321): ``got`` are the messages, ``logins`` the AUTH lines."""

    daemon_threads = True

    def __init__(self, refuse: str = "") -> None:
        self.got: list[tuple[list[str], bytes]] = []
        self.logins: list[str] = []
        box = self

        class Handler(socketserver.StreamRequestHandler):
            def say(self, line: str) -> None:
                self.wfile.write(f"{line}\r\n".encode())

            def handle(self) -> None:
                self.say("220 uji")
                to: list[str] = []
                while line := self.rfile.readline().decode().strip():
                    verb = line.upper()
                    if refuse and verb.startswith(refuse):
                        self.say(f"535 tidak boleh {SECRET}")
                    elif verb.startswith("EHLO"):
                        self.say("250-uji\r\n250 AUTH PLAIN")
                    elif verb.startswith("AUTH"):
                        box.logins.append(line)
                        self.say("235 ya")
                    elif verb == "DATA":
                        self.say("354 mulai")
                        body = b""
                        while (part := self.rfile.readline()) != b".\r\n":
                            body += part
                        box.got.append((to, body))
                        self.say("250 diterima")
                    elif verb == "QUIT":
                        self.say("221 sampai jumpa")
                        return
                    else:
                        to += [line] if verb.startswith("RCPT") else []
                        self.say("250 ya")

        super().__init__(("127.0.0.1", 0), Handler)

    def url(
        self, login: str = "", query: str = "?from=ppid@contoh.go.id&to=kepala@contoh.go.id,sekretaris@contoh.go.id"
    ):
        return f"smtp://{login}127.0.0.1:{self.server_address[1]}/{query}"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    monkeypatch.delenv(WEBHOOK, raising=False)
    monkeypatch.delenv(SMTP, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    return monkeypatch


def test_a_webhook_gets_the_news_as_chat_programs_like_it(nothing_set, capsys):
    assert not wanted()
    with serving(Hook()) as hook:
        nothing_set.setenv(WEBHOOK, hook.url)
        assert wanted()
        notify("Ada perubahan", TEXT, "20261124-1")
    ((path, told),) = hook.got
    assert path == f"/{SECRET}"
    assert told == {"text": f"Ada perubahan\n\n{TEXT}", "subject": "Ada perubahan", "scan": "20261124-1"}
    assert capsys.readouterr() == ("", "")


def test_a_mail_gets_to_everybody_with_a_login(nothing_set, capsys):
    with serving(Mailbox()) as box:
        nothing_set.setenv(SMTP, box.url(f"ppid:{SECRET}%40@"))
        notify("Ada perubahan", TEXT, "20261124-1")
    ((to, body),) = box.got
    message = message_from_bytes(body, policy=policy.default)
    assert [line.partition("<")[2].rstrip(">") for line in to] == ["kepala@contoh.go.id", "sekretaris@contoh.go.id"]
    assert (message["Subject"], message["From"]) == ("Ada perubahan", "ppid@contoh.go.id")
    assert message["X-PPID-Audit-Scan"] == "20261124-1"
    assert message.get_content().strip() == TEXT
    assert len(box.logins) == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        (WEBHOOK, f"https://127.0.0.1:1/{SECRET}", "tidak terkirim: Connection refused"),
        (WEBHOOK, f"http://hooks.example/{SECRET}", "tidak terenkripsi"),
        (WEBHOOK, f"ftp://127.0.0.1/{SECRET}", "bukan alamat"),
        (WEBHOOK, f"file:///etc/passwd?{SECRET}", "bukan alamat"),
        (WEBHOOK, f"https://[{SECRET}", "bukan alamat"),
        (WEBHOOK, f"http://127.0.0.1:99999/{SECRET}", "bukan alamat"),
        (WEBHOOK, f"http://127.0.0.1/{SECRET} dan spasi", "tidak terkirim"),
        (SMTP, f"smtp://a:{SECRET}@127.0.0.1:1/?from=a@x&to=b@x", "tidak terkirim: Connection refused"),
        (SMTP, f"smtp://a:{SECRET}@127.0.0.1:1/", "tulis pengirim dan penerima"),
        (SMTP, f"smtp://a:{SECRET}@127.0.0.1:1/?from=a@x%0d%0aBcc:c@x&to=b@x", "tidak terkirim"),
        (SMTP, f"imap://a:{SECRET}@127.0.0.1/", "bukan alamat"),
    ],
)
def test_what_cannot_be_sent_is_one_sentence_without_secrets(nothing_set, capsys, name, value, says):
    nothing_set.setenv(name, value)
    notify("Ada perubahan", TEXT, "20261124-1")
    out, err = capsys.readouterr()
    assert out == ""
    assert (name in err, says in err, err.count("\n")) == (True, True, 1)
    assert SECRET not in err


def test_a_refusal_shows_its_code_only(nothing_set, capsys):
    with serving(Hook(403)) as hook, serving(Mailbox(refuse="AUTH")) as box:
        nothing_set.setenv(WEBHOOK, hook.url)
        nothing_set.setenv(SMTP, box.url(f"ppid:{SECRET}@"))
        notify("Ada perubahan", TEXT, "20261124-1")
    _, err = capsys.readouterr()
    assert "HTTP 403" in err
    assert "SMTP 535" in err
    assert SECRET not in err
    assert box.got == []


def test_a_webhook_that_moves_is_not_followed(nothing_set, capsys):
    with serving(Hook()) as elsewhere, serving(Hook(307, Location=elsewhere.url)) as hook:
        nothing_set.setenv(WEBHOOK, hook.url)
        notify("Ada perubahan", TEXT, "20261124-1")
    assert elsewhere.got == []
    assert "HTTP 307" in capsys.readouterr().err


def test_a_scan_tells_only_when_something_changed(nothing_set, tmp_path):
    regency = Nightly(tmp_path, dinkes=pages())
    try:
        with serving(Hook()) as hook:
            nothing_set.setenv(WEBHOOK, hook.url)
            for _ in range(2):
                regency.run("scan", "--as-of", "2026-11-24", "--quiet")
            assert hook.got == []
            regency.sites["dinkes"].clear()
            regency.run("scan", "--as-of", "2026-11-24")
        ((_, told),) = hook.got
        assert told["subject"] == "Keterbukaan informasi Kabupaten Uji: ada perubahan"
        assert "Dinas Dinkes" in told["text"]
        assert "\x1b" not in told["text"]
    finally:
        regency.close()

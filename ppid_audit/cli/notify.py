"""Telling somebody that a scan has brought something new: by webhook or by mail, as the environment says.

Both addresses hold secrets, so they come from the environment (the command line shows in process lists) and
are never printed: ``PPID_AUDIT_WEBHOOK=https://...`` gets a POST of JSON whose ``text`` chat programs show;
``PPID_AUDIT_SMTP_URL=smtps://user:password@host/?from=a@x&to=b@y,c@z`` sends a mail (``smtp://`` uses STARTTLS).
"""

import json
import os
import smtplib
import ssl
import sys
from collections.abc import Callable
from email.message import EmailMessage
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from ppid_audit.cli.words import t
from ppid_audit.web.scope import is_internal

WEBHOOK, SMTP = "PPID_AUDIT_WEBHOOK", "PPID_AUDIT_SMTP_URL"

_SECONDS = 10


class _RefusedError(Exception):
    """The address is none that may be used; its text names the locale key that says why."""


class _NoRedirects(HTTPRedirectHandler):
    """A webhook that moves would take the message, and the secret in its address, to another host."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


def wanted() -> bool:
    """Whether anybody is to be told."""
    return any(os.environ.get(name, "").strip() for name in (WEBHOOK, SMTP))


def notify(subject: str, text: str, scan: str) -> None:
    """Sends the news wherever the environment says; what fails is one sentence on stderr, without secrets."""
    ways: tuple[tuple[str, Callable[[str, str, str, str], None]], ...] = ((WEBHOOK, _post), (SMTP, _mail))
    for name, send in ways:
        address = os.environ.get(name, "").strip()
        if not address:
            continue
        try:
            send(address, subject, text, scan)
        except _RefusedError as error:
            print(t(f"cli.notify.{error}", name=name), file=sys.stderr)
        except (OSError, ValueError, HTTPException, smtplib.SMTPException) as error:
            print(t("cli.notify.failed", name=name, error=_told(error)), file=sys.stderr)


def _told(error: Exception) -> str:
    """What went wrong, without the address (exceptions like to repeat it)."""
    if isinstance(error, HTTPError):
        return f"HTTP {error.code}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"SMTP {error.smtp_code}"
    reason = getattr(error, "reason", error)
    return (isinstance(reason, OSError) and reason.strerror) or type(reason).__name__


def _post(address: str, subject: str, text: str, scan: str) -> None:
    parts = _parts(address, {"http", "https"})
    if parts.scheme == "http" and not is_internal(parts.hostname or ""):
        raise _RefusedError("not_encrypted")
    body = json.dumps({"text": f"{subject}\n\n{text}", "subject": subject, "scan": scan}, ensure_ascii=False).encode()
    request = Request(address, body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310 - checked above
    with build_opener(ProxyHandler({}), _NoRedirects).open(request, timeout=_SECONDS) as answer:
        answer.read(1)


def _mail(address: str, subject: str, text: str, scan: str) -> None:
    parts = _parts(address, {"smtp", "smtps"})
    query = parse_qs(parts.query)
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, query.get("from", [""])[0], query.get("to", [""])[0]
    if not message["From"] or not message["To"]:
        raise _RefusedError("no_addressee")
    message["X-PPID-Audit-Scan"] = scan
    message.set_content(text)
    with _connected(parts) as server:
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _connected(parts: SplitResult) -> smtplib.SMTP:
    """A connection that is encrypted, unless it stays inside the house."""
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, parts.port or 465, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(host, parts.port or 587, timeout=_SECONDS)
    try:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif not is_internal(host):
            raise _RefusedError("not_encrypted")
    except BaseException:
        server.close()
        raise
    return server


def _parts(address: str, schemes: set[str]) -> SplitResult:
    try:
        parts = urlsplit(address)
        sound = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise _RefusedError("bad_address")
    return parts

"""The classifier of outcomes: every status code, and every exception that a library or the system raises."""

import errno
import socket
import ssl

import httpx
import pytest

from ppid_audit.crawl import problems
from ppid_audit.crawl.guard import AddressRefusedError
from ppid_audit.crawl.problems import explain, of_status
from ppid_audit.model.capture import Problem

EXPECTED = {
    None: {*range(200, 300), 404, 410} - {206},
    Problem.TRUNCATED: {206},
    Problem.DEADLINE: {408},
    Problem.RATE_LIMITED: {429},
    Problem.BLOCKED: {401, 403, 406, 451},
    Problem.SERVER_ERROR: set(range(500, 600)),
    Problem.BAD_RESPONSE: {*range(100, 200), *range(300, 400)},
}


@pytest.mark.parametrize("status", range(100, 1000))
def test_every_status_has_one_meaning(status):
    expected = next((problem for problem, codes in EXPECTED.items() if status in codes), Problem.CLIENT_ERROR)
    assert of_status(status) is expected


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


ERRORS: dict[str, tuple[Exception, Problem, Problem]] = {
    "address": (AddressRefusedError("x"), Problem.ADDRESS_REFUSED, Problem.ADDRESS_REFUSED),
    "wrong host": (problems.WrongHostError("x"), Problem.TLS_FAILED, Problem.TLS_FAILED),
    "too much": (problems.WireLimitError("x"), Problem.BAD_RESPONSE, Problem.TOO_LARGE),
    "tls": (caused(httpx.ConnectError("x"), ssl.SSLError(1, "bad")), Problem.TLS_FAILED, Problem.TRUNCATED),
    "no name": (socket.gaierror(socket.EAI_NONAME, "x"), Problem.DNS_NOT_FOUND, Problem.DNS_NOT_FOUND),
    "no data": (socket.gaierror(socket.EAI_NODATA, "x"), Problem.DNS_NOT_FOUND, Problem.DNS_NOT_FOUND),
    "name server": (socket.gaierror(socket.EAI_AGAIN, "x"), Problem.DNS_FAILED, Problem.DNS_FAILED),
    "waiting read": (
        caused(httpx.ConnectTimeout("x"), ssl.SSLWantReadError()),
        Problem.CONNECT_TIMEOUT,
        Problem.CONNECT_TIMEOUT,
    ),
    "waiting write": (caused(httpx.ReadTimeout("x"), ssl.SSLWantWriteError()), Problem.DEADLINE, Problem.DEADLINE),
    "connect timeout": (httpx.ConnectTimeout("x"), Problem.CONNECT_TIMEOUT, Problem.CONNECT_TIMEOUT),
    "read timeout": (httpx.ReadTimeout("x"), Problem.DEADLINE, Problem.DEADLINE),
    "write timeout": (httpx.WriteTimeout("x"), Problem.DEADLINE, Problem.DEADLINE),
    "pool timeout": (httpx.PoolTimeout("x"), Problem.DEADLINE, Problem.DEADLINE),
    "connect": (httpx.ConnectError("x"), Problem.CONNECT_FAILED, Problem.CONNECT_FAILED),
    "read": (httpx.ReadError("x"), Problem.RESET, Problem.TRUNCATED),
    "write": (httpx.WriteError("x"), Problem.RESET, Problem.TRUNCATED),
    "close": (httpx.CloseError("x"), Problem.RESET, Problem.TRUNCATED),
    "silent": (
        httpx.RemoteProtocolError("Server disconnected without sending a response."),
        Problem.RESET,
        Problem.RESET,
    ),
    "cut body": (
        httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
        Problem.TRUNCATED,
        Problem.TRUNCATED,
    ),
    "cut chunk": (httpx.RemoteProtocolError("incomplete chunked read"), Problem.TRUNCATED, Problem.TRUNCATED),
    "closed": (httpx.RemoteProtocolError("peer closed connection"), Problem.BAD_RESPONSE, Problem.TRUNCATED),
    "nonsense": (httpx.RemoteProtocolError("illegal status line"), Problem.BAD_RESPONSE, Problem.BAD_RESPONSE),
    "unknown": (ValueError("x"), Problem.BAD_RESPONSE, Problem.BAD_RESPONSE),
}


@pytest.mark.parametrize("name", ERRORS)
def test_every_exception_has_one_meaning_before_and_after_the_head_came(name):
    error, before, after = ERRORS[name]
    assert explain(error, answered=False)[0] is before
    assert explain(error, answered=True)[0] is after


def test_the_detail_is_one_short_line_of_the_cause():
    told = explain(caused(httpx.ConnectError("outer"), ConnectionRefusedError(111, " Connection \n refused ")), False)
    assert told == (Problem.CONNECT_FAILED, "Connection refused")
    assert explain(ValueError("y" * 500), answered=False)[1] == "ValueError: " + "y" * 200
    assert explain(httpx.RemoteProtocolError("illegal\tline"), answered=False)[1] == "illegal line"
    fault = ssl.SSLCertVerificationError(1, "outer")
    fault.verify_message = "certificate has expired"
    assert explain(caused(httpx.ConnectError("x"), fault), False) == (Problem.TLS_FAILED, "certificate has expired")


def test_a_context_counts_as_a_cause_and_a_circle_ends():
    error = httpx.ConnectError("x")
    error.__context__ = socket.gaierror(socket.EAI_NONAME, "no such name")
    assert explain(error, answered=False) == (Problem.DNS_NOT_FOUND, "no such name")
    assert explain(caused(error, ValueError("z")), answered=False) == (Problem.CONNECT_FAILED, "z")
    one, two = httpx.ReadError("one"), ValueError("two")
    one.__cause__, two.__cause__ = two, one
    assert explain(one, answered=False) == (Problem.RESET, "two")


def test_a_reset_is_what_may_be_tried_again_at_once():
    assert problems.is_reset(problems.EarlyAnswerError("x"))
    assert problems.is_reset(httpx.ReadError("x"))
    assert not problems.is_reset(httpx.ConnectError("x"))


@pytest.mark.parametrize(("number", "ours"), [(errno.EMFILE, True), (errno.ENFILE, True), (errno.ENOSPC, False)])
def test_our_own_shortage_is_no_fault_of_a_host(number, ours):
    assert problems.is_our_shortage(caused(httpx.ConnectError("x"), OSError(number, "x"))) is ours


def test_the_certificate_fault_behind_an_error():
    fault = ssl.SSLCertVerificationError(1, "expired")
    assert problems.certificate_error(caused(httpx.ConnectError("x"), fault)) is fault
    assert problems.certificate_error(httpx.ConnectError("x")) is None


def test_the_groups_of_problems():
    passing = "dns_not_found dns_failed connect_failed connect_timeout deadline reset truncated server_error"
    assert {problem.value for problem in problems.MAY_PASS} == {*passing.split(), "robots_unreachable"}
    more = {"tls_failed", "rate_limited", "blocked", "bad_response"}
    assert {problem.value for problem in problems.HOST_IN_TROUBLE} == {*passing.split(), "robots_unreachable", *more}
    assert frozenset({301, 302, 303, 307, 308}) == problems.REDIRECTS

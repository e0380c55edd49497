"""Agencies that share a server are never asked from two sides."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.audit.batches import Batch, batches
from ppid_audit.audit.visits import Call
from ppid_audit.model.agency import Agency
from ppid_audit.web import urls

HOSTS = [f"{name}.pemda.go.id" for name in "abcdefgh"]
SERVERS = ["36.1.1.1", "36.1.1.2", "36.1.1.3"]


def call(number: int, host: str, also: tuple[str, ...] = (), trusted: tuple[str, ...] = ()) -> Call:
    return Call(
        Agency(f"a{number}", "", "dinas", f"https://{host}/", also=tuple(f"http://{h}/" for h in also), trusted=trusted)
    )


def made(calls: list[Call], places: dict[str, str], size: int) -> list[Batch]:
    async def address(url: str) -> str:
        return places.get(urls.host(url), urls.authority(url))

    return asyncio.run(batches(calls, address, size))


def servers(asked: Call, places: dict[str, str]) -> set[str]:
    hosts = {urls.host(url) for url in (asked.agency.url, *asked.agency.also)}
    return hosts | {places.get(host, host) for host in hosts}


some_hosts = st.lists(st.sampled_from(HOSTS), max_size=2).map(tuple)


@given(
    st.lists(st.tuples(st.sampled_from(HOSTS), some_hosts, some_hosts), max_size=12),
    st.dictionaries(st.sampled_from(HOSTS), st.sampled_from(SERVERS)),
    st.integers(1, 5),
)
def test_every_agency_goes_out_once_and_no_server_is_in_two_batches(drawn, places, size):
    calls = [call(number, *each) for number, each in enumerate(drawn)]
    found = made(calls, places, size)
    out = [each for batch in found for each in batch.calls]
    assert sorted(each.agency.id for each in out) == sorted(each.agency.id for each in calls)
    owned = [set().union(*(servers(each, places) for each in batch.calls)) for batch in found]
    for at, batch in enumerate(found):
        others = owned[:at] + owned[at + 1 :]
        assert not owned[at] & set().union(*others)
        trusted = {
            host for other in found if other is not batch for each in other.calls for host in each.agency.trusted
        }
        asked = trusted | {places.get(host, host) for host in trusted}
        assert not batch.alone & asked
        assert owned[at] - asked <= batch.alone


def test_those_that_wait_for_one_another_go_first_and_the_rest_fills_batches():
    shared = [call(n, f"opd{n}.blorakab.go.id") for n in range(3)]
    single = [call(n, f"opd{n}.example.go.id") for n in range(3, 8)]
    places = {urls.host(each.agency.url): "36.1.1.1" for each in shared}
    found = made([*single, *shared], places, 2)
    assert [[each.agency.id for each in batch.calls] for batch in found] == [
        ["a0", "a1", "a2"],
        ["a3", "a4"],
        ["a5", "a6"],
        ["a7"],
    ]


def test_www_is_the_same_server_and_a_document_host_is_never_had_alone():
    found = made([call(1, "dinkes.go.id"), call(2, "www.dinkes.go.id"), call(3, "drive.google.com")], {}, 2)
    assert [len(batch.calls) for batch in found] == [2, 1]
    assert {"dinkes.go.id", "www.dinkes.go.id"} <= found[0].alone
    assert "drive.google.com" not in found[1].alone

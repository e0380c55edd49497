import asyncio
import socket
import time

import pytest

from ppid_audit.crawl.guard import AddressRefusedError, Lookup, Resolver, is_public, system_lookup

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.4.1", "2606:4700::1111", "172.15.0.1", "100.63.0.1"])
def test_public_addresses(address):
    assert is_public(address)


NEVER = """
    127.0.0.1 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.8 192.0.2.1
    198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 192.88.99.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1
    ::ffff:8.8.8.8 ::ffff:127.0.0.1 ::8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:1::1
    2001:db8::1 localhost 8.8.8 012.1.1.1
"""


@pytest.mark.parametrize("address", NEVER.split())
def test_addresses_that_are_never_contacted(address):
    assert not is_public(address)


def fixed(*answers: str, asked: list[str] | None = None) -> Lookup:
    async def lookup(host):
        if asked is not None:
            asked.append(host)
        return answers

    return lookup


async def test_one_private_address_spoils_the_answer():
    resolver = Resolver(frozenset(), fixed("8.8.8.8", "192.168.0.1"))
    with pytest.raises(AddressRefusedError, match=r"192\.168\.0\.1"):
        await resolver.vetted("situs.example", 80)


async def test_a_second_answer_is_never_asked_for():
    asked: list[str] = []
    resolver = Resolver(frozenset(), fixed("8.8.8.8", asked=asked))
    assert await resolver.vetted("situs.example", 80) == ("8.8.8.8",)
    assert await resolver.vetted("situs.example", 443) == ("8.8.8.8",)
    assert asked == ["situs.example"]


async def test_what_agencies_yaml_names_may_be_private_on_its_port_only():
    resolver = Resolver(frozenset({"10.0.0.5:8080", "[::1]:81", "intranet.example"}), fixed("10.0.0.5"))
    assert await resolver.vetted("10.0.0.5", 8080) == ("10.0.0.5",)
    assert await resolver.vetted("::1", 81) == ("10.0.0.5",)
    assert await resolver.vetted("intranet.example", 443) == ("10.0.0.5",)
    for host, port in (("10.0.0.5", 80), ("intranet.example", 22)):
        with pytest.raises(AddressRefusedError):
            await resolver.vetted(host, port)


async def test_a_resolver_that_hangs_is_given_up_and_remembered():
    async def hang(host):
        await asyncio.sleep(60)
        return ()

    resolver = Resolver(frozenset(), hang, seconds=0.1)
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(socket.gaierror) as caught:
            await resolver.vetted("situs.example", 80)
        assert caught.value.errno == socket.EAI_AGAIN
    assert time.monotonic() - began < 1


async def test_the_system_resolver():
    assert "127.0.0.1" in await system_lookup("127.0.0.1")
    for name in ("a" * 64 + ".example", "no such host"):
        with pytest.raises(OSError, match=r"not a host name|not known|No address|failure"):
            await system_lookup(name)

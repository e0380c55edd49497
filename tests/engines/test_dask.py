"""The engine over many machines, on a real scheduler and two workers."""

import asyncio
import itertools
import time
from collections.abc import Callable
from typing import Any

import pytest

from ppid_audit.engines import ClusterError, cluster
from tests.engines.machines import Machines
from tests.engines.tasks import alone, fail, until_stopped

PAUSE = 0.2


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with Machines(tmp_path_factory.mktemp("pekerja")) as machines:
        machines.hire(2)
        yield machines.address


def results(address: str, function: Callable[..., Any], errands: list[Any]) -> tuple[list[Any], list[Any]]:
    told: list[Any] = []

    async def work() -> list[Any]:
        async with cluster(address) as many:
            assert await many.seats() == 2
            return [result async for result in many.run(function, errands, told.append)]

    return asyncio.run(work()), told


def test_a_turn_is_held_by_one_in_the_whole_cluster_and_the_pause_after_it_too(address):
    found, told = results(address, alone, [("drive.google.com", PAUSE)] * 4)
    assert len({worker for worker, _, _ in found}) == 2
    spans = sorted((began, ended) for _, began, ended in found)
    assert all(after[0] - before[1] >= PAUSE for before, after in itertools.pairwise(spans))
    assert sorted(told) == sorted(found)


def test_what_a_task_raises_ends_the_others_and_comes_here(address, tmp_path):
    sign = tmp_path / "berhenti"
    with pytest.raises(ClusterError) as error:
        results(address, fail, [("not_shared", str(sign))])
    assert error.value.code == "not_shared"


def test_a_task_whose_giver_leaves_stops(address, tmp_path):
    begun, stopped = tmp_path / "mulai", tmp_path / "berhenti"

    async def work() -> None:
        async with cluster(address) as many:
            running = many.run(until_stopped, [(str(begun), str(stopped))], print)
            first = asyncio.ensure_future(anext(running))
            while not begun.exists():
                await asyncio.sleep(0.05)
            first.cancel()
            await asyncio.wait([first])

    asyncio.run(work())
    end = time.monotonic() + 20
    while not stopped.exists():
        assert time.monotonic() < end
        time.sleep(0.05)

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ppid_audit.engines import ENGINES, Engine, WorkerError, WorkerLimit
from ppid_audit.engines.local import Workers
from tests.engines import tasks

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workers():
    engine = Workers(2, 20.0, 512)
    yield engine
    engine.close()


def run(engine: Engine, function: Callable[..., Any], *args: Any) -> Any:
    return asyncio.run(engine.run(function, *args))


def stopped_by(engine: Engine, function: Callable[..., Any], *args: Any) -> str:
    with pytest.raises(WorkerLimit) as limit:
        run(engine, function, *args)
    return limit.value.kind


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_the_local_engine_is_found_by_name():
    engine = ENGINES["local"](1, 20.0, 512)
    assert run(engine, tasks.double, 21) == 42
    engine.close()


def test_many_tasks_give_their_results_in_whatever_order_they_end(workers):
    async def all_of_them() -> list[int]:
        slow_first = [workers.run(tasks.echo_after, 0.05 if n % 7 == 0 else 0, n) for n in range(40)]
        return list(await asyncio.gather(*slow_first))

    assert asyncio.run(all_of_them()) == list(range(40))


def test_work_is_done_elsewhere_by_no_more_than_count_long_lived_processes(workers):
    async def pids() -> list[int]:
        return list(await asyncio.gather(*(workers.run(tasks.pid) for _ in range(20))))

    seen = set(asyncio.run(pids()))
    assert os.getpid() not in seen
    assert 1 <= len(seen) <= 2
    assert set(asyncio.run(pids())) <= seen


def test_large_arguments_and_results_fit_through(workers):
    body = os.urandom(8_000_000)
    assert run(workers, tasks.size, body) == len(body)
    assert run(workers, tasks.echo_after, 0, body) == body


@pytest.mark.parametrize("endless", [tasks.loop_for_ever, tasks.catastrophic_pattern])
def test_an_endless_task_is_killed_and_the_next_one_works(endless):
    engine = Workers(1, 0.5, 512)
    start = time.monotonic()
    assert stopped_by(engine, endless) == "time"
    assert time.monotonic() - start < 10
    assert run(engine, tasks.double, 1) == 2
    engine.close()


if sys.platform == "linux":  # elsewhere the address space has no limit

    def test_a_memory_hog_is_stopped_and_the_next_one_works(workers):
        assert stopped_by(workers, tasks.eat_memory) == "memory"
        assert run(workers, tasks.double, 1) == 2

    def test_a_task_does_not_pay_for_what_earlier_ones_left(workers):
        assert [run(workers, tasks.keep_if_unlucky) > 0 for _ in range(20)] == [True] * 20


def test_a_crash_is_told_and_the_next_one_works(workers):
    assert stopped_by(workers, tasks.die, 3) == "crash"
    assert run(workers, tasks.double, 1) == 2


def test_a_worker_that_died_while_idle_is_replaced(workers):
    idle = run(workers, tasks.pid)
    os.kill(idle, signal.SIGTERM)
    assert wait_until(lambda: run(workers, tasks.pid) != idle)


def test_what_the_function_raises_comes_back(workers):
    with pytest.raises(WorkerError, match=r"ValueError\('halaman rusak'\)"):
        run(workers, tasks.raise_value_error, "halaman rusak")
    with pytest.raises(WorkerError, match="SystemExit"):
        run(workers, tasks.leave, 1)
    assert run(workers, tasks.double, 1) == 2


def test_what_cannot_be_sent_is_an_error_and_no_more(workers):
    for function, args in [(lambda: 1, ()), (tasks.give_lambda, ()), (tasks.give_unloadable, ())]:
        with pytest.raises(WorkerError):
            run(workers, function, *args)
    assert run(workers, tasks.double, 1) == 2


def test_prints_of_a_library_are_not_taken_for_answers(workers):
    assert run(workers, tasks.talk) == ""


def test_workers_ignore_the_interrupt_key(workers):
    assert run(workers, tasks.interrupt_self) == "still here"


def test_cancelling_kills_the_worker(workers, tmp_path):
    heart = tmp_path / "heart"

    async def start_and_cancel() -> None:
        beating = asyncio.create_task(workers.run(tasks.beat_for_ever, str(heart)))
        while not heart.exists():
            await asyncio.sleep(0.02)
        beating.cancel()
        with pytest.raises(asyncio.CancelledError):
            await beating

    asyncio.run(start_and_cancel())
    assert stops_beating(heart)
    assert run(workers, tasks.double, 1) == 2


def test_closing_ends_busy_and_waiting_tasks(tmp_path):
    engine = Workers(1, 20.0, 512)
    heart = tmp_path / "heart"

    async def close_while_busy() -> list[Any]:
        busy = asyncio.create_task(engine.run(tasks.beat_for_ever, str(heart)))
        waiting = asyncio.create_task(engine.run(tasks.double, 1))
        while not heart.exists():
            await asyncio.sleep(0.02)
        engine.close()
        return list(await asyncio.gather(busy, waiting, return_exceptions=True))

    busy, waiting = asyncio.run(close_while_busy())
    assert isinstance(busy, WorkerLimit)
    assert busy.kind == "closed"
    assert isinstance(waiting, asyncio.CancelledError)
    assert stops_beating(heart)
    engine.close()


def test_no_worker_outlives_a_killed_parent(tmp_path):
    heart = tmp_path / "heart"
    program = textwrap.dedent("""
        import asyncio, sys
        from ppid_audit.engines.local import Workers
        from tests.engines import tasks
        asyncio.run(Workers(1, 600.0, 512).run(tasks.beat_for_ever, sys.argv[1]))
    """)
    parent = subprocess.Popen([sys.executable, "-c", program, str(heart)], cwd=ROOT)
    assert wait_until(heart.exists, 30)
    parent.kill()
    parent.wait()
    assert stops_beating(heart)


def stops_beating(heart: Path) -> bool:
    def still() -> bool:
        before = heart.stat().st_size
        time.sleep(0.15)
        return heart.stat().st_size == before

    return wait_until(still)

"""Every task comes back exactly once, whatever it does to its worker."""

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import calls
import pytest

from pipeline.batch.executor import Executor, Limits, Task
from pipeline.batch.processes import ProcessExecutor
from pipeline.batch.serial import SerialExecutor
from pipeline.errors import (
    DamagedInputError,
    ExitCode,
    NoWorkerError,
    OutOfMemoryError,
    TimedOutError,
    VanbanError,
    WorkerDiedError,
)


@pytest.fixture(params=["serial", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    with SerialExecutor() if request.param == "serial" else ProcessExecutor(2) as executor:
        yield executor


def task(subject: str, call: Callable[..., Any], *arguments: object) -> Task:
    return Task(call, arguments, subject, lambda _: None)


def outcomes(executor: Executor, tasks: list[Task]) -> dict[str, Any]:
    waiting, found = list(tasks), []
    while waiting or executor.in_flight:
        while waiting and executor.in_flight < executor.capacity:
            executor.submit(waiting.pop(0))
        found.extend((task.subject, outcome) for task, outcome in executor.collect())
    assert len(found) == len(tasks)
    return dict(found)


def test_values_come_back_to_their_tasks(executor: Executor) -> None:
    tasks = [task(str(number), calls.double, number) for number in range(7)]

    assert outcomes(executor, tasks) == {str(number): 2 * number for number in range(7)}


def test_a_named_failure_comes_back_as_it_is(executor: Executor) -> None:
    failure = outcomes(executor, [task("a", calls.fail, "a.pdf")])["a"]

    assert isinstance(failure, DamagedInputError)
    assert (failure.subject, failure.detail) == ("a.pdf", "trang 2")


def test_a_fault_of_our_own_gets_a_name_and_stops_nothing(executor: Executor) -> None:
    found = outcomes(executor, [task("a.pdf", calls.stumble, ""), task("b", calls.double, 1)])

    assert type(found["a.pdf"]) is VanbanError
    assert found["a.pdf"].subject == "a.pdf"
    assert found["a.pdf"].detail == "ZeroDivisionError: a fault"
    assert found["b"] == 2


def test_a_task_that_kills_its_worker_costs_only_itself() -> None:
    tasks = [task(str(number), calls.sleep_then_double, number) for number in range(4)]
    tasks.insert(1, task("killer", calls.die))

    with ProcessExecutor(2) as executor:
        found = outcomes(executor, tasks)

    assert isinstance(found["killer"], WorkerDiedError)
    assert found["killer"].code is ExitCode.WORKER_DIED
    assert [found[str(number)] for number in range(4)] == [0, 2, 4, 6]


def test_two_killers_are_both_found() -> None:
    tasks = [task("1", calls.die), task("2", calls.double, 2), task("3", calls.die)]

    with ProcessExecutor(2) as executor:
        found = outcomes(executor, tasks)

    assert isinstance(found["1"], WorkerDiedError)
    assert isinstance(found["3"], WorkerDiedError)
    assert found["2"] == 4


def test_a_worker_that_was_killed_from_outside_is_given_another_chance(tmp_path: Path) -> None:
    with ProcessExecutor(1) as executor:
        found = outcomes(executor, [task("a", calls.die_the_first_time, tmp_path / "mark")])

    assert found["a"] == "alive"


def test_a_worker_that_cannot_be_started_answers_each_task_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    tasks = [task(str(number), calls.double, number) for number in range(3)]

    with ProcessExecutor(2) as executor:
        found = outcomes(executor, tasks)

    assert {type(outcome) for outcome in found.values()} == {NoWorkerError}
    assert found["0"].code is ExitCode.WORKER_DIED
    assert found["0"].subject == str(tmp_path / "python")


def test_a_thread_that_cannot_be_started_is_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refused)

    with pytest.raises(NoWorkerError), ProcessExecutor(2):
        pass


def test_a_task_that_hangs_is_killed_at_its_time_limit() -> None:
    slow = replace(task("a.pdf [1]", calls.hang), limits=Limits(seconds=0.5))

    with ProcessExecutor(1) as executor:
        found = outcomes(executor, [slow, task("b", calls.double, 1)])

    assert isinstance(found["a.pdf [1]"], TimedOutError)
    assert found["b"] == 2


@pytest.mark.parametrize("call", [calls.fill_memory, calls.let_a_child_fill_memory])
def test_a_task_that_eats_memory_is_killed_with_what_it_has_started(
    call: Callable[..., Any],
) -> None:
    hungry = replace(task("a.pdf [1]", call), limits=Limits(seconds=60, memory=400))

    with ProcessExecutor(1) as executor:
        found = outcomes(executor, [hungry, task("b", calls.double, 1)])

    assert isinstance(found["a.pdf [1]"], OutOfMemoryError)
    assert found["b"] == 2


def test_what_libraries_print_in_a_worker_is_no_answer() -> None:
    with ProcessExecutor(1) as executor:
        assert outcomes(executor, [task("a", calls.chatter)])["a"] == "well"


def test_an_interrupted_executor_does_not_wait_for_its_workers() -> None:
    started = time.monotonic()

    def interrupted() -> None:
        with ProcessExecutor(1) as executor:
            executor.submit(task("a", calls.hang))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert time.monotonic() - started < 20


def test_workers_run_tesseract_with_one_thread() -> None:
    with ProcessExecutor(1) as executor:
        found = outcomes(executor, [task("a", calls.environment, "OMP_THREAD_LIMIT")])

    assert found["a"] == "1"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
        import os, sys, multiprocessing
        from pipeline.batch.executor import Task
        from pipeline.batch.processes import ProcessExecutor
        if __name__ == "__main__":
            with ProcessExecutor(1) as executor:
                executor.submit(Task(os.getpid, (), "", print))
                (_, worker), = executor.collect()
                print(worker, flush=True)
                os.kill(os.getpid(), 9)
        """)
    )

    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, timeout=30, check=False
    )
    worker = Path("/proc", done.stdout.decode().strip())

    assert done.returncode == -9
    for _ in range(100):
        if not worker.exists():
            return
        time.sleep(0.05)
    os.kill(int(worker.name), 9)
    pytest.fail("the worker outlived its parent")

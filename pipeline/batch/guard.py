"""A worker process seen from outside: what kills it, hangs in it or eats memory stays in there.

A task that outlives its time or its memory is killed with everything it has started. A worker that
the system kills costs a second and a third try of its task alone; tasks must be harmless to repeat.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, Final

import psutil

from pipeline.batch.executor import Task
from pipeline.errors import (
    NoWorkerError,
    OutOfMemoryError,
    TimedOutError,
    VanbanError,
    WorkerDiedError,
)

_TRIES: Final = 3
_POLL: Final = 0.25  # seconds between two looks at a running task
_FAMILY: Final = 4  # every so manieth look also counts the programs it has started
_MIB: Final = 2**20

# glibc's: else each picture's memory goes back to the system and comes again with the next one.
_MEMORY: Final = {
    "MALLOC_MMAP_THRESHOLD_": str(32 * _MIB),
    "MALLOC_TRIM_THRESHOLD_": str(128 * _MIB),
}

# The same modules are found in the worker as here, and none that only lies in the current folder.
_PROGRAM: Final = (
    "import sys; sys.path[:] = {path!r}; from pipeline.batch.worker import serve; serve()"
)


class Worker:
    """One worker process; it is started with its first task and again after each death."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._reader = ThreadPoolExecutor(max_workers=1)
        self._closed = False

    def run(self, task: Task) -> Any:
        """Return the task's value or the failure it ended in; may be called from any one thread."""
        for _ in range(_TRIES):
            try:
                answer = self._ask(task)
            except NoWorkerError as failure:  # another try would end as this one
                return failure
            if not isinstance(answer, WorkerDiedError) or self._closed:
                break
        return answer

    def kill(self) -> None:
        """End the process and all it has started, at once."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(psutil.NoSuchProcess):
            family = psutil.Process(process.pid)
            for member in (*family.children(recursive=True), family):
                with suppress(psutil.NoSuchProcess):
                    member.kill()
        process.wait()

    def close(self) -> None:
        """End the process for good, whatever it is doing."""
        self._closed = True
        self.kill()
        self._reader.shutdown()

    def _ask(self, task: Task) -> Any:
        process = self._process = self._process or _start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump((task.call, task.arguments, task.subject), process.stdin)
            process.stdin.flush()
        except OSError:  # it died while it had nothing to do
            self.kill()
            return WorkerDiedError(task.subject)
        try:
            answer = self._reader.submit(pickle.load, process.stdout)
        except RuntimeError as error:  # a thread may be refused as a process may
            self.kill()
            raise NoWorkerError(sys.executable, str(error)) from error
        failure = _watch(answer, process.pid, task)
        if failure is None and answer.exception() is not None:
            failure = WorkerDiedError(task.subject)
        if failure is not None:
            self.kill()
            return failure
        return answer.result()


class Crew:
    """Some workers, each lent to one task at a time: for any number of threads."""

    def __init__(self, size: int) -> None:
        self._workers = [Worker() for _ in range(size)]
        self._closed = False
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)

    def run(self, task: Task) -> Any:
        """Return the task's value or the failure it ended in, as soon as a worker is free."""
        worker = self._free.get()
        try:
            return WorkerDiedError(task.subject) if self._closed else worker.run(task)
        finally:
            self._free.put(worker)

    def rest(self) -> None:
        """End the processes that have nothing to do; they start again when they have."""
        idle: list[Worker] = []
        with suppress(Empty):
            while True:
                idle.append(self._free.get_nowait())
        for worker in idle:
            worker.kill()
            self._free.put(worker)

    def close(self) -> None:
        """End all processes for good, whatever they are doing."""
        self._closed = True
        for worker in self._workers:
            worker.close()


def _start() -> subprocess.Popen[bytes]:
    # Away from the terminal's Ctrl-C, which is for the parent to answer.
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    try:
        return subprocess.Popen(  # noqa: S603  # ourselves
            [sys.executable, "-c", _PROGRAM.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**_MEMORY, **os.environ, "PYTHONIOENCODING": "utf-8"},
            **apart,
        )
    except OSError as error:
        raise NoWorkerError(sys.executable, error.strerror or "") from error


def _watch(answer: Future[Any], worker: int, task: Task) -> VanbanError | None:
    """Wait for the answer; return the failure when the task goes beyond a limit before it comes."""
    started = time.monotonic()
    looks = 0
    while not wait([answer], timeout=_POLL).done:
        limits = task.limits
        if limits.seconds and time.monotonic() - started > limits.seconds:
            return TimedOutError(task.subject, f"{limits.seconds:g} s")
        looks += 1
        if limits.memory and _memory(worker, family=looks % _FAMILY == 0) > limits.memory * _MIB:
            return OutOfMemoryError(task.subject, f"{limits.memory} MiB")
    return None


def _memory(worker: int, *, family: bool) -> int:
    """Return the bytes in memory of a process, of its *family* too if asked; 0 when it is gone."""
    total = 0
    with suppress(psutil.Error):
        process = psutil.Process(worker)
        for member in (process, *(process.children(recursive=True) if family else ())):
            with suppress(psutil.NoSuchProcess):
                total += member.memory_info().rss
    return total

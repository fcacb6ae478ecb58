"""Worker processes of this machine, one per core.

A task that kills its worker costs only itself. The workers are spawned, not forked, on every
system: PDFium, OpenCV and the threads of NumPy do not survive a fork.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Any, Final, Self

from pipeline.batch.executor import Outcome, Task, outcome_of
from pipeline.errors import WorkerDiedError
from pipeline.threads import keep_to_one

# Tasks in flight per worker: one at work and one that waits, so that no worker is ever idle.
_DEPTH: Final = 2

_WINDOWS_MAX_WORKERS: Final = 61  # what the pool can wait for there


class ProcessExecutor:
    """Spreads the tasks over worker processes of this machine.

    When a worker dies the pool cannot say which task killed it. All that were in flight are then
    run again one at a time in a new pool: the one that kills its worker again is the culprit.
    Tasks must therefore be harmless to repeat.
    """

    def __init__(self, jobs: int = 0) -> None:
        """Use *jobs* workers; 0 means one per core that this process may use."""
        self.jobs = jobs or cores()
        if sys.platform == "win32":
            self.jobs = min(self.jobs, _WINDOWS_MAX_WORKERS)
        self._pool = self._new_pool()
        self._flying: dict[Future[Any], Task] = {}
        self._suspects: list[Task] = []

    @property
    def capacity(self) -> int:
        """How many tasks are worth having in flight."""
        return _DEPTH * self.jobs

    @property
    def in_flight(self) -> int:
        """How many tasks were submitted and have not come back."""
        return len(self._flying) + len(self._suspects)

    def submit(self, task: Task) -> None:
        """Take a task."""
        try:
            self._flying[self._pool.submit(task.call, *task.arguments)] = task
        except BrokenProcessPool:
            self._suspects.append(task)

    def collect(self) -> list[Outcome]:
        """Wait until at least one task has finished and return all that have."""
        outcomes: list[Outcome] = []
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        if self._suspects or any(_broke(future) for future in done):
            done, _ = wait(self._flying)
        for future in done:
            task = self._flying.pop(future)
            if _broke(future):
                self._suspects.append(task)
            else:
                outcomes.append((task, outcome_of(future, task)))
        if self._suspects:
            self._renew()
        while self._suspects:
            outcomes.append(self._try_alone(self._suspects.pop(0)))
        return outcomes

    def _try_alone(self, task: Task) -> Outcome:
        """Run one task in a pool where nothing else runs; the pool is whole before and after."""
        future = self._pool.submit(task.call, *task.arguments)
        wait([future])
        if not _broke(future):
            return task, outcome_of(future, task)
        self._renew()
        return task, WorkerDiedError(task.subject)

    def _renew(self) -> None:
        self._pool.shutdown()
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, get_context("spawn"), initializer=prepare_worker)

    def __enter__(self) -> Self:
        """Nothing to do: the workers start when there is work for them."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let running tasks finish, drop the waiting ones and stop."""
        self._pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Return the number of cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def prepare_worker() -> None:
    """Set a fresh worker up, before it imports anything heavy.

    Ctrl-C is left to the parent, which lets running tasks end; a worker whose parent was killed
    ends by itself, for nobody would ever stop it.
    """
    keep_to_one()
    os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _broke(future: Future[Any]) -> bool:
    return future.done() and isinstance(future.exception(), BrokenProcessPool)

"""Worker processes of this machine, one per core.

The workers are fresh processes, not forks, on every system: PDFium, OpenCV and the threads of NumPy
do not survive a fork.
"""

from __future__ import annotations

import os
import sys
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Final, Self

from pipeline.batch.executor import Finished, Outcome, Task
from pipeline.batch.guard import Worker
from pipeline.errors import NoWorkerError

# Tasks in flight per worker: one at work and one that waits, so that no worker is ever idle.
_DEPTH: Final = 2


class ProcessExecutor:
    """Spreads the tasks over worker processes of this machine."""

    def __init__(self, jobs: int = 0) -> None:
        """Use *jobs* workers; 0 means one per core that this process may use."""
        self.jobs = jobs or cores()
        self._waiting: SimpleQueue[Task | None] = SimpleQueue()
        self._finished = Finished()
        self._workers = [Worker() for _ in range(self.jobs)]
        self._threads = [
            Thread(target=self._work, args=(worker,), daemon=True) for worker in self._workers
        ]
        self._in_flight = 0

    @property
    def capacity(self) -> int:
        """How many tasks are worth having in flight."""
        return _DEPTH * self.jobs

    @property
    def in_flight(self) -> int:
        """How many tasks were submitted and have not come back."""
        return self._in_flight

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._in_flight += 1
        self._waiting.put(task)

    def collect(self) -> list[Outcome]:
        """Wait until at least one task has finished and return all that have."""
        outcomes = self._finished.take()
        self._in_flight -= len(outcomes)
        return outcomes

    def _work(self, worker: Worker) -> None:
        while (task := self._waiting.get()) is not None:
            self._finished.put((task, worker.run(task)))

    def __enter__(self) -> Self:
        """Start the threads; the workers start when there is work for them.

        Raises:
            NoWorkerError: there cannot be so many.
        """
        try:
            for thread in self._threads:
                thread.start()
        except RuntimeError as error:  # the system starts no more of them
            raise NoWorkerError(sys.executable, str(error)) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop the waiting tasks and stop; after an exception, do not wait for the running ones."""
        while not self._waiting.empty():
            self._waiting.get()
        for _ in self._threads:
            self._waiting.put(None)
        if kind is None:
            for thread in self._threads:
                thread.join()
        for worker in self._workers:
            worker.close()


def cores() -> int:
    """Return the number of cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

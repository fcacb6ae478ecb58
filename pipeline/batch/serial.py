"""One task after the other in this process: for tests and for looking closely."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Any, Self

from pipeline.batch.executor import Outcome, Task, outcome_of


class SerialExecutor:
    """Does one task after the other in this process; a task that kills it kills the run."""

    capacity = 1

    def __init__(self) -> None:
        # A future keeps whatever a task raises, so nothing needs to be caught here.
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._flying: dict[Future[Any], Task] = {}

    @property
    def in_flight(self) -> int:
        """How many tasks were submitted and have not come back."""
        return len(self._flying)

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._flying[self._thread.submit(task.call, *task.arguments)] = task

    def collect(self) -> list[Outcome]:
        """Wait until at least one task has finished and return all that have."""
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        return [
            (task := self._flying.pop(future), outcome_of(future, task.subject)) for future in done
        ]

    def __enter__(self) -> Self:
        """Nothing to do."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop the waiting tasks and stop."""
        self._thread.shutdown(cancel_futures=True)

"""The one door behind which tasks are worked on, wherever that is.

An executor takes tasks and gives back their outcomes in the order they finish. What always holds:
every task that was submitted comes back exactly once, as a value or as a named failure.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from pipeline.errors import VanbanError


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A call for a worker. ``call`` is a function of a module and ``arguments`` can be pickled.

    Attributes:
        subject: what the task is about, for the message when it fails without a name.
        done: told the value or the failure, in the process that submitted the task.
    """

    call: Callable[..., Any]
    arguments: tuple[Any, ...]
    subject: str
    done: Callable[[Any], None]


Outcome = tuple[Task, Any]  # the value, or a VanbanError


class Executor(Protocol):
    """The one door behind which tasks are worked on; used in a ``with`` statement."""

    @property
    def capacity(self) -> int:
        """How many tasks are worth having in flight."""

    @property
    def in_flight(self) -> int:
        """How many tasks were submitted and have not come back."""

    def submit(self, task: Task) -> None:
        """Take a task."""

    def collect(self) -> list[Outcome]:
        """Wait until at least one task has finished and return all that have."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let running tasks finish, drop the waiting ones and stop."""


def outcome_of(future: Future[Any], task: Task) -> Any:
    """Return the value, or the failure; one that has no name yet gets one here, at the border."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, VanbanError):
        return error
    what = str(error).strip().splitlines()
    return VanbanError(task.subject, ": ".join([type(error).__name__, *what[:1]]))

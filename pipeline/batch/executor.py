"""The one door behind which tasks are worked on, wherever that is.

An executor takes tasks and gives back their outcomes in the order they finish. What always holds:
every task that was submitted comes back exactly once, as a value or as a named failure.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from pipeline.errors import OutOfMemoryError, VanbanError

if TYPE_CHECKING:
    from pipeline.batch.places import Place

_PATIENCE: Final = 0.2  # seconds: Windows hears no Ctrl-C while it waits for longer


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take; 0 is no limit.

    Attributes:
        seconds: of wall time.
        memory: MiB, of the worker and the programs it has started, together.
    """

    seconds: float = 0.0
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Errand:
    """The same work for workers that see none of our files.

    Attributes:
        file: what a worker needs a copy of.
        checksum: of the file, SHA-256 in hexadecimal.
        call: done there, with the path of the copy before ``arguments``.
        keep: done here, with what ``call`` returned before ``kept``; returns the task's value.
    """

    file: Place
    checksum: str
    call: Callable[..., Any]
    arguments: tuple[Any, ...]
    keep: Callable[..., Any]
    kept: tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A call for a worker. ``call`` is a function of a module and ``arguments`` can be pickled.

    Attributes:
        subject: what the task is about, for the message when it fails without a name.
        done: told the value or the failure, in the process that submitted the task.
        limits: kept where the executor can.
        errand: how other machines can do the task; None when it has to be done on this one.
    """

    call: Callable[..., Any]
    arguments: tuple[Any, ...]
    subject: str
    done: Callable[[Any], None]
    limits: Limits = Limits()
    errand: Errand | None = None


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
        """Drop the waiting tasks and stop; after an exception, do not wait for the running ones."""


class Finished:
    """Outcomes on their way from the threads that have them to the one that waits for them."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Outcome] = SimpleQueue()

    def put(self, outcome: Outcome) -> None:
        """Add an outcome; any thread may."""
        self._queue.put(outcome)

    def take(self) -> list[Outcome]:
        """Wait until there is at least one and return all that there are."""
        outcomes: list[Outcome] = []
        while not outcomes:
            try:
                outcomes.append(self._queue.get(timeout=_PATIENCE))
            except Empty:
                continue
            while not self._queue.empty():
                outcomes.append(self._queue.get())
        return outcomes


def outcome_of(future: Future[Any], subject: str) -> Any:
    """Return the value, or the failure; one that has no name yet gets one here, at the border."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, VanbanError):
        return error
    if isinstance(error, MemoryError):
        return OutOfMemoryError(subject)
    what = str(error).strip().splitlines()
    return VanbanError(subject, ": ".join([type(error).__name__, *what[:1]]))

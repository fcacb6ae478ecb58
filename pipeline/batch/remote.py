"""What runs inside a Dask worker: pages are read from copies, in processes of its own.

A Dask worker knows nothing of documents: it gets the bytes of a file once, reads the pages it is
asked for, and sends back what it read. What always holds: a page that hangs, eats memory or kills
its process does so in a process behind :mod:`pipeline.batch.guard`, never in the Dask worker; and
no page is read where it would be read otherwise than at home.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from distributed import Worker as DaskWorker
from distributed import get_worker

from pipeline import __version__
from pipeline.batch import recipe
from pipeline.batch.executor import Errand, Task
from pipeline.batch.guard import Crew
from pipeline.errors import OtherClusterError, VanbanError

_KEPT: Final = 16  # copies that nobody reads
_REST: Final = 60.0  # seconds without a task after which the processes end
_FOLDER: Final = "vanban"  # in the scratch folder of the Dask worker, which Dask removes


@dataclass(frozen=True, slots=True)
class Lacking:
    """The answer of a Dask worker that has no copy of the file yet."""


@dataclass(frozen=True, slots=True)
class Order:
    """A task as it is sent.

    Attributes:
        task: the call takes the path of the copy before its arguments.
        copy: name of the copy, its SHA-256.
        language: of Tesseract's model.
        makings: see :func:`pipeline.batch.recipe.makings`, of the machine that sends it.
    """

    task: Task
    copy: str
    language: str
    makings: Mapping[str, str]


def order(task: Task, errand: Errand, language: str, makings: Mapping[str, str]) -> Order:
    """Return the order for an errand."""
    there = Task(errand.call, errand.arguments, task.subject, _nobody, task.limits)
    return Order(there, errand.checksum, language, makings)


def _nobody(_: Any) -> None:
    """Tell nobody: where the task was given, its end is noted."""


class _Station:
    """What one Dask worker has for us: processes, and the copies of files."""

    def __init__(self, folder: Path, slots: int) -> None:
        self.folder = folder
        self._crew = Crew(slots)
        self._lock = threading.Lock()
        self._read: Counter[str] = Counter()  # copies that are being read, and how many times
        self._idle: OrderedDict[str, None] = OrderedDict()
        self._rest: threading.Timer | None = None

    def run(self, order: Order) -> Any:
        """Return the task's value or the failure it ended in; None without a copy of its file."""
        with self._held(order.copy) as copy:
            if copy is None:
                return None
            task = order.task
            arguments = (copy, *task.arguments)
            answer = self._crew.run(replace(task, arguments=arguments))
        self._rest_later()
        if isinstance(answer, VanbanError) and answer.subject == str(copy):
            return type(answer)(task.subject, answer.detail)
        return answer

    def take(self, part: Path, name: str) -> bool:
        """Make a copy of the *part* that was sent, unless it is not what the name says."""
        with part.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        if checksum != name:
            part.unlink()
            return False
        part.replace(self.folder / name)
        with self._lock:
            if name not in self._read:
                self._idle[name] = None
        return True

    @contextmanager
    def _held(self, name: str) -> Iterator[Path | None]:
        """Keep the copy of that name from being removed, if there is one."""
        copy = self.folder / name
        with self._lock:
            there = copy.exists()
            if there:
                self._idle.pop(name, None)
                self._read[name] += 1
        try:
            yield copy if there else None
        finally:
            if there:
                self._let_go(name)

    def _let_go(self, name: str) -> None:
        with self._lock:
            self._read[name] -= 1
            if not self._read[name]:
                del self._read[name]
                self._idle[name] = None
            while len(self._idle) > _KEPT:
                oldest, _ = self._idle.popitem(last=False)
                (self.folder / oldest).unlink(missing_ok=True)

    def _rest_later(self) -> None:
        with self._lock:
            if self._rest is not None:
                self._rest.cancel()
            self._rest = threading.Timer(_REST, self._crew.rest)
            self._rest.daemon = True
            self._rest.start()


@cache
def _station(folder: str, slots: int) -> _Station:
    return _Station(Path(folder), slots)


def _station_of(worker: DaskWorker) -> _Station:
    folder = Path(worker.local_directory, _FOLDER)
    folder.mkdir(exist_ok=True)
    return _station(str(folder), worker.state.nthreads)


def differing(language: str, makings: Mapping[str, str]) -> str:
    """Return the names of the *makings* that are others here, separated by commas."""
    here = recipe.makings(language)
    return ", ".join(name for name in makings if makings[name] != here.get(name))


def version() -> str:
    """Return the version of vanban here."""
    return __version__


def serve(order: Order) -> Any:
    """Do what is ordered; return its value, the failure it ended in or what is lacking."""
    worker = get_worker()
    if others := differing(order.language, order.makings):
        return OtherClusterError(worker.address, others)
    answer = _station_of(worker).run(order)
    return Lacking() if answer is None else answer


def has_copy(name: str, dask_worker: DaskWorker) -> bool:
    """Tell whether the Dask worker has the copy."""
    return (_station_of(dask_worker).folder / name).exists()


def take_piece(name: str, sender: str, data: bytes, dask_worker: DaskWorker) -> None:
    """Append *data* to what *sender* has sent of a file."""
    with _part(name, sender, dask_worker).open("ab") as file:
        file.write(data)


def take_end(name: str, sender: str, dask_worker: DaskWorker) -> bool:
    """Make a copy of what was sent; tell whether it is what the name says."""
    return _station_of(dask_worker).take(_part(name, sender, dask_worker), name)


def _part(name: str, sender: str, worker: DaskWorker) -> Path:
    return _station_of(worker).folder / f".{name}-{sender}.part"

"""The workers of a Dask cluster, for machines that share no folder with this one.

Only reading a page goes there: a Dask worker gets the bytes of the file once and sends back what it
read on each page. Opening, correcting and writing stay in processes of this machine, and the spool
and the ledger lie where they always do. What always holds: a page that was sent is sent again when
its worker or the scheduler is lost, as long as the cluster comes back in time; and no page is read
by a worker that would read it otherwise than this machine.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4
from zlib import crc32

from distributed import Client, KilledWorker
from distributed import Future as Promise

from pipeline import __version__
from pipeline.batch import places, recipe, remote
from pipeline.batch.connection import FAULTS, Connection, reason
from pipeline.batch.executor import Errand, Finished, Outcome, Task, outcome_of
from pipeline.batch.guard import Crew
from pipeline.batch.processes import cores
from pipeline.batch.remote import Lacking, Order
from pipeline.errors import (
    ChangedInputError,
    OtherClusterError,
    VanbanError,
    WorkerDiedError,
)
from pipeline.settings import Settings

_SPARE: Final = 2  # pages beyond those being read: on their way there or back
_MOST: Final = 4096  # tasks in flight
_PIECE: Final = 4 * 2**20  # bytes of a file that are sent at a time
_LOCKS: Final = 64
_DEATHS: Final = 3  # of workers that a page may survive: it may be to blame
_LOSSES: Final = 10  # of workers, copies and connections
_LOOK: Final = 1.0  # seconds between two looks whether an answer may still come
_FETCH: Final = 60.0  # seconds that an answer may be on its way


class _WorkerLostError(Exception):
    """The worker is gone that should have answered."""


class ClusterExecutor:
    """Lets the workers of a Dask cluster read pages, and processes of this machine do the rest."""

    def __init__(self, settings: Settings) -> None:
        """Use the cluster that the settings of the batch name."""
        self._language = settings.recognition.language
        self._jobs = settings.batch.jobs or cores()
        self._connection = Connection(settings.batch.cluster, settings.batch.cluster_timeout)
        self._crew = Crew(self._jobs)
        # A thread for each task in flight: it waits, mostly.
        self._threads = ThreadPoolExecutor(max_workers=_MOST)
        self._lock = threading.Lock()
        self._busy: Counter[str] = Counter()  # tasks by worker
        self._sending = [threading.Lock() for _ in range(_LOCKS)]
        self._finished = Finished()
        self._in_flight = 0
        self._makings: dict[str, str] = {}

    @property
    def capacity(self) -> int:
        """How many tasks are worth having in flight."""
        return min(_MOST, sum(self._connection.workers.values()) + self._jobs + _SPARE)

    @property
    def in_flight(self) -> int:
        """How many tasks were submitted and have not come back."""
        return self._in_flight

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._in_flight += 1
        # A future keeps whatever a task raises, so nothing needs to be caught here.
        self._threads.submit(self._do, task).add_done_callback(partial(self._ended, task))

    def collect(self) -> list[Outcome]:
        """Wait until at least one task has finished and return all that have."""
        outcomes = self._finished.take()
        self._in_flight -= len(outcomes)
        return outcomes

    def _ended(self, task: Task, future: Future[Any]) -> None:
        if not future.cancelled():
            self._finished.put((task, outcome_of(future, task.subject)))

    def _do(self, task: Task) -> Any:
        if task.errand is None:
            return self._crew.run(task)
        answer = self._there(task, task.errand)
        if isinstance(answer, VanbanError):
            return answer
        return task.errand.keep(answer, *task.errand.kept)

    def _there(self, task: Task, errand: Errand) -> Any:
        """Let a worker of the cluster do the errand; return its value or failure."""
        order = remote.order(task, errand, self._language, self._makings)
        losses: Counter[str] = Counter()
        while losses["worker"] < _DEATHS and losses.total() < _LOSSES:
            client = self._connection.client()
            try:
                with self._worker() as worker:
                    answer = self._ask(client, order, worker)
                    if isinstance(answer, Lacking):
                        self._send(client, errand, worker)
                        answer = self._ask(client, order, worker)
                if not isinstance(answer, Lacking):
                    return answer
                losses["copy"] += 1
            except (_WorkerLostError, KilledWorker):
                losses["worker"] += 1
            except ImportError as error:
                return OtherClusterError(self._connection.where, reason(error))
            except (CancelledError, *FAULTS):
                losses["connection"] += 1
        return WorkerDiedError(task.subject)

    @contextmanager
    def _worker(self) -> Iterator[str]:
        """Give a task the worker that has least to do.

        We choose, not Dask: it would go by the time that tasks have taken, and most of ours only
        find out that a worker lacks the file.
        """
        with self._lock:
            slots = self._connection.workers
            if not slots:
                raise CancelledError
            worker = min(slots, key=lambda worker: (self._busy[worker] / slots[worker], worker))
            self._busy[worker] += 1
        try:
            yield worker
        finally:
            with self._lock:
                self._busy[worker] -= 1

    def _ask(self, client: Client, order: Order, worker: str) -> Any:
        key = f"vanban-{uuid4().hex}"
        promise: Promise[Any] = client.submit(remote.serve, order, key=key, workers=[worker])
        done = threading.Event()
        promise.add_done_callback(lambda _: done.set())
        while not done.wait(_LOOK):
            if self._connection.failure is not None:
                raise self._connection.failure
            if client.status == "closed":
                raise CancelledError
            if client.status == "running" and worker not in self._connection.workers:
                promise.cancel()  # it would wait for the worker for ever
                raise _WorkerLostError
        # Asked for only now: answers are fetched together, and giving up one of them while it is
        # on its way ends the others with an error of Dask's own.
        return promise.result(timeout=_FETCH)

    def _send(self, client: Client, errand: Errand, worker: str) -> None:
        """Give the worker a copy of the errand's file, once for all pages.

        Raises:
            ChangedInputError: it is not the file any more that was opened.
            VanbanError: the file cannot be read.
        """
        name, sender, to = errand.checksum, uuid4().hex, [worker]
        with self._sending[crc32(f"{worker} {name}".encode()) % _LOCKS]:
            if client.run(remote.has_copy, name, workers=to)[worker]:
                return
            for piece in places.pieces(errand.file, _PIECE):
                client.run(remote.take_piece, name, sender, piece, workers=to)
            if not client.run(remote.take_end, name, sender, workers=to)[worker]:
                raise ChangedInputError(str(errand.file))

    def _require_fit(self, client: Client) -> None:
        """Raise OtherClusterError when pages might be read otherwise than on this machine."""
        try:
            version = client.run_on_scheduler(remote.version)  # it takes the tasks apart
        except ImportError as error:
            raise OtherClusterError("scheduler", reason(error)) from error
        if version != __version__:
            raise OtherClusterError("scheduler", f"vanban {version}")
        self._makings = recipe.makings(self._language)
        found = client.run(remote.differing, self._language, self._makings, on_error="return")
        for worker, others in sorted(found.items()):
            if others:  # names of what differs, or what it failed with
                raise OtherClusterError(worker, reason(others))

    def __enter__(self) -> Self:
        """Connect."""
        try:
            self._require_fit(self._connection.open())
        except VanbanError:
            self._connection.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop the waiting tasks and stop; after an exception, do not wait for the running ones."""
        self._threads.shutdown(wait=kind is None, cancel_futures=True)
        self._connection.close()
        self._crew.close()

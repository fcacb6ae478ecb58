"""A run from its first look at the inputs to its summary: the lock, the ledger, the workers.

What always holds: only one run writes into an output folder; a run that ends early, however, can be
gone on with by the same command.
"""

from __future__ import annotations

import hashlib
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from pipeline.batch import places
from pipeline.batch.book import HOME, Book
from pipeline.batch.discovery import Discovery, Item, discover
from pipeline.batch.executor import Executor
from pipeline.batch.ledger import Ledger
from pipeline.batch.output import check_folder
from pipeline.batch.places import Stamp
from pipeline.batch.processes import ProcessExecutor
from pipeline.batch.run import run
from pipeline.batch.runs import RunLog
from pipeline.batch.settling import QUIET, Settling
from pipeline.batch.summary import Result, Summary
from pipeline.batch.surroundings import Surroundings, readiness, trouble_of
from pipeline.errors import (
    BadSettingError,
    ChangedInputError,
    EmptyInputError,
    MissingInputError,
    NoClusterPackageError,
    OutputInUseError,
    OutputUnwritableError,
    VanbanError,
)
from pipeline.settings import Settings
from pipeline.write_failures import unwritable

if TYPE_CHECKING:
    from pipeline.batch.places import Place
    from pipeline.batch.progress import Progress

_LOCK: Final = "lock"
_YOUNG: Final = 1.0  # seconds for which a file that was changed may be changed again
_BLINK: Final = 0.1
_PART: Final = re.compile(r"\.[0-9a-f]{32}-[0-9a-f]{8}\.part")


@contextmanager
def ledger_of(out: Place) -> Iterator[Ledger]:
    """Hold the output folder for one run, and open its ledger.

    Raises:
        OutputInUseError: another run holds it.
        OutputUnwritableError: nothing can be written there, or not any more.
    """
    check_folder(out)
    folder = state_folder(out)
    lock = FileLock(folder / _LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise OutputInUseError(str(out)) from error
    except OSError as error:
        raise unwritable(str(folder), error) from error
    try:
        with Ledger.open(folder) as ledger:
            yield ledger
    finally:
        lock.release()


def in_use(folder: Path) -> bool:
    """Tell whether a run holds the output folder whose state lies in *folder*; needs no rights."""
    lock = folder / _LOCK
    try:
        with lock.open("rb") as file:  # a FileLock would make it, and needs the right to write
            if sys.platform != "win32":
                import fcntl  # noqa: PLC0415  # not on Windows

                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return False
        with FileLock(lock).acquire(timeout=0):
            return False
    except (BlockingIOError, Timeout):
        return True
    except OSError:  # there is none, or none that we may look at
        return False


def state_folder(out: Place) -> Path:
    """Return where the ledger of an output folder is: in it, or for a far one on this machine."""
    if isinstance(out, Path):
        return out / HOME
    name = hashlib.sha256(str(out).encode()).hexdigest()[:16]
    return user_state_path("vanban", appauthor=False) / name


@dataclass(frozen=True, slots=True)
class Session:
    """All that a run needs, whether it looks at the inputs once or goes on looking."""

    inputs: list[Place]
    out: Place
    settings: Settings
    ledger: Ledger
    executor: Executor
    stopping: Callable[[], bool]
    log: RunLog

    def find(self) -> Discovery:
        """Find the documents, each under the name of earlier runs; note new ones as pending.

        Raises:
            OutputIsInputError: the output folder is one of the input folders.
        """
        formats, known = self.settings.writers.formats, self.ledger.keys()
        found = discover(self.inputs, self.out, formats, self.settings.batch, known)
        places.look_over(self.out)
        self.ledger.expect((item.key, str(item.path)) for item in found.items)
        _sweep({item.folder for item in found.items})
        return found

    def convert(
        self,
        items: Iterable[Item],
        progress: Progress,
        later: Callable[[Item, VanbanError], bool] = lambda *_: False,
    ) -> Summary:
        """Convert *items* and return the counts; *later*: see :class:`Surroundings`."""
        trouble = trouble_of(self.out, self.settings, self.ledger)
        world = Surroundings(readiness(self.settings), trouble, self.stopping, later)
        book = Book(self.ledger, self.out, self.settings)
        if self.settings.batch.retry_failed:  # those that may fail again keep no other waiting
            items = sorted(items, key=lambda item: self.ledger.has_failed(item.key))
        summary = Summary()
        try:
            with self.log.working(progress) as logged:
                summary = run(items, book, self.executor, logged, world)
        except OutputUnwritableError as failure:  # of the log, which is full as the rest is
            summary.trouble = summary.trouble or failure
        return summary


def all_missing(inputs: Iterable[Place]) -> list[VanbanError]:
    """Return why there is nothing to begin with: none of the inputs is there; empty, if one is."""
    failures: list[VanbanError] = []
    for path in inputs:
        if places.is_folder(path):
            return []
        try:
            places.stamp(path)
            return []
        except MissingInputError as failure:
            failures.append(failure)
        except VanbanError:
            return []
    return failures


def convert_once(session: Session, found: Discovery, progress: Progress) -> Summary:
    """Convert what was *found*; what is still being written is a failure that passes by itself."""
    settled, unsettled = _settled(found.items)
    summary = session.convert(settled, progress)
    summary.passed_over = found.passed_over
    failures = [*found.failures, *(ChangedInputError(str(item.path)) for item in unsettled)]
    if isinstance(summary.trouble, OutputUnwritableError):
        return summary  # nor can these be noted
    for failure in failures:
        _count(session, summary, failure, progress)
    return summary


def watch(session: Session, progress: Progress, at_rest: Callable[[], None]) -> Summary:
    """Convert what comes into the inputs, once it has stopped changing, until somebody stops it.

    A file is tried once in each of its states, so that one that fails is not tried for ever; one
    that changes while it is being read is no failure, but left until it has settled again.
    Whenever all that has come is converted, *at_rest* is called.
    """
    total = Summary()
    worked = False
    settling = Settling()
    told: set[str] = set()

    def later(item: Item, failure: VanbanError) -> bool:
        if isinstance(failure, ChangedInputError):
            settling.put_back(item.key)
            return True
        return False

    while not session.stopping() and total.trouble is None and not total.stopped:
        found = session.find()
        total.passed_over = found.passed_over
        stamps = {item.key: places.stamp_or_none(item.path) for item in found.items}
        taken = settling.take(stamps, time.monotonic())
        for failure in found.failures:
            if not isinstance(failure, EmptyInputError) and failure.subject not in told:
                told.add(failure.subject)
                _count(session, total, failure, progress)
        if taken:
            ready = [item for item in found.items if item.key in taken]
            total.take(session.convert(ready, progress, later))
            worked = True
        else:
            if worked:
                at_rest()
                worked = False
            _wait(session.stopping)
    total.interrupted = False  # how a watch ends
    return total


def _count(session: Session, summary: Summary, failure: VanbanError, progress: Progress) -> None:
    session.ledger.passed_over(failure)
    result = Result.of_input(failure)
    summary.add(result)
    progress.finished(result)


def _wait(stopping: Callable[[], bool]) -> None:
    until = time.monotonic() + QUIET
    while time.monotonic() < until and not stopping():
        time.sleep(_BLINK)


def _settled(items: tuple[Item, ...]) -> tuple[list[Item], list[Item]]:
    """Return the documents that are whole, and those that somebody is still writing.

    A file that was changed within the last second is looked at once more.
    """
    now = time.time()
    young: dict[Item, Stamp | None] = {}
    for item in items:
        stamp = places.stamp_or_none(item.path)
        if stamp is not None and 0 <= now - stamp.modified / 1e9 < _YOUNG:
            young[item] = stamp
    if young:
        time.sleep(_YOUNG)
    changing = {item for item, stamp in young.items() if places.stamp_or_none(item.path) != stamp}
    return [item for item in items if item not in changing], [
        item for item in items if item in changing
    ]


@contextmanager
def until_stopped(told: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Give the question whether somebody wants the run to end.

    The first Ctrl-C, or the system's request to end (SIGTERM), is *told* and answered with yes; the
    next one raises KeyboardInterrupt.
    """
    asked = False

    def stop(*_: Any) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        told()

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(each, stop) for each in signals]
    try:
        yield lambda: asked
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)


def executor_for(settings: Settings) -> Executor:
    """Return who works on the tasks.

    Raises:
        BadSettingError: pictures of the steps are wanted, which a cluster would write far away.
        NoClusterPackageError: there is to be a cluster, and no package for it.
    """
    if not settings.batch.cluster:
        return ProcessExecutor(settings.batch.jobs)
    if settings.imaging.debug_images:
        raise BadSettingError("--debug-images", "--cluster")
    try:
        from pipeline.batch.cluster import ClusterExecutor  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise NoClusterPackageError(settings.batch.cluster, str(error)) from error
    return ClusterExecutor(settings)


def _sweep(folders: Iterable[Place]) -> None:
    """Remove what a run that was killed has left half-written."""
    for folder in folders:
        if isinstance(folder, Path) and folder.is_dir():
            for file in folder.iterdir():
                if _PART.fullmatch(file.name):
                    places.remove(file)

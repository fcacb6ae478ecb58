"""Takes many documents through an executor: open, read every page, finish and write.

One document's pages are read in parallel with those of others, but no more documents are opened
than there is room for tasks, and the ones begun first are completed first. What was read waits in
the spool, so what is held in memory depends neither on the number of files nor on that of pages.
What the ledger knows to be done is not done again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pipeline.batch import output, places, spool, work
from pipeline.batch.book import Book
from pipeline.batch.discovery import Item
from pipeline.batch.executor import Errand, Executor, Limits, Task
from pipeline.batch.naming import about, of_document, page_name
from pipeline.batch.summary import Outcome, Result, Summary
from pipeline.batch.surroundings import Surroundings
from pipeline.batch.work import Opened, Written
from pipeline.errors import (
    DamagedRecordError,
    EmptyInputError,
    OutputExistsError,
    OutputUnwritableError,
    VanbanError,
    WorkerDiedError,
)
from pipeline.formats import SourceKind
from pipeline.settings import BatchSettings

if TYPE_CHECKING:
    from pipeline.batch.places import Place
    from pipeline.batch.progress import Progress

_PAGES_AT_ONCE = 20  # so many pages may be put together in the time that one may be read


@dataclass(slots=True, eq=False)
class _Reading:
    """The content of a document between opening and the end of its last output.

    Attributes:
        owners: the documents with this content, and as what each was opened; mostly one.
        todo: indices of the pages not yet given out.
        left: how many pages have not come back.
        unwritten: how many owners have not ended.
    """

    folder: Place
    owners: list[tuple[Item, Opened]]
    todo: deque[int]
    left: int
    failures: dict[int, VanbanError] = field(default_factory=dict)
    unwritten: int = 0


class _Run:
    """The state of one run: documents waiting, documents being read, tasks ready to go."""

    def __init__(
        self, items: Iterable[Item], book: Book, progress: Progress, world: Surroundings
    ) -> None:
        self.waiting = deque(items)
        self.total = len(self.waiting)
        self.book = book
        self.settings = book.settings
        self.progress = progress
        self.world = world
        self.giving: deque[_Reading] = deque()  # those with pages not yet given out
        self.reading: dict[str, _Reading] = {}  # by checksum
        self.urgent: deque[Task] = deque()  # documents whose pages are all there
        self.summary = Summary()

    def next_task(self) -> Task | None:
        """Return the task that brings the oldest document closest to its end."""
        self._look_around()
        if self.urgent and self.summary.trouble is None:
            return self.urgent.popleft()
        if self.ending:
            return None
        if self.giving:
            return self._page_task(self.giving[0])
        while self.waiting and not self.ending:
            item = self.waiting.popleft()
            known = self.book.known(item)
            if known is None:
                return self._task(item, work.open_source, (item.path, self.settings), self._opened)
            self._end(known)
            self._look_around()
        return None

    def work(self, executor: Executor) -> None:
        """Give out tasks and take in what came of them, until nothing is left or the run ends.

        Raises:
            OutputUnwritableError: nothing can be noted any more.
        """
        while True:
            while executor.in_flight < executor.capacity and (task := self.next_task()) is not None:
                executor.submit(task)
            if not executor.in_flight:
                return
            for task, outcome in executor.collect():
                task.done(outcome)

    @property
    def left(self) -> int:
        """How many documents have not ended, neither in this run nor in an earlier one."""
        unended = self.book.unended() if self.waiting else frozenset()
        waiting = sum(item.key in unended for item in self.waiting)
        return self.total - self.summary.documents - len(self.waiting) + waiting

    @property
    def ending(self) -> bool:
        """Whether nothing new is begun."""
        return self.summary.interrupted or self.summary.stopped or self.summary.trouble is not None

    def _look_around(self) -> None:
        self.summary.interrupted = self.summary.interrupted or self.world.stopping()
        self._look_for_trouble(None)

    def _task(
        self,
        item: Item,
        call: Callable[..., Any],
        arguments: tuple[Any, ...],
        done: Callable[[Item, Any], None],
        pages: int = 0,
    ) -> Task:
        batch = self.settings.batch
        seconds = batch.page_timeout * (1 + pages / _PAGES_AT_ONCE)
        limits = Limits(seconds, batch.memory)
        return Task(call, arguments, str(item.path), partial(done, item), limits)

    def _opened(self, item: Item, opened: Opened | VanbanError) -> None:
        if isinstance(opened, VanbanError):
            self._fail(item, [opened])
        elif opened.kind is SourceKind.JSON:
            self.book.begin(item, opened)
            self._write(
                item, opened, work.remake, (item, self.book.plan(item, opened)), self._written
            )
        elif (known := self.book.known_content(item, opened)) is not None:
            self._end(known)
        elif failure := self._hindrance(item, opened):
            named = about(failure, item, str(item.path))
            self._end_failed(item, [named], opened)
        elif records := self.book.records(item, opened):
            self.book.begin(item, opened)
            again = (item, opened.source, records, self.book.plan(item, opened))
            self._write(item, opened, work.write_again, again, self._written_again)
        else:
            self._read(item, opened)

    def _hindrance(self, item: Item, opened: Opened) -> VanbanError | None:
        return (
            self.world.ready_for(opened.kind) if opened.pages else EmptyInputError(str(item.path))
        )

    def _written_again(self, item: Item, opened: Opened, written: Written | VanbanError) -> None:
        if isinstance(written, DamagedRecordError):
            self._read(item, opened)
        else:
            self._written(item, opened, written)

    def _read(self, item: Item, opened: Opened) -> None:
        if obstacle := self.book.obstacle(item, opened):
            self._fail(item, [obstacle], opened)
            return
        failures = self.book.begin(item, opened)
        same = self.reading.get(opened.source.sha256)
        if same is not None:
            same.owners.append((item, opened))
            same.unwritten += 1
            if not same.left:
                self._finish(same, item, opened)
            return
        folder = self.book.pages_folder(opened)
        reading = _Reading(folder, [(item, opened)], deque(), opened.pages, failures, 1)
        self.reading[opened.source.sha256] = reading
        if places.is_folder(folder):
            found = partial(self._begin, reading)
            arguments = (folder, opened.pages)
            self.urgent.append(self._task(item, work.present_pages, arguments, found, opened.pages))
        else:
            self._begin(reading, item, frozenset())

    def _begin(self, reading: _Reading, _: Item, present: frozenset[int] | VanbanError) -> None:
        pages = reading.owners[0][1].pages
        there = frozenset() if isinstance(present, VanbanError) else present
        reading.todo.extend(
            index for index in range(pages) if index not in there and index not in reading.failures
        )
        reading.left = len(reading.todo)
        self.progress.opened(reading.left)
        if reading.todo:
            self.giving.append(reading)
        else:
            self._pages_complete(reading)

    def _page_task(self, reading: _Reading) -> Task:
        index = reading.todo.popleft()
        if not reading.todo:
            self.giving.remove(reading)
        item, opened = reading.owners[0]
        how, where = (index, self.settings, self.book.reader), (reading.folder, index)
        done = partial(self._page_read, reading, index)
        task = self._task(item, work.read_page, (item.path, *how, reading.folder), done)
        errand = Errand(item.path, opened.source.sha256, work.read_copy, how, work.keep_page, where)
        return replace(
            task,
            subject=page_name(str(item.path), index),
            errand=None if opened.kind is SourceKind.TEXT else errand,  # read as soon as sent
        )

    def _page_read(
        self, reading: _Reading, index: int, item: Item, outcome: float | VanbanError
    ) -> None:
        self.progress.page_read()
        reading.left -= 1
        failure = None
        if isinstance(outcome, VanbanError):
            failure = about(outcome, item, page_name(str(item.path), index))
            reading.failures[index] = failure
            self._look_for_trouble(outcome)
        if self.summary.trouble is None:
            seconds = 0.0 if isinstance(outcome, VanbanError) else outcome
            self.book.page_read(item, index, seconds, failure)
            if not reading.left and not reading.todo:
                self._pages_complete(reading)

    def _pages_complete(self, reading: _Reading) -> None:
        for item, opened in list(reading.owners):
            self._finish(reading, item, opened)

    def _finish(self, reading: _Reading, item: Item, opened: Opened) -> None:
        failures = {
            index: type(failure)(page_name(str(item.path), index), failure.detail)
            for index, failure in reading.failures.items()
        }
        if len(failures) == opened.pages:
            self._fail(item, of_document(item, failures), opened)
            self._release(reading)
            return
        for index, failure in failures.items():
            self.book.page_read(item, index, 0.0, failure)
        name = opened.source.name
        inside = {
            index: type(failure)(page_name(name, index), failure.detail)
            for index, failure in failures.items()
        }
        arguments = (item, opened, work.Pages(reading.folder, inside), self.book.plan(item, opened))

        def written(item: Item, opened: Opened, outcome: Written | VanbanError) -> None:
            in_order = [failures[index] for index in sorted(failures)]
            self._written(item, opened, outcome, in_order)
            self._release(reading)

        self._write(item, opened, work.finish, arguments, written)

    def _release(self, reading: _Reading) -> None:
        """Forget the pages of a content whose last owner has ended well."""
        reading.unwritten -= 1
        if reading.unwritten:
            return
        _, opened = reading.owners[0]
        del self.reading[opened.source.sha256]
        if not reading.failures and self.summary.trouble is None:
            spool.clear(reading.folder)

    def _write(
        self,
        item: Item,
        opened: Opened,
        call: Callable[..., Written],
        arguments: tuple[Any, ...],
        done: Callable[[Item, Opened, Written | VanbanError], None],
    ) -> None:
        token = uuid4().hex

        def written(item: Item, outcome: Written | VanbanError) -> None:
            if isinstance(outcome, WorkerDiedError):
                formats = self.settings.writers.formats
                output.discard([item.target(format_) for format_ in formats], token)
            done(item, opened, outcome)

        self.book.writing(item)
        self.urgent.append(self._task(item, call, (*arguments, token), written, opened.extent))

    def _written(
        self,
        item: Item,
        opened: Opened,
        outcome: Written | VanbanError,
        failures: Iterable[VanbanError] = (),
    ) -> None:
        if isinstance(outcome, VanbanError):
            self._fail(item, [*failures, outcome], opened)
            return
        self.book.done(item, opened, outcome)
        self._end(Result(item.path, Outcome.CONVERTED, outcome, tuple(failures)))

    def _fail(self, item: Item, failures: list[VanbanError], opened: Opened | None = None) -> None:
        self._look_for_trouble(failures[-1])
        if self.summary.trouble is not None or any(self.world.later(item, f) for f in failures):
            self.book.pending(item)
            return  # the trouble is told once, not for each document
        skips = self.settings.batch.on_existing == "skip"
        if skips and opened is not None and isinstance(failures[-1], OutputExistsError):
            self.book.kept(item, opened)
            self._end(Result(item.path, Outcome.KEPT))
            return
        self._end_failed(item, failures, opened)

    def _end_failed(self, item: Item, failures: list[VanbanError], opened: Opened | None) -> None:
        if self.summary.stopped:  # by an earlier failure, while this document was in work
            self.book.pending(item)
            return
        self.book.failed(item, opened, failures)
        self._end(Result(item.path, Outcome.FAILED, None, tuple(failures)))

    def _look_for_trouble(self, failure: VanbanError | None) -> None:
        self.summary.trouble = self.summary.trouble or self.world.trouble(failure)

    def _end(self, result: Result) -> None:
        self.summary.add(result)
        self.summary.stopped = self.summary.stopped or _too_many(
            self.summary.failed, self.total, self.settings.batch
        )
        self.progress.finished(result)


def run(
    items: Iterable[Item],
    book: Book,
    executor: Executor,
    progress: Progress,
    world: Surroundings | None = None,
) -> Summary:
    """Convert *items*; a failure costs its own page or document and nothing else.

    Args:
        items: what to convert and where to, see :mod:`pipeline.batch.discovery`.
        book: keeps the ledger of the output folder, with the settings of all stages.
        executor: already entered.
        progress: who is told.
        world: what may end the run early.

    Returns:
        The counts and failures of the run.
    """
    state = _Run(items, book, progress, world or Surroundings())
    try:
        state.work(executor)
    except OutputUnwritableError as failure:  # the ledger's: what is in work is read again
        state.summary.trouble = state.summary.trouble or failure
    state.summary.left = state.left
    return state.summary


def _too_many(failed: int, documents: int, settings: BatchSettings) -> bool:
    """Tell whether so many failed documents of all end the run."""
    if settings.on_error == "stop" and failed:
        return True
    limit = settings.max_failures
    if limit.endswith("%"):
        return failed > float(limit[:-1]) / 100 * documents
    return bool(limit) and failed > int(limit)

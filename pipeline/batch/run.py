"""Takes many documents through an executor: open, read every page, finish and write.

One document's pages are read in parallel with those of others, but no more documents are opened
than there is room for tasks, and the ones begun first are completed first, so what is held in
memory depends on the executor's capacity and not on the number of files.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from pipeline.batch import output, work
from pipeline.batch.discovery import Item
from pipeline.batch.executor import Executor, Task
from pipeline.batch.report import Result, Summary
from pipeline.errors import EmptyInputError, VanbanError, WorkerDiedError
from pipeline.messages import Language, explain
from pipeline.model import Page
from pipeline.settings import Settings
from pipeline.sources import SourceKind

# A failed page is marked inside the document, and the documents are Vietnamese whatever language
# the messages are in: the same input must give the same bytes.
_LANGUAGE_OF_DOCUMENTS = Language.VIETNAMESE


class Progress(Protocol):
    """Who is told how far the run is."""

    def opened(self, pages: int) -> None:
        """A document was opened and has so many pages to read."""

    def page_read(self) -> None:
        """A page was read, or failed."""

    def finished(self, result: Result) -> None:
        """A document is done, well or not."""


@dataclass(slots=True, eq=False)
class _Active:
    """A document between opening and the end of its last page."""

    item: Item
    opened: work.Opened
    next_page: int = 0
    pages: dict[int, tuple[Page, ...]] = field(default_factory=dict)
    failures: dict[int, VanbanError] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return len(self.pages) == self.opened.pages


class _Run:
    """The state of one run: documents waiting, documents active, tasks ready to go."""

    def __init__(
        self,
        items: Iterable[Item],
        settings: Settings,
        progress: Progress,
        ready_for: Callable[[SourceKind], VanbanError | None],
    ) -> None:
        self.waiting = deque(items)
        self.settings = settings
        self.progress = progress
        self.ready_for = ready_for
        self.active: deque[_Active] = deque()  # those with pages not yet given out
        self.urgent: deque[Task] = deque()  # documents whose pages are all there
        self.summary = Summary()

    def next_task(self) -> Task | None:
        """Return the task that brings the oldest document closest to its end."""
        if self.urgent:
            return self.urgent.popleft()
        if self.active:
            return self._page_task(self.active[0])
        if self.waiting:
            item = self.waiting.popleft()
            return Task(
                work.open_source,
                (item.path, self.settings),
                str(item.path),
                partial(self._opened, item),
            )
        return None

    def _opened(self, item: Item, outcome: work.Opened | VanbanError) -> None:
        if isinstance(outcome, VanbanError):
            return self._end(item, None, [outcome])
        if outcome.kind is SourceKind.JSON:
            return self._write_task(item, work.remake, (item, self.settings), {})
        failure = self.ready_for(outcome.kind) if outcome.pages else EmptyInputError(item.path)
        if failure is not None:
            return self._end(item, None, [about(failure, item.path, str(item.path))])
        self.progress.opened(outcome.pages)
        self.active.append(_Active(item, outcome))
        return None

    def _page_task(self, document: _Active) -> Task:
        index = document.next_page
        document.next_page += 1
        if document.next_page == document.opened.pages:
            self.active.remove(document)
        return Task(
            work.read_page,
            (document.item.path, index, self.settings),
            page_name(str(document.item.path), index),
            partial(self._page_read, document, index),
        )

    def _page_read(
        self, document: _Active, index: int, outcome: tuple[Page, ...] | VanbanError
    ) -> None:
        self.progress.page_read()
        if isinstance(outcome, VanbanError):
            path, name = document.item.path, document.opened.source.name
            document.failures[index] = about(outcome, path, page_name(str(path), index))
            inside = type(outcome)(page_name(name, index), document.failures[index].detail)
            outcome = (Page(index + 1, failure=explain(_LANGUAGE_OF_DOCUMENTS, inside)),)
        document.pages[index] = outcome
        if document.complete:
            self._pages_complete(document)

    def _pages_complete(self, document: _Active) -> None:
        item, failures = document.item, document.failures
        if len(failures) == len(document.pages):
            return self._end(item, None, _of_document(item, failures))
        pages = tuple(page for index in sorted(document.pages) for page in document.pages[index])
        arguments = (item, document.opened.source, pages, self.settings)
        return self._write_task(item, work.finish, arguments, failures)

    def _write_task(
        self,
        item: Item,
        call: Callable[..., work.Written],
        arguments: tuple[object, ...],
        failures: dict[int, VanbanError],
    ) -> None:
        token = uuid4().hex

        def written(outcome: work.Written | VanbanError) -> None:
            in_order = [failures[index] for index in sorted(failures)]
            if not isinstance(outcome, VanbanError):
                return self._end(item, outcome, in_order)
            if isinstance(outcome, WorkerDiedError):
                formats = self.settings.writers.formats
                output.discard([item.target(format_) for format_ in formats], token)
            return self._end(item, None, [*in_order, outcome])

        self.urgent.append(Task(call, (*arguments, token), str(item.path), written))

    def _end(self, item: Item, written: work.Written | None, failures: list[VanbanError]) -> None:
        result = Result(item.path, written, tuple(failures))
        self.summary.add(result)
        self.progress.finished(result)


def run(
    items: Iterable[Item],
    settings: Settings,
    executor: Executor,
    progress: Progress,
    ready_for: Callable[[SourceKind], VanbanError | None] = lambda _: None,
) -> Summary:
    """Convert *items*; a failure costs its own page or document and nothing else.

    Args:
        items: what to convert and where to, see :mod:`pipeline.batch.discovery`.
        settings: of all stages.
        executor: already entered.
        progress: who is told.
        ready_for: says before the first page of a document whether its kind can be read at all
            here, or returns the failure that all its pages would meet.

    Returns:
        The counts and failures of the run.
    """
    state = _Run(items, settings, progress, ready_for)
    while True:
        while executor.in_flight < executor.capacity and (task := state.next_task()) is not None:
            executor.submit(task)
        if not executor.in_flight:
            return state.summary
        for task, outcome in executor.collect():
            task.done(outcome)


def page_name(document: str, index: int) -> str:
    """Return what a message calls page *index* (from 0) of a document, in any language."""
    return f"{document} [{index + 1}]"


def about(error: VanbanError, document: Path, name: str) -> VanbanError:
    """Return the same failure under the *name* of the document or page that it befell.

    What it was about before, the program or the model, moves into the detail.
    """
    if error.subject in (name, str(document), document.name):
        return type(error)(name, error.detail)
    return type(error)(name, ", ".join(filter(None, (error.subject, error.detail))))


def _of_document(item: Item, failures: dict[int, VanbanError]) -> list[VanbanError]:
    """Return the failures of a document without one good page: one for each kind, not each page."""
    by_kind: dict[type[VanbanError], VanbanError] = {}
    for index in sorted(failures):
        error = failures[index]
        by_kind.setdefault(type(error), type(error)(str(item.path), error.detail))
    return list(by_kind.values())

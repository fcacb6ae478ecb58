"""Tells people how far a run is: a moving bar on a terminal, plain lines anywhere else.

Everything goes to standard error; a failure is always a line of its own, as soon as it is known.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from pipeline.batch.report import Result
from pipeline.messages import Language, explain, say


class PlainProgress:
    """One line for each document that is done."""

    def __init__(self, language: Language, stream: TextIO) -> None:
        self._language = language
        self._stream = stream

    def opened(self, pages: int) -> None:
        """Nothing to tell."""

    def page_read(self) -> None:
        """Nothing to tell."""

    def finished(self, result: Result) -> None:
        """Write what became of the document."""
        for line in lines_of(result, self._language):
            self._stream.write(f"{line}\n")
        self._stream.flush()

    def __enter__(self) -> Self:
        """Nothing to start."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to stop."""


class BarProgress:
    """A bar that counts pages; documents without a failure pass silently."""

    def __init__(self, language: Language, console: Console, documents: int) -> None:
        self._language = language
        self._console = console
        self._left = documents
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[left]}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task(say(language, "progress.pages"), total=0, left="")
        self._show()

    def opened(self, pages: int) -> None:
        """Make the bar longer by the document's pages."""
        self._bar.update(self._task, total=(self._bar.tasks[0].total or 0) + pages)

    def page_read(self) -> None:
        """Move the bar."""
        self._bar.advance(self._task)

    def finished(self, result: Result) -> None:
        """Count the document; what is to be said of it gets lines above the bar."""
        self._left -= 1
        self._show()
        for line in remarks_on(result, self._language):
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _show(self) -> None:
        left = say(self._language, "progress.left", documents=self._left)
        self._bar.update(self._task, left=left)

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        self._bar.stop()


def progress_on(stream: TextIO, language: Language, documents: int) -> PlainProgress | BarProgress:
    """Return the progress that suits *stream*."""
    if stream.isatty():
        return BarProgress(language, Console(file=stream), documents)
    return PlainProgress(language, stream)


def remarks_on(result: Result, language: Language) -> list[str]:
    """Return a line for each failure of a document, and one for its pages without text."""
    lines = [explain(language, failure) for failure in result.failures]
    if result.written is not None and result.written.empty:
        pages = ", ".join(map(str, result.written.empty))
        lines.append(say(language, "progress.empty", path=result.path, pages=pages))
    return lines


def lines_of(result: Result, language: Language) -> list[str]:
    """Return the lines that tell what became of a document: its outputs, then what went amiss."""
    lines = remarks_on(result, language)
    if result.written is not None and result.written.outputs:
        first, *others = result.written.outputs
        names = [path.name for path in result.written.outputs]
        stem = os.path.commonprefix(names)  # noqa: RUF071  # of names, letter by letter
        stem = stem[: max(stem.rfind("."), 0)]
        outputs = ", ".join([str(first), *(path.name.removeprefix(stem) for path in others)])
        done = say(
            language,
            "progress.done",
            path=result.path,
            outputs=outputs,
            pages=result.written.pages,
        )
        lines.insert(0, done)
    return lines

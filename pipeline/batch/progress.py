"""Tells people how far a run is: a moving bar on a terminal, plain lines anywhere else.

Everything goes to standard error; a failure is always a line of its own, as soon as it is known.
For machines there is a line of JSON for each document on standard output instead.
"""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Protocol, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from pipeline.batch.pace import Pace
from pipeline.batch.summary import Outcome, Result
from pipeline.files import write_data
from pipeline.messages import Language, explain, say

_SILENCE: Final = 60.0  # seconds without a line about the run as a whole


class Progress(Protocol):
    """Who is told how far the run is."""

    def opened(self, pages: int) -> None:
        """A document was opened and has so many pages to read."""

    def page_read(self) -> None:
        """A page was read, or failed."""

    def finished(self, result: Result) -> None:
        """A document is done, well or not."""


class Teller(Progress, Protocol):
    """Who tells people or machines of it, from the beginning to the end of a run."""

    def say(self, key: str) -> None:
        """Tell the message *key* at once."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""


class PlainProgress:
    """One line for each document that is done, and one a minute about the whole."""

    def __init__(self, language: Language, stream: TextIO, documents: int) -> None:
        self._language = language
        self._stream = stream
        self._pace = Pace(documents)
        self._told = time.monotonic()

    def say(self, key: str) -> None:
        """Write the message."""
        self._write([say(self._language, key)])

    def opened(self, pages: int) -> None:
        """Count the document's pages."""
        self._pace.opened(pages)

    def page_read(self) -> None:
        """Count the page."""
        self._pace.page_read()
        if time.monotonic() - self._told > _SILENCE:
            self._told = time.monotonic()
            self._write([pace_line(self._pace, self._language)])

    def finished(self, result: Result) -> None:
        """Write what became of the document."""
        self._pace.finished(result)
        self._write(lines_of(result, self._language))

    def _write(self, lines: list[str]) -> None:
        self._stream.write("".join(f"{line}\n" for line in lines))
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


class JsonProgress:
    """A line of JSON for each document that is done, and one a minute about the whole."""

    def __init__(self, language: Language, documents: int) -> None:
        self._language = language
        self._pace = Pace(documents)
        self._told = time.monotonic()

    def say(self, key: str) -> None:
        """Write the message."""
        write_event("message", text=say(self._language, key))

    def opened(self, pages: int) -> None:
        """Count the document's pages."""
        self._pace.opened(pages)

    def page_read(self) -> None:
        """Count the page."""
        self._pace.page_read()
        if time.monotonic() - self._told > _SILENCE:
            self._told = time.monotonic()
            write_event("progress", **pace_facts(self._pace))

    def finished(self, result: Result) -> None:
        """Write what became of the document."""
        self._pace.finished(result)
        written = result.written
        counts: dict[str, object] = {}
        if written is not None:
            counts = {
                "outputs": [str(place) for place in written.outputs],
                "pages": written.pages,
                "corrections": written.corrections,
                "doubts": written.doubts,
                "empty_pages": written.empty,
            }
        failures = [
            {
                "code": failure.code.value,
                "name": failure.code.name,
                "subject": failure.subject,
                "message": explain(self._language, failure),
            }
            for failure in result.failures
        ]
        write_event(
            "document",
            input=str(result.path),
            outcome=result.outcome,
            failures=failures,
            remembered=result.remembered,
            **counts,
        )

    def __enter__(self) -> Self:
        """Nothing to start."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell the counts at the end."""
        write_event("progress", **pace_facts(self._pace))


class BarProgress:
    """A bar that counts documents; those without a failure pass silently."""

    def __init__(self, language: Language, console: Console, documents: int) -> None:
        self._language = language
        self._console = console
        self._pace = Pace(documents)
        self._bar = Bar(
            *_bar_column(console.width),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=documents)
        self._show()

    def say(self, key: str) -> None:
        """Write the message above the bar."""
        self._write([say(self._language, key)])

    def opened(self, pages: int) -> None:
        """Count the document's pages."""
        self._pace.opened(pages)

    def page_read(self) -> None:
        """Count the page."""
        self._pace.page_read()
        self._show()

    def finished(self, result: Result) -> None:
        """Count the document; what is to be said of it gets lines above the bar."""
        self._pace.finished(result)
        self._show()
        self._write(remarks_on(result, self._language))

    def _write(self, lines: list[str]) -> None:
        for line in lines:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _show(self) -> None:
        description = bar_line(self._pace, self._language)
        self._bar.update(self._task, description=description, completed=self._pace.ended)

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


def write_event(event: str, **facts: object) -> None:
    """Write a line of JSON to standard output that tells machines what happened just now.

    Raises:
        StreamClosedError: there is no room for it.
    """
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    write_data(f"{json.dumps({'time': moment, 'event': event, **facts})}\n".encode())


def progress_on(stream: TextIO, language: Language, documents: int) -> Teller:
    """Return the progress that suits *stream*."""
    if stream.isatty():
        return BarProgress(language, Console(file=stream), documents)
    return PlainProgress(language, stream, documents)


def _bar_column(width: int) -> list[BarColumn]:
    """Return the bar itself, as long as the words leave room for on a terminal of *width*."""
    if width < 96:
        return []
    length = 20 if width >= 108 else 10
    return [BarColumn(length, complete_style="cyan", finished_style="green")]


def pace_line(pace: Pace, language: Language) -> str:
    """Return the line that tells how far a run is."""
    return _pace_said(pace, language, "pace" if pace.seconds_left is not None else "start")


def bar_line(pace: Pace, language: Language) -> str:
    """Return the same in few words, for the line of the bar."""
    return _pace_said(pace, language, "bar" if pace.seconds_left is not None else "bar_start")


def _pace_said(pace: Pace, language: Language, key: str) -> str:
    left = pace.seconds_left
    return say(
        language,
        f"progress.{key}",
        ended=pace.ended,
        documents=pace.documents,
        pages=pace.pages,
        rate=round(pace.per_minute),
        left=duration(left or 0, language),
        failures=pace.failures,
    )


def pace_facts(pace: Pace) -> dict[str, Any]:
    """Return the same for machines; times in seconds."""
    left = pace.seconds_left
    return {
        "documents": pace.documents,
        "ended": pace.ended,
        "pages": pace.pages,
        "pages_per_minute": round(pace.per_minute, 1),
        "seconds_left": None if left is None else round(left),
        "failures": pace.failures,
    }


def duration(seconds: float, language: Language) -> str:
    """Return a time as people say it: to the minute, beyond a day to the hour."""
    minutes = round(seconds / 60)
    if not minutes:
        return say(language, "progress.moment")
    hours, days = minutes // 60, minutes // 1440
    if days:
        return say(language, "progress.days", days=days, hours=hours % 24)
    if hours:
        return say(language, "progress.hours", hours=hours, minutes=minutes % 60)
    return say(language, "progress.minutes", minutes=minutes)


def remarks_on(result: Result, language: Language) -> list[str]:
    """Return a line for each failure of a document, and one for its pages without text."""
    lines = [explain(language, failure) for failure in result.failures]
    if result.outcome is Outcome.KEPT:
        lines.append(say(language, "progress.kept", path=result.path))
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

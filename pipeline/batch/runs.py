"""The runs over an output folder: when, how much, how fast, and how each ended.

What always holds: a run is noted in the ledger as it goes on, so that one that was killed is known
up to its last second; time that ``--watch`` spends waiting for files is not counted as work.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.batch.summary import Outcome, Result, Summary

if TYPE_CHECKING:
    from pipeline.batch.ledger import Ledger
    from pipeline.batch.progress import Progress


class Ending(StrEnum):
    """How a run ended; ``none`` while it goes on, and for ever if it was killed."""

    NONE = "none"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"
    TROUBLE = "trouble"

    @classmethod
    def of(cls, summary: Summary) -> Ending:
        """Return how the run that came to *summary* ended."""
        if summary.interrupted:
            return cls.INTERRUPTED
        if summary.trouble is not None:
            return cls.TROUBLE
        return cls.STOPPED if summary.stopped else cls.COMPLETE


@dataclass(frozen=True, slots=True)
class Run:
    """What the ledger knows of one run.

    Attributes:
        number: from 1.
        started: seconds since 1970.
        ended: likewise; while it goes on, when it last gave a sign of life.
        seconds: how long it worked.
        documents: how many ended in it, but for those that an earlier run had done.
        pages: how many were read in it.
    """

    number: int
    started: float
    ended: float
    seconds: float = 0.0
    documents: int = 0
    pages: int = 0
    ending: Ending = Ending.NONE

    @property
    def pages_per_minute(self) -> float | None:
        """How fast pages were read; None when there were none."""
        return 60 * self.pages / self.seconds if self.pages and self.seconds > 0 else None


class RunLog:
    """Notes in the ledger how far a run is."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._run = ledger.begin_run()
        self._counted = time.monotonic()

    @contextmanager
    def working(self, progress: Progress) -> Iterator[Progress]:
        """Count as work what happens meanwhile; give what is to be told in place of *progress*."""
        self._counted = time.monotonic()
        yield _Logged(self, progress)
        self.add()

    def add(self, *, documents: int = 0, pages: int = 0) -> None:
        """Count so much more."""
        now = time.monotonic()
        self._run = replace(
            self._run,
            ended=time.time(),
            seconds=self._run.seconds + now - self._counted,
            documents=self._run.documents + documents,
            pages=self._run.pages + pages,
        )
        self._counted = now
        self._ledger.run(self._run)

    def end(self, ending: Ending) -> None:
        """Note how the run ended."""
        self._run = replace(self._run, ended=time.time(), ending=ending)
        self._ledger.run(self._run)


class _Logged:
    """A progress whose counts go into the log as well."""

    def __init__(self, log: RunLog, progress: Progress) -> None:
        self._log = log
        self._progress = progress

    def opened(self, pages: int) -> None:
        self._progress.opened(pages)

    def page_read(self) -> None:
        self._log.add(pages=1)
        self._progress.page_read()

    def finished(self, result: Result) -> None:
        if result.outcome is not Outcome.UNCHANGED and not result.remembered:
            self._log.add(documents=1)
        self._progress.finished(result)

"""How fast a run is, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.batch.summary import Result


@dataclass(slots=True)
class Pace:
    """The counts of a run so far, from which speed and time left follow.

    Attributes:
        documents: how many there are in all.
        pages: how many were read.
        clock: seconds that only go forward.
    """

    documents: int
    clock: Callable[[], float] = time.monotonic
    ended: int = 0
    failures: int = 0
    pages: int = 0
    _opened: int = 0
    _opened_pages: int = 0
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def opened(self, pages: int) -> None:
        """Count a document with so many pages to read."""
        self._opened += 1
        self._opened_pages += pages

    def page_read(self) -> None:
        """Count a page."""
        self.pages += 1

    def finished(self, result: Result) -> None:
        """Count a document that ended."""
        self.ended += 1
        self.failures += len(result.failures)

    @property
    def per_minute(self) -> float:
        """Pages read in a minute, from the start of the run."""
        passed = self.clock() - self._started
        return 60 * self.pages / passed if passed > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes if it is like what was seen; None before anything was."""
        if not self.pages or not self._opened:
            return None
        unseen = max(0, self.documents - max(self.ended, self._opened))
        pages = self._opened_pages - self.pages + unseen * self._opened_pages / self._opened
        return max(0.0, pages * 60 / self.per_minute)

"""What was done to a page, step by step, and how it looked after each step for who wants to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.image import Pixels
from pipeline.model import Step

Watch = Callable[[str, Pixels], None]  # told the name of a step and what it made


def unwatched(name: str, pixels: Pixels) -> None:
    """Look away."""


@dataclass(frozen=True, slots=True)
class Log:
    """The steps so far; each is recorded only when it acted."""

    watch: Watch = unwatched
    steps: list[Step] = field(default_factory=list)

    def add(self, name: str, value: float, pixels: Pixels) -> Pixels:
        """Record a step with what it measured or applied; return what it made of the page."""
        self.steps.append(Step(name, value))
        self.watch(name, pixels)
        return pixels

    def branch(self) -> Log:
        """Return a log that goes on from this one, for one of two pages."""
        return Log(self.watch, list(self.steps))

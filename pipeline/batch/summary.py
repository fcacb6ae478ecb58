"""What a run came to, in numbers, and the exit code that follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ExitCode, VanbanError

if TYPE_CHECKING:
    from pipeline.batch.places import Place
    from pipeline.batch.work import Written


class Outcome(StrEnum):
    """How a document ended.

    ``unchanged``: an earlier run has done all there is to do. ``kept``: files of others stand in
    the places of its outputs, and were left alone.
    """

    CONVERTED = "converted"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """How one document ended.

    Attributes:
        written: what was written in this run, or None when nothing was.
        failures: why not, or why pages of it could not be read.
        remembered: whether the failures are those of an earlier run.
    """

    path: Place
    outcome: Outcome
    written: Written | None = None
    failures: tuple[VanbanError, ...] = ()
    remembered: bool = False

    @classmethod
    def of_input(cls, failure: VanbanError) -> Result:
        """Return how an input ended that did not become a document."""
        return cls(Path(failure.subject), Outcome.FAILED, None, (failure,))


@dataclass(slots=True)
class Summary:
    """The counts of a run so far.

    Attributes:
        documents: how many ended, inputs that could not be looked at included.
        converted: how many were written, those with failed pages included.
        unchanged: how many an earlier run had done.
        kept: how many were left alone because of files of others.
        failed: how many had a failure in this run, be it of a page.
        left: how many have not ended, because the run ended early.
        failures: every failure, of documents and of single pages.
        interrupted: whether a person or the system ended the run early.
        stopped: whether failures did, as asked for.
        trouble: what ended the run early because all documents would have met it.
        passed_over: files of the input folders that are no documents.
    """

    documents: int = 0
    converted: int = 0
    unchanged: int = 0
    kept: int = 0
    failed: int = 0
    left: int = 0
    pages: int = 0
    corrections: int = 0
    doubts: int = 0
    failures: list[VanbanError] = field(default_factory=list)
    interrupted: bool = False
    stopped: bool = False
    trouble: VanbanError | None = None
    passed_over: tuple[Place, ...] = ()

    def add(self, result: Result) -> None:
        """Count one document."""
        self.documents += 1
        self.converted += result.outcome is Outcome.CONVERTED
        self.unchanged += result.outcome is Outcome.UNCHANGED
        self.kept += result.outcome is Outcome.KEPT
        self.failed += bool(result.failures) and not result.remembered
        self.failures.extend(result.failures)
        if result.written is not None:
            self.pages += result.written.pages
            self.corrections += result.written.corrections
            self.doubts += result.written.doubts

    def take(self, other: Summary) -> None:
        """Add the counts of another run."""
        for name in ("documents", "converted", "unchanged", "kept", "failed", "pages"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.corrections += other.corrections
        self.doubts += other.doubts
        self.left = other.left  # those left before were taken again
        self.failures.extend(other.failures)
        self.interrupted = self.interrupted or other.interrupted
        self.stopped = self.stopped or other.stopped
        self.trouble = self.trouble or other.trouble

    @property
    def exit_code(self) -> ExitCode:
        """OK when nothing failed, PARTIAL when there is output nevertheless.

        When there is none: the code of the failures if they are all of one kind, else FAILED. A run
        that ended early has the code of the reason.
        """
        if self.interrupted:
            return ExitCode.INTERRUPTED
        if self.trouble is not None:
            return self.trouble.code
        if self.stopped:
            return ExitCode.STOPPED
        if not self.failures:
            return ExitCode.OK
        if self.converted or self.unchanged or self.kept:
            return ExitCode.PARTIAL
        codes = {failure.code for failure in self.failures}
        return codes.pop() if len(codes) == 1 else ExitCode.FAILED

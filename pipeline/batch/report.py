"""What a run came to, in numbers, and the exit code that follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.work import Written
from pipeline.errors import ExitCode, VanbanError


@dataclass(frozen=True, slots=True)
class Result:
    """How one document ended.

    Attributes:
        written: what was written, or None when nothing could be.
        failures: why not, or why pages of it could not be read.
    """

    path: Path
    written: Written | None
    failures: tuple[VanbanError, ...] = ()


@dataclass(slots=True)
class Summary:
    """The counts of a run so far.

    Attributes:
        documents: how many were asked for, inputs that could not be looked at included.
        converted: how many were written, those with failed pages included.
        failures: every failure, of documents and of single pages.
    """

    documents: int = 0
    converted: int = 0
    pages: int = 0
    corrections: int = 0
    doubts: int = 0
    failures: list[VanbanError] = field(default_factory=list)

    def add(self, result: Result) -> None:
        """Count one document."""
        self.documents += 1
        self.failures.extend(result.failures)
        if result.written is not None:
            self.converted += 1
            self.pages += result.written.pages
            self.corrections += result.written.corrections
            self.doubts += result.written.doubts

    @property
    def exit_code(self) -> ExitCode:
        """OK when nothing failed, PARTIAL when something was written nevertheless.

        When nothing was written: the code of the failures if they are all of one kind, else FAILED.
        """
        if not self.failures:
            return ExitCode.OK
        if self.converted:
            return ExitCode.PARTIAL
        codes = {failure.code for failure in self.failures}
        return codes.pop() if len(codes) == 1 else ExitCode.FAILED

"""What a run asks about the world around it: whether it can read here, and what ends it early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.batch import places
from pipeline.batch.discovery import Item
from pipeline.batch.output import check_folder
from pipeline.doctor import ocr_failure
from pipeline.errors import (
    NoClusterError,
    NoLanguageError,
    NoTesseractError,
    NoWorkerError,
    OutputRemovedError,
    OutputUnwritableError,
    ReplacedTesseractError,
    VanbanError,
)
from pipeline.formats import SourceKind
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.batch.ledger import Ledger
    from pipeline.batch.places import Place


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run asks about the world around it.

    Attributes:
        ready_for: says before the first page of a document whether its kind can be read at all
            here, or returns the failure that all its pages would meet.
        trouble: returns what a failure has in store for all other documents as well (the disk is
            full, Tesseract is gone), or None when it is the document's own; asked with None from
            time to time.
        stopping: whether somebody wants the run to end.
        later: whether a failure of a document only means that its time has not come; it is then
            neither told nor counted, and the document stays pending.
    """

    ready_for: Callable[[SourceKind], VanbanError | None] = lambda _: None
    trouble: Callable[[VanbanError | None], VanbanError | None] = lambda _: None
    stopping: Callable[[], bool] = lambda: False
    later: Callable[[Item, VanbanError], bool] = lambda *_: False


def readiness(settings: Settings) -> Callable[[SourceKind], VanbanError | None]:
    """Return the question whether a kind of file can be read here; Tesseract is asked only once."""
    tesseract = cache(ocr_failure)

    def ready_for(kind: SourceKind) -> VanbanError | None:
        # A PDF may have a text layer on every page; if not, its pages say what is missing.
        if kind.is_raster or (kind is SourceKind.PDF and settings.sources.text_layer == "never"):
            return tesseract(settings.recognition)
        return None

    return ready_for


def trouble_of(
    out: Place, settings: Settings, ledger: Ledger
) -> Callable[[VanbanError | None], VanbanError | None]:
    """Return the question what a failure has in store for all documents, see the class."""

    def trouble(failure: VanbanError | None) -> VanbanError | None:
        if not ledger.in_place():
            return OutputRemovedError(str(ledger.path.parent if places.is_folder(out) else out))
        if isinstance(failure, OutputUnwritableError):
            try:
                check_folder(out)
            except OutputUnwritableError as general:
                return general
        if isinstance(failure, ReplacedTesseractError | NoClusterError | NoWorkerError):
            return failure
        if isinstance(failure, NoTesseractError | NoLanguageError):
            return ocr_failure(settings.recognition)
        return None

    return trouble

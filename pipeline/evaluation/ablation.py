"""What each part of correction is worth: the words as read, corrected again without it.

Only correction runs again: repairs of other stages are left out on every line of the table, the
first one included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

from pipeline.correction import correct
from pipeline.evaluation.comparison import compare
from pipeline.evaluation.counts import Counts, added
from pipeline.model import Document, Line, Page, replace
from pipeline.settings import CorrectionSettings, Part

PARTS: Final[tuple[Part, ...]] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Ablation:
    """The counts of all documents without one part; None for the whole of correction."""

    without: Part | None
    counts: Counts


def ablations(
    documents: Iterable[tuple[str, Document]], *, fold: bool = False
) -> tuple[Ablation, ...]:
    """Correct each document, given behind its truth, once with all and once without each part.

    Raises:
        BadSettingError: a record names a confusion profile that is not there.
    """
    found: dict[Part | None, list[Counts]] = {part: [] for part in (None, *PARTS)}
    for truth, document in documents:
        read = as_read(document)
        for part, counts in found.items():
            settings = CorrectionSettings(
                profile=document.profile or "auto", without=(part,) if part else ()
            )
            counts.append(compare("", truth, correct(read, settings), fold=fold).counts)
    return tuple(Ablation(part, added(counts)) for part, counts in found.items() if counts)


def as_read(document: Document) -> Document:
    """Return *document* without a change on any word."""
    return replace(document, pages=tuple(map(_page, document.pages)))


def _page(page: Page) -> Page:
    return replace(page, lines=tuple(map(_line, page.lines)))


def _line(line: Line) -> Line:
    return replace(line, words=tuple(replace(word, changes=()) for word in line.words))

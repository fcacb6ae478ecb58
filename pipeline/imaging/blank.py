"""Pages with nothing printed on them: the backs of sheets, separators."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.image import Pixels, paper_level
from pipeline.imaging.ink import ink_mask, label, shrink

_REDUCED: Final = 1700  # pixels of the longer side; letters stay components
_LEAST: Final = 0.003  # of the longer side: smaller components (1 mm on A4) are dust
_LONGEST_DUST: Final = 0.5  # of the longer side: longer ones are folds and edges
_FEWEST: Final = 1  # a page number alone is print


def is_blank(grey: Pixels) -> bool:
    """Whether no component of ink has the size of a letter."""
    if paper_level(grey) == 0:
        return True
    small, _ = shrink(grey, _REDUCED)
    _, found = label(ink_mask(small))
    side = max(small.shape)
    printed = (
        (np.maximum(found.width, found.height) >= _LEAST * side)
        & (np.maximum(found.width, found.height) <= _LONGEST_DUST * side)
        & (found.area >= (_LEAST * side) ** 2 / 4)
    )
    return int(np.count_nonzero(printed)) < _FEWEST

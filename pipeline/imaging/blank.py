"""Pages with nothing printed on them: the backs of sheets, separators."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.imaging.textlines import View

_LEAST: Final = 0.003  # of the longer side: smaller components (1 mm on A4) are dust
_LONGEST_DUST: Final = 0.5  # of the longer side: longer ones are folds and edges
_FEWEST: Final = 1  # a page number alone is print


def is_blank(view: View) -> bool:
    """Whether no component of ink has the size of a letter."""
    found, side = view.found, view.side
    printed = (
        (np.maximum(found.width, found.height) >= _LEAST * side)
        & (np.maximum(found.width, found.height) <= _LONGEST_DUST * side)
        & (found.area >= (_LEAST * side) ** 2 / 4)
    )
    return int(np.count_nonzero(printed)) < _FEWEST

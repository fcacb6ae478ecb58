"""Two pages on one picture: an opened book, two sheets beside each other on the glass.

The picture is wider than high, a stripe down its middle is free of print from top to bottom, and
there is text on both sides of it. Whatever is printed across the middle, a title or a table of a
wide page, makes it one page.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Pixels
from pipeline.imaging.textlines import look

_WIDE: Final = 1.15  # width over height of a picture that may hold two pages
_HALF: Final = (0.5, 1.0)  # width over height that a half may have
_MIDDLE: Final = (0.4, 0.6)  # of the width: where the stripe may lie
_STRIPE: Final = 0.03  # of the width: the inner margins of two pages together are wider
_SPECKS: Final = 0.002  # of the height: ink in a column that is dust, or the fold
_EACH: Final = 0.1  # of all letters that stand on either side
_LINES: Final = 0.15  # of the height of the picture that has letters on either side


def find_gutter(grey: Pixels) -> int | None:
    """Return the column between the two pages of an upright picture, or None if it holds one."""
    height, width = grey.shape
    low, high = _HALF
    if width < _WIDE * height or not low <= width / 2 / height <= high:
        return None
    view = look(grey)
    mask = view.letters
    columns = cv2.reduce(mask, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel()
    empty = columns <= _SPECKS * len(mask)
    first, last = (round(part * len(columns)) for part in _MIDDLE)
    stripe = _longest(empty, first, last)
    if stripe is None or stripe[1] - stripe[0] < _STRIPE * len(columns):
        return None
    middle = sum(stripe) // 2
    sides = mask[:, :middle], mask[:, middle:]
    whole = int(columns.sum())
    if any(int(side.sum()) < _EACH * whole or side.any(axis=1).mean() < _LINES for side in sides):
        return None
    return round(middle / view.factor)


def _longest(empty: NDArray[np.bool_], first: int, last: int) -> tuple[int, int] | None:
    """Return start and stop of the widest run of empty columns that reaches into ``first:last``."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], empty, [False])).astype(np.int8)))
    runs = [
        (start, stop)
        for start, stop in edges.reshape(-1, 2).tolist()
        if start < last and stop > first
    ]
    return max(runs, key=lambda run: run[1] - run[0], default=None)

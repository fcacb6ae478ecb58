"""Two pages on one picture: an opened book, two sheets beside each other on the glass.

The picture is wider than high and a stripe down its middle is free of print from top to bottom.
Whatever is printed across the middle, a title, a rule or a table of a wide page, makes it one page.
There is text on both sides, or, where one page is nearly empty, the edge of a sheet is seen in the
middle of the picture from its top to its bottom: a line, or paper of another shade. Text on one
side alone does not tell.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask
from pipeline.image import Pixels, paper_level
from pipeline.imaging.textlines import look, reduced

_WIDE: Final = 1.15  # width over height of a picture that may hold two pages
_HALF: Final = (0.5, 1.0)  # width over height that a half may have
_MIDDLE: Final = (0.4, 0.6)  # of the width: where the stripe may lie
_STRIPE: Final = 0.03  # of the width: the inner margins of two pages together are wider
_SPECKS: Final = 0.002  # of the height: ink in a column that is dust, or the fold
_EACH: Final = 0.1  # of all letters that stand on either side
_LINES: Final = 0.15  # of the height of the picture that has letters on either side
_ACROSS: Final = 0.9  # of the stripe's width that a rule covers
_MARGIN: Final = 0.03  # of the height: the edges of sheets seen there are no rules
_RULES: Final = 0.2  # of the height: what is across in more rows is the shadow of the fold
_HALVES: Final = (0.47, 0.53)  # of the width: where the edge between sheets of one size may be
_BESIDE: Final = 0.01  # of the width: how wide the paper is that is looked at beside an edge
_SLANT: Final = 4  # pixels that an edge may be off to either side
_EVERYWHERE: Final = 0.9  # of the height on which an edge is seen
_DARKER: Final = 0.9  # of the paper: a line between sheets
_STEP: Final = 2.0  # levels between the paper of two sheets
_LEVEL: Final = 0.5  # of that step at most on the paper to either side of it


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
    if _is_crossed(view.labels[:, stripe[0] : stripe[1]] > 0):
        return None
    middle = sum(stripe) // 2
    least = _EACH * int(columns.sum())
    if all(_has_lines(side) and int(side.sum()) >= least for side in _sides(mask, middle)):
        return round(middle / view.factor)
    edge = _find_edge(reduced(grey)[0], stripe)
    if edge is None or not any(map(_has_lines, _sides(mask, edge))):
        return None
    around = round(_STRIPE / 2 * len(columns))
    if _is_crossed(view.labels[:, edge - around : edge + around] > 0):
        return None
    return round(edge / view.factor)


def _sides(mask: Mask, middle: int) -> tuple[Mask, Mask]:
    return mask[:, :middle], mask[:, middle:]


def _has_lines(side: Mask) -> bool:
    return bool(side.any(axis=1).mean() >= _LINES)


def _is_crossed(stripe: NDArray[np.bool_]) -> bool:
    """Tell whether a rule runs across the stripe."""
    margin = round(_MARGIN * len(stripe))
    across = (stripe[margin : len(stripe) - margin].mean(axis=1) >= _ACROSS).mean()
    return bool(0 < across < _RULES)


def _find_edge(small: Pixels, stripe: tuple[int, int]) -> int | None:
    """Return the column of an empty stripe, near the middle, where the edge of a sheet runs down.

    Args:
        small: the reduced picture.
        stripe: its columns without print.
    """
    width = small.shape[1]
    beside = round(_BESIDE * width)
    reach = 3 * beside + _SLANT
    start = max(stripe[0], round(_HALVES[0] * width) - reach)
    stop = min(stripe[1], round(_HALVES[1] * width) + reach)
    if stop - start <= 2 * reach:
        return None
    part = small[:, start:stop]
    line = _find_line(part[:, reach:-reach], paper_level(small))
    edge = line if line is not None else _find_step(part, beside)
    return None if edge is None else start + reach + edge


def _find_line(paper: Pixels, level: int) -> int | None:
    """Return the column of a line that runs down all the *paper*, which is else of that *level*."""
    near = cv2.erode(paper, np.ones((1, 2 * _SLANT + 1), np.uint8))
    seen = (near < _DARKER * level).mean(axis=0) >= _EVERYWHERE
    columns = np.flatnonzero(seen)
    return int(columns.mean()) if len(columns) else None


def _find_step(paper: Pixels, beside: int) -> int | None:
    """Return the column, counted from the first that may be one, where another sheet begins.

    The paper on either side of it is even: light that falls off has no step.
    """
    means = cv2.blur(paper.astype(np.float32), (beside, 1))
    apart = beside // 2 + _SLANT
    steps = means[:, 2 * apart :] - means[:, : -2 * apart]
    levels = np.median(steps, axis=0)
    everywhere = np.abs((np.sign(steps) * (np.abs(steps) > _STEP / 2)).mean(axis=0)) >= _EVERYWHERE
    away = 3 * beside + _SLANT - apart  # of the ends, where no step is looked for
    columns = np.arange(away, len(levels) - away)
    around = np.maximum(np.abs(levels[columns - away]), np.abs(levels[columns + away]))
    found = everywhere[columns] & (np.abs(levels[columns]) >= _STEP)
    found &= around <= _LEVEL * np.abs(levels[columns])
    best = np.flatnonzero(found)
    return int(best.mean()) if len(best) else None


def _longest(empty: NDArray[np.bool_], first: int, last: int) -> tuple[int, int] | None:
    """Return start and stop of the widest run of empty columns that reaches into ``first:last``."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], empty, [False])).astype(np.int8)))
    runs = [
        (start, stop)
        for start, stop in edges.reshape(-1, 2).tolist()
        if start < last and stop > first
    ]
    return max(runs, key=lambda run: run[1] - run[0], default=None)

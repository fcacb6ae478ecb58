"""Leaders: rows of dots that lead to the number of a page, or wait for an entry.

Tesseract reads them as letters and figures that nobody wrote, and tears what stands at their ends
apart. They are taken out of the picture and handed on with the number of their dots. What always
holds: the stops and marks of text stay, and so do specks, screens and dotted frames of tables.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Components, Mask, ink_of, label, touched
from pipeline.image import Leader, Pixels, paper_level
from pipeline.imaging.ink import ink_mask
from pipeline.model import Box

_FEWEST: Final = 6  # dots; three or four are an ellipsis
_REGULAR: Final = 0.8  # share of the steps between them that are as long as the middle one
_UNEVEN: Final = 0.3  # of that one, by which steps differ
_FRINGE: Final = 2  # grey pixels around a dot

# Lengths in x-heights.
_DOT: Final = (0.06, 0.4)  # the least and most of its sides
_STEP: Final = 0.9  # paper between two dots, at most
_PAIR: Final = 0.5  # from the top of a colon's upper dot to the bottom of the lower one, at least
_TALL: Final = 3.0  # what is so high is no letter but a rule
_LEVEL: Final = 0.3  # by which all of them lie higher or lower


def take_out(grey: Pixels, letter: float) -> tuple[Pixels, tuple[Leader, ...]]:
    """Return the page without its leaders, and the leaders from top to bottom.

    Args:
        grey: the straightened page.
        letter: x-height in pixels.
    """
    ink = ink_mask(grey)
    labels, parts = label(ink)
    dots = _are_dots(parts, letter)
    step = round(_STEP * letter)
    if not _any_row(parts.chosen(dots), step, letter):  # as on most pages
        return grey, ()
    # A colon's dots, and those of a screen, stand one above the other.
    turned = np.asarray(cv2.transpose(ink_of(labels, dots)), np.uint8)
    stacked = _runs(turned, step, round(_PAIR * letter))[0].T
    dots &= ~touched(labels, stacked > 0)
    length = round(_FEWEST * _DOT[1] * letter)
    framed = _runs(turned, step, length)[0].T > 0
    tall = np.ones((round(_TALL * letter), 1), np.uint8)
    upright = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, tall) > 0)
    where, found = np.flatnonzero(dots), parts.chosen(dots)
    runs, boxes = _runs(ink_of(labels, dots), step, length)
    own = runs[found.top + found.height // 2, found.left + found.width // 2]
    leaders: list[Leader] = []
    taken = np.zeros(len(parts), np.bool_)
    for number in np.unique(own[own > 0]).tolist():
        box = Box(*boxes[number - 1])
        members = own == number
        if _are_leader(found.chosen(members), letter) and not (
            any(_beside(framed, box, step)) or all(_beside(upright, box, step))
        ):
            taken[where[members]] = True
            leaders.append(Leader(box, int(np.count_nonzero(members))))
    if not leaders:
        return grey, ()
    dotted = ink_of(labels, taken)
    near = cv2.dilate(dotted, np.ones((2 * _FRINGE + 1, 2 * _FRINGE + 1), np.uint8))
    cleaned = grey.copy()
    cleaned[(near > 0) & ((ink == 0) | (dotted > 0))] = paper_level(grey)
    return cleaned, tuple(leaders)


def _are_dots(parts: Components, letter: float) -> NDArray[np.bool_]:
    """Tell which components may be a leader's dots."""
    least, most = (side * letter for side in _DOT)
    low, high = np.minimum(parts.width, parts.height), np.maximum(parts.width, parts.height)
    return np.asarray((low >= least) & (high <= most) & (high <= 2 * low), np.bool_)


def _any_row(dots: Components, step: int, letter: float) -> bool:
    """Tell whether enough *dots* for a leader follow each other anywhere, on about one level."""
    level = 2 * _LEVEL * letter
    for offset in (0.0, 0.5):
        row = np.floor((dots.top + dots.height) / level + offset)
        order = np.lexsort((dots.left, row))
        apart = np.diff(dots.left[order]) - dots.width[order][:-1]
        follows = (np.diff(row[order]) == 0) & (apart <= step)
        if len(follows) >= _FEWEST - 1:
            beside = np.convolve(follows, np.ones(_FEWEST - 1), "valid")
            if beside.max() >= _FEWEST - 1:
                return True
    return False


def _runs(
    dots: Mask, step: int, length: int
) -> tuple[NDArray[np.int32], list[tuple[int, int, int, int]]]:
    """Return what dots that stand beside each other make: the label of each pixel, and the boxes.

    Args:
        dots: of the page.
        step: pixels of paper between two dots, at most.
        length: pixels from the first to the last, at least.
    """
    padded = cv2.copyMakeBorder(dots, 0, 0, step, step, cv2.BORDER_CONSTANT)
    joined = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((1, step), np.uint8))
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, max(1, length)), np.uint8))
    labels, parts = label(np.ascontiguousarray(long[:, step:-step]))
    return labels, parts.boxes()


def _beside(mask: NDArray[np.bool_], box: Box, step: int) -> tuple[bool, bool]:
    """Tell whether anything of *mask* is within a *step* of either end of *box*.

    Dots from rule to rule part the rows of a table; so do those that dots run down from.
    """
    rows = mask[box.top : box.bottom]
    ends = slice(max(0, box.left - step), box.left), slice(box.right, box.right + step)
    before, behind = (bool(rows[:, end].any()) for end in ends)
    return before, behind


def _are_leader(dots: Components, letter: float) -> bool:
    """Tell whether *dots* stand on one level in even steps."""
    if len(dots) < _FEWEST:
        return False
    order = np.argsort(dots.left)
    steps = np.diff((dots.left + dots.width / 2)[order])
    usual = float(np.median(steps))
    even = np.abs(steps - usual) <= max(1.5, _UNEVEN * usual)
    bottoms = dots.top + dots.height
    level = int(bottoms.max()) - int(bottoms.min()) <= max(2.0, _LEVEL * letter)
    return bool(level and even.mean() >= _REGULAR)

"""Punch holes: the discs that a file's holes leave in a scan, which would be read as letters.

A hole is a solid disc much higher than a letter; nothing printed is. What always holds: only whole
discs go, that nothing else touches.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.components import Mask, ink_of, label
from pipeline.image import Pixels, paper_level
from pipeline.imaging import marks
from pipeline.imaging.ink import ink_mask, shrink

_HIGH: Final = (2.3, 6.5)  # x-heights; a bullet has one
_ROUND: Final = 0.85  # of the greater side, the smaller one
_FILLED: Final = (0.7, 0.86)  # of its square: a disc fills 0.79, a block all of it
_EDGE: Final = 9  # pixels: a disc on the reduced page lacks its grey edge


def find_holes(grey: Pixels, x_height: float) -> Mask:
    """Return the discs of punch holes as a mask.

    Args:
        grey: the page, dark on light.
        x_height: of its small letters, in pixels.
    """
    small, factor = shrink(grey, marks.LONGEST)
    labels, found = label(ink_mask(small))
    low, high = (part * x_height * factor for part in _HIGH)
    least, most = np.minimum(found.width, found.height), np.maximum(found.width, found.height)
    share = found.area / (found.width * found.height)
    discs = (
        (least >= low)
        & (most <= high)
        & (least >= _ROUND * most)
        & (share >= _FILLED[0])
        & (share <= _FILLED[1])
    )
    if not discs.any():
        return np.zeros_like(grey)
    return marks.enlarged(ink_of(labels, np.asarray(discs)), grey.shape).astype(np.uint8)


def paint_out(grey: Pixels, holes: Mask) -> Pixels:
    """Return the page with *holes* and their edges in the colour of the paper."""
    painted = grey.copy()
    painted[cv2.dilate(holes, np.ones((_EDGE, _EDGE), np.uint8)) > 0] = paper_level(grey)
    return painted

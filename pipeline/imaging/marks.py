"""Marks of the size of a seal: found on a page reduced so far that its parts lie together.

Shared by all that looks for seals: by colour, by their ring, by being paler than print.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask

LONGEST: Final = 1200  # pixels of the reduced page
_PAGE_MM: Final = 297.0  # what the longer side is taken for
_JOIN_MM: Final = 3.0  # parts of one seal are nearer than this


def pixels_per_mm(shape: tuple[int, ...]) -> float:
    """Return how many pixels of a page of that *shape* are a millimetre of the paper."""
    return max(shape[:2]) / _PAGE_MM


def joined(ink: Mask) -> Mask:
    """Return the ink of a reduced page drawn out, so that the parts of one seal touch."""
    reach = max(1, round(_JOIN_MM * pixels_per_mm(ink.shape)))
    return np.asarray(cv2.dilate(ink, np.ones((reach, reach), np.uint8)), np.uint8)


def enlarged(zone: Mask, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return a part of the reduced page on the whole one, which has that *shape*."""
    return cv2.resize(zone, shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0

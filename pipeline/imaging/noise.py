"""Speckle: dust, toner, the grain of a bad black-and-white copy.

Specks are components far smaller than the smallest thing printed: the dot of an i is a fifth of the
x-height across, a Vietnamese mark more. What is that small is painted over; all else stays.
"""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Pixels, paper_level
from pipeline.imaging.ink import Components, Mask, ink_mask, letter_height

_SPECK: Final = 0.015  # of the squared x-height; the dot of an i has 0.03 to 0.05
_DEFAULT_LETTER: Final = 20.0  # x-height where the page has too little text to tell
_MANY: Final = 0.25  # share of components that are specks from which the page is cleaned
_FEWEST: Final = 200  # fewer specks harm nobody


def measure_noise(labels: NDArray[np.int32], found: Components) -> tuple[Mask, float]:
    """Return the specks as a mask, and their share among the components; 0 when they are few.

    Args:
        labels: of each pixel of the page, see :func:`pipeline.imaging.ink.label`.
        found: the components.
    """
    specks = found.area <= _largest_speck(found)
    count = int(np.count_nonzero(specks))
    if count < _FEWEST or count < _MANY * len(found):
        return np.zeros(labels.shape, np.uint8), 0.0
    keep = np.concatenate(([False], specks)).astype(np.uint8)
    return keep[labels], count / len(found)


def remove_specks(grey: Pixels, specks: Mask) -> Pixels:
    """Return the page with the *specks* and their grey fringe in the colour of the paper."""
    paper = paper_level(grey)
    letters = cv2.dilate(ink_mask(grey) - specks, np.ones((3, 3), np.uint8))
    fringe = cv2.dilate(specks, np.ones((3, 3), np.uint8))
    cleaned = grey.copy()
    cleaned[(fringe > letters) | (specks > 0)] = paper
    return cleaned


def _largest_speck(found: Components) -> int:
    height = letter_height(found) or _DEFAULT_LETTER
    return max(1, math.floor(_SPECK * height * height))

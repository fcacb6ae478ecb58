"""Uneven light: the shadow of a book's fold, a photograph's dim corner.

The paper's own brightness is found by looking past the print (by a closing wider than any stroke,
which leaves the edge of a shadow where it is), and the page is divided by it. Black stays black,
the paper becomes white everywhere.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels
from pipeline.imaging.ink import shrink

_LONGEST: Final = 440  # pixels of the reduced page: 8 of an A4 page at 300 dpi make one
_REACH: Final = 13  # pixels of the reduced page; print is thinner
_SOFT: Final = 2.0  # pixels of the reduced page: the edge of a shadow may be as sharp
_UNEVEN: Final = 0.12  # spread of the paper's brightness from which the page is divided by it
_SPREAD: Final = (3, 97)  # percentiles; leaves seals and pictures out of account
_DARKEST: Final = 60  # paper darker than this is no paper


def measure_shade(grey: Pixels) -> tuple[Pixels, float]:
    """Return the reduced background, and how much it varies: 0 for even light, at most 1."""
    small, _ = shrink(grey, _LONGEST)
    lit = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_REACH, _REACH), np.uint8))
    background = np.asarray(cv2.medianBlur(lit, 2 * _REACH - 1), np.uint8)
    low, high = np.percentile(background, _SPREAD)
    return background, float((high - low) / max(1.0, high))


def is_uneven(spread: float) -> bool:
    """Whether light that varies by *spread* is worth evening out."""
    return spread >= _UNEVEN


def even_out(grey: Pixels, background: Pixels) -> Pixels:
    """Return the page divided by its (reduced) background, paper becoming white."""
    smooth = cv2.GaussianBlur(np.maximum(background, _DARKEST), (0, 0), _SOFT)
    height, width = grey.shape
    full = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, full, scale=255), np.uint8)

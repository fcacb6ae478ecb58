"""Letters too small or too large for the reader. Their height counts, not the claimed dpi.

A page of too large letters is reduced before all else, which makes every step quicker; one of too
small letters is enlarged at the end, when it is clean.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.components import label
from pipeline.image import Pixels
from pipeline.imaging.ink import ink_mask, letter_height, shrink
from pipeline.imaging.noise import CROWD

_TOO_SMALL: Final = 0.75  # of the wanted x-height
_TOO_LARGE: Final = 1.15
_MOST: Final = 4.0  # enlarging further adds no detail
_LONGEST: Final = 1700  # pixels of the reduced page on which letters are measured at first
_MAX_SIDE: Final = 12_000  # pixels; Tesseract refuses sides above 32767
_ENOUGH: Final = 3600  # pixels, a little more than an A4 page of 300 dpi has


def scale_of(height: float | None, side: int, wanted: float) -> float:
    """Return the factor that brings the x-height to *wanted* pixels; 1 when it is near enough.

    Args:
        height: the x-height of the page in pixels, None if it is unknown.
        side: the longer side of the page in pixels.
        wanted: the x-height to reach.
    """
    if height is None or _TOO_SMALL * wanted <= height <= _TOO_LARGE * wanted:
        return 1.0
    factor = min(_MOST, wanted / height, _MAX_SIDE / side)
    return max(factor, 1.0) if height < wanted else factor


def spared(grey: Pixels, factor: float) -> float:
    """Return *factor*, less of it where more than print would be enlarged.

    What was measured on a photograph may be its grain, and Tesseract sits over that for minutes
    when it is enlarged; print needs no more than a page of 300 dpi has.
    """
    if factor <= 1.0 or len(label(ink_mask(grey))[1]) < CROWD:
        return factor
    return max(1.0, min(factor, _ENOUGH / int(max(grey.shape))))


def measure_excess(pixels: Pixels, wanted: float) -> float:
    """Return the factor, at most 1, that brings too large letters to *wanted* pixels.

    The page is grey or colour, and may still be dark at its edges, shaded and askew.
    """
    # The green of a colour page is as good as its grey here, and at hand.
    grey = pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[..., 1])
    small, reduced = shrink(grey, _LONGEST)
    height = letter_height(label(ink_mask(small))[1])
    if height is None or height / reduced <= _TOO_LARGE * wanted:
        return 1.0
    return wanted * reduced / height

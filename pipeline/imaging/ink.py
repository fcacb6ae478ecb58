"""What is printed on the page: ink and paper, the height of the letters.

Measures only; every step looks through these before it acts. All of them expect dark on light.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.components import Components, Mask
from pipeline.image import Pixels, paper_level, reduce

_SAMPLE: Final = 4  # every so manieth pixel is enough to know the grey levels
# Ink is at most so bright beside the paper: pale toner still counts, show-through does not.
_INK_RANGE: Final = (0.35, 0.75)
_STROKE: Final = 9  # pixels of a page of 900: wider than any stroke of its print
_GRAIN: Final = 20  # levels
_CONTRAST: Final = 0.8  # of what lies around it: what is paler is no print
_MIN_LETTERS = 30  # fewer say nothing about the height of letters
_TALL: Final = 90  # percentile of heights that ascenders and capitals reach
_PEAK: Final = 0.5  # share of the highest peak that makes a peak count
_MARKS: Final = 0.48  # marks and dots are lower than this share of it


def ink_mask(grey: Pixels) -> Mask:
    """Return what is clearly darker than the paper, by Otsu's threshold kept within reason."""
    sample = np.ascontiguousarray(grey[::_SAMPLE, ::_SAMPLE])
    otsu, _ = cv2.threshold(sample, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    paper = paper_level(grey)
    level = float(np.clip(otsu, _INK_RANGE[0] * paper, _INK_RANGE[1] * paper))
    return np.asarray(cv2.threshold(grey, level, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)


def print_mask(small: Pixels) -> Mask:
    """Return what is thin and darker than what lies around it, in the light and in the shade.

    Args:
        small: a grey page, at most some 900 pixels high: strokes are a few pixels wide.
    """
    kernel = np.ones((_STROKE, _STROKE), np.uint8)
    surroundings = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    depth = cv2.subtract(surroundings, small)  # the grain of black is not print
    return np.asarray((small < _CONTRAST * surroundings) & (depth > _GRAIN), np.uint8)


def letter_height(components: Components) -> float | None:
    """Return the x-height of the text in pixels, or None when there is too little text to tell.

    Most letters are lower-case ones without ascender, and marks mostly stand apart from them: the
    x-height is the commonest height above that of marks and dots, which reach less than half as
    high as ascenders and capitals do.
    """
    height, width = components.height, components.width
    shaped = (
        (height >= 4)
        & (width < 3 * height)
        & (height < 4 * width)
        & (components.area > 0.15 * height * width)
    )
    heights = height[shaped]
    if len(heights) < _MIN_LETTERS:
        return None
    tall = float(np.percentile(heights, _TALL))
    counts = np.bincount(heights).astype(np.float64)
    counts[: int(_MARKS * tall) + 1] = 0.0
    smooth = np.convolve(counts, (0.25, 0.5, 0.25), mode="same")
    # The lowest of the peaks: a page with many tall letters must not pass for one of larger type.
    peaks = (smooth >= np.roll(smooth, 1)) & (smooth >= np.roll(smooth, -1))
    peak = int(np.flatnonzero(peaks & (smooth >= _PEAK * smooth.max()))[0])
    around = np.arange(max(0, peak - 1), min(len(counts), peak + 2))
    return float(np.average(around, weights=counts[around] + 1e-9))


def shrink(grey: Pixels, longest: int) -> tuple[Pixels, float]:
    """Return the page with its longer side at most *longest* pixels, and the factor, 0..1."""
    factor = min(1.0, longest / max(grey.shape[:2]))
    if factor == 1.0:
        return grey, factor
    height, width = (max(1, round(side * factor)) for side in grey.shape[:2])
    return reduce(grey, width, height), factor

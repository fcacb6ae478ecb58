"""Faint print: worn ribbons, thin toner, pencil; black letters that are hardly darker than paper.

Print is thin and sharp. How much darker it is than what lies around it tells how faint the page is;
what shows through from the other side is as pale, but blurred, and is left as it is.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels, paper_level, to_grey
from pipeline.imaging.ink import shrink

_LONGEST: Final = 1700  # pixels of the reduced page: strokes are two or three wide
_SAMPLE: Final = 4  # every so manieth pixel tells whether much is dark
_DARK: Final = 0.5  # of the paper's level
_STROKE, _SHARP = 9, 3  # pixels: wider than any stroke; so narrow that only sharp ones stand out
_DARKEST: Final = 0.995  # of all pixels are paler: print covers more than the rest
_FAINT: Final = (0.08, 0.4)  # depth below which nothing is print, and from which it is not faint
_AS_SHARP: Final = 0.5  # of the depth of strokes that the sharp ones have; 0.3 to 0.4 shine through
_WANTED: Final = 0.8  # depth of good print


def measure_faintness(pixels: Pixels) -> float | None:
    """Return how much darker faint print is than its paper, 0..1; None if it is not faint."""
    sample = to_grey(np.ascontiguousarray(pixels[::_SAMPLE, ::_SAMPLE]))
    if np.count_nonzero(sample < _DARK * paper_level(sample)) > (1 - _DARKEST) * sample.size:
        return None  # most pages: what is dark need not be looked at closely
    small, _ = shrink(to_grey(pixels), _LONGEST)
    depth, sharp = (_depth(small, size) for size in (_STROKE, _SHARP))
    low, high = _FAINT
    return depth if low <= depth < high and sharp >= _AS_SHARP * depth else None


def strengthen(pixels: Pixels, depth: float) -> Pixels:
    """Return the page with print of *depth* as dark as good print, its paper as it was."""
    gain = _WANTED / depth
    channels = pixels[..., None] if pixels.ndim == 2 else pixels
    paper = np.median(channels[::4, ::4].reshape(-1, channels.shape[2]), axis=0)
    levels = np.arange(256)[:, None]
    table = np.clip(paper - gain * (paper - levels), 0, 255).astype(np.uint8)
    lut = table[:, None, :] if pixels.ndim == 3 else table[:, 0]
    return np.asarray(cv2.LUT(pixels, lut), np.uint8)


def _depth(small: Pixels, size: int) -> float:
    around = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    depth = cv2.divide(cv2.subtract(around, small), around, scale=255.0)
    shares = np.cumsum(np.bincount(np.asarray(depth, np.uint8).ravel(), minlength=256)) / depth.size
    return int(np.searchsorted(shares, _DARKEST)) / 255

"""Letters too small or too large for the reader. Their height counts, not the claimed dpi."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels
from pipeline.imaging.ink import ink_mask, label, letter_height

_TOO_SMALL: Final = 0.75  # of the wanted x-height
_TOO_LARGE: Final = 1.6
_MOST: Final = 4.0  # enlarging further adds no detail
_MAX_SIDE: Final = 12_000  # pixels; Tesseract refuses sides above 32767


def measure_scale(grey: Pixels, wanted: float) -> float:
    """Return the factor that brings the x-height to *wanted* pixels; 1 when it is near enough."""
    height = letter_height(label(ink_mask(grey))[1])
    if height is None or _TOO_SMALL * wanted <= height <= _TOO_LARGE * wanted:
        return 1.0
    factor = min(_MOST, wanted / height, _MAX_SIDE / float(max(grey.shape)))
    return max(factor, 1.0) if height < wanted else factor


def rescale(grey: Pixels, factor: float) -> Pixels:
    """Return the page *factor* times as large."""
    method = cv2.INTER_CUBIC if factor > 1.0 else cv2.INTER_AREA
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=method), np.uint8)

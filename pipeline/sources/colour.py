"""Colour that is none: scanners and PDF renderers write grey pages as RGB."""

import numpy as np

from pipeline.image import Pixels


def without_needless_colour(pixels: Pixels) -> Pixels:
    """Return shape (height, width) when the three channels are equal everywhere, else *pixels*."""
    red = pixels[..., 0]
    if np.array_equal(red, pixels[..., 1]) and np.array_equal(red, pixels[..., 2]):
        return np.ascontiguousarray(red)
    return pixels

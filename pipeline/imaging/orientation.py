"""Pages scanned sideways or upside down.

Sideways is plain from the projection profiles: the profile across the text lines is many times
sharper than the one along them. Upside down shows in the edges of the letters: in upright text the
lower edges gather on the baseline, while the upper ones scatter over x-height, ascenders and the
many marks of Vietnamese. Where that measure is in doubt or says upside down, Tesseract's own
orientation detection, which costs most of a second, has the last word.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pytesseract
from PIL import Image

from pipeline.image import Pixels
from pipeline.imaging.ink import Mask
from pipeline.imaging.textlines import (
    Skew,
    find_skew,
    letters_of,
    lower_edges,
    profile,
    reduced,
    upper_edges,
)

_SIDEWAYS: Final = 2.0  # how much sharper the profile along the columns of the picture must be
_SURE: Final = 0.1  # log ratio of edge sharpness; measured 0.04 to 0.26 on upright pages
_OSD_CONFIG: Final = "--psm 0 -c min_characters_to_try=20"
_OSD_CONFIDENCE: Final = 1.0
_OSD_TIMEOUT: Final = 20  # seconds


def find_orientation(grey: Pixels, limit: float) -> int:
    """Return by how many degrees clockwise the page must be turned: 0, 90, 180 or 270.

    Args:
        grey: the page, any orientation.
        limit: the largest skew in degrees that the text may have besides.
    """
    mask, _ = letters_of(grey)
    rows = find_skew(lower_edges(mask), limit)
    sideways = np.ascontiguousarray(np.rot90(mask, -1))
    columns = find_skew(lower_edges(sideways), limit)
    if rows is None or columns is None:
        return 0
    if columns.sharpness > _SIDEWAYS * rows.sharpness:
        return (90 + _half_turn(np.rot90(grey, -1), sideways, columns)) % 360
    return _half_turn(grey, mask, rows)


def turn(pixels: Pixels, degrees: int) -> Pixels:
    """Return the page turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -degrees // 90))


def uprightness(mask: Mask, angle: float) -> float:
    """Return the log ratio of lower to upper edge sharpness: positive for upright text."""
    lower = np.square(profile(lower_edges(mask), angle)).sum()
    upper = np.square(profile(upper_edges(mask), angle)).sum()
    return float(np.log(lower / upper))


def _half_turn(grey: Pixels, mask: Mask, skew: Skew) -> int:
    """Return 180 when text that runs along the rows stands on its head, else 0."""
    measure = uprightness(mask, skew.angle)
    if measure >= _SURE:
        return 0
    seen = _ask_tesseract(grey)
    if seen is None:
        return 180 if measure <= -_SURE else 0
    return seen if seen == 180 else 0


def _ask_tesseract(grey: Pixels) -> int | None:
    """Return Tesseract's verdict, or None when it has none; that it is missing is told later."""
    try:
        answer = pytesseract.image_to_osd(
            Image.fromarray(reduced(grey)[0]),
            config=_OSD_CONFIG,
            output_type=pytesseract.Output.DICT,
            timeout=_OSD_TIMEOUT,
        )
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError, RuntimeError):
        return None
    if answer["orientation_conf"] < _OSD_CONFIDENCE:
        return None
    return int(answer["rotate"])

"""Pages scanned sideways or upside down.

Sideways is plain from the projection profiles: the profile across the text lines is many times
sharper than the one along them. Upside down shows in the marks of Vietnamese: four of five stand
over their letter (ê, ó, ả), only the dot of the nặng tone hangs under it. Where that measure is in
doubt or hardly says upside down, Tesseract's own orientation detection, which costs most of a
second, has the last word.
"""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline import tesseract
from pipeline.components import ink_of
from pipeline.errors import NoTesseractError, OcrFailedError
from pipeline.image import PageImage, Pixels
from pipeline.imaging.textlines import PLAIN, Direction, View, find_direction, look, reduced

_SIDEWAYS: Final = 2.0  # how much sharper the profile along the columns of the picture must be
_SURE: Final = 0.5  # log ratio of marks; measured 0.7 to 3 on upright pages from 100 dpi
_CERTAIN: Final = 1.5  # and from here nobody else is asked: four marks of five hang
_TALL: Final = 85  # percentile of heights that ascenders and capitals reach
_MARK: Final = 0.45  # of it: what is lower is a mark
_PRIOR: Final = 3.0  # marks seen either way before looking, so that a handful decides nothing
_OSD_CONFIDENCE: Final = 1.0


def find_orientation(grey: Pixels, view: View, rows: Direction, limit: float) -> int:
    """Return by how many degrees clockwise the page must be turned: 0, 90, 180 or 270.

    Args:
        grey: the page, any orientation.
        view: of it.
        rows: where lines run if it lies as it should.
        limit: the largest skew in degrees that the text may have besides.
    """
    if rows.sharpness < PLAIN:
        columns = find_direction(turn(view.letters, 90), limit)
        if columns is None:
            return 0
        if columns.sharpness > _SIDEWAYS * rows.sharpness:
            turned = turn(grey, 90)
            return (90 + _half_turn(turned, look(turned))) % 360
    return _half_turn(grey, view)


def turn(pixels: Pixels, degrees: int) -> Pixels:
    """Return the page turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -degrees // 90))


def uprightness(view: View) -> float:
    """Return the log ratio of marks that stand over letters to marks that hang under them.

    Args:
        view: of a page whose lines run along the rows, give or take the usual skew.
    """
    found, sized = view.found, view.sized
    if not sized.any():
        return 0.0
    tall = float(np.percentile(found.height[sized], _TALL))
    small = sized & (found.height < _MARK * tall)
    letters = ink_of(view.labels, sized & ~small)
    sums = np.asarray(cv2.integral(letters), np.int64)
    left, right = found.left[small], found.left[small] + found.width[small]
    top, bottom = found.top[small], found.top[small] + found.height[small]

    def ink_between(first: NDArray[np.int32], last: NDArray[np.int32]) -> NDArray[np.int64]:
        first, last = np.maximum(first, 0), np.minimum(last, len(letters))
        inside = sums[last, right] - sums[last, left] - sums[first, right] + sums[first, left]
        return np.asarray(inside, np.int64)

    reach = np.int32(tall)
    letter_above = ink_between(top - reach, top) > 0
    letter_below = ink_between(bottom, bottom + reach) > 0
    over = int(np.count_nonzero(letter_below & ~letter_above))
    under = int(np.count_nonzero(letter_above & ~letter_below))
    return math.log((over + _PRIOR) / (under + _PRIOR))


def _half_turn(grey: Pixels, view: View) -> int:
    """Return 180 when text that runs along the rows stands on its head, else 0."""
    measure = uprightness(view)
    if measure >= _SURE:
        return 0
    if measure <= -_CERTAIN:
        return 180
    seen = _ask_tesseract(grey)
    if seen is None:
        return 180 if measure <= -_SURE else 0
    return seen if seen == 180 else 0


def _ask_tesseract(grey: Pixels) -> int | None:
    """Return Tesseract's verdict, or None when it has none; that it is missing is told later."""
    try:
        turn, confidence = tesseract.orientation(PageImage(reduced(grey)[0]))
    except (NoTesseractError, OcrFailedError):
        return None
    return turn if confidence >= _OSD_CONFIDENCE else None

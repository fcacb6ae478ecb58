"""White print on black: negatives of microfilm, white headings on a black bar.

All other steps expect dark on light: a bar that reaches the edge would be taken for the scanner's
border and painted out with all that is printed on it. A black area is turned over when what is
bright in it is thin, much brighter, and has the sizes of letters; a desk around a page, a black
border or a photograph has no such thing in it.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.components import Mask, ink_of, label
from pipeline.image import Pixels, to_grey
from pipeline.imaging.ink import shrink

_LONGEST: Final = 1700  # pixels of the reduced page: letters are ten or more high
_SAMPLE: Final = 4  # every so manieth pixel tells whether anything is black
_BLACK: Final = 110  # levels: what is paler is no black area
_LEAST: Final = 0.002  # of the page: smaller areas are not looked at
_SOLID: Final = 9  # pixels: black that is thicker than any stroke of print
_LETTERS: Final = 61  # pixels: letters are holes in black that are no wider
_BRIGHTER: Final = 90  # levels between the black and what is printed on it
_EVEN: Final = 25  # levels that the black itself may vary by
_PRINTED: Final = (0.005, 0.45)  # of the area
_THIN: Final = 0.8  # of what is bright in it
_HEIGHTS: Final = (5, 60)  # pixels of letters
_FEWEST: Final = 8  # letters
_ALIKE: Final = 0.5  # of them are no more than twice as high or low as the middle one
_RIM: Final = 5  # pixels around an area that become paper: its own edge is no line


def find_negatives(pixels: Pixels) -> tuple[Mask, float]:
    """Return where the page is white on black, as a mask of the reduced page, and its share.

    The share is 0 when there is no such area.
    """
    sample = pixels[::_SAMPLE, ::_SAMPLE]
    if np.count_nonzero(sample < _BLACK) < _LEAST * sample.size:
        return np.zeros((1, 1), np.uint8), 0.0
    grey, _ = shrink(to_grey(pixels), _LONGEST)
    black = (grey < _BLACK).astype(np.uint8)
    solid = cv2.morphologyEx(_framed(black), cv2.MORPH_OPEN, np.ones((_SOLID, _SOLID), np.uint8))
    if np.count_nonzero(solid) < _LEAST * grey.size:
        return np.zeros((1, 1), np.uint8), 0.0
    closed = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((_LETTERS, _LETTERS), np.uint8))
    labels, areas = label(np.asarray(closed[_LETTERS:-_LETTERS, _LETTERS:-_LETTERS], np.uint8))
    found = np.zeros_like(black)
    for number, (left, top, width, height) in enumerate(areas.boxes(), start=1):
        if areas.area[number - 1] < _LEAST * grey.size:
            continue
        # With a pixel around it, what is bright at its edge is seen to go on outside.
        window = np.s_[max(0, top - 1) : top + height + 1, max(0, left - 1) : left + width + 1]
        area = (labels[window] == number).astype(np.uint8)
        if _is_negative(grey[window], black[window], area):
            found[window] |= area
    return found, float(found.mean())


def turn_over(pixels: Pixels, negatives: Mask) -> Pixels:
    """Return the page with its *negatives*, a mask of the reduced page, as black on white."""
    kernel = np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8)
    outer, inner = cv2.dilate(negatives, kernel), cv2.erode(negatives, kernel)
    height, width = pixels.shape[:2]
    turned = pixels.copy()
    for mask, change in ((inner, np.bitwise_not), (outer - inner, None)):
        full = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST) > 0
        turned[full] = 255 if change is None else change(pixels[full])
    return turned


def _framed(black: Mask) -> Mask:
    """Return the page with its edge drawn out, so that areas there are closed to the edge."""
    framed = cv2.copyMakeBorder(black, *(_LETTERS,) * 4, cv2.BORDER_REPLICATE)
    return np.asarray(framed, np.uint8)


def _is_negative(grey: Pixels, black: Mask, area: Mask) -> bool:
    """Whether the bright holes in an *area* of the page are print."""
    levels = grey[(area & black) > 0]
    labels, found = label(1 - black)
    inside = np.bincount(labels[area > 0], minlength=len(found) + 1)[1:]
    holes = inside == found.area
    bright = ink_of(labels, holes)
    low, high = _PRINTED
    count = int(np.count_nonzero(bright))
    if not low <= count / max(1, int(np.count_nonzero(area))) <= high or levels.std() > _EVEN:
        return False
    thick = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((_SOLID, _SOLID), np.uint8))
    if count - np.count_nonzero(thick) < _THIN * count:
        return False
    strokes = bright & (grey > np.median(levels) + _BRIGHTER)
    heights = label(strokes)[1].height
    heights = heights[(heights >= _HEIGHTS[0]) & (heights <= _HEIGHTS[1])]
    if len(heights) < _FEWEST:
        return False
    middle = float(np.median(heights))
    alike = (heights >= middle / 2) & (heights <= 2 * middle)
    return float(alike.mean()) >= _ALIKE

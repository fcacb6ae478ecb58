"""Speckle: dust, toner, the grain of a bad black-and-white copy.

Specks are components far smaller than the smallest thing printed: the dot of an i is a fifth of the
x-height across, a Vietnamese mark more. What is that small is painted over, and where specks are
many also what may be a dot but has no letter beside it; all else stays.

A page of nothing but noise would keep Tesseract busy for minutes: it has more components than any
page of print, and no lines along or across the picture.
"""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Components, Labels, Mask, ink_of, label, touched
from pipeline.image import Pixels, paper_level
from pipeline.imaging.ink import ink_mask, letter_height, shrink
from pipeline.imaging.rulings import pale_rules
from pipeline.imaging.textlines import View

_SPECK: Final = 0.015  # of the squared x-height; the dot of an i has 0.03 to 0.05
_DOT: Final = 0.03  # of the squared x-height: smaller ones are dots of letters, or specks
_BESIDE: Final = 0.5  # of the x-height: a dot or a mark is no further from its letter
_DEFAULT_LETTER: Final = 20.0  # x-height where the page has too little text to tell
_MANY: Final = 0.25  # share of components that are specks from which the page is cleaned
_FEWEST: Final = 200  # fewer specks harm nobody
CROWD: Final = 5000  # components; dense print has 3000 on the reduced page
_PLAIN_LINES: Final = 6.0  # print has 40 and more, half drowned in specks 8
_FROM_AFAR: Final = 400  # pixels of the page on which lines are looked for: specks melt into grey
_STEP: Final = 0.5  # degrees
_LETTER_AREA: Final = 25  # pixels, which clusters of specks hardly reach
_FEW_LETTERS: Final = 4
_FULL: Final = 0.4  # of the page: no print covers so much
_DARK: Final = 0.5  # of the paper's level: letters of a page whose specks are specks are darker
_BANDS: Final = 4  # bands of the page that are looked at first
_PART: Final = 4  # the bands are a quarter of the page
_HINT: Final = 0.5  # of the specks that would be many: then all of the page is looked at
_FINE: Final = 3  # pixels of the filter that no speck of a crowd outlives


def measure_noise(grey: Pixels) -> tuple[Mask, float]:
    """Return the specks as a mask, and their share among the components; 0 when they are few."""
    ink = ink_mask(grey)
    sample = label(_bands(ink))[1]
    if not _are_many(_specks(sample, letter_height(sample)), _HINT / _PART):
        return np.zeros_like(ink), 0.0
    labels, found = label(ink)
    height = measure_letters(grey, found) or _DEFAULT_LETTER
    specks = _specks(found, height)
    if not _are_many(specks):
        return np.zeros_like(ink), 0.0
    rules = _in_rules(grey, ink, labels, height)
    specks &= ~rules
    if not _are_many(specks):
        return np.zeros_like(ink), 0.0
    mask = ink_of(labels, specks | (_alone(labels, found, height) & ~rules))
    letters = grey[(ink > 0) & (mask == 0)]
    if letters.size and np.median(letters) > _DARK * paper_level(grey):
        return np.zeros_like(ink), 0.0  # grain that breaks the strokes of faint print into specks
    return mask, float(specks.mean())


def measure_letters(grey: Pixels, found: Components) -> float | None:
    """Return the x-height of a page with the components *found*, None when there is no telling.

    In a crowd of specks so many touch each other that their clusters may be the commonest thing on
    the page, and pass for letters: then these are higher where the specks are filtered out.
    """
    height = letter_height(found)
    if len(found) < CROWD:
        return height
    filtered = np.asarray(cv2.medianBlur(grey, _FINE), np.uint8)
    return max(height or 0.0, letter_height(label(ink_mask(filtered))[1]) or 0.0) or None


def is_all_noise(grey: Pixels, view: View, limit: float) -> bool:
    """Whether a page holds no print at all but a crowd of specks and blots.

    Args:
        grey: the page.
        view: of it.
        limit: the largest skew in degrees that lines of text may have.
    """
    if len(view.found) < CROWD or _lines(grey, limit) >= _PLAIN_LINES:
        return False
    ink = ink_mask(grey)
    area = label(ink)[1].area
    blots = int(np.count_nonzero(area > _SPECK * _DEFAULT_LETTER**2))
    letters = int(np.count_nonzero(area > _LETTER_AREA))
    # A single line of print among specks is a few components that are much larger than all others.
    return blots > CROWD or letters < _FEW_LETTERS or float(ink.mean()) > _FULL


def _lines(grey: Pixels, limit: float) -> float:
    """Return how plainly lines run along or across the page: 1 to 5 is chance."""
    small = shrink(grey, _FROM_AFAR)[0].astype(np.float32)
    plain = 0.0
    for page in (small, np.ascontiguousarray(np.rot90(small))):
        height, width = page.shape
        for angle in np.arange(-limit, limit + _STEP, _STEP):
            turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
            turned = cv2.warpAffine(page, turn, (width, height), borderMode=cv2.BORDER_REFLECT)
            steps = np.diff(turned, axis=0)
            # Were all pixels independent, the means of rows would vary so much less than they.
            chance = float(np.square(steps).mean()) / width
            if chance > 0.0:
                plain = max(plain, float(np.square(steps.mean(axis=1)).mean()) / chance)
    return plain


def remove_specks(grey: Pixels, specks: Mask) -> Pixels:
    """Return the page with the *specks* and their grey fringe in the colour of the paper."""
    paper = paper_level(grey)
    letters = cv2.dilate(ink_mask(grey) - specks, np.ones((3, 3), np.uint8))
    fringe = cv2.dilate(specks, np.ones((3, 3), np.uint8))
    cleaned = grey.copy()
    cleaned[(fringe > letters) | (specks > 0)] = paper
    return cleaned


def _bands(ink: Mask) -> Mask:
    """Return bands across the page, one below the other, that stand for all of it."""
    height = max(1, len(ink) // (_BANDS * _PART))
    tops = [len(ink) * (2 * band + 1) // (2 * _BANDS) for band in range(_BANDS)]
    return np.concatenate([ink[top : top + height] for top in tops])


def _specks(found: Components, height: float | None) -> NDArray[np.bool_]:
    height = height or _DEFAULT_LETTER
    return np.asarray(found.area <= max(1, math.floor(_SPECK * height * height)))


def _alone(labels: Labels, found: Components, height: float) -> NDArray[np.bool_]:
    """Tell which components are no larger than a dot and have no letter beside them.

    Args:
        labels: of the page.
        found: its components.
        height: the x-height in pixels.
    """
    small = found.area <= _DOT * height * height
    letters = ink_of(labels, ~small)
    near = cv2.distanceTransform(1 - letters, cv2.DIST_L2, cv2.DIST_MASK_3) <= _BESIDE * height
    return np.asarray(small & ~touched(labels, near))


def _in_rules(grey: Pixels, ink: Mask, labels: Labels, height: float) -> NDArray[np.bool_]:
    """Tell which components are pieces of a rule, worn or thin.

    Args:
        grey: the page.
        ink: on it.
        labels: of its pixels.
        height: the x-height in pixels.
    """
    across, down = pale_rules(grey, ink, height), pale_rules(grey.T, ink.T, height).T
    return touched(labels, (across | down) > 0)


def _are_many(specks: NDArray[np.bool_], part: float = 1.0) -> bool:
    """Tell whether enough components are specks, of those in a *part* of the page."""
    count = int(np.count_nonzero(specks))
    return count >= part * _FEWEST and count >= min(1.0, part * _PART) * _MANY * len(specks)

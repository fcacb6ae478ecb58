"""A page seen from afar, and where its lines of text run, from projection profiles.

What only asks for ink, letters or lines is measured on one reduced view: whether the page is blank,
which way it lies, how much it is skewed.

The ink is projected along a direction. Along the lines of text the profile falls into sharp peaks
and gaps; its sharpness (sum of squared differences) is greatest at the true skew. The edge points
under letters are projected instead of all ink: baselines are the sharpest thing on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Components, Mask, ink_of, label
from pipeline.image import Pixels
from pipeline.imaging.ink import ink_mask, letter_height, shrink

PLAIN: Final = 10.0  # sharpness along lines; across them it was at most 4, along them 19 to 86
LONGEST: Final = 1700  # pixels of the reduced page; letters of a whole A4 page stay legible
_COARSE_POINTS: Final = 30_000
_FINE_POINTS: Final = 120_000
_COARSE_STEP: Final = 0.5  # degrees
_FINE_STEP: Final = 0.05
_LETTER: Final = (3, 80)  # heights and widths of what may be a letter on the reduced page
_MIN_POINTS: Final = 300

Points = NDArray[np.float32]  # shape (n, 2): x, y


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The ink of a reduced page.

    Attributes:
        labels: of each pixel, see :func:`pipeline.imaging.ink.label`.
        found: all its components.
        sized: for each of them, whether it has the size of a letter.
        letters: the ink of those that have.
        factor: by which the page was reduced, 0..1.
    """

    labels: NDArray[np.int32]
    found: Components
    sized: NDArray[np.bool_]
    letters: Mask
    factor: float

    @property
    def side(self) -> int:
        """Pixels of its longer side."""
        return int(max(self.letters.shape))

    @property
    def x_height(self) -> float | None:
        """Of the page itself, in its own pixels; None when there is too little text to tell."""
        height = letter_height(self.found)
        return height / self.factor if height else None


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """Roughly where lines of text run, and the points that show it.

    Attributes:
        angle: degrees, positive when the lines sink to the right.
        sharpness: how plainly the profile says so: its sharpness over that of a usual direction.
    """

    points: Points
    angle: float
    sharpness: float


def reduced(grey: Pixels) -> tuple[Pixels, float]:
    """Return the page small enough to measure quickly, and the factor it was reduced by."""
    return shrink(grey, LONGEST)


def look(grey: Pixels) -> View:
    """Return the ink of the page, reduced."""
    small, factor = reduced(grey)
    labels, found = label(ink_mask(small))
    lowest, highest = _LETTER
    fits = (np.maximum(found.width, found.height) <= highest) & (
        np.minimum(found.width, found.height) >= lowest
    )
    return View(labels, found, fits, ink_of(labels, fits), factor)


def lower_edges(mask: Mask) -> Points:
    """Return the ink pixels that stand on paper."""
    edges = mask.copy()
    edges[:-1] = cv2.subtract(mask[:-1], mask[1:])  # stops at 0
    found = cv2.findNonZero(edges)  # four times as quick as NumPy's
    return (
        np.zeros((0, 2), np.float32) if found is None else found.reshape(-1, 2).astype(np.float32)
    )


def find_direction(letters: Mask, limit: float) -> Direction | None:
    """Return where lines run within ±*limit* degrees, or None when there is too little ink."""
    points = lower_edges(letters)
    if len(points) < _MIN_POINTS:
        return None
    coarse = _thin(points, _COARSE_POINTS)
    angles = np.arange(-limit, limit + _COARSE_STEP / 2, _COARSE_STEP)
    scores = np.array([_sharpness(coarse, angle, 2.0) for angle in angles])
    best = float(angles[int(np.argmax(scores))])
    return Direction(points, best, float(scores.max() / max(1.0, float(np.median(scores)))))


def refine(direction: Direction) -> float:
    """Return the angle of *direction*, good to a twentieth of a degree."""
    fine = _thin(direction.points, _FINE_POINTS)
    around = np.arange(-_COARSE_STEP, _COARSE_STEP + _FINE_STEP / 2, _FINE_STEP)
    angles = direction.angle + around
    scores = np.array([_sharpness(fine, angle, 1.0) for angle in angles])
    return _peak(angles, np.convolve(scores, (0.25, 0.5, 0.25), "same"))


def profile(points: Points, angle: float, bin_size: float = 1.0) -> NDArray[np.float64]:
    """Return how many points lie in each strip of *bin_size* pixels along *angle* degrees."""
    radians = np.deg2rad(angle)
    offset = points[:, 1] * np.float32(np.cos(radians)) - points[:, 0] * np.float32(np.sin(radians))
    strips = ((offset - offset.min()) / np.float32(bin_size)).astype(np.int32)
    return np.bincount(strips).astype(np.float64)


def _sharpness(points: Points, angle: float, bin_size: float) -> float:
    return float(np.square(np.diff(profile(points, angle, bin_size))).sum())


def _thin(points: Points, most: int) -> Points:
    return points[:: max(1, len(points) // most)]


def _peak(angles: NDArray[np.float64], scores: NDArray[np.float64]) -> float:
    """Return the top of the parabola through the best score and its neighbours."""
    best = int(np.argmax(scores[1:-1])) + 1
    before, top, after = scores[best - 1], scores[best], scores[best + 1]
    bend = before - 2 * top + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(angles[best] + shift * (angles[1] - angles[0]))

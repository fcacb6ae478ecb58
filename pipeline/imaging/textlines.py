"""Where the lines of text run, from projection profiles; shared by orientation and deskew.

The ink is projected along a direction. Along the lines of text the profile falls into sharp peaks
and gaps; its sharpness (sum of squared differences) is greatest at the true skew. The edge points
under letters are projected instead of all ink: baselines are the sharpest thing on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.image import Pixels
from pipeline.imaging.ink import Mask, ink_mask, label, shrink

LONGEST: Final = 1700  # pixels of the reduced page; letters of a whole A4 page stay legible
_COARSE_POINTS: Final = 30_000
_FINE_POINTS: Final = 120_000
_COARSE_STEP: Final = 0.5  # degrees
_FINE_STEP: Final = 0.05
_LETTER: Final = (3, 80)  # heights and widths of what may be a letter on the reduced page
_MIN_POINTS: Final = 300

Points = NDArray[np.float32]  # shape (n, 2): x, y


@dataclass(frozen=True, slots=True)
class Skew:
    """The direction of the text lines.

    Attributes:
        angle: degrees, positive when the lines sink to the right.
        sharpness: how plainly the profile says so: its sharpness over that of a usual direction.
    """

    angle: float
    sharpness: float


def reduced(grey: Pixels) -> tuple[Pixels, float]:
    """Return the page small enough to measure quickly, and the factor it was reduced by."""
    return shrink(grey, LONGEST)


def letters_of(grey: Pixels) -> tuple[Mask, float]:
    """Return the letter-sized ink of the reduced page, and the factor it was reduced by."""
    small, factor = reduced(grey)
    labels, found = label(ink_mask(small))
    lowest, highest = _LETTER
    fits = (np.maximum(found.width, found.height) <= highest) & (
        np.minimum(found.width, found.height) >= lowest
    )
    keep = np.concatenate(([False], fits)).astype(np.uint8)
    return keep[labels], factor


def lower_edges(mask: Mask) -> Points:
    """Return the ink pixels that stand on paper."""
    below = np.zeros_like(mask)
    below[:-1] = mask[1:]
    y, x = np.nonzero(mask > below)
    return np.column_stack((x, y)).astype(np.float32)


def find_skew(points: Points, limit: float) -> Skew | None:
    """Return the skew within ±*limit* degrees, or None when there are too few points."""
    if len(points) < _MIN_POINTS:
        return None
    coarse = _thin(points, _COARSE_POINTS)
    angles = np.arange(-limit, limit + _COARSE_STEP / 2, _COARSE_STEP)
    scores = np.array([_sharpness(coarse, angle, 2.0) for angle in angles])
    best = float(angles[int(np.argmax(scores))])
    sharpness = float(scores.max() / max(1.0, float(np.median(scores))))

    fine = _thin(points, _FINE_POINTS)
    angles = np.arange(best - _COARSE_STEP, best + _COARSE_STEP + _FINE_STEP / 2, _FINE_STEP)
    scores = np.array([_sharpness(fine, angle, 1.0) for angle in angles])
    return Skew(_peak(angles, np.convolve(scores, (0.25, 0.5, 0.25), "same")), sharpness)


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

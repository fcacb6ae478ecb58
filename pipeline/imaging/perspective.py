"""A photographed page: its four edges lean, because the camera did not look straight down.

The page is the largest bright thing in the picture. Where its outline is a quadrilateral whose
opposite sides are not parallel, it is drawn on a flat sheet again; what lay around it is gone. A
page that fills the picture, or whose edges cannot be seen, is left to the other steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask
from pipeline.image import Pixels, to_grey
from pipeline.imaging.ink import print_mask, shrink

_LONGEST: Final = 800  # pixels of the reduced picture
_CLOSE: Final = 15  # pixels of the reduced picture; print and its lines are narrower
_LEAST: Final = 0.3  # of the picture: a page that was meant to be read is larger
_LEANS: Final = 0.5  # degrees by which two opposite sides must differ
_STEEPEST: Final = 25.0  # degrees by which they may: beyond, letters are too flat to be read
_FITS: Final = 0.97  # of the outline's area that the quadrilateral covers, and no more than 1/this
_CORNER: Final = 0.1  # of a side at either end: corners may be folded or round
_EDGE: Final = (
    0.004  # of the longer side: nearer to the rim a side is the picture's, not the page's
)
_OUTSIDE: Final = 0.05  # of all print: more of it outside the page means that it is none
_STRAIGHT: Final = 0.006  # of the longer side: how far from its line a side may stray

Corners = NDArray[np.float32]  # shape (4, 2): top left, top right, bottom right, bottom left


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a page lies in a picture.

    Attributes:
        corners: in pixels.
        lean: by how many degrees its most unequal opposite sides differ.
    """

    corners: Corners
    lean: float


def find_sheet(pixels: Pixels) -> Sheet | None:
    """Return the page in a grey or colour picture, or None when it is flat or cannot be told."""
    small, factor = shrink(pixels, _LONGEST)
    outline = _outline(_bright(small))
    if outline is None:
        return None
    corners = _quadrilateral(outline)
    if corners is None or not _shows_table(corners, small.shape[:2]):
        return None
    if _cuts_text(print_mask(to_grey(small)), corners):
        return None  # the edge of a shadow
    directions = [_direction(corners, side) for side in range(4)]
    lean = max(_between(directions[0], directions[2]), _between(directions[1], directions[3]))
    if not _LEANS <= lean <= _STEEPEST:
        return None
    return Sheet((corners / np.float32(factor)).astype(np.float32), lean)


def flatten(pixels: Pixels, corners: Corners) -> Pixels:
    """Return the page between *corners* as a rectangle, as wide and high as its longer sides."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = round(float(max(sides[0], sides[2]))), round(float(max(sides[1], sides[3])))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    warped = cv2.warpPerspective(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(warped, np.uint8)


def _bright(small: Pixels) -> Mask:
    """Return what is bright beside its surroundings, print closed over."""
    grey = to_grey(small)
    smooth = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((_CLOSE, _CLOSE), np.uint8))
    _, mask = cv2.threshold(smooth, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(mask, np.uint8)


def _outline(mask: Mask) -> NDArray[np.int32] | None:
    """Return the hull of the largest part, shape (n, 1, 2), unless it is too small for a page."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    largest = max(contours, key=cv2.contourArea)
    if cv2.contourArea(largest) < _LEAST * mask.size:
        return None
    return np.asarray(cv2.convexHull(largest), np.int32)


def _quadrilateral(outline: NDArray[np.int32]) -> Corners | None:
    """Return the corners of the four straight sides that *outline* has, if it has no others."""
    length = cv2.arcLength(outline, closed=True)
    for tolerance in (0.01, 0.02, 0.04):
        rough = cv2.approxPolyDP(outline, tolerance * length, closed=True).reshape(-1, 2)
        if len(rough) == 4:
            break
    else:
        return None
    corners = _fitted(outline, _ordered(rough.astype(np.float32)), _STRAIGHT * length / 3)
    if corners is None:
        return None
    covered = cv2.contourArea(corners) / cv2.contourArea(outline)
    return corners if _FITS <= covered <= 1 / _FITS else None


def _ordered(points: NDArray[np.float32]) -> Corners:
    """Return four points from the top left one on, clockwise as one sees them."""
    centre = points.mean(axis=0)
    angle = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    points = points[np.argsort(angle)]
    first = int(np.argmin(points.sum(axis=1)))
    return np.roll(points, -first, axis=0)


def _fitted(outline: NDArray[np.int32], rough: Corners, stray: float) -> Corners | None:
    """Return where the lines through the sides of *outline* meet, given roughly where."""
    points = _dense(outline)
    lines = []
    for side in range(4):
        start, end = rough[side], rough[(side + 1) % 4]
        along = end - start
        length = float(np.linalg.norm(along))
        along /= length
        place = (points - start) @ along / length
        offset = np.abs((points - start) @ np.array([-along[1], along[0]]))
        near = points[(place > _CORNER) & (place < 1 - _CORNER) & (offset < 3 * stray)]
        if len(near) < 2:
            return None
        vx, vy, x, y = cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
        if np.abs((near - (x, y)) @ np.array([-vy, vx])).max() > stray:
            return None
        lines.append((np.array([vx, vy]), np.array([x, y])))
    return np.array([_meeting(lines[side - 1], lines[side]) for side in range(4)], np.float32)


def _dense(outline: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return points a pixel apart along the hull, which has vertices only where it bends."""
    corners = outline.reshape(-1, 2).astype(np.float32)
    parts = [
        start + (end - start) * np.linspace(0, 1, max(2, int(np.linalg.norm(end - start))))[:, None]
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)
    ]
    return np.concatenate(parts).astype(np.float32)


Straight = tuple[NDArray[np.float64], NDArray[np.float64]]  # its direction, a point on it


def _meeting(one: Straight, other: Straight) -> NDArray[np.float64]:
    """Return where two lines meet."""
    steps = np.linalg.solve(np.column_stack((one[0], -other[0])), other[1] - one[1])
    return np.asarray(one[1] + steps[0] * one[0], np.float64)


def _cuts_text(print_: Mask, corners: Corners) -> bool:
    """Tell whether some of the print lies outside the *corners*."""
    inside = np.zeros_like(print_)
    cv2.fillConvexPoly(inside, np.rint(corners).astype(np.int32), 1)
    # The edge of the page itself is thin and dark, too.
    page = np.asarray(cv2.dilate(inside, np.ones((_CLOSE, _CLOSE), np.uint8)), np.uint8)
    outside = np.count_nonzero(print_ & (page == 0))
    return bool(outside > _OUTSIDE * np.count_nonzero(print_))


def _shows_table(corners: Corners, shape: tuple[int, int]) -> bool:
    """Tell whether at most one side of the page lies at the rim of the picture."""
    height, width = shape
    rim = _EDGE * max(shape)
    inside = (
        corners[[0, 1], 1].max() > rim,
        corners[[1, 2], 0].min() < width - 1 - rim,
        corners[[2, 3], 1].min() < height - 1 - rim,
        corners[[3, 0], 0].max() > rim,
    )
    return sum(map(bool, inside)) >= 3


def _direction(corners: Corners, side: int) -> float:
    """Return the direction of a side in degrees, between 0 and 180."""
    x, y = corners[(side + 1) % 4] - corners[side]
    return float(np.degrees(np.arctan2(y, x))) % 180


def _between(one: float, other: float) -> float:
    """Return the angle between two directions in degrees."""
    apart = abs(one - other) % 180
    return min(apart, 180 - apart)

"""Round seals of grey scans: told from the print by their level, and from all else by their ring.

Red ink scanned in grey is darker than paper and paler than print, if only by a little: the levels
of all ink that lies flat have two peaks then, with a valley between them. What is paler than the
valley goes where it stands in a round seal, and nowhere else: print of another shade, pictures and
shaded tables have no ring. Print under the seal is darker than the valley and stays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask, label
from pipeline.image import Pixels, paper_level
from pipeline.imaging import marks
from pipeline.imaging.ink import shrink
from pipeline.model import Box

_RADIUS_MM: Final = (8.0, 28.0)
_MARK_MM: Final = 100.0  # a seal and the signature across it; what is larger shows through
_CANDIDATES: Final = 8  # circles looked at, the likeliest first
_ACCUMULATOR: Final = (1.5, 200.0, 25.0)  # of Hough's transform: coarseness, edge, votes
_RING: Final = 0.5  # of the ring that is seen where no print covers it; by chance a third is
_USUAL_MM: Final = 15.0  # radii of the seals of offices: on real scans 15.1 to 19.5
_SMALLER: Final = 0.6  # of a smaller ring that is seen: signatures and emblems hold many half ones
_AROUND: Final = 0.2  # of the least radius: so far outside its ring
_OUTSIDE: Final = 0.3  # of a circle there is pale ink, at most: its paper is empty
_RING_PIXELS: Final = 3  # the radius may be off by
_ANGLES: Final = np.linspace(0, 2 * np.pi, 240, endpoint=False)
_FLAT: Final = 0.12  # of the paper's level: a stroke's middle varies less, its edge more
_INK: Final = 0.85  # of the paper's level: what is paler is paper
_SEEN: Final = 40  # of 255: pale ink in a pixel of the reduced page
_LEAST_FLAT: Final = 500  # pixels; fewer say nothing about levels
_SHARE: Final = 0.02  # of the flat ink that is pale, or print, at least
_APART: Final = 0.1  # of the paper's level, between the peaks at least
_VALLEY: Final = 0.5  # of the lower peak, at most
_SMOOTH: Final = 0.05  # of the paper's level


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle on the reduced page, in its pixels."""

    x: float
    y: float
    radius: float


def remove_rings(grey: Pixels) -> tuple[Pixels, float]:
    """Return a grey page without round seals paler than its print, and the share they covered."""
    paper = paper_level(grey)
    smooth = np.asarray(cv2.medianBlur(grey, 3), np.uint8)
    kernel = np.ones((3, 3), np.uint8)
    range_ = np.asarray(
        cv2.subtract(cv2.dilate(smooth, kernel), cv2.erode(smooth, kernel)), np.uint8
    )
    flat = cv2.bitwise_and(_below(smooth, _INK * paper), _below(range_, _FLAT * paper))
    counts = cv2.calcHist([smooth], [0], flat, [256], [0, 256])
    cut = _valley(np.asarray(counts, np.float64).ravel(), paper)
    if cut is None:
        return grey, 0.0
    dark = _below(smooth, cut + 1)
    pale = _reduced(np.asarray(cv2.subtract(flat, dark), np.uint8))
    print_ = _reduced(dark)
    seals = _seals(pale, print_)
    if not seals:
        return grey, 0.0
    zone = np.zeros(pale.shape, np.uint8)
    for seal in seals:
        zone |= disc(seal, zone.shape)
    full = marks.enlarged(zone, grey.shape)
    edge = cv2.dilate(dark, kernel) > 0  # of print: as pale as the seal, and belongs to the letter
    cleaned = grey.copy()
    cleaned[full & (grey > cut) & ~edge] = paper
    fringe = full & (grey > cut) & edge
    cleaned[fringe] = np.maximum(grey[fringe], np.uint8((cut + paper) // 2))
    return cleaned, float(zone.mean())


def disc(seal: Circle, shape: tuple[int, ...]) -> Mask:
    """Return what a round seal covers on a page of that *shape*."""
    drawn = np.zeros(shape, np.uint8)
    center = round(seal.x), round(seal.y)
    cv2.circle(drawn, center, round(seal.radius) + _RING_PIXELS, 1, cv2.FILLED)
    return drawn


def _below(grey: Pixels, level: float) -> Mask:
    """Return 255 where *grey* is darker than *level*."""
    least = math.ceil(level) - 1  # what is at most so bright is below it
    return np.asarray(cv2.threshold(grey, least, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def _valley(levels: NDArray[np.float64], paper: int) -> int | None:
    """Return the level between print and a paler ink, or None where all ink is of one level.

    Args:
        levels: how many pixels of flat ink are of each of the 256 levels.
        paper: the level of the paper.
    """
    number = float(levels.sum())
    if number < _LEAST_FLAT:
        return None
    width = max(3, round(_SMOOTH * paper)) | 1
    counts = levels[: round(_INK * paper)] / number
    smooth = np.convolve(counts, np.ones(width) / width, mode="same")
    below = np.cumsum(counts)
    best, depth = None, _VALLEY
    for level in range(1, len(smooth)):
        if not _SHARE <= below[level] <= 1 - _SHARE:
            continue
        dark, pale = int(smooth[:level].argmax()), level + int(smooth[level:].argmax())
        ratio = float(smooth[level] / min(smooth[dark], smooth[pale]))
        if pale - dark > _APART * paper and ratio < depth:
            best, depth = level, ratio
    return best


def _reduced(drawn: Mask) -> Mask:
    factor = min(1.0, marks.LONGEST / max(drawn.shape))
    if factor <= 0.5:  # most of the way in exact halves, which is much quicker
        small = shrink(drawn, marks.LONGEST)[0]
    else:
        area = cv2.resize(drawn, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        small = np.asarray(area, np.uint8)
    return (small > _SEEN).astype(np.uint8)


def _seals(pale: Mask, print_: Mask) -> list[Circle]:
    """Return the circles whose ring is seen in pale ink."""
    boxes = label(marks.joined(pale))[1].boxes()
    found = (find_ring(pale, print_, Box(*box)) for box in boxes)
    return [ring for ring in found if ring is not None]


def find_ring(ink: Mask, print_: Mask, mark: Box, seen: float = _RING) -> Circle | None:
    """Return the outer ring of the round seal in *mark*, a part of the page, if it has one.

    Args:
        ink: of the seal's colour or level, on the whole page reduced to some 1,200 pixels.
        print_: what may cover the seal.
        mark: where ink stands together.
        seen: the share of the ring that must be seen where no print covers it.
    """
    pixels_per_mm = marks.pixels_per_mm(ink.shape)
    least, most = (round(radius * pixels_per_mm) for radius in _RADIUS_MM)
    low, high = sorted((mark.width, mark.height))
    if not 2 * least <= low <= high <= _MARK_MM * pixels_per_mm:
        return None
    inside = np.s_[mark.top : mark.bottom, mark.left : mark.right]
    ring = _ring(ink[inside], print_[inside], (least, most), (seen, _USUAL_MM * pixels_per_mm))
    return ring and Circle(mark.left + ring.x, mark.top + ring.y, ring.radius)


def _ring(
    pale: Mask, print_: Mask, radii: tuple[int, int], wanted: tuple[float, float]
) -> Circle | None:
    """Return the ring of the likeliest seal in a part of the page, if it has one.

    Its radius is above the first of *radii* and at most the second, in pixels. *wanted* is the
    share of it that must be seen, and the radius below which that is not enough.
    It has empty paper around it: letters that show through are as pale, and stand in rows.
    """
    coarse, edge, votes = _ACCUMULATOR
    least, most = radii
    seen, usual = wanted
    found = cv2.HoughCircles(
        cv2.GaussianBlur(pale * 255, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        coarse,
        minDist=least,
        param1=edge,
        param2=votes,
        minRadius=least,
        maxRadius=most,
    )
    if found is None:
        return None
    near = np.asarray(cv2.dilate(pale, np.ones((3, 3), np.uint8)), np.uint8)

    def least_of(ring: Circle) -> float:
        return seen if ring.radius >= usual else max(seen, _SMALLER)

    for x, y, _ in found[0][:_CANDIDATES]:
        rings = (Circle(float(x), float(y), float(radius)) for radius in range(most, least, -1))
        # The outermost: seals have rings within rings.
        ring = next((ring for ring in rings if _seen(near, print_, ring) >= least_of(ring)), None)
        if ring is None:
            continue
        around = Circle(ring.x, ring.y, ring.radius + _AROUND * least)
        if _seen(near, print_, around) <= _OUTSIDE:
            return ring
    return None


def _seen(pale: Mask, print_: Mask, circle: Circle) -> float:
    """Return which share of the ring is pale ink, where print does not cover it."""
    columns = np.round(circle.x + circle.radius * np.cos(_ANGLES)).astype(int)
    rows = np.round(circle.y + circle.radius * np.sin(_ANGLES)).astype(int)
    inside = (rows >= 0) & (rows < pale.shape[0]) & (columns >= 0) & (columns < pale.shape[1])
    ring = pale[rows[inside], columns[inside]] > 0
    covered = (print_[rows[inside], columns[inside]] > 0) & ~ring
    open_ = len(ring) - np.count_nonzero(covered)
    return np.count_nonzero(ring) / open_ if open_ > len(_ANGLES) / 2 else 0.0

"""A word stamped in a rectangular frame: HỎA TỐC, KHẨN, MẬT.

By the guidance on the form of documents such a word stands alone on one line in a frame of 8 mm
and 20 to 40 mm. A stamp of several lines, as it is set on incoming mail, has a frame, too: it is no
part of the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask, label
from pipeline.model import Box

_HEIGHT_MM: Final = (5.0, 22.0)
_WIDEST_MM: Final = 80.0
_MARK_MM: Final = 40.0  # the height of the mark that a leaning frame makes
_LEAN: Final = 10.0  # degrees at most
_SIDE: Final = 0.7  # of each side that is seen; the tops of letters are half of a line
_FULL: Final = 0.65  # of what the frame holds that is ink, at most
_DEEP: Final = 0.3  # of its height: so far from its outer edge a second frame ends in it
_FREE_MM: Final = 0.6  # from the frame to what is inside
_LETTER: Final = (0.2, 0.85)  # of the frame's height
_SMALL: Final = 0.5  # of the tallest letter's height: what is lower is a mark or dust
_ROW: Final = 0.5  # of its height: how far apart the middles of letters of one line are
_MARKS: Final = 1.2  # of its height: how far from them those of their marks are
_STRAY: Final = 0.05  # of the ink that is neither

Corners = NDArray[np.float32]  # of a rectangle, shape (4, 2): x, y


@dataclass(frozen=True, slots=True, eq=False)
class FramedWord:
    """Parts of the page: a frame, and what stands in it."""

    frame: Mask
    inside: Mask


def may_be_one(mark: Box, pixels_per_mm: float) -> bool:
    """Tell whether a mark has the size of a frame with a word."""
    high = _MARK_MM * pixels_per_mm
    return _HEIGHT_MM[0] * pixels_per_mm <= mark.height <= min(high, mark.width)


def find_word(ink: Mask, mark: Mask, pixels_per_mm: float) -> FramedWord | None:
    """Return the frame around a mark when it holds one line of letters.

    Args:
        ink: of one colour, on the reduced page.
        mark: the part of it that stands together; the word may stand apart from its frame.
        pixels_per_mm: of that page.
    """
    corners = _rectangle(mark, pixels_per_mm)
    if corners is None:
        return None
    deepest = round(_DEEP * _sides(corners)[1])
    near = _thick(mark)
    depths = [d for d in range(deepest) if min(_seen(near, _shrunk(corners, d))) >= _SIDE]
    stroke = max(depths, default=1) + _FREE_MM * pixels_per_mm
    inside = _filled(_shrunk(corners, stroke), ink.shape)
    if not _is_line(np.asarray(cv2.bitwise_and(ink, inside), np.uint8), corners):
        return None
    around = cv2.dilate(_filled(corners, ink.shape), np.ones((5, 5), np.uint8))
    return FramedWord(np.asarray(cv2.subtract(around, inside), np.uint8), inside)


def _rectangle(ink: Mask, pixels_per_mm: float) -> Corners | None:
    """Return the corners of the frame around all *ink*, clockwise from the left upper one."""
    points = cv2.findNonZero(ink)
    if points is None:
        return None
    box = np.asarray(cv2.boxPoints(cv2.minAreaRect(points)), np.float32)
    first = int(box.sum(axis=1).argmin())
    corners = np.roll(box, -first, axis=0)
    width, height = _sides(corners)
    low, high = (part * pixels_per_mm for part in _HEIGHT_MM)
    if not low <= height <= min(high, width) or width > _WIDEST_MM * pixels_per_mm:
        return None
    across = corners[1] - corners[0]
    if abs(np.degrees(np.arctan2(across[1], across[0]))) > _LEAN:
        return None
    plain = min(_seen(_thick(ink), _shrunk(corners, 1))) >= _SIDE
    return corners if plain and len(points) <= _FULL * width * height else None


def _thick(ink: Mask) -> Mask:
    """Return the *ink*, a pixel more on all sides: no frame is quite straight."""
    return np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), np.uint8)


def _sides(corners: Corners) -> tuple[float, float]:
    """Return the width and the height of a rectangle."""
    return (
        float(np.linalg.norm(corners[1] - corners[0])),
        float(np.linalg.norm(corners[3] - corners[0])),
    )


def _shrunk(corners: Corners, by: float) -> Corners:
    """Return a rectangle *by* so many pixels smaller on each side."""
    width, height = _sides(corners)
    across = (corners[1] - corners[0]) / width * by
    down = (corners[3] - corners[0]) / height * by
    steps = (across + down, down - across, -across - down, across - down)
    return np.asarray(corners + np.array(steps), np.float32)


def _seen(ink: Mask, corners: Corners) -> list[float]:
    """Return the share of each side of a rectangle that is inked."""
    shares = []
    for start, stop in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        number = max(2, round(float(np.linalg.norm(stop - start))))
        points = np.round(np.linspace(start, stop, number)).astype(int)
        columns = np.clip(points[:, 0], 0, ink.shape[1] - 1)
        rows = np.clip(points[:, 1], 0, ink.shape[0] - 1)
        shares.append(float((ink[rows, columns] > 0).mean()))
    return shares


def _filled(corners: Corners, shape: tuple[int, ...]) -> Mask:
    drawn = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(drawn, np.round(corners).astype(np.int32), 1)
    return drawn


def _is_line(ink: Mask, corners: Corners) -> bool:
    """Tell whether *ink* is one line of letters with their marks, in the frame at *corners*."""
    found = label(ink)[1]
    if not len(found):
        return False
    height = _sides(corners)[1]
    tallest = float(found.height.max())
    low, high = _LETTER
    if not low * height <= tallest <= high * height:
        return False
    down = (corners[3] - corners[0]) / height
    middles = (found.left + found.width / 2) * down[0] + (found.top + found.height / 2) * down[1]
    letters = found.height >= _SMALL * tallest
    line = float(np.median(middles[letters]))
    away = np.abs(middles - line) / tallest
    stray = found.area[(away > _ROW) & letters | (away > _MARKS)].sum()
    return bool(stray <= _STRAY * found.area.sum())

"""Print in colour, told from seals and stamps: letters in rows, and rules of a table.

A heading in red or a column of amounts in blue is as large as a seal and of its colour. What is
printed stands in straight rows of letters and has nothing else but straight rules; a seal has a
ring, a signature long strokes, and a stamp a frame of its own, which no rule of the table goes on
from. What always holds: a mark with a stroke longer than a word, rules aside, is none of print.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.components import Mask, label
from pipeline.model import Box

_RULE_MM: Final = 8.0  # the shortest rule; no stroke of a letter is so long and straight
_LETTER_MM: Final = (1.0, 7.0)  # height of a letter, or of some that touch
_WIDEST_MM: Final = 12.0  # of letters that touch
_GAP_MM: Final = 4.0  # between letters and words of a row
_BASE_MM: Final = 0.8  # how far apart the feet of neighbours are; a tail or a mark reaches farther
_ROW: Final = 4  # letters; fewer are no row
_LETTERS: Final = 8  # of a mark; fewer prove nothing
_PRINTED: Final = 0.8  # of a mark's ink, without rules, that stands in rows
_FRAME: Final = 0.7  # of each side that a frame has
_EDGE_MM: Final = 2.0  # how far from the edge of a mark its frame is
_BEYOND_MM: Final = 6.0  # so far a rule of the table goes on outside


def is_print(ink: Mask, print_: Mask, mark: Box, pixels_per_mm: float) -> bool:
    """Tell whether *mark* is text, with or without the rules of a table.

    Args:
        ink: of one colour, on the reduced page.
        print_: ink without colour there.
        mark: where ink of the colour stands together.
        pixels_per_mm: of that page.
    """
    inside = np.s_[mark.top : mark.bottom, mark.left : mark.right]
    part = np.ascontiguousarray(ink[inside])
    length = round(_RULE_MM * pixels_per_mm)
    across = _opened(part, (length, 1))
    down = _opened(part, (1, length))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    letters = np.asarray(cv2.subtract(part, rules), np.uint8)
    if not _stands_in_rows(letters, pixels_per_mm):
        return False
    edge = round(_EDGE_MM * pixels_per_mm)
    framed = _is_frame(across, edge) and _is_frame(np.ascontiguousarray(down.T), edge)
    return not framed or _goes_on(across, print_, mark, round(_BEYOND_MM * pixels_per_mm))


def _opened(ink: Mask, size: tuple[int, int]) -> Mask:
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.uint8)


def _stands_in_rows(ink: Mask, pixels_per_mm: float) -> bool:
    """Tell whether nearly all *ink* is letters, each with others beside it on one line."""
    low, high = (size * pixels_per_mm for size in _LETTER_MM)
    boxes = [Box(*box) for box in label(ink)[1].boxes()]
    widest = _WIDEST_MM * pixels_per_mm
    if any(max(box.width, box.height) > widest for box in boxes):
        return False
    letters = [box for box in boxes if low <= box.height <= high]
    rows = [row for row in _rows(letters, pixels_per_mm) if len(row) >= _ROW]
    if sum(map(len, rows)) < _LETTERS:
        return False
    # Marks above and below belong to their letter.
    mark = round(_LETTER_MM[0] * pixels_per_mm)
    covered = np.zeros_like(ink)
    for box in (box for row in rows for box in row):
        top, left = max(0, box.top - mark), max(0, box.left - mark)
        covered[top : box.bottom + mark, left : box.right + mark] = 1
    seen = np.count_nonzero(ink & covered)
    return bool(seen >= _PRINTED * np.count_nonzero(ink))


def _rows(letters: list[Box], pixels_per_mm: float) -> list[list[Box]]:
    """Return the letters of each straight row, from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(letters, key=lambda box: box.left):
        for row in rows:
            last = row[-1]
            beside = box.left - last.right <= _GAP_MM * pixels_per_mm
            if beside and abs(box.bottom - last.bottom) <= _BASE_MM * pixels_per_mm:
                row.append(box)
                break
        else:
            rows.append([box])
    return rows


def _is_frame(rules: Mask, edge: int) -> bool:
    """Tell whether rules run along the first and the last rows of a mark, nearly all of its way."""
    sides = (rules[:edge], rules[-edge:])
    return all(np.count_nonzero(side.any(axis=0)) >= _FRAME * rules.shape[1] for side in sides)


def _goes_on(across: Mask, print_: Mask, mark: Box, beyond: int) -> bool:
    """Tell whether two rules of a mark go on to its left or its right without colour."""
    rows = np.flatnonzero(across.any(axis=1)) + mark.top
    if not len(rows):
        return False
    left = print_[:, max(0, mark.left - beyond) : mark.left]
    right = print_[:, mark.right : mark.right + beyond]
    for side in (left, right):
        if side.shape[1] < beyond:
            continue
        ruled = side.all(axis=1)
        near = np.convolve(ruled, np.ones(3), mode="same") > 0
        starts = rows[near[rows]]
        if np.count_nonzero(np.diff(starts, prepend=-beyond) > 1) > 1:
            return True
    return False

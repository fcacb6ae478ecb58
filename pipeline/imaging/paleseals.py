"""Seals of grey scans that have no ring to know them by: told from the print by being paler.

Only marks of a seal's size, in ink clearly paler than print, are taken out.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.components import label
from pipeline.image import Pixels, paper_level
from pipeline.imaging import marks
from pipeline.imaging.ink import ink_mask, shrink

# Of the way from print to paper: what is paler is no print; of the paper: what is paler is paper.
_PRINT_LEVEL: Final = 25  # percentile of all ink that is as dark as print: its edges are paler
_PALE_INK: Final = 0.3
_PALE_PAPER: Final = 0.85
_ROUND_MM: Final = (18.0, 55.0)  # the least and the greatest width and height of a pale seal
_FILLED: Final = 0.06  # of its square that a seal's ink covers


def remove_pale_seals(grey: Pixels) -> tuple[Pixels, float]:
    """Return a grey page without seals that are paler than print, and the share that they covered.

    Where a mark of a seal's size stands in ink clearly paler than print, all that is as pale there
    goes; print under it is darker and stays.
    """
    small, _ = shrink(grey, marks.LONGEST)
    paper = paper_level(small)
    ink = small[ink_mask(small) > 0]
    if not ink.size:
        return grey, 0.0
    dark = float(np.percentile(ink, _PRINT_LEVEL))
    cut = dark + _PALE_INK * (paper - dark)
    print_itself = cv2.dilate((small <= cut).astype(np.uint8), np.ones((5, 5), np.uint8))
    pale = ((small > cut) & (small < _PALE_PAPER * paper) & (print_itself == 0)).astype(np.uint8)
    labels, found = label(marks.joined(pale))
    low, high = (part * marks.pixels_per_mm(small.shape) for part in _ROUND_MM)
    zone = np.zeros(small.shape, np.uint8)
    for number, (left, top, width, height) in enumerate(found.boxes(), start=1):
        if not low <= min(width, height) <= max(width, height) <= high:
            continue
        inside = np.s_[top : top + height, left : left + width]
        own = labels[inside] == number
        if np.count_nonzero(pale[inside][own]) > _FILLED * own.size:
            zone[inside] |= own
    if not zone.any():
        return grey, 0.0
    full = marks.enlarged(zone, grey.shape)
    cleaned = grey.copy()
    cleaned[full & (grey > cut)] = paper
    return cleaned, float(zone.mean())

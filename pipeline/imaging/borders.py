"""The dark frame around a page: the scanner's lid, a photograph's desk, black lines at the rim.

The frame is what is dark, reaches the edge of the picture and is thicker than print, or runs along
the edge as a long thin line. It is painted over with the colour of the paper; the page keeps its
size, so that nothing else moves.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask
from pipeline.image import Pixels, paper_level, to_grey
from pipeline.imaging.ink import print_mask, shrink

_LONGEST: Final = 900  # pixels of the reduced page
_DARK: Final = 0.62  # of the paper's level
_THICK: Final = 9  # pixels of the reduced page: more than the strokes of any print
_RIM: Final = 0.012  # of the longer side: how near to the edge thin lines are looked for
_LONG: Final = 0.06  # of the longer side: how long such a line must be
_BLACK: Final = 0.35  # the same where the page itself lies in the shade
_PRINTED: Final = 0.006  # of all print: a frame holds no more
_MIN_SHARE: Final = 0.0005  # of the page


def find_borders(pixels: Pixels) -> tuple[Mask, float]:
    """Return the frame of a grey or colour page as a full-size mask, and its share of the page.

    The share is 0 when there is no frame worth a step.
    """
    small, _ = shrink(pixels, _LONGEST)
    grey = to_grey(small)
    dark = (grey < _DARK * paper_level(grey)).astype(np.uint8)
    frame = _thick_frame(grey) | _rim_lines(dark)
    share = float(frame.mean())
    if share < _MIN_SHARE:
        return np.zeros(pixels.shape[:2], np.uint8), 0.0
    frame = np.asarray(cv2.dilate(frame, np.ones((5, 5), np.uint8)), np.uint8)
    height, width = pixels.shape[:2]
    full = cv2.resize(frame, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(full, np.uint8), share


def paint_out(pixels: Pixels, frame: Mask) -> Pixels:
    """Return the page with the *frame* in the colour of the paper."""
    painted = pixels.copy()
    if pixels.ndim == 2:
        painted[frame > 0] = paper_level(pixels)
    else:
        painted[frame > 0] = [paper_level(pixels[..., channel]) for channel in range(3)]
    return painted


def _thick(dark: Mask) -> Mask:
    """Keep what is thicker than print; the page's own edge does not make it thinner."""
    framed = cv2.copyMakeBorder(dark, *(_THICK,) * 4, cv2.BORDER_REPLICATE)
    kernel = np.ones((_THICK, _THICK), np.uint8)
    opened = cv2.morphologyEx(framed, cv2.MORPH_OPEN, kernel)
    return np.asarray(opened[_THICK:-_THICK, _THICK:-_THICK], np.uint8)


def _touching_edge(mask: Mask) -> Mask:
    labels = _labels(mask)
    edge = np.concatenate((labels[0], labels[-1], labels[:, 0], labels[:, -1]))
    return (np.isin(labels, edge[edge > 0])).astype(np.uint8)


def _thick_frame(grey: Pixels) -> Mask:
    """Return the thick part of the frame; what is printed on is page that lies in the shade."""
    print_ = print_mask(grey)
    paper = paper_level(grey)
    kernel = np.ones((_THICK, _THICK), np.uint8)
    for level in _DARK, _BLACK:
        dark = (grey < level * paper).astype(np.uint8)
        frame = _touching_edge(_thick(dark))
        inner = np.asarray(cv2.erode(frame, kernel), np.uint8)  # its own ragged edge is no print
        if np.count_nonzero(print_ & inner) <= _PRINTED * np.count_nonzero(print_):
            return frame
    return np.zeros_like(print_)


def _rim_lines(dark: Mask) -> Mask:
    """Return thin long lines that stay within the rim of the page."""
    side = max(dark.shape)
    rim, length = max(3, round(_RIM * side)), round(_LONG * side)
    lines = np.zeros_like(dark)
    for strip in (np.s_[:rim], np.s_[-rim:]):
        rows = cv2.morphologyEx(dark[strip], cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
        columns = cv2.morphologyEx(dark[:, strip], cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
        lines[strip] |= np.asarray(rows, np.uint8)
        lines[:, strip] |= np.asarray(columns, np.uint8)
    return lines


def _labels(mask: Mask) -> NDArray[np.int32]:
    return np.asarray(cv2.connectedComponents(mask, connectivity=8)[1], np.int32)

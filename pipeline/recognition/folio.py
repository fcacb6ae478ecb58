"""The page number that Tesseract passed over: one or a few figures alone at the edge of the page.

Tesseract takes a lone figure for no text. Where nothing but up to three figures stands above the
first line or below the last one, they are read again by themselves.

What always holds: what is found is all figures, and Tesseract is sure of it twice, in a wide frame
and in a narrow one: one figure has no neighbours to tell a 3 from an 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from pipeline.components import label
from pipeline.image import PageImage, Pixels, paper_level
from pipeline.model import Box
from pipeline.recognition.hocr import Strip

FIGURES: Final = 3  # at most
CERTAIN: Final = 0.8
ACROSS: Final = (0.25, 0.97)  # of the page's width, where page numbers stand

# Lengths in x-heights.
HEIGHT: Final = (0.9, 2.4)
WIDTH: Final = (0.2, 2.0)
FRAMES: Final = (1.5, 0.6)  # white around the number, which Tesseract wants


@dataclass(frozen=True, slots=True, eq=False)
class Folio:
    """Where figures stand alone, and how they are shown to Tesseract.

    Attributes:
        pictures: the figures in each of the frames.
        place: of the left upper corner of the first picture on the page.
    """

    pictures: tuple[PageImage, ...] = ()
    place: tuple[int, int] = (0, 0)

    def number(self, readings: Sequence[tuple[Strip, ...]]) -> tuple[Strip, ...]:
        """Return the page number in its place, or nothing; *readings*: of each of the pictures."""
        if not readings or not all(len(read) == 1 and is_number(read[0]) for read in readings):
            return ()
        if len({read[0].words[0].ocr for read in readings}) > 1:
            return ()
        return (readings[0][0].moved(*self.place),)


def find_folio(image: PageImage, strips: Sequence[Strip]) -> Folio:
    """Return where the page number of *image* stands that is not among *strips*, if there is one.

    Args:
        image: the whole page, grey.
        strips: what was read on it.
    """
    if not strips:
        return Folio()
    x_height = median(strip.x_height for strip in strips)
    page, level = image.pixels, image.ink_level
    first = min(strip.box.top for strip in strips)
    last = max(strip.box.bottom for strip in strips)
    for top, bottom in ((0, first), (last, page.shape[0])):
        band = page[top:bottom]
        box = figures(band, level, x_height) if band.shape[0] > 2 * x_height else None
        if box is not None:
            frames = [round(part * x_height) for part in FRAMES]
            return Folio(
                tuple(PageImage(framed(band, box, frame), image.dpi) for frame in frames),
                (box.left - frames[0], top + box.top - frames[0]),
            )
    return Folio()


def figures(band: Pixels, level: float, x_height: float) -> Box | None:
    """Return where in *band* one to three figures stand side by side with nothing else near."""
    ink = (band <= level).astype(np.uint8)
    low, high = (part * x_height for part in HEIGHT)
    narrow, wide = (part * x_height for part in WIDTH)
    large = [Box(*box) for box in label(ink)[1].boxes() if box[3] >= low]
    if not 1 <= len(large) <= FIGURES:
        return None
    left, right = min(box.left for box in large), max(box.right for box in large)
    top, bottom = min(box.top for box in large), max(box.bottom for box in large)
    shaped = all(box.height <= high and narrow <= box.width <= wide for box in large)
    beside = bottom - top <= high and right - left <= len(large) * wide
    within = ACROSS[0] * band.shape[1] < left < right < ACROSS[1] * band.shape[1]
    return Box(left, top, right - left, bottom - top) if shaped and beside and within else None


def framed(band: Pixels, box: Box, frame: int) -> Pixels:
    """Return the figures alone, with *frame* pixels of paper around them."""
    part = band[box.top : box.bottom, box.left : box.right]
    return np.pad(part, frame, constant_values=paper_level(band))


def is_number(strip: Strip) -> bool:
    """Tell whether a line is one number that Tesseract is sure of."""
    if len(strip.words) != 1:
        return False
    word = strip.words[0]
    return word.ocr.isdecimal() and len(word.ocr) <= FIGURES and (word.confidence or 0) >= CERTAIN

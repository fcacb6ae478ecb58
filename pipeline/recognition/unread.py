"""The second look: ink of the size of letters that Tesseract passed over.

Tesseract takes what touches a seal, and on a turned page sometimes half of the text, for a picture
and says nothing about it. So what was read is painted over, the letters that are left are gathered
into regions, and each region is read again as one block.

What always holds: nothing that was read the first time is touched, no ink is read twice, and a line
counts only when Tesseract is fairly sure of it: most of what is left is seals and signatures. A
number alone counts where it stands on a line of text, and is in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

import cv2
import numpy as np

from pipeline.components import label
from pipeline.image import PageImage, Pixels, middle_level, paper_level
from pipeline.model import Box
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.lone import on_a_line, with_numbers
from pipeline.recognition.stack import read_all
from pipeline.settings import RecognitionSettings

LETTERS: Final = 4  # fewer letters than this make no region
REGIONS: Final = 8  # regions read at most, those with most letters first: speckle has no end
CERTAIN: Final = 0.7  # mean confidence, by characters, from which a line counts
PALE: Final = 0.45  # of the way from print to paper: what is paler is left out of the second look
VERY_CERTAIN: Final = 0.9  # confidence of words that vouch for others of their line
STAMPED_INK: Final = 128  # level up to which stamped text is ink: it is black on white

# Lengths in x-heights.
MARGIN: Final = 0.4  # around a word's box: marks above and below, and the box's own error
LETTER_HEIGHT: Final = (0.7, 2.2)
LETTER_WIDTH: Final = (0.2, 3.0)
REACH: Final = (3.0, 2.5)  # letters this near, across and down, are one region
FRAME: Final = 1.5  # white around a region, which Tesseract wants


def look_again(
    image: PageImage, strips: Sequence[Strip], settings: RecognitionSettings
) -> tuple[Strip, ...]:
    """Return *strips* with the lines of *image* that are not among them, and the lines' numbers.

    Args:
        image: the whole page, grey.
        strips: what was read on it.
        settings: as for the first reading.

    Raises:
        VanbanError: as :func:`pipeline.tesseract.hocr`.
    """
    if not strips:
        return ()
    x_height = median(strip.x_height for strip in strips)
    page = image.pixels
    # What is ink is decided on the whole page: on an emptied one it would be the paper's grain.
    level = image.ink_level
    paper = paper_level(page)
    left = without(page, strips, x_height, paper)
    # Seals and stamps in a grey scan are paler than print.
    if page.min() <= level:
        printed = middle_level(page, int(level) + 1)
        pale = np.arange(256) > printed + PALE * (paper - printed)
        levels = np.where(pale, paper, np.arange(256)).astype(np.uint8)
        left = np.asarray(cv2.LUT(left, levels), np.uint8)
    read = _read(PageImage(left, image.dpi), level, x_height, settings, strips)
    return (*with_numbers(strips, read), *filter(certain, read))


def read_stamped(
    stamped: PageImage, x_height: float, settings: RecognitionSettings
) -> tuple[Strip, ...]:
    """Return the lines that are stamped on a page in coloured ink, as far as they can be read.

    Names in script type mostly cannot: then there is no line.

    Args:
        stamped: the stamped text alone, black on white.
        x_height: of the page's small letters.
        settings: as for the first reading.

    Raises:
        VanbanError: as :func:`pipeline.tesseract.hocr`.
    """
    image = PageImage(stamped.pixels.copy(), stamped.dpi)
    return tuple(filter(certain, _read(image, STAMPED_INK, x_height, settings)))


def _read(
    image: PageImage,
    level: float,
    x_height: float,
    settings: RecognitionSettings,
    strips: Sequence[Strip] = (),
) -> tuple[Strip, ...]:
    """Return the lines of each region of letters; paints over what it reads.

    Args:
        image: what was left over of the page.
        level: pixels up to this grey value are ink.
        x_height: of its small letters.
        settings: of this stage.
        strips: what was read; a figure on one of these lines is a region, too.
    """
    left = image.pixels
    paper = paper_level(left)
    frame = round(FRAME * x_height)
    places: list[tuple[int, int]] = []
    parts: list[PageImage] = []
    for box in regions(left, level, x_height, strips):
        x, y = max(0, box.left - frame), max(0, box.top - frame)
        part = left[y : box.bottom + frame, x : box.right + frame]
        places.append((x, y))
        parts.append(PageImage(part.copy(), image.dpi))
        part[:] = paper
    return tuple(
        strip.moved(*place)
        for place, read in zip(places, read_all(parts, settings), strict=True)
        for strip in read
    )


def without(page: Pixels, strips: Sequence[Strip], x_height: float, paper: int) -> Pixels:
    """Return a copy of the grey *page* with every word of *strips* in the colour of the *paper*."""
    left = page.copy()
    margin = round(MARGIN * x_height)
    for strip in strips:
        for box in map(word_box, strip.words):
            rows = slice(max(0, box.top - margin), box.bottom + margin)
            left[rows, max(0, box.left - margin) : box.right + margin] = paper
    return left


def regions(page: Pixels, level: float, x_height: float, strips: Sequence[Strip] = ()) -> list[Box]:
    """Return where letters stand together on the grey *page*, those with most letters first.

    Args:
        page: without what was read.
        level: pixels up to this grey value are ink.
        x_height: of the page's small letters.
        strips: what was read; a few figures are enough on one of these lines.
    """
    # Small letters of ten pixels are enough to tell letters from other ink, and much faster.
    scale = max(1, round(x_height / 10))
    small = cv2.resize(page, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    size = x_height / scale
    _, ink = cv2.threshold(small, level, 255, cv2.THRESH_BINARY_INV)
    low, high = LETTER_HEIGHT
    narrow, wide = LETTER_WIDTH
    letters = [
        (x, y, width, height)
        for x, y, width, height in label(np.asarray(ink, np.uint8))[1].boxes()
        if low * size <= height <= high * size and narrow * size <= width <= wide * size
    ]
    across, down = (round(reach * size) for reach in REACH)
    field = np.zeros((small.shape[0] + 2 * down, small.shape[1] + 2 * across), np.uint8)
    for x, y, width, height in letters:
        field[y + down : y + down + height, x + across : x + across + width] = 255
    joined = cv2.morphologyEx(
        field, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (across, down))
    )
    labels, areas = label(np.asarray(joined, np.uint8))
    counts = np.bincount(
        [labels[y + down + h // 2, x + across + w // 2] for x, y, w, h in letters],
        minlength=len(areas) + 1,
    )[1:]
    boxes = [
        Box((left - across) * scale, (top - down) * scale, width * scale, height * scale)
        for left, top, width, height in areas.boxes()
    ]
    order = np.argsort(-counts, kind="stable").tolist()
    return [boxes[at] for at in order if counts[at] >= LETTERS or on_a_line(boxes[at], strips)][
        :REGIONS
    ]


def certain(strip: Strip) -> bool:
    """Return whether *strip* is text: it has a few letters, and Tesseract is fairly sure of it.

    Either it is sure of the whole line, or very sure of two words and of half of the line: the
    first word of a name may lie under a seal.
    """
    letters = sum(char.isalpha() for word in strip.words for char in word.ocr)
    length = sum(len(word.ocr) for word in strip.words)
    trust = sum(len(word.ocr) * (word.confidence or 0.0) for word in strip.words)
    plain = [
        word
        for word in strip.words
        if len(word.ocr) > 1 and word.ocr.isalpha() and (word.confidence or 0.0) >= VERY_CERTAIN
    ]
    sure = len(plain) > 1 and 2 * sum(len(word.ocr) for word in plain) >= length
    return letters >= LETTERS and (sure or trust >= CERTAIN * length)

"""Bold and italic, measured on the picture: Tesseract's models know nothing of the type face.

Bold print has strokes a third thicker than most of the page. In italic print more ink stands up to
the right of other ink than straight above it. Slant is judged together with the neighbours, for
short round words hardly show it.

What always holds: only ``bold`` and ``italic`` of words change; a mark is set like the word before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import PageImage
from pipeline.model import Word, replace
from pipeline.recognition.hocr import Strip, word_box

THICKER: Final = 1.19  # stroke over that of most words; bold print has 1.25 to 1.5, other to 1.12
SLANTED: Final = 1.08  # ink up to the right over ink above; italic print has 1.2 to 1.6, other 0.9
RISE: Final = 0.5  # in x-heights: how far above the other ink is looked for
SLANT: Final = 14.0  # degrees
APART: Final = 2.0  # heights of a word: the next word that far away is in another column
LEAST: Final = 3  # letters of words that tell how thick most strokes are

Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Measure:
    """A word's stroke in pixels, and how much ink has other ink to its upper right or above it."""

    stroke: float
    right: int
    above: int


def with_faces(image: PageImage, strips: Sequence[Strip], x_height: float) -> tuple[Strip, ...]:
    """Return *strips* with the type face of their words.

    Args:
        image: the page, grey.
        strips: what was read on it.
        x_height: of its small letters, in pixels.
    """
    measures = _measures(image, strips, x_height)
    usual = [
        measure.stroke
        for strip, row in zip(strips, measures, strict=True)
        for word, measure in zip(strip.words, row, strict=True)
        if len(word.ocr) >= LEAST
    ]
    if not usual:
        return tuple(strips)
    bold_from = THICKER * float(np.median(usual))
    return tuple(
        strip.part(_faced(strip.words, row, bold_from))
        for strip, row in zip(strips, measures, strict=True)
    )


def _measures(image: PageImage, strips: Sequence[Strip], x_height: float) -> list[list[_Measure]]:
    """Measure every word of every strip."""
    ink = (image.pixels <= image.ink_level).astype(np.uint8)
    inner = cv2.erode(ink, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))
    edges = np.asarray(cv2.subtract(ink, inner), np.uint8)
    rise = max(2, round(RISE * x_height))
    aside = round(rise * math.tan(math.radians(SLANT)))
    above, right = np.zeros_like(ink), np.zeros_like(ink)
    above[rise:] = ink[rise:] & ink[:-rise]
    right[rise:, : -aside or None] = ink[rise:, : -aside or None] & ink[:-rise, aside:]
    masks = ink, edges, right, above
    return [[_measured(word, masks) for word in strip.words] for strip in strips]


def _measured(word: Word, masks: Sequence[Mask]) -> _Measure:
    box = word_box(word)
    inside = np.s_[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    area, edge, right, above = (cv2.countNonZero(mask[inside]) for mask in masks)
    return _Measure(2 * area / max(1, edge), right, above)


def _faced(words: Sequence[Word], row: Sequence[_Measure], bold_from: float) -> list[Word]:
    """Return the words of one line with their faces."""
    found: list[Word] = []
    for at, word in enumerate(words):
        if not any(map(str.isalnum, word.ocr)) and found:
            found.append(replace(word, bold=found[-1].bold, italic=found[-1].italic))
            continue
        near = [other for other in (at - 1, at + 1) if _near(words, at, other)]
        beside = [row[at], row[at], *(row[other] for other in near)]
        right, above = sum(m.right for m in beside), sum(m.above for m in beside)
        italic = right > SLANTED * above
        found.append(replace(word, bold=row[at].stroke >= bold_from, italic=italic))
    return found


def _near(words: Sequence[Word], at: int, other: int) -> bool:
    """Whether there is a word *other* in the same column as the word *at*, beside it."""
    if not 0 <= other < len(words):
        return False
    left, right = (word_box(words[index]) for index in sorted((at, other)))
    return right.left - left.right < APART * max(left.height, right.height)

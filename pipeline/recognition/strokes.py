"""Numerals of nothing but strokes (``II.``, ``11``): as many letters as the picture has strokes.

Tesseract reads ``III.`` as ``II.`` and is sure of it. What always holds: words stay as they were
read; one that has more or fewer letters than strokes is marked as doubtful, which no later stage
takes back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.image import PageImage, Pixels
from pipeline.model import Word
from pipeline.recognition.doubt import with_doubt
from pipeline.recognition.hocr import Strip, word_box

_STROKES: Final = re.compile(r"(I{1,3}|1{1,3})([.,)/]?)")
_UPRIGHT: Final = frozenset(")/")  # signs that are seen as one more stroke
# In x-heights above the baseline: over the feet of letters and a point, under the flag of a 1.
_MIDDLE: Final = (0.5, 1.0)
_SEEN: Final = 0.5  # of these rows in which a stroke is seen


def with_miscounted_doubted(image: PageImage, strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """Return *strips* with the numerals doubted that have not as many letters as strokes.

    Args:
        image: the page, grey.
        strips: what was read on it.
    """
    if not any(_STROKES.fullmatch(word.ocr) for strip in strips for word in strip.words):
        return tuple(strips)
    page, level = image.pixels, image.ink_level

    def checked(strip: Strip, word: Word) -> Word:
        found = _STROKES.fullmatch(word.ocr)
        if found is None:
            return word
        number = len(found[1]) + (found[2] in _UPRIGHT)
        return word if _strokes(page, strip, word, level) == number else with_doubt(word)

    return tuple(strip.part([checked(strip, word) for word in strip.words]) for strip in strips)


def _strokes(page: Pixels, strip: Strip, word: Word, level: float) -> int:
    """Return how many upright strokes stand side by side where a word of a line was read."""
    box = word_box(word)
    baseline = strip.base + strip.slope * box.middle
    bottom, top = (max(0, round(baseline - part * strip.x_height)) for part in _MIDDLE)
    ink = page[top:bottom, max(0, box.left) : box.right] <= level
    if not ink.size:
        return 0
    seen = (ink.mean(axis=0) >= _SEEN).astype(np.int8)
    return int(np.count_nonzero(np.diff(seen, prepend=0) > 0))

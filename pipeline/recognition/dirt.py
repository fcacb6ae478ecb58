"""Figures and letters read from dirt: specks that are lower than anything printed.

What always holds: words stay as they were read and where they are; those that no print can be the
cause of are only no longer trusted, so that none comes out unmarked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from pipeline.image import PageImage
from pipeline.model import Word
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.surer import speaks

# In x-heights of the page: figures of the smallest notes are higher, dots and most specks lower.
LOWEST: Final = 0.4
TRUST: Final = 0.1  # in what is lower


def without_trust_in_dirt(
    image: PageImage, strips: Sequence[Strip], x_height: float
) -> tuple[Strip, ...]:
    """Return *strips* with no confidence in words whose ink is too low for a figure or a letter.

    Args:
        image: the page, grey.
        strips: what was read on it.
        x_height: of its small letters, in pixels.
    """
    page, level = image.pixels, image.ink_level

    def is_dirt(word: Word) -> bool:
        box = word_box(word)
        if not speaks(word.ocr):
            return False
        part = page[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
        return int(np.count_nonzero((part <= level).any(axis=1))) < LOWEST * x_height

    def trusted(word: Word) -> Word:
        low = min(word.confidence or 0.0, TRUST)
        return replace(word, confidence=low, choices=()) if is_dirt(word) else word

    return tuple(strip.part(list(map(trusted, strip.words))) for strip in strips)

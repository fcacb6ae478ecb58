"""Ink that Tesseract read twice: two lines of its answer over the same words of the page.

It happens where a line is set slightly aside from its neighbours. Of two readings of a word the
surer one is kept, in the line that was read first. What always holds: a line is left out only when
each of its words, two at least, lies over a word of one other line; boxes of neighbouring lines may
reach into each other, but not all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.model import Word, replace
from pipeline.recognition.hocr import Strip, word_box

COVERED: Final = 0.5  # of the smaller width and of the smaller height
LETTERS: Final = 2  # of a word: marks lie over everything
LEAST: Final = 2  # words of a line


def read_once(strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """Return *strips* without second readings of the same ink."""
    kept: list[Strip] = []
    for strip in strips:
        spoken = [word for word in strip.words if _speaks(word)]
        for at, other in enumerate(kept):
            places = [_same(word, other) for word in spoken]
            if len(places) >= LEAST and None not in places:
                kept[at] = _surest(other, spoken, places)
                break
        else:
            kept.append(strip)
    return tuple(kept)


def _same(word: Word, strip: Strip) -> int | None:
    """Return which word of *strip* is the same ink."""
    box = word_box(word)
    for index, other in enumerate(strip.words):
        its = word_box(other)
        across = min(box.right, its.right) - max(box.left, its.left)
        down = min(box.bottom, its.bottom) - max(box.top, its.top)
        wide = across >= COVERED * min(box.width, its.width)
        if _speaks(other) and wide and down >= COVERED * min(box.height, its.height):
            return index
    return None


def _surest(strip: Strip, readings: Sequence[Word], places: Sequence[int | None]) -> Strip:
    words = list(strip.words)
    for word, place in zip(readings, places, strict=True):
        if place is not None:
            words[place] = _surer(words[place], word)
    return strip.part(words)


def _speaks(word: Word) -> bool:
    return sum(map(str.isalnum, word.ocr)) >= LETTERS


def _surer(word: Word, other: Word) -> Word:
    if (other.confidence or 0.0) <= (word.confidence or 0.0):
        return word
    return replace(word, ocr=other.ocr, confidence=other.confidence, choices=other.choices)

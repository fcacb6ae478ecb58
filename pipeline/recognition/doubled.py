"""Ink that Tesseract read twice: two lines of its answer over the same words of the page.

It happens where a line is set slightly aside from its neighbours. Of two readings of a word the
surer one is kept, in the line that was read first. What always holds: a word is left out only when
another one, of at least two letters like itself, covers half of the smaller of their boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.model import Word, replace
from pipeline.recognition.hocr import Strip, shared_area, word_box

COVERED: Final = 0.5  # share of the smaller box
LETTERS: Final = 2


def read_once(strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """Return *strips* without second readings of the same ink."""
    kept: list[Strip] = []
    for strip in strips:
        rest: list[Word] = []
        for word in strip.words:
            place = _same(word, kept)
            if place is None:
                rest.append(word)
                continue
            at, index = place
            words = list(kept[at].words)
            words[index] = _surer(words[index], word)
            kept[at] = kept[at].part(words)
        if rest:
            kept.append(strip if len(rest) == len(strip.words) else strip.part(rest))
    return tuple(kept)


def _same(word: Word, strips: Sequence[Strip]) -> tuple[int, int] | None:
    """Return the line and the place of the word among *strips* that is the same ink."""
    if not _speaks(word):
        return None
    box = word_box(word)
    for at, strip in enumerate(strips):
        if strip.box.bottom <= box.top or box.bottom <= strip.box.top:
            continue
        for index, other in enumerate(strip.words):
            its = word_box(other)
            smaller = min(box.width * box.height, its.width * its.height)
            if _speaks(other) and shared_area(box, its) >= COVERED * smaller:
                return at, index
    return None


def _speaks(word: Word) -> bool:
    return sum(map(str.isalnum, word.ocr)) >= LETTERS


def _surer(word: Word, other: Word) -> Word:
    if (other.confidence or 0.0) <= (word.confidence or 0.0):
        return word
    return replace(word, ocr=other.ocr, confidence=other.confidence, choices=other.choices)

"""Ink that Tesseract read twice: two lines of its answer over the same words of the page.

It happens where a line is set slightly aside from its neighbours. Of two readings of a word the
surer one is kept, in the line that was read first. What always holds: words are left out only two
or more in a row, each over another word of one other line that stands on the same baseline. Boxes
of neighbouring lines reach into each other, and a word of the one may lie over two of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.model import Box, Word, replace
from pipeline.recognition.hocr import Strip, word_box

COVERED: Final = 0.5  # of the smaller width and of the smaller height
ONE_LINE: Final = 1.5  # x-heights that the baselines of two readings are apart, at most
LETTERS: Final = 2  # of a word: marks lie over everything
LEAST: Final = 2  # words in a row


def read_once(strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """Return *strips* without second readings of the same ink."""
    kept: list[Strip] = []
    around: list[Box] = []  # all words of each of the kept, as they were first read
    for strip in strips:
        rest = list(strip.words)
        whole = Box.around([word_box(word) for word in rest])
        for at, (other, its) in enumerate(zip(kept, around, strict=True)):
            for run in _doubled(rest, strip, other) if _share(whole, its) else ():
                kept[at] = _surest(kept[at], run)
                doubled = {id(word) for word, _ in run}
                rest = [word for word in rest if id(word) not in doubled]
        if rest:
            around.append(whole)
            kept.append(strip if len(rest) == len(strip.words) else strip.part(rest))
    return tuple(kept)


def _share(one: Box, other: Box) -> bool:
    """Tell whether words in two boxes may be the same ink."""
    across = min(one.right, other.right) > max(one.left, other.left)
    return across and min(one.bottom, other.bottom) > max(one.top, other.top)


def _doubled(words: Sequence[Word], strip: Strip, other: Strip) -> list[list[tuple[Word, int]]]:
    """Return runs of *words* of *strip* that lie over words of *other*, with the place of each."""
    runs: list[list[tuple[Word, int]]] = [[]]
    for word in words:
        place = _same(word, other) if _speaks(word) and _on_one_line(word, strip, other) else None
        if place is not None:
            runs[-1].append((word, place))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len({place for _, place in run}) >= LEAST]


def _on_one_line(word: Word, strip: Strip, other: Strip) -> bool:
    x = word_box(word).middle
    apart = abs(strip.base + strip.slope * x - other.base - other.slope * x)
    return apart <= ONE_LINE * min(strip.x_height, other.x_height)


def _same(word: Word, strip: Strip) -> int | None:
    """Return which word of *strip* is the same ink."""
    box = word_box(word)
    for index, other in enumerate(strip.words):
        its = word_box(other)
        across = min(box.right, its.right) - max(box.left, its.left)
        down = min(box.bottom, its.bottom) - max(box.top, its.top)
        wide = across >= COVERED * min(box.width, its.width)
        if wide and down >= COVERED * min(box.height, its.height) and _speaks(other):
            return index
    return None


def _surest(strip: Strip, run: Sequence[tuple[Word, int]]) -> Strip:
    words = list(strip.words)
    for word, place in run:
        words[place] = _surer(words[place], word)
    return strip.part(words)


def _speaks(word: Word) -> bool:
    return sum(map(str.isalnum, word.ocr)) >= LETTERS


def _surer(word: Word, other: Word) -> Word:
    if (other.confidence or 0.0) <= (word.confidence or 0.0):
        return word
    return replace(word, ocr=other.ocr, confidence=other.confidence, choices=other.choices)

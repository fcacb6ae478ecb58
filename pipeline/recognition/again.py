"""Words that the reader was unsure of, read once more with their neighbours at another size.

Tesseract errs by chance: the same words a little larger or smaller is read right as often as wrong,
and rarely wrong in the same way. Of two readings of an unsure word the surer one is kept. Where
they differ in a figure, neither is trusted: the figure is marked as doubtful later.

What always holds: words stay in number, order and place; pages without an unsure word cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.image import PageImage
from pipeline.model import Box, Word
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.stack import Stack, stacked

UNSURE: Final = 0.8  # confidence of a word below which it is read once more
OPEN: Final = 0.9  # and below which a surer reading takes the place of the first one
DISPUTED: Final = 0.5  # confidence, at most, of a figure that was read in two ways
SMALLER: Final = 0.85  # size of the second reading: quicker than a larger one and as good
NEIGHBOURS: Final = 1  # words to either side that are read again with an unsure one
SAME: Final = 0.5  # share of the boxes of two readings that they have in common

# Lengths in x-heights.
MARGIN: Final = 0.7  # around a line: marks above and below
BETWEEN: Final = 1.0  # paper between lines


@dataclass(frozen=True, slots=True)
class Unsure:
    """The unsure words of a page with their neighbours, to be read once more.

    Attributes:
        stack: how they are shown to Tesseract.
        places: the line of each part of the stack, as its number among the page's.
    """

    stack: Stack = field(default_factory=Stack)
    places: tuple[int, ...] = ()

    def decided(
        self, strips: Sequence[Strip], read: Sequence[Sequence[Strip]]
    ) -> tuple[Strip, ...]:
        """Return *strips* with each unsure word in the surer of its readings.

        Args:
            strips: the lines of the page.
            read: the lines read in each picture of the stack.
        """
        second: dict[int, list[Word]] = {}
        for number, strip in self.stack.lines(read):
            second.setdefault(self.places[number], []).extend(strip.words)
        return tuple(
            strip.part([_surer(word, second[at]) for word in strip.words])
            if at in second
            else strip
            for at, strip in enumerate(strips)
        )


def find_unsure(image: PageImage, strips: Sequence[Strip], x_height: float) -> Unsure:
    """Return the words of *strips* to be read once more.

    Args:
        image: the page, grey.
        strips: what was read on it.
        x_height: of its small letters, in pixels.
    """
    places = [(at, run) for at, strip in enumerate(strips) for run in _runs(strip.words)]
    margin = round(MARGIN * x_height)
    boxes = [
        _around(Box.around([word_box(word) for word in strips[at].words[run]]), margin, image)
        for at, run in places
    ]
    stack = stacked(image, boxes, round(BETWEEN * x_height), SMALLER)
    return Unsure(stack, tuple(at for at, _ in places))


def _runs(words: Sequence[Word]) -> list[slice]:
    """Return where the unsure words of a line stand, each with its neighbours."""
    runs: list[slice] = []
    for at, word in enumerate(words):
        if not _is_unsure(word):
            continue
        start, stop = max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1
        if runs and start <= runs[-1].stop:
            runs[-1] = slice(runs[-1].start, stop)
        else:
            runs.append(slice(start, stop))
    return runs


def _is_unsure(word: Word) -> bool:
    return word.confidence is not None and word.confidence < UNSURE and _speaks(word.ocr)


def _speaks(text: str) -> bool:
    return any(map(str.isalnum, text))


def _around(box: Box, margin: int, image: PageImage) -> Box:
    """Return *box* with a margin, inside the page."""
    left, top = max(0, box.left - margin), max(0, box.top - margin)
    right, bottom = min(image.width, box.right + margin), min(image.height, box.bottom + margin)
    return Box(left, top, right - left, bottom - top)


def _surer(word: Word, others: Sequence[Word]) -> Word:
    """Return *word* in the surer of its readings, with less confidence where figures differ.

    A reading that has lost figures of the other one is never taken.
    """
    other = _joined([other for other in others if _inside(other, word) >= SAME])
    if other is None or _overlap(word, other) < SAME or other.ocr == word.ocr:
        return word
    mine, its = word.confidence or 0.0, other.confidence or 0.0
    best = word
    loses = _figures(other.ocr) < _figures(word.ocr)
    if mine < OPEN and its > mine and _speaks(other.ocr) and not loses:
        best = replace(word, ocr=other.ocr, confidence=its, choices=other.choices)
    disputed = _figures(word.ocr + other.ocr) > 0
    return replace(best, confidence=min(mine, its, DISPUTED)) if disputed else best


def _joined(words: Sequence[Word]) -> Word | None:
    """Return words that were read in the place of one as one word, as sure as its weakest part."""
    if len(words) < 2:
        return words[0] if words else None
    in_order = sorted(words, key=lambda word: word_box(word).left)
    return Word(
        "".join(word.ocr for word in in_order),
        min(word.confidence or 0.0 for word in in_order),
        Box.around([word_box(word) for word in in_order]),
    )


def _figures(text: str) -> int:
    return sum(map(str.isdigit, text))


def _overlap(one: Word, other: Word) -> float:
    """Return the share of two words' boxes that they have in common."""
    shared = _shared(one, other)
    return shared / (_area(one) + _area(other) - shared)


def _inside(one: Word, other: Word) -> float:
    """Return the share of one word's box that lies in the other's."""
    return _shared(one, other) / max(1, _area(one))


def _shared(one: Word, other: Word) -> int:
    a, b = word_box(one), word_box(other)
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(0, across) * max(0, down)


def _area(word: Word) -> int:
    box = word_box(word)
    return box.width * box.height

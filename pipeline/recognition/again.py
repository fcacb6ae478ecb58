"""Words that the reader was unsure of, read once more with their neighbours at another size.

Tesseract errs by chance: the same words a little larger or smaller is read right as often as wrong,
and rarely wrong in the same way. Of two readings the surer one is kept
(:mod:`pipeline.recognition.surer`). What always holds: pages without an unsure word cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.image import PageImage
from pipeline.model import Box, Word
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.stack import Stack, stacked
from pipeline.recognition.surer import speaks, surer

UNSURE: Final = 0.8  # confidence of a word below which it is read once more
UNSURE_FIGURE: Final = 0.92  # the same of a word with a figure, which no dictionary vouches for
SMALLER: Final = 0.85  # size of the second reading: quicker than a larger one and as good
NEIGHBOURS: Final = 1  # words to either side that are read again with an unsure one

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
        found: dict[int, list[Strip]] = {}
        for number, strip in self.stack.lines(read):
            found.setdefault(number, []).append(strip)
        boxes = {piece.number: piece.box for pieces in self.stack.pieces for piece in pieces}
        second: dict[int, list[Word]] = {}
        for number, lines in found.items():
            words = (word for line in _own(lines, boxes[number]) for word in line.words)
            second.setdefault(self.places[number], []).extend(words)
        return tuple(
            strip.part(surer(strip.words, second[at], strip.x_height)) if at in second else strip
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


def _own(strips: Sequence[Strip], box: Box) -> list[Strip]:
    """Return those of *strips*, as they were read in *box*, that are the line in its middle.

    Around a word with marks the lines above and below it are seen as well.
    """
    line = min(strips, key=lambda strip: abs(_middle(strip.box) - _middle(box))).box
    return [strip for strip in strips if line.top <= _middle(strip.box) <= line.bottom]


def _middle(box: Box) -> float:
    return box.top + box.height / 2


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
    least = UNSURE_FIGURE if any(map(str.isdigit, word.ocr)) else UNSURE
    return word.confidence is not None and word.confidence < least and speaks(word.ocr)


def _around(box: Box, margin: int, image: PageImage) -> Box:
    """Return *box* with a margin, inside the page."""
    left, top = max(0, box.left - margin), max(0, box.top - margin)
    right, bottom = min(image.width, box.right + margin), min(image.height, box.bottom + margin)
    return Box(left, top, right - left, bottom - top)

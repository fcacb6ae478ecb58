"""Two columns that were read as one: each is read once more, apart from the other.

Beside large print Tesseract loses small print that stands on the same line (``- Như trên;`` beside
``PHÓ CHỦ TỊCH``): it takes both for one line and reads them at one size. Where a line runs across
the gutter of a header or a signature block and was read badly on one side, that column is read as a
block of its own.

What always holds: pages without such a line cost nothing, only lines that are sure count, a word
gives way only to what is read better from the same ink, and figures that were read in two ways are
not trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.image import PageImage, Ruling
from pipeline.model import Box, Word
from pipeline.recognition import layout
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.stack import Stack, stacked
from pipeline.recognition.surer import disputed, shared_area

BAD: Final = 0.5  # confidence of a word below which its column is read again
CERTAIN: Final = 0.7  # mean confidence, by letters, from which a line counts
BETTER: Final = 0.5  # of a sure letter that must be won
FEWEST: Final = 3  # letters of a line that counts
COVERED: Final = 0.5  # of a word's box: then both are of the same ink

# Lengths in x-heights.
MARGIN: Final = 0.7  # around a column: marks above and below
FRAME: Final = 1.0  # paper around it


@dataclass(frozen=True, slots=True)
class Apart:
    """The columns of a page that are to be read once more.

    Attributes:
        stacks: one for each, with one picture.
    """

    stacks: tuple[Stack, ...] = ()

    @property
    def pictures(self) -> tuple[PageImage, ...]:
        """What Tesseract is to read, each as one block."""
        return tuple(picture for stack in self.stacks for picture in stack.pictures)

    def decided(
        self, strips: Sequence[Strip], read: Sequence[Sequence[Strip]]
    ) -> tuple[Strip, ...]:
        """Return *strips* with the lines that were *read* better in their place.

        Args:
            strips: the lines of the page.
            read: the lines read in each picture.
        """
        found: list[Strip] = []
        rest = iter(read)
        for stack in self.stacks:
            own = [next(rest) for _ in stack.pictures]
            found += [strip for _, strip in stack.lines(own) if _is_sure(strip.words)]
        words = [word for strip in strips for word in strip.words]
        better: list[Strip] = []
        for strip in found:
            before = [word for word in words if _covered(word, [strip]) >= COVERED]
            if _sure_letters(strip.words) >= _sure_letters(before) + BETTER:
                better.append(_disputed(strip, before))
        if not better:
            return tuple(strips)
        kept = ([w for w in strip.words if _covered(w, better) < COVERED] for strip in strips)
        parts = [strip.part(words) for strip, words in zip(strips, kept, strict=True) if words]
        return (*parts, *better)


def find_apart(
    image: PageImage, strips: Sequence[Strip], rulings: Sequence[Ruling], x_height: float
) -> Apart:
    """Return the columns of a page to be read once more.

    Args:
        image: the page, grey.
        strips: what was read on it.
        rulings: its printed lines.
        x_height: of its small letters, in pixels.
    """
    if not any(_is_hardly_read(strip.words) for strip in strips):
        return Apart()
    rest = sorted(strips, key=layout.height_of)
    boxes = [
        _column(rest[zone.start : zone.stop], zone.gutter, image, x_height, left=left)
        for zone in layout.zones(rest, image.height, rulings)
        for left in (True, False)
        if _is_bad(rest[zone.start : zone.stop], zone.gutter, left=left)
    ]
    return Apart(tuple(stacked(image, [box], round(FRAME * x_height)) for box in boxes))


def _is_bad(strips: Sequence[Strip], gutter: float, *, left: bool) -> bool:
    """Tell whether a column has a word that was hardly read in a line that runs across both."""
    for strip in strips:
        own = layout.side(strip, gutter, left=left)
        if own is None or len(own.words) == len(strip.words):
            continue
        if _is_hardly_read(own.words):
            return True
    return False


def _is_hardly_read(words: Sequence[Word]) -> bool:
    return any((word.confidence or 0.0) < BAD for word in words)


def _column(
    strips: Sequence[Strip], gutter: float, image: PageImage, x_height: float, *, left: bool
) -> Box:
    """Return where a column stands, up to the gutter."""
    around = Box.around([strip.box for strip in strips])
    margin = round(MARGIN * x_height)
    top, bottom = max(0, around.top - margin), min(image.height, around.bottom + margin)
    start = max(0, around.left - margin) if left else round(gutter)
    stop = round(gutter) if left else min(image.width, around.right + margin)
    return Box(start, top, stop - start, bottom - top)


def _is_sure(words: Sequence[Word]) -> bool:
    """Tell whether a line is none of a pen or a seal: those give few letters, or unsure ones."""
    count = sum(map(_letters, words))
    return count >= FEWEST and _sure_letters(words) >= CERTAIN * count


def _sure_letters(words: Sequence[Word]) -> float:
    """Return how many letters and figures the words have, each as far as it is sure."""
    return sum(_letters(word) * (word.confidence or 0.0) for word in words)


def _letters(word: Word) -> int:
    return sum(map(str.isalnum, word.ocr))


def _disputed(strip: Strip, before: Sequence[Word]) -> Strip:
    """Return a line with no trust in figures that were read otherwise *before*."""
    same = {word.ocr for word in before}
    return strip.part([word if word.ocr in same else disputed(word) for word in strip.words])


def _covered(word: Word, strips: Sequence[Strip]) -> float:
    """Return the share of a word's box that lies in the boxes of *strips*."""
    own = word_box(word)
    shared = sum(shared_area(own, strip.box) for strip in strips)
    return shared / max(1, own.width * own.height)

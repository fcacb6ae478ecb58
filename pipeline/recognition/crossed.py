"""Words with a line through them: the streak of a scanner, a fold, the stroke of a pen.

The line was taken out of the picture, and with it parts of the letters that it covered. What is
left often looks like another word or figure, and is read with ease. What always holds: words stay
as they were read and where they are; of those that were crossed, figures and what was not surely
read are marked as doubtful, which no later stage takes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.image import Ruling
from pipeline.model import Word
from pipeline.recognition.doubt import with_doubt
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.surer import speaks

HIGHEST: Final = 1.6  # in x-heights above the baseline: so high reach capitals and marks
LOWEST: Final = 0.15  # and below it: feet of letters stand there; underlines are lower
SHARE: Final = 0.5  # of a word's width that a line across crosses
SURE: Final = 0.94  # confidence from which a damaged word without figures is trusted
INSIDE: Final = 0.15  # in x-heights: a line that runs down is so far from either end of a word


def with_crossed_doubted(strips: Sequence[Strip], rulings: Sequence[Ruling]) -> tuple[Strip, ...]:
    """Return *strips* with the words doubted that one of *rulings* may have changed.

    Args:
        strips: what was read on a page.
        rulings: its printed lines, which were taken out.
    """
    return tuple(_doubted(strip, rulings) for strip in strips)


def _doubted(strip: Strip, rulings: Sequence[Ruling]) -> Strip:
    top = strip.baseline - HIGHEST * strip.x_height
    bottom = strip.baseline + LOWEST * strip.x_height
    across = [line for line in rulings if line.horizontal and top < line.top < bottom]
    down = [
        line
        for line in rulings
        if not line.horizontal and line.top < bottom - strip.x_height / 2 < line.bottom
    ]
    if not across and not down:
        return strip
    edge = INSIDE * strip.x_height

    def is_crossed(word: Word) -> bool:
        box = word_box(word)
        if any(box.left + edge < line.left < box.right - edge for line in down):
            return True
        covered = (min(box.right, line.right) - max(box.left, line.left) for line in across)
        return max(covered, default=0) >= SHARE * box.width

    words = [
        with_doubt(word) if _may_be_wrong(word) and is_crossed(word) else word
        for word in strip.words
    ]
    return strip.part(words)


def _may_be_wrong(word: Word) -> bool:
    """Tell whether a word, if it was damaged, may be another: a figure, or one not surely read."""
    if any(map(str.isdigit, word.ocr)):
        return True
    return speaks(word.ocr) and (word.confidence or 0.0) < SURE

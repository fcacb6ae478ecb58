"""Leaders put back: the dots that imaging took out stand between the words they lead from and to.

A lone number at the end of a leader is passed over by Tesseract when it reads the page, and is read
by itself. What always holds: no word is lost or changed; words that a leader joins are on one line,
unless a rule parts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.image import Leader, PageImage, Ruling
from pipeline.model import Box, Word
from pipeline.recognition.cells import ink_box
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.stack import read_all, stacked
from pipeline.settings import RecognitionSettings

SURE: Final = 0.95  # confidence of dots: they were counted
SHORTEST: Final = 6  # dots

# Lengths in x-heights.
NEAR: Final = 2.0  # between a leader and what it leads to
LEVEL: Final = 0.5  # between its dots and the line they stand on
NUMBER: Final = 6.0  # from its end to that of the number of a page
LINE: Final = (-1.6, 0.5)  # top and bottom of a line, from its baseline
FRAME: Final = 1.5  # white around what is read by itself


def with_leaders(
    strips: Sequence[Strip], leaders: Sequence[Leader], rulings: Sequence[Ruling], x_height: float
) -> tuple[Strip, ...]:
    """Return *strips* with the *leaders* as words of dots.

    Args:
        strips: what was read on the page without them.
        leaders: of the page.
        rulings: its printed lines.
        x_height: of its small letters, in pixels.
    """
    found = list(strips)
    for leader in sorted(leaders, key=lambda leader: leader.box.left):
        dots = Word("." * leader.dots, SURE, leader.box)
        beside = [strip for strip in found if _stands_beside(strip, leader, rulings, x_height)]
        if not beside:
            found.append(Strip((dots,), 0.0, float(leader.box.bottom), x_height))
            continue
        words = [word for strip in beside for word in strip.words]
        words = sorted([*words, dots], key=lambda word: word_box(word).left)
        at = found.index(beside[0])
        found[at] = beside[0].part(words)
        found = [strip for strip in found if strip not in beside[1:]]
    return tuple(found)


def read_ends(
    image: PageImage,
    strips: Sequence[Strip],
    leaders: Sequence[Leader],
    x_height: float,
    settings: RecognitionSettings,
) -> tuple[Strip, ...]:
    """Return what stands behind *leaders* and is not among *strips*.

    Args:
        image: the page, grey, without its leaders.
        strips: what was read on it.
        leaders: of the page.
        x_height: of its small letters, in pixels.
        settings: of this stage.

    Raises:
        VanbanError: as :func:`pipeline.tesseract.hocr`.
    """
    page, level = image.pixels, image.ink_level
    words = [word_box(word) for strip in strips for word in strip.words]
    behind = [_behind(leader, image, x_height) for leader in leaders]
    inks = [ink_box(page, box, level, x_height) for box in behind]
    unread = [ink for ink in inks if ink and not any(_overlap(ink, word) for word in words)]
    stack = stacked(image, unread, round(FRAME * x_height))
    return tuple(strip for _, strip in stack.lines(read_all(stack.pictures, settings)))


def _behind(leader: Leader, image: PageImage, x_height: float) -> Box:
    """Return where the number that *leader* leads to must stand."""
    left, base = leader.box.right + 1, leader.box.bottom
    right = min(image.width, left + round(NUMBER * x_height))
    top, bottom = (round(base + side * x_height) for side in LINE)
    top, bottom = max(0, top), min(image.height, bottom)
    return Box(left, top, max(0, right - left), bottom - top)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def is_leader(word: Word) -> bool:
    """Tell whether *word* is a leader that was put back."""
    return len(word.ocr) >= SHORTEST and not word.ocr.strip(".")


def _stands_beside(
    strip: Strip, leader: Leader, rulings: Sequence[Ruling], x_height: float
) -> bool:
    """Tell whether a word of *strip* stands at either end of *leader*, on its line."""
    box = leader.box
    baseline = strip.base + strip.slope * box.middle
    if abs(baseline - box.bottom) > LEVEL * x_height:
        return False
    ends = [(word_box(word).right, box.left) for word in strip.words]
    ends += [(box.right, word_box(word).left) for word in strip.words]
    return any(
        abs(right - left) <= NEAR * x_height and not _parted(left, right, box.bottom, rulings)
        for left, right in ends
    )


def _parted(left: int, right: int, y: int, rulings: Sequence[Ruling]) -> bool:
    """Tell whether a rule runs down between *left* and *right* at the height *y*."""
    low, high = sorted((left, right))
    return any(
        low <= line.left <= high and line.top < y < line.bottom
        for line in rulings
        if not line.horizontal
    )

"""Numbers alone at the end of a line: the page that a title leads to, a figure far from its name.

Tesseract passes over them when it reads the page, as over specks. What always holds: every word
stays as it was read, and what is put on a line stands on its baseline, is a number, and is in
doubt: a stroke of a pen may look like one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.model import Box
from pipeline.recognition.doubt import with_doubt
from pipeline.recognition.hocr import Strip, word_box

SURE: Final = 0.8  # confidence from which a number counts
_NUMBER: Final = re.compile(r"\d[\d.,/]*")

# In x-heights.
LEVEL: Final = 0.35  # between a number's bottom and the baseline of its line
HEIGHT: Final = (1.1, 1.9)


def on_a_line(box: Box, strips: Sequence[Strip]) -> Strip | None:
    """Return the one of *strips* nearest to *box* of those on whose line it stands, if any do."""
    beside = [strip for strip in strips if _stands_on(box, strip)]
    return min(beside, key=lambda strip: _distance(box, strip.box), default=None)


def with_numbers(strips: Sequence[Strip], read: Sequence[Strip]) -> list[Strip]:
    """Return *strips* with those of the lines *read* that are a number of theirs, in doubt.

    Args:
        strips: of the page.
        read: what was passed over, line by line.
    """
    found = list(strips)
    for each in read:
        line = on_a_line(each.box, strips) if _is_number(each) else None
        if line is None:
            continue
        at = next(at for at, strip in enumerate(found) if strip.words[0] in line.words)
        words = [*found[at].words, *map(with_doubt, each.words)]
        found[at] = found[at].part(sorted(words, key=lambda word: word_box(word).left))
    return found


def _stands_on(box: Box, strip: Strip) -> bool:
    base = strip.base + strip.slope * box.middle
    low, high = (side * strip.x_height for side in HEIGHT)
    return abs(box.bottom - base) <= LEVEL * strip.x_height and low <= box.height <= high


def _distance(one: Box, other: Box) -> int:
    return max(one.left - other.right, other.left - one.right, 0)


def _is_number(strip: Strip) -> bool:
    return all(
        _NUMBER.fullmatch(word.ocr) and (word.confidence or 0.0) >= SURE for word in strip.words
    )

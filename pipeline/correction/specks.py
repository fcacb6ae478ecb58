"""Marks alone between words that are too small to be printed: specks of dust that were read.

A printed mark is as high or as wide as a fifth of the words beside it: a dash is wide, a quotation
mark high, a colon both of its dots. Only a stop is as small as a speck; it may stand apart from its
word at the end of a line, but not at the start of one. What always holds: stops in a row (a blank
to be filled in) stay, and so does what has no words beside it to be measured by.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from pipeline.model import Line, Word

SMALLEST: Final = 0.2  # of the height of words: nothing printed is lower and narrower
_STOP: Final = "."
_DASHES: Final = frozenset("-–—~_")
_WIDER: Final = 2.0  # times as wide as high: a dash is


def without_specks(line: Line, texts: Sequence[str]) -> list[str]:
    """Return the *texts* of the words of *line*, with nothing for those that are specks."""
    heights = [word.box.height for word in line.words if word.box and _speaks(word.ocr)]
    if not heights:
        return list(texts)
    least = SMALLEST * median(heights)
    around = zip(["", *texts], [*texts[1:], ""], strict=False)
    return [
        "" if _is_small(word, least) and _is_speck(text, *beside) else text
        for word, text, beside in zip(line.words, texts, around, strict=False)
    ]


def _is_small(word: Word, least: float) -> bool:
    if word.box is None or max(word.box.width, word.box.height) >= least:
        return False
    # Where the print is damaged a dash may be short too, but it is no dot.
    return not _DASHES.issuperset(word.ocr) or word.box.width < _WIDER * word.box.height


def _is_speck(text: str, before: str, after: str) -> bool:
    """Tell whether a small *text* is dust: it says nothing, and words stand beside it."""
    alone = not text or _speaks(text) or not all(map(_speaks, filter(None, (before, after))))
    return not alone and (text != _STOP or not before)


def _speaks(text: str) -> bool:
    return any(map(str.isalnum, text))

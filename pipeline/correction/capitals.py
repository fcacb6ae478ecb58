"""Capitals that were small letters: ``bổ Sung``, ``cơ SỞ``, ``sỐ``.

Many letters of Vietnamese look the same large and small (c, o, ơ, s, u, v, x), and a reader takes
one for the other. How high a word stands among those beside it tells which they are: a capital is
nearly half as high again as a small letter, whatever the size of the type.

What always holds: only words read from a picture change, in lines of small letters; a capital that
is as high as one stays, and so does the first word of a line unless it is all in capitals.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import Final

from pipeline.correction.rewriting import certainty_of, rewritten
from pipeline.correction.syllable import is_syllable
from pipeline.correction.tokens import analyse
from pipeline.model import Line, Reason, Word, replace

CERTAINTY: Final = 0.95
FEWEST: Final = 3  # words that tell how high the letters of a line are
TELLING: Final = 1.12  # so much higher a word stands in capitals, or its height does not tell
LOWER: Final = 0.95  # of the mean of both heights: small letters are less high

# Heights and depths of letters in the type of directives, in x-heights.
_CAPITAL, _TALL, _DOTTED, _T = 1.45, 1.5, 1.4, 1.3
_MARK, _MARKS, _DOT_BELOW, _DEEP, _COMMA, _BRACKET = 0.45, 0.6, 0.35, 0.45, 0.3, (1.5, 0.4)
_ABOVE: Final = frozenset("\u0300\u0301\u0303\u0309\u0302\u0306")
_BELOW: Final = "\u0323"


def with_small_letters(lines: Sequence[Line], at: int) -> Line:
    """Return line *at* of *lines* with the capitals that stand no higher than small letters small.

    Args:
        lines: of a page; those of its cell tell how a short line is set.
        at: number of the line.
    """
    line = lines[at]
    words = list(line.words)
    found = [number for number, word in enumerate(words) if _may_be_small(line, number, word)]
    if not found or not _in_small_letters(beside := _beside(lines, at)):
        return line
    open_ones = {id(words[number]) for number in found}
    unit = _x_height([word for word in beside if id(word) not in open_ones])
    for number in found:
        word = words[number]
        if word.ocr[:1].islower() or (unit and _stands_low(word, unit)):
            certainty = certainty_of(word, CERTAINTY)
            words[number] = rewritten(word, word.text.lower(), Reason.CASE, certainty)
    return replace(line, words=tuple(words))


def _may_be_small(line: Line, number: int, word: Word) -> bool:
    """Tell whether a word is one of ordinary speech with a capital that nothing calls for."""
    if word.confidence is None or word.box is None:
        return False
    core = analyse(word.text).core
    if len(core) < 2 or core.islower() or not core.isalpha() or not is_syllable(core.lower()):
        return False
    if core.isupper() or core[0].islower():
        return True
    # A mark on a capital is what a damaged page loses first: Ủy is as low as ủy then.
    before = line.words[number - 1].text if number else ""
    plain = core.istitle() and _span(*unicodedata.normalize("NFD", core[0]))[0] <= _CAPITAL
    return plain and before.isalpha() and before.islower()


def _beside(lines: Sequence[Line], at: int) -> list[Word]:
    """Return the speaking words of a line, in a table those of its whole cell."""
    first, last = at, at + 1
    if cell := lines[at].cell:
        while first and lines[first - 1].cell == cell:
            first -= 1
        while last < len(lines) and lines[last].cell == cell:
            last += 1
    words = (word for line in lines[first:last] for word in line.words)
    return [word for word in words if word.box and any(map(str.isalnum, word.ocr))]


def _in_small_letters(words: Sequence[Word]) -> bool:
    return 2 * sum(analyse(word.text).core.islower() for word in words) >= len(words)


def _x_height(words: Sequence[Word]) -> float | None:
    """Return the height of small letters, in pixels, as most of the words tell it."""
    heights = [
        word.box.height / extent
        for word in words
        if word.box and (extent := _extent(word.ocr)) > 0.0
    ]
    return median(heights) if len(heights) >= FEWEST else None


def _stands_low(word: Word, x_height: float) -> bool:
    """Tell whether a word is as low as it would be in small letters."""
    large, small = _extent(word.ocr), _extent(word.ocr.lower())
    if word.box is None or large < TELLING * small:
        return False
    return word.box.height / x_height < LOWER * math.sqrt(large * small)


@lru_cache(maxsize=1 << 14)
def _extent(text: str) -> float:
    """Return how high a word stands from its lowest point to its highest, in x-heights."""
    spans = [_span(*unicodedata.normalize("NFD", character)) for character in text]
    return max((top for top, _ in spans), default=0.0) + max((low for _, low in spans), default=0.0)


def _span(base: str, *marks: str) -> tuple[float, float]:
    """Return how far a character reaches above the baseline and below it."""
    if base in "()[]/":
        return _BRACKET
    if base in ",;":
        return 0.0, _COMMA
    if not base.isalnum():
        return 0.0, 0.0
    above = sum(mark in _ABOVE for mark in marks)
    large = base.isupper() or base.isdigit()
    top = _CAPITAL if large else 1.0
    if above:
        top += _MARK if above == 1 else _MARKS
    elif not large:
        top = (
            _TALL if base in "bdđfhkl" else _DOTTED if base in "ij" else _T if base == "t" else top
        )
    deep = _DEEP if base in "gjpqy" else _DOT_BELOW if _BELOW in marks else 0.0
    return top, deep

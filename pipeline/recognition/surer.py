"""Two readings of the same words: the surer one is kept, word by word.

Where they differ in a figure, neither is trusted: the figure is marked as doubtful later. Where one
reading has one word and the other two, the words stay apart, unless the break runs through a
number: ``22/1 1/2019`` is no two words when the other reading has none of it.

A letter of the reading that is not taken stays as a choice, which the language model may prefer.

What always holds: no ink is told twice, no word is lost, and the order stays; the words of the
first reading stay in their places, and number fewer only where a number was whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.model import Box, Choice, Word, replace
from pipeline.recognition.hocr import word_box

OPEN: Final = 0.9  # confidence below which a surer reading takes the place of the first one
DISPUTED: Final = 0.5  # confidence, at most, of a figure that was read in two ways
OTHER: Final = 0.3  # share of a letter that only the reading not taken has, of the best one
SAME: Final = 0.5  # share of the boxes of two readings that they have in common
_MARKER: Final = re.compile(r"\d{1,2}[.)]")  # its sign is lost more easily than read from nothing
TOUCHING: Final = 0.1  # of the x-height: parts of one word are no further apart


def surer(words: Sequence[Word], others: Sequence[Word], x_height: float) -> list[Word]:
    """Return the *words* of a line, each in the surer of its readings.

    Args:
        words: as they were read first.
        others: as some of them were read again.
        x_height: of the line, in pixels.
    """
    ink = [_nearest(other, words) for other in others]
    found: list[Word] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        wide = next((other for other in others if _covers(other, [word, *rest[:1]])), None)
        if wide is None:
            own = [other for other, its in zip(others, ink, strict=True) if its is word]
            found.append(_surer(word, own))
            continue
        parts = [word]
        while rest and _inside(rest[0], wide) >= SAME:
            parts.append(rest.pop(0))
        found += _whole(parts, wide, x_height)
    return found


def speaks(text: str) -> bool:
    """Tell whether there is a letter or figure in *text*."""
    return any(map(str.isalnum, text))


def mostly_figures(text: str) -> bool:
    """Tell whether more than half of *text* is figures."""
    return 2 * sum(map(str.isdigit, text)) > len(text)


def _nearest(other: Word, words: Sequence[Word]) -> Word:
    """Return the one of *words* whose ink *other* is; a box may reach over the next word's too."""
    return max(words, key=lambda word: _overlap(word, other))


def _covers(other: Word, words: Sequence[Word]) -> bool:
    return len(words) > 1 and all(_inside(word, other) >= SAME for word in words)


def _whole(parts: list[Word], other: Word, x_height: float) -> list[Word]:
    """Return the *parts* as the one word that they were read as again, or as they are."""
    text = "".join(part.ocr for part in parts)
    weakest = min(part.confidence or 0.0 for part in parts)
    if text == other.ocr:
        sure = other.confidence or 0.0
    elif _figures(text) or _figures(other.ocr):
        same = _figures(text) == _figures(other.ocr)
        return parts if same else [disputed(part) for part in parts]
    elif weakest < OPEN and (other.confidence or 0.0) > weakest and speaks(other.ocr):
        sure = other.confidence or 0.0
    else:
        return parts
    if not all(_is_one(*pair, x_height) for pair in pairwise(parts)):
        return parts
    box = Box.around([word_box(part) for part in parts])
    return [Word(other.ocr, sure, box, choices=other.choices)]


def _is_one(left: Word, right: Word, x_height: float) -> bool:
    """Tell whether two words that stand side by side are parts of one, by what was read."""
    if word_box(right).left - word_box(left).right <= TOUCHING * x_height:
        return True
    return left.ocr[-1].isdigit() and right.ocr[0].isdigit()


def _surer(word: Word, others: Sequence[Word]) -> Word:
    """Return *word* in the surer of its readings, with less confidence where figures differ.

    A reading that has lost figures of the other one is never taken.
    """
    other = _joined([other for other in others if _inside(other, word) >= SAME])
    if other is None or _overlap(word, other) < SAME or other.ocr == word.ocr:
        return word
    mine, its = word.confidence or 0.0, other.confidence or 0.0
    best = word
    loses = len(_figures(other.ocr)) < len(_figures(word.ocr))
    marks = _MARKER.fullmatch(word.ocr) and _figures(other.ocr) == _figures(word.ocr)
    if mine < OPEN and its > mine and speaks(other.ocr) and not loses and not marks:
        best = replace(word, ocr=other.ocr, confidence=its, choices=other.choices)
    best = replace(best, choices=_with_other(best, word if best.ocr == other.ocr else other))
    if not _figures(word.ocr + other.ocr):
        return best
    return replace(best, confidence=min(mine, its, DISPUTED))


def _with_other(word: Word, other: Word) -> tuple[tuple[Choice, ...], ...]:
    """Return what was seen in each character of *word*, and its letter in another reading.

    Only a reading of as many characters has a letter for each.
    """
    size = len(word.ocr)
    if not size == len(other.ocr) == len(word.choices):
        return word.choices
    return tuple(
        (*choices, Choice(its, OTHER * choices[0].confidence))
        if choices and mine != its and its.isalpha() and all(c.text != its for c in choices)
        else choices
        for mine, its, choices in zip(word.ocr, other.ocr, word.choices, strict=True)
    )


def disputed(word: Word) -> Word:
    """Return *word* with no trust in its figures, if it has some."""
    if not _figures(word.ocr):
        return word
    return replace(word, confidence=min(word.confidence or 0.0, DISPUTED))


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


def _figures(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _overlap(one: Word, other: Word) -> float:
    """Return the share of two words' boxes that they have in common."""
    shared = _shared(one, other)
    return shared / (_area(one) + _area(other) - shared)


def _inside(one: Word, other: Word) -> float:
    """Return the share of one word's box that lies in the other's."""
    return _shared(one, other) / max(1, _area(one))


def _shared(one: Word, other: Word) -> int:
    return shared_area(word_box(one), word_box(other))


def shared_area(a: Box, b: Box) -> int:
    """Return the pixels that two boxes have in common."""
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(0, across) * max(0, down)


def _area(word: Word) -> int:
    box = word_box(word)
    return box.width * box.height

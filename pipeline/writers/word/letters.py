"""How large print is and where it stands, told from the boxes of its words.

The box of a word is as high as its letters reach: *một* from the bar of the t to the dot under the
o, *NGHỊ* from the baseline to the bar of its capitals. How far each letter of the form's face
reaches is known in em, so every word tells how many pixels an em has, whatever its letters are.
"""

import unicodedata
from collections.abc import Sequence
from statistics import median
from typing import Final

from pipeline.model import Word
from pipeline.structure import flow
from pipeline.writers.word.layout import Height

_TALL: Final = frozenset("bdfhklđij()[]/&%“”\"'!?")
_MIDDLE: Final = frozenset("t")
_DROPPING: Final = frozenset("gpqyj()[]")
_COMMAS: Final = frozenset(",;Q")
_RIM: Final = 1.0  # pixels that the blur of print adds to the height of a box
_ODD: Final = 1.15  # nineteen of twenty words of printed pages are within a tenth
# Widths of words over those that the rounded widths of their letters make, on Liberation Serif.
_REGULAR: Final = 1.02
_BOLD: Final = 1.08
_BOLD_CAPITALS: Final = 1.06
_HORN: Final = "\u031b"
_DOT: Final = "\u0323"


def extent(text: str, height: Height) -> tuple[float, float] | None:
    """Return how far *text* reaches over and under the baseline, in em.

    None without letters or digits, and where a letter has two marks above it.
    """
    if not any(map(str.isalnum, text)):
        return None
    reaches = [_reach(character, height) for character in text]
    known = [reach for reach in reaches if reach is not None]
    if len(known) < len(reaches):
        return None
    return max(rise for rise, _ in known), max(drop for _, drop in known)


def typed(word: Word) -> bool:
    """Return whether *word* comes from a text layer: nobody read it, so nobody was sure of it."""
    return word.confidence is None


def em(word: Word, height: Height) -> float | None:
    """Return the pixels of an em in *word*; None when it does not tell.

    A word that was read tells it by its height, unless its box is higher or lower than it is wide
    for its letters: a signature runs through it, or the rule under it went and took the dot of an
    *ạ* with it. The boxes of a text layer are those of the type, as high for *o* as for *Ổ*; there
    the width tells.
    """
    if word.box is None or not any(map(str.isalnum, word.text)):
        return None
    wide = word.box.width / (flow.ems(word.text) * _wider(word))
    if typed(word):
        return wide
    reach = extent(word.text, height)
    if reach is None:
        return None
    found = max(word.box.height - _RIM, 1) / sum(reach)
    return found if found <= wide * _ODD and wide <= found * _ODD else None


def baseline(words: Sequence[Word], height: Height) -> float | None:
    """Return the pixel row on which *words* of one line stand; None when none of them tells.

    Typed words stand a little higher, all of one size by as much; marks under letters make the
    boxes of some words deeper than type is.
    """
    bottoms = sorted(word.box.bottom for word in words if word.box is not None and typed(word))
    if bottoms:
        return float(bottoms[len(bottoms) // 4])
    found = []
    for word in words:
        reach = extent(word.text, height)
        if reach is not None and word.box is not None:
            rise, drop = reach
            found.append(word.box.bottom - word.box.height * drop / (rise + drop))
    return median(found) if found else None


def _wider(word: Word) -> float:
    """Return how much wider *word* is than its letters in the table of widths."""
    if word.bold:
        return _BOLD_CAPITALS if word.text.isupper() else _BOLD
    return _REGULAR


def _reach(character: str, height: Height) -> tuple[float, float] | None:
    decomposed = unicodedata.normalize("NFD", character)
    base, marks = decomposed[0], decomposed[1:]
    above = sum(mark not in (_HORN, _DOT) for mark in marks)
    if above > 1:
        return None
    drop = height.drop if base in _DROPPING else height.comma if base in _COMMAS else 0.0
    drop = max(drop, height.dot if _DOT in marks else 0.0)
    if base.isupper():
        return (height.capital_marked if above else height.capital), drop
    if base.isdigit():
        return height.digit, drop
    if above or base in _TALL:
        return height.tall, drop
    return (height.middle if base in _MIDDLE or _HORN in marks else height.small), drop

"""Roman numerals: their values, and the one that a damaged token must be (``XIIl`` → ``XIII``)."""

from __future__ import annotations

import re
from typing import Final

from pipeline.correction.syllable import is_syllable
from pipeline.correction.tokens import is_numeral

_LOOKS: Final = {
    "1": "I",
    "l": "I",
    "|": "I",
    "i": "I",
    "!": "I",
    "T": "I",
    "t": "I",
    "H": "II",
}


_WORTH: Final = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_MOST: Final = 40
# What is small is misread only where a capital stands behind it (lII, 1V, but not lit), or alone.
_BEGINS: Final = re.compile("[XVI]|[1l|]+[XVI]|l{2,3}$")
# An H is two strokes only where a numeral is looked for: HI. marks the third part, HI is a word.
_BEGINS_MARKER: Final = re.compile("H[XVI1l|]")


def repaired(core: str, *, marker: bool = False) -> tuple[str, int] | None:
    """Return the numeral that *core* spells and how many of its characters were misread.

    None unless the grammar leaves exactly one, other than *core*, and *core* is no word (Vi).

    Args:
        core: of the token.
        marker: whether it is closed as the marker of a line is.
    """
    begins = _BEGINS.match(core) or (marker and _BEGINS_MARKER.match(core))
    if not core.isascii() or not begins:
        return None
    if core[1:].islower() and is_syllable(core):
        return None
    letters = "".join(_LOOKS.get(character, character) for character in core)
    if letters == core or not is_numeral(letters):
        return None
    return letters, sum(character in _LOOKS for character in core)


def _roman(value: int) -> str:
    """Return *value* as a Roman numeral."""
    text = ""
    for numeral, worth in _WORTH:
        while value >= worth:
            text += numeral
            value -= worth
    return text


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral in its one proper form below 40, else 0."""
    return next((value for value in range(1, _MOST) if _roman(value) == numeral), 0)

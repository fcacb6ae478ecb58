"""Roman numerals: the one that a damaged token must be, by their grammar (``XIIl`` → ``XIII``)."""

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


# A small letter is misread only where a capital stands behind it: lII, but not lit.
_BEGINS: Final = re.compile("[XVI]|[l|]+[XVI]")


def repaired(core: str) -> tuple[str, int] | None:
    """Return the numeral that *core* spells and how many of its characters were misread.

    None unless the grammar leaves exactly one, other than *core*, and *core* is no word (Vi).
    """
    if not core.isascii() or not _BEGINS.match(core):
        return None
    if core[1:].islower() and is_syllable(core):
        return None
    letters = "".join(_LOOKS.get(character, character) for character in core)
    if letters == core or not is_numeral(letters):
        return None
    return letters, sum(character in _LOOKS for character in core)

"""What kind of thing a printed word is, and which part of it may be corrected.

A word as read (``“Bcfy``, ``XIII;``, ``26-``) is a core between punctuation. Only cores of kind
``WORD`` are ever corrected by frequency; numbers, numerals and symbols are facts (promise 2).
The same analysis cuts the training corpus, so training and decoding see the same tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

import regex

from pipeline.correction.syllable import is_syllable


class TokenKind(StrEnum):
    """What the core of a word is."""

    NONE = "none"  # punctuation only
    WORD = "word"  # letters that may be a syllable
    NUMBER = "number"  # digits, dates, ranges
    NUMERAL = "numeral"  # Roman
    SYMBOL = "symbol"  # document symbols and other mixtures of letters, digits and strokes
    ACRONYM = "acronym"  # two or more capitals that are no syllable


@dataclass(frozen=True, slots=True)
class Token:
    """A word cut into ``prefix + core + suffix``."""

    prefix: str
    core: str
    suffix: str
    kind: TokenKind

    @property
    def ends_sentence(self) -> bool:
        """Whether the context of the next word starts anew after this one."""
        return not _STOPS.isdisjoint(self.suffix) and self.suffix[-3:] != "..."


_STOPS: Final = frozenset(".;:!?")
# Signs that directives do not use but readers put for letters: K& for Kế, S¢ for Sở.
LETTERLIKE: Final = frozenset("&¢€§£@")
_EDGE: Final = rf"[^\p{{L}}\p{{N}}{''.join(sorted(LETTERLIKE))}]*"
_EDGES: Final = regex.compile(rf"^({_EDGE})(.*?)({_EDGE})$", regex.DOTALL)
_NUMBER: Final = regex.compile(r"\p{N}+(?:[-.,/:–x]\p{N}+)*")
_NUMERAL: Final = regex.compile(r"(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})")
_LETTERS: Final = regex.compile(r"[\p{L}\p{M}]+")
_ACRONYM: Final = regex.compile(r"\p{Lu}{2,}(?:[-.&]?\p{Lu}+)*\d{0,2}")


def is_numeral(text: str) -> bool:
    """Tell whether *text* is a Roman numeral up to L as documents use them."""
    return _NUMERAL.fullmatch(text) is not None


@lru_cache(maxsize=1 << 18)
def analyse(word: str) -> Token:
    """Cut one blank-free NFC word and tell the kind of its core."""
    edges = _EDGES.match(word)
    assert edges is not None  # the pattern matches every string
    prefix, core, suffix = edges.groups()
    return Token(prefix, core, suffix, _kind(core))


def _kind(core: str) -> TokenKind:
    if not core:
        return TokenKind.NONE
    if _NUMBER.fullmatch(core):
        return TokenKind.NUMBER
    if is_numeral(core):
        return TokenKind.NUMERAL
    if _ACRONYM.fullmatch(core) and not is_syllable(core):
        return TokenKind.ACRONYM
    if _LETTERS.fullmatch(core):
        return TokenKind.WORD
    return TokenKind.SYMBOL

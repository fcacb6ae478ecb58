"""What kind of thing a printed word is, and which part of it may be corrected.

A word as read (``“Bcfy``, ``XIII;``, ``26-``) is a core between punctuation. Only cores of kind
``WORD`` are ever corrected by frequency; numbers, numerals and symbols are facts (promise 2).
A word that joins others without a blank (``xã/phường``, ``động-Thương``) is cut into pieces first.
The same analysis cuts the training corpus, so training and decoding see the same tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Final

import regex

from pipeline.correction.syllable import is_bare_syllable, is_syllable


class TokenKind(StrEnum):
    """What the core of a word is."""

    NONE = "none"  # punctuation only
    WORD = "word"  # letters that may be a syllable
    NUMBER = "number"  # digits, dates, ranges
    NUMERAL = "numeral"  # Roman
    SYMBOL = "symbol"  # document symbols and other mixtures of letters, digits and strokes
    ACRONYM = "acronym"  # two or more capitals that are no syllable


class Mark(Enum):
    """What follows a word."""

    NONE = "none"
    COMMA = "comma"
    STOP = "stop"  # a full stop or what else ends a clause, or closes a bracket


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

    @property
    def mark(self) -> Mark:
        """What follows the word."""
        if not self.suffix or _CLOSERS.isdisjoint(self.suffix):
            return Mark.COMMA if "," in self.suffix else Mark.NONE
        return Mark.STOP


_STOPS: Final = frozenset(".;:!?")
_CLOSERS: Final = _STOPS | {")"}
# Signs that directives do not use but readers put for letters: K& for Kế, S¢ for Sở.
LETTERLIKE: Final = frozenset("&¢€§£@")
# A superscript is no digit: it is a footnote's number, or a unit's (m²).
_EDGE: Final = rf"[^\p{{L}}\p{{Nd}}\p{{Nl}}{''.join(sorted(LETTERLIKE))}]*"
_EDGES: Final = regex.compile(rf"^({_EDGE})(.*?)({_EDGE})$", regex.DOTALL)
_NUMBER: Final = regex.compile(r"\p{N}+(?:[-.,/:–x]\p{N}+)*")
_NUMERAL: Final = regex.compile(r"(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})")
_LETTERS: Final = regex.compile(r"[\p{L}\p{M}]+")
# Letters of which some are small, joined by a mark: two words, not a symbol (KH/TU) or v.v.
_PART: Final = rf"[\p{{L}}\p{{M}}\p{{Nd}}{''.join(sorted(LETTERLIKE))}]*\p{{L}}[\p{{L}}\p{{M}}]"
_JOINT: Final = "[-–/.,;:]+"
# C.Mác, a)Thực, 2.3.Tuyên, đ/học, 4,6%/năm: what stands before the first word.
_FIRST: Final = r"(?:(?:(?:\p{L}|\p{Nd}{1,2})[.)])+|\p{L}/|\p{Nd}[\p{Nd}.,]*%?/)"
# Addresses of the net are one word, whatever marks they hold.
_ADDRESS: Final = regex.compile(r"://|^www\.|\w@\w+\.|\.(?:vn|com|org|net)\b")
_JOINED: Final = regex.compile(
    rf"(?=.*\p{{Ll}}{{2}})(?:{_FIRST}{_PART}+|{_PART}+{_JOINT}{_PART}+)(?:{_JOINT}{_PART}+)*"
)
# I-MỤC, B-Kết, II.TỔ, 1-MỤC, a)Về: a marker before a title, where that spells a syllable.
_HEADED: Final = regex.compile(
    r"(?:(?=.*[XVI])[XVI1l|]{1,5}|\p{L}|\p{Nd}{1,2}(?:\.\p{Nd}{1,2})*)[-–.)/:]+"
    r"(\p{Lu}(?:\p{Lu}+|\p{Ll}+))"
)
_AFTER_JOINT: Final = regex.compile(
    r"(?<=[-–/.,;:)])(?<!\p{Nd}[.,])(?=\p{Nd})|(?<=[-–/.,;:)])(?=\p{L})"
)
# tháng12, Điều6, 12tháng: a word and a figure; what begins with a vowel may have lost its consonant
# to the figure (1uong for lương).
_NUMBERED: Final = regex.compile(
    r"(?P<word>\p{L}{3,})\p{Nd}{1,4}|\p{Nd}{1,4}(?P<word>(?=\p{L}{3})[^\W\d_aeiouyAEIOUY]\p{L}+)"
)
_BESIDE_FIGURE: Final = regex.compile(r"(?<=\p{L})(?=\p{Nd})|(?<=\p{Nd})(?=\p{L})")
CODED: Final = (TokenKind.SYMBOL, TokenKind.ACRONYM)  # what codes, and words joined to others, are
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


@lru_cache(maxsize=1 << 18)
def pieces(word: str) -> tuple[str, ...]:
    """Cut a printed word into the words that it joins; their texts joined give *word* again."""
    token = analyse(word)
    if token.kind not in CODED or is_address(word):
        return (word,)
    if _is_numbered(token.core):
        joint = _BESIDE_FIGURE
    elif _JOINED.fullmatch(token.core) or _is_headed(token.core):
        joint = _AFTER_JOINT
    else:
        return (word,)
    first, *others = joint.split(token.core)
    if not others:
        return (word,)
    return (token.prefix + first, *others[:-1], others[-1] + token.suffix)


def _is_headed(core: str) -> bool:
    """Tell whether *core* is a marker and the first word of its title."""
    found = _HEADED.fullmatch(core)
    return found is not None and _may_be_syllable(found[1])


def _is_numbered(core: str) -> bool:
    """Tell whether *core* is a word and a figure that lost the blank between them."""
    found = _NUMBERED.fullmatch(core)
    return found is not None and _may_be_syllable(found["word"])


def _may_be_syllable(text: str) -> bool:
    return is_syllable(text) or is_bare_syllable(text.replace("é", "e").replace("É", "E"))


def is_address(word: str) -> bool:
    """Tell whether *word* is an address of the net."""
    return _ADDRESS.search(word) is not None


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

"""What is none of ours to guess at: numbers, symbols, known codes; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipeline.correction.lexicon import Lexicon, skeleton
from pipeline.correction.syllable import is_syllable
from pipeline.correction.tokens import LETTERLIKE, Token, TokenKind, is_address

MAX_DIGITS: Final = 2  # digits that a misread word may hold
# Điều 12a, BCĐ35, H12, A1, km2: letters and digits that belong together. One of 0, 4 and 6 behind
# one capital may be a letter with its marks: B6 for Bộ.
_LETTERED: Final = re.compile(
    r"\d{2,}[abcdđe]|\d+[A-ZĐ]|[A-ZĐƯ]{2,}\d+|[A-ZĐƯ]\d{2,}|[A-ZĐƯ][1235789]|(?:[A-ZĐ]\d+){2,}|[kcdm]?m[23]|§\d+"
)
# 6ha, 12,5km, 15trđ: a figure and its unit.
_QUANTITY: Final = re.compile(
    r"\d+(?:[.,]\d+)*(?:ha|[kcdm]?m|k?g|mg|m?l|k[VW]|kWh|[MG]W|tr|tr?[đd])[23]?"
)
_UNITS: Final = frozenset(
    ("ha", "m", "km", "cm", "mm", "g", "kg", "mg", "l", "ml", "kv", "kw", "kwh", "mw", "tr", "trd")
)
# P.KSTTHC, PCVP/VX: capitals and digits joined by marks, whether the lexicon knows them or not.
_CODE: Final = re.compile(r"[A-ZĐƯ\d]+(?:[-–/.&][A-ZĐƯ\d]+)+")
# 2O23, l2, QL2O: figures with letters that look like some.
_LOOK_ALIKES: Final = str.maketrans("OoIl", "0011")
_FIGURES: Final = re.compile(r"(?:[A-ZĐƯ]{2,})?\d+(?:[-.,/]\d+)*%?")
_FIGURE: Final = re.compile(r"\d+[abcdđe]?")
CONSONANT: Final = "[bcdđghklmnpqrstvx]"
# v.v, T/M, đ/c: single letters with marks between them; and tr.đ: parts that have no vowel.
_INITIALS: Final = re.compile(
    rf"(?:[^\W\d_][./]){{1,3}}[^\W\d_]\.?|(?:{CONSONANT}{{1,3}}\.)+{CONSONANT}{{1,3}}"
)
_CAPITAL_AND_FIGURE: Final = re.compile(r"[A-ZĐ][046]")
# What such a letter and figure name: điểm a1, tiết b2.
_PARTS: Final = frozenset(("diem", "tiet", "muc", "khoan"))
_PART: Final = re.compile(r"[a-zđ][1235789]")
# K'Ho, H'Bia, M'gar: names of the highlands.
_HIGHLAND: Final = re.compile(r"[A-ZĐ]['’][^\W\d_]{2,}")
MARKER_ENDS: Final = (")", ".", "-")
# What may follow a word that was read as a number; a marker's point or bracket may not.
_BEHIND_WORDS: Final = ("", ",", ";")


def is_fact(token: Token, lexicon: Lexicon, *, digits: bool) -> bool:
    """Tell whether a token is a number, a symbol or a known code, which stays as read.

    Args:
        token: as read.
        lexicon: knows codes and foreign words.
        digits: whether this reader takes letters for digits.
    """
    core = token.core
    if _is_damaged_figure(core) or _is_enclosed(token) or _QUANTITY.fullmatch(core):
        return True
    if core in lexicon.codes or core in lexicon.words or core in lexicon.own_words:
        return True
    if token.kind is TokenKind.WORD:
        return False
    if digits and may_be_letters(token):
        return False
    if token.kind in (TokenKind.NUMBER, TokenKind.NUMERAL) or _LETTERED.fullmatch(core):
        return True
    if token.kind is not TokenKind.SYMBOL:
        return False
    if is_address(core) or _CODE.fullmatch(core):
        return True
    count = sum(map(str.isdigit, core))
    misread = _are_letters(core) and count <= MAX_DIGITS and count < len(core)
    return bool(_INITIALS.fullmatch(core) or _HIGHLAND.fullmatch(core)) or (
        count > 0 and not (misread and digits)
    )


def _is_damaged_figure(core: str) -> bool:
    """Tell whether a core is a figure but for letters that look like digits."""
    figures = core.translate(_LOOK_ALIKES)
    damaged = figures != core and any(map(str.isdigit, core))
    return damaged and _FIGURES.fullmatch(figures) is not None


def _is_enclosed(token: Token) -> bool:
    """Tell whether this is a letter behind a bracket, which marks a part: (a), (b."""
    marks = token.prefix[-1:] == "(" and token.suffix[:1] in MARKER_ENDS
    return marks and len(token.core) == 1 and token.core.isalpha()


def may_be_letters(token: Token) -> bool:
    """Tell whether this may be a short word read as a number: 6 for ở, 14 for là."""
    core = token.core
    return (
        len(core) <= MAX_DIGITS + 1
        and core[:1].isdigit()
        and core == core.lower()
        and _are_letters(core)
        and sum(map(str.isdigit, core)) <= MAX_DIGITS
        and not token.prefix
        and token.suffix[:1] in _BEHIND_WORDS
    )


def may_be_shouted(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether this code or numeral may be a word in capitals that lost its marks: TU, VI."""
    core = token.core
    spells = len(core) > 1 and core.isascii() and core.isupper() and is_syllable(core)
    return spells and core not in lexicon.own_words


def is_unit(core: str, before: str) -> bool:
    """Tell whether this is the unit of the figure *before* it: 2 kW, 15 tr."""
    return core.lower() in _UNITS and before[-1:].isdigit() and before[:1].isdigit()


def may_be_code(core: str) -> bool:
    """Tell whether this is a capital and a figure that looks like a letter with its marks: A4."""
    return _CAPITAL_AND_FIGURE.fullmatch(core) is not None


def is_part(core: str, beside: Iterable[str]) -> bool:
    """Tell whether this is the letter and figure of a part of a law, by one of its neighbours."""
    return _PART.fullmatch(core) is not None and any(skeleton([w]) in _PARTS for w in beside)


def may_be_figure(core: str) -> bool:
    """Tell whether this may be a number after all, alone or with the letter of a part (12a)."""
    return _FIGURE.fullmatch(core) is not None


def _are_letters(core: str) -> bool:
    """Tell whether every character is a letter, a digit or a sign that readers put for a letter."""
    return all(character.isalnum() or character in LETTERLIKE for character in core)

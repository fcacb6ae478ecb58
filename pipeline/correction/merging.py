"""Words that a blank or the end of a line broke in two (``ch ức``): joined where no half is a word.

Only what leaves no doubt is joined: together the halves spell a known syllable, with nothing
between them, and one of them is no syllable at all. A letter alone may be a marker (điểm b), so
it is joined only to what is no word either. Symbols (``26-`` and ``KH/BTGTW``) are joined where
their grammar proves that they are one, and to the capitals behind its hyphen where it breaks off
there (``318/TTr-`` and ``TCKH``); nothing but the blank is lost.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.correction.language_model import UNKNOWN, LanguageModel
from pipeline.correction.syllable import canonical, is_syllable
from pipeline.correction.symbols import Codes, is_begun, is_symbol
from pipeline.correction.tokens import Token, TokenKind, analyse
from pipeline.model import Change, Reason, Stage, Word

_UNIT: Final = re.compile(r"[A-ZĐƯ][A-ZĐƯ&]{1,9}")
SEPARATORS: Final = frozenset("-–/")


def are_halves(left: Word, right: Word, model: LanguageModel) -> bool:
    """Tell whether these neighbours as read are the halves of one word."""
    first, second = analyse(left.ocr), analyse(right.ocr)
    if first.kind is not TokenKind.WORD or second.kind is not TokenKind.WORD:
        return False
    if first.suffix or second.prefix or not _same_size(first.core, second.core):
        return False
    whole = first.core + second.core
    if not is_syllable(whole) or model.id_of(canonical(whole)) == UNKNOWN:
        return False
    wrong = [token for token in (first, second) if not _is_word(token, model)]
    return len(wrong) == 2 or any(len(token.core) > 1 for token in wrong)


def are_symbol(left: Word, right: Word, codes: Codes) -> bool:
    """Tell whether these neighbours as read are the halves of one symbol, parted at its mark."""
    first, second = analyse(left.ocr), analyse(right.ocr)
    between = first.suffix + second.prefix
    if between not in SEPARATORS:
        return False
    if is_symbol(first.core + between + second.core, codes):
        return True
    # No list has the codes of all units of all bodies.
    begun = bool(first.suffix) and is_begun(first.core, codes)
    return begun and _UNIT.fullmatch(second.core) is not None


def swallowed(word: Word, by: Word) -> Word:
    """Return the second half *word* emptied, as surely as the first, *by*, became the whole."""
    last = by.changes[-1] if by.changes else None
    if last is None or last.reason is not Reason.SPACING:
        return word
    return word.changed(
        Change(word.ocr, "", Reason.SPACING, last.certainty, Stage.CORRECTION, last.decision)
    )


def _is_word(token: Token, model: LanguageModel) -> bool:
    return is_syllable(token.core) and model.id_of(canonical(token.core)) != UNKNOWN


def _same_size(first: str, second: str) -> bool:
    return second.islower() or (first.isupper() and second.isupper())

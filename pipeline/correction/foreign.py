"""Sentences of another language, which are left as read.

A sentence is foreign when common English or French words are frequent in it and most of its words
are no Vietnamese syllables, not even without their marks. Damaged Vietnamese has the second, hardly
ever the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from pipeline.correction.channel import unmarked
from pipeline.correction.lexicon import listed
from pipeline.correction.tokens import TokenKind, analyse
from pipeline.model import Word

COMMON_SHARE: Final = 0.15  # of common foreign words, from which a sentence is foreign
MIN_COMMON: Final = 1.5
ILLEGAL_SHARE: Final = 0.4  # of the other words: those that are no syllables
MIN_WORDS: Final = 4  # fewer tell nothing


def is_foreign(words: Sequence[Word]) -> bool:
    """Tell whether these words as read, a sentence, are of another language."""
    tokens = [analyse(word.ocr) for word in words]
    cores = [token.core.lower() for token in tokens if token.kind is TokenKind.WORD]
    if len(cores) < MIN_WORDS:
        return False
    common = [core for core in cores if core in _common()]
    weight = sum(0.5 if core in _syllables() else 1.0 for core in common)
    others = [unmarked(core) for core in cores if core not in _common()]
    illegal = sum(core not in _syllables() for core in others)
    return weight >= max(MIN_COMMON, COMMON_SHARE * len(cores)) and illegal >= ILLEGAL_SHARE * len(
        others
    )


@cache
def _common() -> frozenset[str]:
    return frozenset(listed("foreign_words"))


@cache
def _syllables() -> frozenset[str]:
    """Return every attested syllable without its marks."""
    return frozenset(map(unmarked, listed("syllables_attested")))

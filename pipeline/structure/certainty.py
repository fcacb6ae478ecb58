"""How sure a fact can be at most: as sure as the words that say it.

A form that fits and a lexicon that knows the codes say nothing about a figure that a pen wrote. A
word in doubt puts every fact in doubt that is read from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pipeline.model import Document, Fact, Reason, Span, Word

SURE: Final = 0.98  # the form and the lexicon agree
LIKELY: Final = 0.8
WEAK: Final = 0.6  # below what is shown as doubtful
# What is missing beside a word, or was left out there, says nothing about the word.
_BESIDE: Final = (Reason.MISSING, Reason.ASIDE)
_UNREAD: Final = 0.5  # confidence below which a word that nobody looked into proves nothing


def fact(document: Document, value: str, certainty: float, spans: tuple[Span, ...]) -> Fact:
    """Return the fact *value*, of *certainty* as far as the words of *spans* deserve it."""
    weak = _in_doubt(document.words_of(spans))
    return Fact(value, min(certainty, WEAK) if weak else certainty, spans)


def _in_doubt(words: Iterable[Word]) -> bool:
    return any(_is_doubtful(word) for word in words if any(map(str.isalnum, word.text)))


def _is_doubtful(word: Word) -> bool:
    own = [change for change in word.changes if change.reason not in _BESIDE]
    if own:
        return own[-1].doubtful
    return word.confidence is not None and word.confidence < _UNREAD

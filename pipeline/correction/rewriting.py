"""Words and lines written anew by a rule: each difference is a change with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from pipeline.model import Change, Decision, Line, Reason, Stage, Word, replace

IN_DOUBT: Final = 0.7  # certainty of what is written for a word that the reader hardly saw
_BELIEVED: Final = 0.5  # confidence of one that it saw


def certainty_of(word: Word, certainty: float) -> float:
    """Return the *certainty* of a rule about *word*, less where its reader hardly saw the word."""
    believed = word.confidence is None or word.confidence >= _BELIEVED
    return certainty if believed else min(certainty, IN_DOUBT)


def rewritten(
    word: Word, text: str, reason: Reason, certainty: float, decision: Decision = Decision.MADE
) -> Word:
    """Return *word* written, or proposed to be written, as *text*; itself if it is already."""
    if text == word.text:
        return word
    return word.changed(Change(word.text, text, reason, certainty, Stage.CORRECTION, decision))


def rewritten_line(
    line: Line, texts: Sequence[str], reason: Reason, certainty: Callable[[Word], float]
) -> Line:
    """Return *line* with its words written as *texts*; itself, when all are written so.

    Args:
        line: as it is written.
        texts: of its words, in order.
        reason: of each difference.
        certainty: of a change of that word.
    """
    if all(text == word.text for word, text in zip(line.words, texts, strict=True)):
        return line
    words = zip(line.words, texts, strict=True)
    return replace(
        line, words=tuple(rewritten(word, text, reason, certainty(word)) for word, text in words)
    )

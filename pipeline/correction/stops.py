"""Stops inside a sentence: a comma that lost its tail on a bad copy, or a speck behind a word.

No sentence of a directive begins with a small letter, so a stop before one is none, but whether
there is a comma or nothing, the letters do not tell. So the comma is proposed, for a
reviewer to look at. What always holds: only what was read from a picture is doubted, and never a
stop behind an abbreviation, or at the end of a paragraph or cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

import regex

from pipeline.correction.rewriting import rewritten
from pipeline.correction.syllable import is_syllable
from pipeline.model import Decision, Line, Reason, Word, replace

CERTAINTY: Final = 0.5
_STOPPED: Final = regex.compile(r"\W?(\p{L}?\p{Ll}+)\.")
_GOES_ON: Final = regex.compile(r"\p{Ll}{2,}[,;:.]?")


def with_doubted_stops(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield *lines*, a comma proposed for each stop after which a sentence goes on."""
    for line, below in pairwise([*lines, Line(())]):
        goes_on = not below.gap_above and below.cell == line.cell
        behind = [*line.words[1:], below.words[0] if below.words and goes_on else Word("")]
        words = [_doubted(word, next_) for word, next_ in zip(line.words, behind, strict=True)]
        yield replace(line, words=tuple(words))


def _doubted(word: Word, behind: Word) -> Word:
    found = _STOPPED.fullmatch(word.text)
    if not found or word.confidence is None or not _GOES_ON.fullmatch(behind.text):
        return word
    # An abbreviation spells no word.
    if not is_syllable(found[1].lower()) or len(found[1]) == 1:
        return word
    comma = f"{word.text[:-1]},"
    return rewritten(word, comma, Reason.PUNCTUATION, CERTAINTY, Decision.PROPOSED)

"""Candidates that the reader itself saw: words of its other readings of each character.

A search by the channel alone stops where a slip is rarer than some; what the reader hesitated over
is no rare slip. One character of a word is read the other way, or two; what is a known syllable
then is a candidate too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from pipeline.correction.candidates import Candidate, CandidateFinder, Form
from pipeline.correction.channel import word_score
from pipeline.correction.language_model import UNKNOWN
from pipeline.correction.spelling import Spelling
from pipeline.correction.syllable import canonical
from pipeline.correction.tokens import TokenKind, analyse
from pipeline.model import Word

WEAK: Final = 0.1  # share of the best reading of a character below which another counts for nothing
TOGETHER: Final = 2  # characters that may be read otherwise at once
MOST: Final = 24  # other readings of a word that are looked at, the likeliest ones


def joined(
    word: Word, candidates: tuple[Candidate, ...], finder: CandidateFinder
) -> tuple[Candidate, ...]:
    """Return *candidates* of *word* and those that only its reader saw."""
    texts = {candidate.text for candidate in candidates}
    seen = [text for text in readings(word) if text not in texts]
    return (*candidates, *_known(word.ocr, seen, finder)) if seen else candidates


def _known(read: str, texts: list[str], finder: CandidateFinder) -> Iterator[Candidate]:
    """Yield those of *texts* that are known words."""
    core = analyse(read).core
    spelling = Spelling(core)
    for text in texts:
        other = analyse(text).core
        spelled = canonical(other)
        number = finder.model.id_of(spelled)
        reason, form = spelling.reason(other), Form.of(other)
        if number != UNKNOWN and reason and form is not Form.OTHER:  # nobody prints vỚI
            score = finder.tuning.channel_weight * word_score(other, core, finder.channel)
            yield Candidate(text, (spelled,), (number,), score, form, reason)


def readings(word: Word) -> list[str]:
    """Return the other ways in which the reader saw *word*, likeliest first."""
    if len(word.choices) != len(word.ocr) or analyse(word.ocr).kind is not TokenKind.WORD:
        return []
    others = list(_others(word))
    found: dict[str, float] = {}
    for size in range(1, TOGETHER + 1):
        for some in combinations(others, size):
            text = _replaced(word.ocr, some)
            if text:
                found.setdefault(text, sum(share for _, _, share in some))
    return sorted(found, key=lambda text: (-found[text], text))[:MOST]


def _others(word: Word) -> Iterator[tuple[int, str, float]]:
    """Yield place, character and ln of the share of each other reading that counts."""
    for at, choices in enumerate(word.choices):
        best = max((choice.confidence for choice in choices), default=0.0)
        for choice in choices:
            if choice.text != word.ocr[at] and choice.confidence >= WEAK * best:
                yield at, choice.text, math.log(choice.confidence / best)


def _replaced(text: str, some: tuple[tuple[int, str, float], ...]) -> str:
    """Return *text* with other characters at some places; nothing where two want the same one."""
    if len({at for at, _, _ in some}) < len(some):
        return ""
    letters = list(text)
    for at, character, _ in some:
        letters[at] = character
    return "".join(letters)

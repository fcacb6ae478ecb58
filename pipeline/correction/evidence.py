"""What the page itself says for or against a candidate, beyond the channel.

Four witnesses: how sure the reader was of the word, what else it saw in each character, whether the
word stands in a line that the lexicon knows as a whole, and whether it marks a line in a sequence.
Text of unknown origin has only the last two.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from pipeline.correction.candidates import Candidate
from pipeline.correction.lexicon import Lexicon, skeleton
from pipeline.correction.tokens import analyse
from pipeline.model import Line, Word, replace

# The reader's confidence at which its word is as trustworthy as the profile says on average, and
# the doubt that stays with the surest reading.
USUAL_CONFIDENCE: Final = 0.8
LEAST_DOUBT: Final = 0.02
# Nats for the word that a line of the form (Nơi nhận:, KẾ HOẠCH, T/M BAN THƯỜNG VỤ) has there.
LINE_BONUS: Final = 4.0


def weighed(word: Word, candidates: tuple[Candidate, ...], expected: str) -> tuple[Candidate, ...]:
    """Return the candidates of *word* with their scores moved by the evidence.

    Args:
        word: as read.
        candidates: of that reading.
        expected: the syllable that :func:`expectations` gives for it, or "".
    """
    price = _price(word)
    result = []
    for candidate in candidates:
        score = candidate.score
        if candidate.reason is not None:
            score = max(score + price, _seen(word, candidate.text))
        if expected and candidate.syllables == (expected,):
            score += LINE_BONUS
        unmoved = score == candidate.score
        result.append(candidate if unmoved else replace(candidate, score=score))
    return tuple(result)


def expectations(line: Line, lexicon: Lexicon) -> Sequence[str]:
    """Return the syllable that the lexicon expects for each word of a line it knows, else ""."""
    known = lexicon.lines.get(skeleton([word.ocr for word in line.words]))
    return known or [""] * len(line.words)


def next_marker(line: Line, above: str) -> str:
    """Return the letter that marks *line* (``d)``), or *above*, that of the last marked line.

    Alphabets of markers go on from d to đ: a second d is one.
    """
    token = analyse(line.words[0].ocr)
    if len(token.core) != 1 or not token.core.islower() or token.suffix[:1] not in (")", "."):
        return above
    return "đ" if token.core == "d" and above == "d" else token.core


def _price(word: Word) -> float:
    """Return what it costs, in nats, to contradict a confident reader."""
    if word.confidence is None or word.confidence <= USUAL_CONFIDENCE:
        return 0.0
    doubt = 1 - word.confidence + LEAST_DOUBT
    return math.log(doubt / (1 - USUAL_CONFIDENCE + LEAST_DOUBT))


def _seen(word: Word, text: str) -> float:
    """Return ln of the share that the reader itself gave to *text*, character by character."""
    if len(word.choices) != len(text) or len(text) != len(word.ocr):
        return -math.inf
    total = 0.0
    for printed, read, choices in zip(text, word.ocr, word.choices, strict=True):
        if printed == read:
            continue
        shares = {choice.text: choice.confidence for choice in choices}
        if not shares.get(printed):
            return -math.inf
        total += math.log(shares[printed] / max(shares.values()))
    return total

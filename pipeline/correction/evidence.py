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
from pipeline.correction.heard import WEAK
from pipeline.correction.language_model import UNKNOWN
from pipeline.correction.lexicon import Lexicon, skeleton
from pipeline.correction.tokens import analyse
from pipeline.model import Line, Word

# The reader's confidence at which its word is as trustworthy as the profile says on average, and
# the doubt that stays with the surest reading.
USUAL_CONFIDENCE: Final = 0.8
LEAST_DOUBT: Final = 0.02
# The confidence from which a reader is sure.
SURE_CONFIDENCE: Final = 0.9
SURE_BEAM: Final = 6.0  # nats behind the best at which nothing is likely where the reader was sure
# Nats for the word that a line of the form (Nơi nhận:, KẾ HOẠCH, T/M BAN THƯỜNG VỤ) has there.
LINE_BONUS: Final = 4.0


def weighed(word: Word, candidates: tuple[Candidate, ...], expected: str) -> list[float]:
    """Return the scores of the candidates of *word*, moved by the evidence.

    Args:
        word: as read.
        candidates: of that reading.
        expected: the syllable that :func:`expectations` gives for it, or "".
    """
    price = _price(word)
    scores = [c.score + price if c.reason else c.score for c in candidates]
    if any(len(choices) > 1 for choices in word.choices) and len(word.choices) == len(word.ocr):
        for at, candidate in enumerate(candidates):
            if candidate.reason and len(candidate.text) == len(word.ocr):
                scores[at] = max(scores[at], _seen(word, candidate.text))
    if expected:
        for at, candidate in enumerate(candidates):
            if candidate.syllables == (expected,):
                scores[at] += LINE_BONUS
    return scores


def likely(word: Word, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates worth weighing: few where the reader was sure of a known syllable.

    Args:
        word: as read.
        candidates: of that reading, best score first.
    """
    if len(candidates) == 1 or not is_sure(word):
        return candidates
    if any(c.reason is None and UNKNOWN in c.ids for c in candidates):
        return candidates
    least = candidates[0].score - SURE_BEAM
    return tuple([c for c in candidates if c.score >= least or c.reason is None])


def is_sure(word: Word) -> bool:
    """Tell whether the reader was sure of a word and saw nothing else worth a look in it."""
    if word.confidence is None or word.confidence < SURE_CONFIDENCE:
        return False
    return len(word.choices) == len(word.ocr) and all(
        choice.confidence < WEAK * choices[0].confidence
        for choices in word.choices
        for choice in choices[1:]
    )


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
    """Return ln of the share that the reader itself gave to *text*, character by character.

    *text* is as long as what was read, for each character of which there are choices.
    """
    total = 0.0
    for printed, read, choices in zip(text, word.ocr, word.choices, strict=True):
        if printed == read:
            continue
        shares = {choice.text: choice.confidence for choice in choices}
        if not shares.get(printed):
            return -math.inf
        total += math.log(shares[printed] / max(shares.values()))
    return total

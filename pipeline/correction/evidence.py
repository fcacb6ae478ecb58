"""What the page itself says for or against a candidate, beyond the channel.

Four witnesses: how sure the reader was of the word, what else it saw in each character, whether the
word stands in a line that the lexicon knows as a whole, and whether it marks a line in a sequence.
Text of unknown origin has only the last two.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from pipeline.correction import numerals
from pipeline.correction.candidates import Candidate
from pipeline.correction.facts import CONSONANT, MARKER_ENDS
from pipeline.correction.heard import WEAK
from pipeline.correction.language_model import UNKNOWN
from pipeline.correction.lexicon import Lexicon, skeleton
from pipeline.correction.numerals import roman_value
from pipeline.correction.tokens import TokenKind, analyse, pieces
from pipeline.model import Line, Reason, Word

# The reader's confidence at which its word is as trustworthy as the profile says on average, and
# the doubt that stays with the surest reading.
USUAL_CONFIDENCE: Final = 0.8
LEAST_DOUBT: Final = 0.02
# The confidence from which a reader is sure.
SURE_CONFIDENCE: Final = 0.9
SURE_BEAM: Final = 6.0  # nats behind the best at which nothing is likely where the reader was sure
# Nats for the word that a line of the form (Nơi nhận:, KẾ HOẠCH, T/M BAN THƯỜNG VỤ) has there.
LINE_BONUS: Final = 4.0
LETTER_BONUS: Final = 4.0  # nats for the letter that goes on a sequence of markers
NUMERAL_BONUS: Final = 8.0  # the same for a numeral that only damage can have written otherwise
_SYMBOL: Final = re.compile(r"\d+\S*[-/]\S*[A-ZĐƯ]")
_NUMBER_READ: Final = frozenset(("so", "s6", "sd", "sé", "sô", "sở", "sổ", "sơ"))
_SHORT: Final = re.compile(CONSONANT + "{2,4}")
_MARKER: Final = re.compile(r"[^\W\d_]|(?!\d+$)[XVIil1|]{2,5}")


@dataclass(frozen=True, slots=True)
class Expected:
    """The syllable that a word is expected to be, and what that counts, in nats."""

    syllable: str
    nats: float


_NUMBER: Final = Expected("số", LINE_BONUS)


def weighed(
    word: Word, candidates: tuple[Candidate, ...], expected: Expected | None
) -> list[float]:
    """Return the scores of the candidates of *word*, moved by the evidence.

    Args:
        word: as read.
        candidates: of that reading.
        expected: what its line or its place in a sequence calls for, if anything.
    """
    price = _price(word)
    scores = [c.score + price if c.reason else c.score for c in candidates]
    if any(len(choices) > 1 for choices in word.choices) and len(word.choices) == len(word.ocr):
        for at, candidate in enumerate(candidates):
            if candidate.reason and len(candidate.text) == len(word.ocr):
                scores[at] = max(scores[at], _seen(word, candidate.text))
    if expected:
        for at, candidate in enumerate(candidates):
            if _is_wanted(candidate, expected):
                scores[at] += expected.nats
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


def expectations(line: Line, lexicon: Lexicon) -> list[Expected | None]:
    """Return what the lexicon expects for each word of a line, if it knows the line."""
    known = lexicon.lines.get(skeleton([word.ocr for word in line.words]))
    if known:
        return [Expected(syllable, LINE_BONUS) for syllable in known]
    after = [*line.words[1:], Word("")]
    return [
        _NUMBER if _is_number_of(word, behind) else None
        for word, behind in zip(line.words, after, strict=True)
    ]


def _is_number_of(word: Word, behind: Word) -> bool:
    """Tell whether *word* announces the number of the symbol behind it (Số: 12-KH/TU)."""
    symbol = analyse(behind.ocr)
    announced = symbol.kind is TokenKind.SYMBOL and _SYMBOL.match(symbol.core) is not None
    return announced and analyse(word.ocr).core.lower() in _NUMBER_READ


@dataclass(slots=True)
class Markers:
    """How the lines so far were marked: the letter (``d)``) and the numeral (``II.``) of the last.

    Alphabets of markers go on from d to đ: a second d is one. A damaged numeral (``I1.``) that can
    only be the next one is that.
    """

    letter: str = ""
    numeral: int = 0

    def expected(self, line: Line) -> Expected | None:
        """Return what the marker of *line* must be, if the lines above tell, and go on from it."""
        token = analyse(pieces(line.words[0].ocr)[0])
        if line.words[0].ocr == "|.":  # 1. or I., and if numerals follow it was I.
            self.numeral = self.numeral or 1
        if not token.suffix.startswith(MARKER_ENDS):
            return None
        if len(token.core) == 1 and token.core.islower():
            again = token.core == self.letter == "d"
            self.letter = "đ" if again else token.core
            return Expected("đ", LETTER_BONUS) if again else None
        if token.kind is TokenKind.NUMERAL:
            self.numeral = roman_value(token.core)
            return None
        repaired = numerals.repaired(token.core, marker=True)
        if not repaired or roman_value(repaired[0]) != self.numeral + 1:
            return None
        self.numeral += 1
        return Expected(repaired[0].lower(), NUMERAL_BONUS)


def is_marker(read: str) -> bool:
    """Tell whether *read* is a letter or numeral, damaged or not, that marks what follows it."""
    token = analyse(read)
    marks = not token.prefix and token.suffix.startswith((*MARKER_ENDS, "–", "/", ":"))
    return marks and _MARKER.fullmatch(token.core) is not None


def is_shortened(read: str) -> bool:
    """Tell whether *read*, joined to another word, is short for one: tr.đồng, trđ/năm."""
    token = analyse(read)
    return token.suffix in (".", "/") and _SHORT.fullmatch(token.core) is not None


def possible(candidates: tuple[Candidate, ...], expected: Expected | None) -> tuple[Candidate, ...]:
    """Return the candidates of a marker: no word is one, however like it looks (``V1.``, Về)."""
    return tuple(
        [c for c in candidates if c.reason in (None, Reason.NUMERAL) or _is_wanted(c, expected)]
    )


def proved(
    word: Word, candidates: tuple[Candidate, ...], expected: Expected | None
) -> tuple[Candidate, ...]:
    """Return the candidates but for numerals that nothing proves: ``1V`` may be a figure."""
    if not word.ocr[:1].isdigit():
        return candidates
    return tuple(
        [c for c in candidates if c.reason is not Reason.NUMERAL or _is_wanted(c, expected)]
    )


def _is_wanted(candidate: Candidate, expected: Expected | None) -> bool:
    return expected is not None and candidate.syllables == (expected.syllable,)


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

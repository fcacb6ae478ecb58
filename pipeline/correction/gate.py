"""The gate: change, propose or leave. First, do no harm.

A change is made only above one certainty and proposed above another; below both the word stays as
read. A word that no dictionary knows, or a figure the reader itself was unsure of, is marked as
doubtful even when nothing better is known: a visible doubt is better than a silent error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from pipeline.correction import numerals
from pipeline.correction.candidates import Candidate, Form
from pipeline.correction.channel import bare
from pipeline.correction.evidence import is_sure
from pipeline.correction.facts import may_be_figure
from pipeline.correction.lexicon import Lexicon, skeleton
from pipeline.correction.syllable import is_syllable
from pipeline.correction.tokens import LETTERLIKE, TokenKind, analyse, is_numeral
from pipeline.model import Change, Decision, Reason, Stage, Word

# The reader's confidence below which a number or symbol is doubtful, and a word.
FACT_CONFIDENCE: Final = 0.6
WORD_CONFIDENCE: Final = 0.3
LETTER_CONFIDENCE: Final = 0.8
# The certainty from which a digit is taken for the word that it was read for (6 for ở), and two of
# them (14 for là), of which fewer are.
FIGURE_ABOVE: Final = 0.97
FIGURES_ABOVE: Final = 0.99
MIDDLE_NAMES: Final = frozenset(("a", "thi", "van"))
# Alone they are no words but name something, and none is likelier than another: điểm x khoản 5.
CONSONANTS: Final = frozenset("bcghklmnpqrstvxBCGHKLMNPQRSTVX")
VOWELS: Final = frozenset("AEIOUY")
NEVER: Final = 2.0  # what no certainty reaches
# The same for a good syllable that the reader was sure of: its author may have slipped.
SURE_ABOVE: Final = 0.97

# Candidates of one piece of a word, and the posterior of each.
Weighed = tuple[tuple[Candidate, ...], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Gate:
    """Certainties in 0..1.

    Attributes:
        change_above: from here a change is made.
        propose_above: from here it is proposed; below it the word stays.
        names_above: from here a capitalised syllable is changed, which may be a name that no
            dictionary knows.
        codes: in capitals, which are changed only among words in capitals.
        trust: what the model's own certainty is multiplied by, to make it an honest one.
    """

    change_above: float
    propose_above: float
    names_above: float
    trust: float = 1.0
    codes: frozenset[str] = frozenset()

    def decide(
        self,
        word: Word,
        pieces: Iterable[Weighed],
        *,
        merged: bool = False,
        beside: Sequence[Word] = (),
    ) -> Word:
        """Return *word* with the change that the best candidates of its pieces deserve, if any.

        Its certainty is that all changed pieces are right together.

        Args:
            word: as read.
            pieces: the words that it joins, mostly itself alone.
            merged: whether its piece is the whole of which it is the first half.
            beside: its neighbours.
        """
        reason = Reason.SPACING if merged else None
        text, certainty = "", self.trust
        for candidates, posterior in pieces:
            best = int(np.argmax(posterior))
            text += candidates[best].text
            if merged or candidates[best].reason is not None:
                reason = reason or candidates[best].reason
                certainty *= float(posterior[best])
        certainty = round(certainty, 4)
        if reason is None or certainty < self.propose_above:
            return word
        needed = self._needed(word, text, reason, beside)
        decision = Decision.MADE if certainty >= needed else Decision.PROPOSED
        return word.changed(Change(word.text, text, reason, certainty, Stage.CORRECTION, decision))

    def _needed(self, word: Word, text: str, reason: Reason, beside: Sequence[Word]) -> float:
        core = analyse(word.ocr).core
        needed = self.change_above
        if reason is Reason.SPACING and text.startswith(word.ocr):
            return needed
        if may_be_figure(core) and reason is not Reason.SYMBOL:
            if any(map(_holds_number, beside)):
                return NEVER  # 36 12-KH/TU: it may be a number of its own
            return max(needed, FIGURE_ABOVE if len(core) == 1 else FIGURES_ABOVE)
        if is_numeral(core) or {core, analyse(text).core} <= CONSONANTS:
            return NEVER
        if core in self.codes:
            return max(needed, FIGURE_ABOVE) if any(map(self._is_shouted, beside)) else NEVER
        if not is_syllable(core):
            return needed
        if is_sure(word):
            needed = max(needed, SURE_ABOVE)
        if _may_be_name(word):
            if skeleton([word.ocr]) != skeleton([text]) and any(map(_is_middle_name, beside)):
                return NEVER  # Lò Văn Pao: what is usual knows few of the names there are
            needed = max(needed, self.names_above)
        return needed

    def _is_shouted(self, word: Word) -> bool:
        """Tell whether a word stands in capitals and is no code; without its vowels it would be."""
        core = analyse(word.ocr).core
        spoken = len(core) > 1 and core.isupper() and not VOWELS.isdisjoint(unidecode(core))
        return spoken and core not in self.codes and not is_numeral(core)


def _may_be_name(word: Word) -> bool:
    """Tell whether a word begins with a capital, and nothing but its first letter is one."""
    core = analyse(word.ocr).core
    return core[:1].isupper() and core[1:].islower()


def _holds_number(word: Word) -> bool:
    """Tell whether a word is a number or a symbol, not one with a digit for a letter (m6t)."""
    token = analyse(word.ocr)
    joined = "-" in token.core or "/" in token.core
    return token.kind is TokenKind.NUMBER or (token.kind is TokenKind.SYMBOL and joined)


def _is_middle_name(word: Word) -> bool:
    """Tell whether a word is one of those that stand in the middle of names, marks or none."""
    return word.ocr.istitle() and skeleton([word.ocr]) in MIDDLE_NAMES


def doubted(word: Word, lexicon: Lexicon) -> Word:
    """Return *word* marked as doubtful when it was left as read and cannot be trusted."""
    if word.changes:
        return word
    if not (_unsure(word) or _impossible(word, lexicon)):
        return word
    certainty = word.confidence if word.confidence is not None else 0.0
    return word.changed(
        Change(word.ocr, word.ocr, Reason.DOUBT, certainty, Stage.CORRECTION, Decision.PROPOSED)
    )


def _unsure(word: Word) -> bool:
    """Tell whether the reader itself did not trust its reading."""
    kind = analyse(word.ocr).kind
    if word.confidence is None or kind is TokenKind.NONE:
        return False
    if kind is not TokenKind.WORD:
        return word.confidence < FACT_CONFIDENCE
    # Tesseract gives a word less than each of its letters where it disliked the layout alone.
    letters = [max(choice.confidence for choice in choices) for choices in word.choices if choices]
    return word.confidence < WORD_CONFIDENCE and min(letters, default=0.0) < LETTER_CONFIDENCE


def _impossible(word: Word, lexicon: Lexicon) -> bool:
    """Tell whether no directive holds such a word.

    It is no syllable, mixes capitals, is a numeral but for some of its signs, or holds letters of
    other alphabets or signs read for some.
    """
    token = analyse(word.ocr)
    core = token.core
    if core in lexicon.words or core in lexicon.own_words:
        return False
    if any(letter.isalpha() and not bare(letter).isascii() for letter in core):
        return True
    if not LETTERLIKE.isdisjoint(core):
        return True
    if numerals.repaired(core):
        return True
    if token.kind is not TokenKind.WORD or len(core) == 1:  # a letter alone is a marker: b)
        return False
    return Form.of(core) is Form.OTHER or (core.islower() and not is_syllable(core))

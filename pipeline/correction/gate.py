"""The gate: change, propose or leave. First, do no harm.

A change is made only above one certainty and proposed above another; below both the word stays as
read. How sure it must be depends on what the word may be: a figure, a code, a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from pipeline.correction.candidates import Candidate, Form
from pipeline.correction.evidence import is_sure
from pipeline.correction.facts import is_part, may_be_figure
from pipeline.correction.lexicon import skeleton
from pipeline.correction.syllable import is_syllable
from pipeline.correction.tokens import TokenKind, analyse, is_numeral
from pipeline.model import Change, Decision, Reason, Stage, Word

# The certainty from which a digit is taken for the word that it was read for (6 for ở), and two of
# them (14 for là), of which fewer are.
FIGURE_ABOVE: Final = 0.97
FIGURES_ABOVE: Final = 0.99
MIDDLE_NAMES: Final = frozenset(("a", "thi", "van"))
# Alone they are no words but name something, and none is likelier than another: điểm x khoản 5.
CONSONANTS: Final = frozenset("bcghklmnpqrstvxBCGHKLMNPQRSTVX")
VOWELS: Final = frozenset("AEIOUY")
# The certainty from which a word with a capital becomes one of other letters: it may be a name.
LETTERS_ABOVE: Final = 0.5
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
        if is_part(core, (other.ocr for other in beside)):
            return NEVER
        if core in self.codes:
            return max(needed, FIGURE_ABOVE) if any(map(self._is_shouted, beside)) else NEVER
        other_letters = skeleton([word.ocr]) != skeleton([text])
        form = Form.of(core)
        if form is Form.UPPER and core.isalpha() and _is_code(beside):
            return NEVER  # tài khoản OM 5451: a code that nobody listed
        if form in (Form.TITLE, Form.UPPER) and core.isalpha() and other_letters:
            needed = max(needed, LETTERS_ABOVE)
        if not is_syllable(core):
            return needed
        if is_sure(word):
            needed = max(needed, SURE_ABOVE)
        if _may_be_name(word):
            if other_letters and any(map(_is_middle_name, beside)):
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


def _is_code(beside: Sequence[Word]) -> bool:
    """Tell whether what stands in capitals between these is a code: in small text, at a number."""
    small = any(analyse(word.ocr).core.islower() for word in beside)
    return small and any(word.ocr[:1].isdigit() and _holds_number(word) for word in beside)


def _is_middle_name(word: Word) -> bool:
    """Tell whether a word is one of those that stand in the middle of names, marks or none."""
    return word.ocr.istitle() and skeleton([word.ocr]) in MIDDLE_NAMES

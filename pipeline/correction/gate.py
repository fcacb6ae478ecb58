"""The gate: change, propose or leave. First, do no harm.

A change is made only above one certainty and proposed above another; below both the word stays as
read. Where the word may be a figure, a code or a name, it must be surer (:mod:`.caution`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.candidates import Candidate
from pipeline.correction.caution import Proposal, needed
from pipeline.correction.language_model import LanguageModel
from pipeline.correction.splits import parted, respaced
from pipeline.model import Change, Decision, Reason, Stage, Word

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
        trust: what the model's own certainty is multiplied by, to make it an honest one.
        codes: in capitals, which are changed only among words in capitals.
        pairs: of words that stand together, in small letters.
        marked: whether the text has the marks of Vietnamese.
        model: knows words.
    """

    change_above: float
    propose_above: float
    names_above: float
    trust: float = 1.0
    codes: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    marked: bool = False
    model: LanguageModel | None = None

    def decide(
        self,
        word: Word,
        pieces: Iterable[Weighed],
        *,
        merged: bool = False,
        before: Word | None = None,
        after: Word | None = None,
    ) -> Word:
        """Return *word* with the change that the best candidates of its pieces deserve, if any.

        Its certainty is that all changed pieces are right together.

        Args:
            word: as read.
            pieces: the words that it joins, mostly itself alone.
            merged: whether its piece is the whole of which it is the first half.
            before: the word before it, if any.
            after: the word behind it, if any.
        """
        reason = Reason.SPACING if merged else None
        text, certainty = "", self.trust
        for candidates, posterior in pieces:
            best = int(np.argmax(posterior))
            text += candidates[best].text
            if merged or candidates[best].reason is not None:
                reason = reason or candidates[best].reason
                certainty *= float(posterior[best])
        if not merged and (spaced := self._spaced(text)) != text:
            text, reason = spaced, reason or Reason.SPACING
        elif not merged and " " in text and text == self._spaced(word.ocr):
            certainty = self.trust  # no letter is in question
        certainty = round(certainty, 4)
        if reason is None or certainty < self.propose_above:
            return word
        proposal = Proposal(
            word, text, reason, before, after, self.codes, self.pairs, self.marked, self.names_above
        )
        made = certainty >= max(self.change_above, needed(proposal))
        decision = Decision.MADE if made else Decision.PROPOSED
        return word.changed(Change(word.text, text, reason, certainty, Stage.CORRECTION, decision))

    def _spaced(self, text: str) -> str:
        """Return *text* with the blank that it must have lost."""
        spaced = respaced(text)
        return parted(spaced, self.model) if spaced == text and self.model else spaced

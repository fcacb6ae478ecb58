"""Sentences as lattices: every candidate of every word, end to end in flat arrays.

Numpy is quick on long arrays and slow on many short ones, so the words of many sentences are worked
out together: all *pairs* (candidates of two neighbouring words) and all *triples* (two pairs that
share their middle word) of all sentences are rows of one array each, in the order of the words.

Before each sentence stand two words that have one candidate, the boundary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.arrays import starts, step
from pipeline.correction.candidates import Candidate
from pipeline.correction.language_model import BOUNDARY

Reals = NDArray[np.float64]
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Slot:
    """One word's place in a sentence.

    Attributes:
        candidates: what it may be, at least one.
        scores: of each by channel and evidence.
    """

    candidates: tuple[Candidate, ...]
    scores: list[float]


Sentence = list[Slot]

EDGE: Final = Slot((Candidate("", ("",), (BOUNDARY,), 0.0),), [0.0])


@dataclass(frozen=True, eq=False)
class Lattice:
    """Some sentences, each behind two edges.

    Attributes:
        slots: all words in order, edges included.
        size: by slot, its candidates.
        begin: by slot, where its candidates begin in the arrays below.
        reach: by candidate, how many candidates the next word has; nought at the end of a sentence.
        ahead: by candidate, where those begin.
        first: by candidate, the id of its first syllable.
        second: by candidate, the id of its second, -1 if it has none.
        score: by candidate.
    """

    slots: list[Slot]
    size: Ids
    begin: Ids
    reach: Ids
    ahead: Ids
    first: Ids
    second: Ids
    score: Reals

    @staticmethod
    def of(sentences: list[Sentence]) -> Lattice:
        """Lay the sentences end to end."""
        slots = [slot for sentence in sentences for slot in (EDGE, EDGE, *sentence)]
        size = np.array([len(slot.candidates) for slot in slots], np.int64)
        begin = starts(size)
        next_size = np.append(size, 0)[1:]
        next_size[np.cumsum([len(s) + 2 for s in sentences], dtype=np.int64) - 1] = 0
        ids = [candidate.ids for slot in slots for candidate in slot.candidates]
        return Lattice(
            slots,
            size,
            begin,
            np.repeat(next_size, size),
            np.repeat(begin + size, size),
            np.array([pair[0] for pair in ids], np.int64),
            np.array([pair[1] if len(pair) > 1 else -1 for pair in ids], np.int64),
            np.array([score for slot in slots for score in slot.scores]),
        )

    @property
    def candidates(self) -> list[Candidate]:
        """Every candidate."""
        return [candidate for slot in self.slots for candidate in slot.candidates]

    @property
    def last(self) -> Ids:
        """By candidate, the id of its last syllable."""
        return np.where(self.second >= 0, self.second, self.first)

    def pairs(self) -> tuple[Ids, Ids]:
        """Return of each pair the left and the right candidate."""
        return step(self.ahead, self.reach)

    def triples(self, right: Ids) -> tuple[Ids, Ids]:
        """Return of each triple the two pairs that it is made of, given the right of each pair."""
        return step(starts(self.reach)[right], self.reach[right])

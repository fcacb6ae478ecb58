"""From the many candidates of a word to the few worth decoding, by a look at its neighbours.

The decoder's work grows with the cube of the candidates per word. Here each candidate is judged by
its own score and the best pair it makes with a likely candidate of either neighbour, and only the
best few stay. The reading itself always stays, so that nothing is changed for want of choice.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.arrays import cut, joined
from pipeline.correction.candidates import Candidate
from pipeline.correction.language_model import BOUNDARY, LanguageModel

KEPT: Final = 10  # candidates per word that reach the decoder
NEIGHBOURS: Final = 6  # candidates of a neighbour that are tried

_NO_WORD: Final = -99.0  # the same for every candidate where no word follows

Words = list[tuple[Candidate, ...]]
Reals = NDArray[np.float64]
Ids = NDArray[np.int64]


def narrowed(sentences: list[Words], model: LanguageModel) -> list[Words]:
    """Return the sentences with at most :data:`KEPT` candidates per word and its reading."""
    wide = [
        _Slot(words, at, model)
        for words in sentences
        for at, candidates in enumerate(words)
        if len(candidates) > KEPT
    ]
    best = iter(
        [_best(s.candidates, rank) for s, rank in zip(wide, _ranks(wide, model), strict=True)]
    )
    return [
        [next(best) if len(candidates) > KEPT else candidates for candidates in words]
        for words in sentences
    ]


class _Slot:
    """A word's candidates and the ids of the likely ones of its neighbours."""

    def __init__(self, words: Words, at: int, model: LanguageModel) -> None:
        self.candidates = words[at]
        self.first = np.array([c.ids[0] for c in self.candidates])
        self.last = np.array([c.ids[-1] for c in self.candidates])
        self.score = np.array([c.score for c in self.candidates])
        self.before = _likely(words[at - 1], model, -1) if at else np.array([BOUNDARY])
        follows = at + 1 < len(words)
        self.after = _likely(words[at + 1], model, 0) if follows else np.array([], int)


def _likely(candidates: tuple[Candidate, ...], model: LanguageModel, side: int) -> Ids:
    """Return the first (0) or last (-1) ids of the candidates that channel and frequency favour."""
    ids = np.array([c.ids[side] for c in candidates])
    rank = np.array([c.score for c in candidates]) + model.unigram_logp(ids)
    return ids[np.argsort(-rank, kind="stable")[:NEIGHBOURS]]


def _ranks(slots: list[_Slot], model: LanguageModel) -> list[Reals]:
    """Return per slot what each candidate is worth beside the neighbours that suit it best."""
    if not slots:
        return []
    left = [(slot.before[:, None], slot.first) for slot in slots]
    right = [(slot.last[:, None], slot.after) for slot in slots]
    after_left = cut(model.bigram_logp(*joined(left)), [(len(b), len(f)) for (b, f) in left])
    before_right = cut(model.bigram_logp(*joined(right)), [(len(f), len(a)) for (f, a) in right])
    return [
        slot.score
        + fits.max(axis=0)
        + (raises - model.unigram_logp(slot.after)).max(axis=1, initial=_NO_WORD)
        for slot, fits, raises in zip(slots, after_left, before_right, strict=True)
    ]


def _best(candidates: tuple[Candidate, ...], rank: Reals) -> tuple[Candidate, ...]:
    chosen = set(np.argsort(-rank, kind="stable")[:KEPT].tolist())
    return tuple(c for i, c in enumerate(candidates) if i in chosen or c.reason is None)

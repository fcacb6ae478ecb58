"""The decoder: every word's candidates and their neighbours → the probability of each candidate.

Words between two sentence ends form a lattice. A path's score adds up the channel, the language
model (trigrams), the capitals and the phrases of the lexicon; the forward-backward algorithm over
states of two neighbouring words sums over all paths, so a candidate's posterior is exact under the
model and not the score of one best path. All language model look-ups of a document are made in one
call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction import phrases, spotting
from pipeline.correction.arrays import cut, joined
from pipeline.correction.candidates import Candidate
from pipeline.correction.language_model import BOUNDARY, UNKNOWN, LanguageModel
from pipeline.correction.lexicon import Lexicon
from pipeline.correction.manner import Looks, first_suits, suits

Reals = NDArray[np.float64]
Ids = NDArray[np.int64]

OWN_WORD_BONUS: Final = 6.0  # for a user's word that the language model does not know


@dataclass(frozen=True, eq=False)
class _Slot:
    """One word's place in a lattice, as arrays over its candidates."""

    candidates: tuple[Candidate, ...]
    first: Ids
    second: Ids  # -1 for candidates of one syllable
    score: Reals
    looks: Looks

    @staticmethod
    def of(candidates: tuple[Candidate, ...], lexicon: Lexicon) -> _Slot:
        own = [
            OWN_WORD_BONUS
            * (c.ids[0] == UNKNOWN and not lexicon.own_syllables.isdisjoint(c.syllables))
            for c in candidates
        ]
        return _Slot(
            candidates,
            np.array([c.ids[0] for c in candidates]),
            np.array([c.ids[1] if len(c.ids) > 1 else -1 for c in candidates]),
            np.array([c.score for c in candidates]) + np.array(own),
            Looks.of(candidates),
        )

    @property
    def last(self) -> Ids:
        return np.where(self.second >= 0, self.second, self.first)


def posteriors(
    sentences: list[list[tuple[Candidate, ...]]], model: LanguageModel, lexicon: Lexicon
) -> list[list[Reals]]:
    """Return, for each word of each sentence, the posterior of each of its candidates.

    Args:
        sentences: for each sentence its words' candidates, each with at least one syllable.
        model: gives the probability of a word after two others.
        lexicon: gives a bonus to neighbours that one of its phrases joins.
    """
    lattices = [[_Slot.of(candidates, lexicon) for candidates in words] for words in sentences]
    scores = iter(_language_scores(lattices, model))
    known = phrases.of(lexicon)
    return [
        _forward_backward(
            [
                next(scores) + _local(slots, at, model) + gain
                for at, gain in enumerate(spotting.gains(known, words))
            ]
        )
        for words, slots in zip(sentences, lattices, strict=True)
    ]


def _language_scores(lattices: list[list[_Slot]], model: LanguageModel) -> list[Reals]:
    """Return per slot ``ln P`` of each candidate after each pair before it, shape (H, J, K)."""
    histories = [_history(slots, at) for slots in lattices for at in range(len(slots))]
    slots = [slot for slots in lattices for slot in slots]
    if not slots:
        return []
    contexts = model.context(*joined(histories))
    firsts = [slot.first for slot in slots]
    lasts = [last for _, last in histories]
    pairs = [(last[:, None], first) for last, first in zip(lasts, firsts, strict=True)]
    lower = model.bigram_logp(*joined(pairs))
    shapes = [
        (*two_back.shape, len(first))
        for (two_back, _), first in zip(histories, firsts, strict=True)
    ]
    triples = [
        (context[:, :, None], first, below[None])
        for context, first, below in zip(
            cut(contexts, [shape[:2] for shape in shapes]),
            firsts,
            cut(lower, [shape[1:] for shape in shapes]),
            strict=True,
        )
    ]
    scores = cut(model.trigram_logp(*joined(triples)), shapes)
    return [
        score + _second_syllable(slot, last, model)
        for score, slot, last in zip(scores, slots, lasts, strict=True)
    ]


def _second_syllable(slot: _Slot, last: Ids, model: LanguageModel) -> Reals:
    """Return ``ln P`` of the second syllables of split words, shape (1, J, K) or a plain nought."""
    if (slot.second < 0).all():
        return np.zeros((1, 1, 1))
    logp = model.logp(last[:, None], slot.first[None, :], np.maximum(slot.second, 0)[None, :])
    return np.where(slot.second >= 0, logp, 0.0)[None]


def _history(slots: list[_Slot], at: int) -> tuple[Ids, Ids]:
    """Return the ids two before, shape (H, J), and one before, shape (J,), of slot *at*."""
    start = np.array([BOUNDARY])
    if at == 0:
        return start[:, None], start
    previous = slots[at - 1]
    before = slots[at - 2].last if at > 1 else start
    two_back = np.where(previous.second >= 0, previous.first, before[:, None])
    return two_back, previous.last


def _local(slots: list[_Slot], at: int, model: LanguageModel) -> Reals:
    """Return what needs one word of history, shape (1, J, K): channel, capitals and marks."""
    slot = slots[at]
    if at == 0:
        return (slot.score + first_suits(slot.looks, slot.first, model))[None, None, :]
    before = slots[at - 1]
    return (slot.score + suits(before.looks, before.last, slot.looks, slot.first, model))[None]


def _forward_backward(scores: list[Reals]) -> list[Reals]:
    """Return the posterior of each candidate of each slot from transition scores (H, J, K)."""
    if not scores:
        return []
    alphas = [scores[0][0]]
    for score in scores[1:]:
        alphas.append(_logsumexp(alphas[-1][:, :, None] + score, axis=0))
    beta = np.zeros_like(alphas[-1])
    betas = [beta]
    for score in reversed(scores[1:]):
        beta = _logsumexp(score + beta[None], axis=2)
        betas.append(beta)
    result = []
    for alpha, beta in zip(alphas, reversed(betas), strict=True):
        joint = _logsumexp(alpha + beta, axis=0)
        shares = np.exp(joint - joint.max())
        result.append(shares / shares.sum())
    return result


def _logsumexp(values: Reals, axis: int) -> Reals:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis)))

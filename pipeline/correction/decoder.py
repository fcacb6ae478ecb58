"""The decoder: every word's candidates and their neighbours → the probability of each candidate.

Words between two sentence ends form a lattice. A path's score adds up the channel, the language
model (trigrams), the capitals and the lexicon; the forward-backward algorithm over states of two
neighbouring words sums over all paths, so a candidate's posterior is exact under the model and not
the score of one best path. All language model look-ups of a document are made in one call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.candidates import Candidate, Form
from pipeline.correction.language_model import BOUNDARY, UNKNOWN, LanguageModel
from pipeline.correction.lexicon import Lexicon

Reals = NDArray[np.float64]
Ids = NDArray[np.int64]

LEXICON_BONUS: Final = 0.6  # nats for two neighbours that a phrase of the lexicon joins
OWN_BONUS: Final = 2.5  # the same for a phrase of the user's own list
OWN_WORD_BONUS: Final = 6.0  # for a user's word that the language model does not know
UPPER_LOGP: Final = -4.0  # ln P of a word in capitals among others that are not
TITLE_FLOOR: Final = 0.005  # no capital and no small letter is ever impossible


@dataclass(frozen=True, eq=False)
class _Slot:
    """One word's place in a lattice, as arrays over its candidates."""

    candidates: tuple[Candidate, ...]
    first: Ids
    second: Ids  # -1 for candidates of one syllable
    score: Reals
    is_title: NDArray[np.bool_]
    is_lower: NDArray[np.bool_]
    is_upper: NDArray[np.bool_]

    @staticmethod
    def of(candidates: tuple[Candidate, ...], lexicon: Lexicon) -> _Slot:
        own = [
            OWN_WORD_BONUS * (c.ids[0] == UNKNOWN and not lexicon.own_syllables.isdisjoint(c.syllables))
            for c in candidates
        ]
        return _Slot(
            candidates,
            np.array([c.ids[0] for c in candidates]),
            np.array([c.ids[1] if len(c.ids) > 1 else -1 for c in candidates]),
            np.array([c.score for c in candidates]) + np.array(own),
            np.array([c.form is Form.TITLE for c in candidates]),
            np.array([c.form is Form.LOWER for c in candidates]),
            np.array([c.form is Form.UPPER for c in candidates]),
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
    """
    lattices = [[_Slot.of(candidates, lexicon) for candidates in words] for words in sentences]
    scores = iter(_language_scores(lattices, model))
    return [
        _forward_backward(
            [next(scores) + _local(slots, at, model, lexicon) for at in range(len(slots))]
        )
        for slots in lattices
    ]


def _language_scores(lattices: list[list[_Slot]], model: LanguageModel) -> list[Reals]:
    """Return per slot ``ln P`` of each candidate after each pair before it, shape (H, J, K)."""
    queries: list[tuple[Ids, Ids, Ids]] = []
    shapes: list[tuple[int, ...]] = []
    for slots in lattices:
        for at, slot in enumerate(slots):
            before, last = _history(slots, at)
            one = np.broadcast_arrays(before[:, :, None], last[None, :, None], slot.first)
            two = np.broadcast_arrays(last[None, :, None], slot.first, slot.second)
            shapes.append((len(before), len(last), len(slot.first)))
            queries.append(tuple(part.ravel() for part in one))  # type: ignore[arg-type]  # three of them
            if (slot.second >= 0).any():
                queries.append(tuple(part.ravel() for part in two))  # type: ignore[arg-type]  # three of them
    if not queries:
        return []
    first, second, third = (np.concatenate(part) for part in zip(*queries, strict=True))
    logp = np.where(third >= 0, model.logp(first, second, np.maximum(third, 0)), 0.0)
    return _unpack(lattices, shapes, logp)


def _unpack(lattices: list[list[_Slot]], shapes: list[tuple[int, ...]], logp: Reals) -> list[Reals]:
    result: list[Reals] = []
    at = 0
    for slot, (h, j, k) in zip((s for slots in lattices for s in slots), shapes, strict=True):
        score = logp[at : at + h * j * k].reshape(h, j, k)
        at += h * j * k
        if (slot.second >= 0).any():
            score = score + logp[at : at + j * k].reshape(1, j, k)
            at += j * k
        result.append(score)
    return result


def _history(slots: list[_Slot], at: int) -> tuple[Ids, Ids]:
    """Return the ids two before, shape (H, J), and one before, shape (J,), of slot *at*."""
    start = np.array([BOUNDARY])
    if at == 0:
        return start[:, None], start
    previous = slots[at - 1]
    before = slots[at - 2].last if at > 1 else start
    two_back = np.where(previous.second >= 0, previous.first, before[:, None])
    return two_back, previous.last


def _local(slots: list[_Slot], at: int, model: LanguageModel, lexicon: Lexicon) -> Reals:
    """Return what does not need two words of history, shape (1, J, K): channel, capitals, lexicon."""
    slot = slots[at]
    if at == 0:
        return slot.score[None, None, :]
    previous = slots[at - 1]
    share = model.title_share(*np.broadcast_arrays(previous.last[:, None], slot.first[None, :]))
    share = np.clip(share, TITLE_FLOOR, 1 - TITLE_FLOOR)
    capitals = np.where(slot.is_title, np.log(share), 0.0) + np.where(slot.is_lower, np.log1p(-share), 0.0)
    shouted = slot.is_upper[None, :] & ~previous.is_upper[:, None]
    whispered = ~slot.is_upper[None, :] & previous.is_upper[:, None]
    capitals = np.where(shouted, UPPER_LOGP, capitals) + np.where(whispered, UPPER_LOGP / 4, 0.0)
    bonus = np.array(
        [
            [_bond(left.syllables[-1], right.syllables[0], lexicon) for right in slot.candidates]
            for left in previous.candidates
        ]
    )
    return (slot.score[None, :] + capitals + bonus)[None]


def _bond(left: str, right: str, lexicon: Lexicon) -> float:
    pair = (left, right)
    return LEXICON_BONUS * (pair in lexicon.pairs) + OWN_BONUS * (pair in lexicon.own_pairs)


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

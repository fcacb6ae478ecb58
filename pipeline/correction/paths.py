"""The forward-backward algorithm: from what each step of a path is worth to what each word is.

A state is a pair of candidates of neighbouring words, a step a triple. All sums run over
probabilities, each word's scaled by its best step, so that only one exponential is taken per step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

LEAST: Final = -300.0  # nats: what is further behind the best step is lost to rounding anyway
_ONE: Final = np.ones((1, 1))
_SURE: Final = np.ones(1)


def weights(scores: Reals, begin: NDArray[np.int64], count: NDArray[np.int64]) -> Reals:
    """Return the steps' ``exp(score)``, each word's scaled by its best.

    Args:
        scores: of all steps of all words, end to end.
        begin: by word, its first step.
        count: by word, its steps, at least one.
    """
    top = np.maximum.reduceat(scores, begin) if len(begin) else scores
    return np.asarray(np.exp(np.maximum(scores - np.repeat(top, count), LEAST)))


def posteriors(steps: Sequence[Reals]) -> list[Reals]:
    """Return the posterior of each candidate of each word of a sentence.

    Args:
        steps: for each word the weights of the steps to it, shape (H, J, K): candidates of the word
            two before, of the word before, and its own. H and J are 1 where the sentence begins.
    """
    if all(step.size == 1 for step in steps):
        return [_SURE] * len(steps)
    alpha, alphas = _ONE, []
    for step in steps:
        # Where a word and its neighbour have one candidate each, the sentence begins anew.
        alpha = _ONE if step[0].size == 1 else _scaled(np.einsum("hj,hjk->jk", alpha, step))
        alphas.append(alpha)
    beta, shares = np.ones_like(alpha), []
    for step, alpha in zip(reversed(steps), reversed(alphas), strict=True):
        if alpha.shape[1] == 1:
            shares.append(_SURE)
        else:
            joint = (alpha * beta).sum(axis=0)
            shares.append(joint / joint.sum())
        single = step[:, :, 0].size == 1
        beta = _ONE if single else _scaled(np.einsum("hjk,jk->hj", step, beta))
    return shares[::-1]


def _scaled(values: Reals) -> Reals:
    return np.asarray(values / values.max())

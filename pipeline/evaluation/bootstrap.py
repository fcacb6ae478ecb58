"""How sure a rate is: what it would be on other pages like these.

Whole runs of words are drawn again, not single words, because errors come in bursts: a bad line or
a blot spoils many words at once. The same counts always give the same intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.evaluation.alignment import Integers
from pipeline.evaluation.counts import FIELDS, RATES

BLOCK: Final = 40  # words of a truth that are drawn together
RESAMPLES: Final = 1000
SEED: Final = 20_190_305
LEVEL: Final = 95  # per cent
FEWEST: Final = 5  # blocks; with fewer there is nothing to draw from

Interval = tuple[float, float]


def intervals(documents: Sequence[Integers]) -> dict[str, Interval | None] | None:
    """Return the interval of each of :data:`.counts.RATES`, pooled over *documents*.

    Args:
        documents: rows of each as :func:`pipeline.evaluation.counts.tallied` gives them.

    Returns:
        Low and high end of each; None when the documents are too short to tell, and for a rate that
        is the same in every block: errors that were never seen cannot be drawn.
    """
    blocks = np.concatenate([_blocks(rows) for rows in documents])
    if len(blocks) < FEWEST:
        return None
    drawn = dict(zip(FIELDS, _drawn(blocks).T, strict=True))
    return {rate: _interval(drawn[part], drawn[of]) for rate, (part, of) in RATES.items()}


def _blocks(rows: Integers) -> Integers:
    """Return the sums of runs of about :data:`BLOCK` rows, all of nearly the same length."""
    count = max(1, round(len(rows) / BLOCK))
    starts = np.arange(count) * len(rows) // count
    sums: Integers = np.add.reduceat(rows, starts, axis=0)
    return sums


def _drawn(blocks: Integers) -> Integers:
    """Return the sums of each resample: of as many blocks, some of them several times."""
    generator = np.random.default_rng(SEED)
    count = len(blocks)
    drawn = (generator.integers(count, size=count) for _ in range(RESAMPLES))
    return np.array([np.bincount(picked, minlength=count) @ blocks for picked in drawn])


def _interval(parts: Integers, wholes: Integers) -> Interval | None:
    known = wholes > 0  # a resample without a wrong word says nothing of those fixed
    if not known.any():
        return None
    ends = (100 - LEVEL) / 2, (100 + LEVEL) / 2
    low, high = map(float, np.percentile(parts[known] / wholes[known], ends))
    return (low, high) if low < high else None

"""From the many candidates of a word to the few worth decoding, by a look at its neighbours.

The decoder's work grows with the cube of the candidates per word. Here each candidate is judged by
its own score and the best pair it makes with a likely candidate of either neighbour, and only the
best few stay, none of them far behind. The reading itself always stays, so that nothing is changed
for want of choice, and so does a user's own word, which neighbours cannot judge.
"""

from __future__ import annotations

from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.arrays import starts, step
from pipeline.correction.language_model import LanguageModel
from pipeline.correction.lattice import Lattice, Sentence, Slot

KEPT: Final = 10  # candidates per word that reach the decoder
BEHIND: Final = 10.0  # nats behind the best of its word at which a candidate does not
NEIGHBOURS: Final = 6  # candidates of a neighbour that are tried

Reals = NDArray[np.float64]
Ids = NDArray[np.int64]


def narrowed(
    sentences: list[Sentence], model: LanguageModel, own: frozenset[str]
) -> list[Sentence]:
    """Return the sentences with at most :data:`KEPT` candidates per word and those that stay.

    Args:
        sentences: with every candidate.
        model: tells which neighbours suit each other.
        own: syllables of the user's own words.
    """
    lattice = Lattice.of(sentences)
    rank = _ranks(lattice, model)
    place = _places(lattice, rank)
    best = np.maximum.reduceat(rank, lattice.begin) if len(rank) else rank
    stays = (place < KEPT) & (rank >= np.repeat(best, lattice.size) - BEHIND)
    slots = lattice.slots.copy()
    too_many = np.unique(np.repeat(np.arange(len(slots)), lattice.size)[~stays])
    for at, begin, size in zip(
        *(a.tolist() for a in (too_many, lattice.begin[too_many], lattice.size[too_many])),
        strict=True,
    ):
        slots[at] = _only(slots[at], stays[begin : begin + size].tolist(), own)
    rest = iter(slots)
    return [[next(rest) for _ in ("edge", "edge", *s)][2:] for s in sentences]


def _only(slot: Slot, stays: list[bool], own: frozenset[str]) -> Slot:
    chosen = [
        stay or candidate.reason is None or not own.isdisjoint(candidate.syllables)
        for stay, candidate in zip(stays, slot.candidates, strict=True)
    ]
    return Slot(tuple(compress(slot.candidates, chosen)), list(compress(slot.scores, chosen)))


def _places(lattice: Lattice, rank: Reals) -> Ids:
    """Return the place of each candidate among those of its word, the best rank first."""
    slot = np.repeat(np.arange(len(lattice.size)), lattice.size)
    order = np.lexsort((-rank, slot))
    place = np.empty(len(rank), np.int64)
    place[order] = np.arange(len(rank)) - lattice.begin[slot]
    return place


def _ranks(lattice: Lattice, model: LanguageModel) -> Reals:
    """Return what each candidate is worth beside the neighbours that suit it best."""
    first, last = lattice.first, lattice.last
    common = model.unigram_logp(first)
    left = np.flatnonzero(_places(lattice, lattice.score + model.unigram_logp(last)) < NEIGHBOURS)
    right = np.flatnonzero(_places(lattice, lattice.score + common) < NEIGHBOURS)
    open_ones = np.repeat(lattice.size > 1, lattice.size)
    rank = lattice.score.copy()
    one, other = _beside(lattice, left, -1, open_ones)
    _add_best(rank, one, model.bigram_logp(last[other], first[one]))
    one, other = _beside(lattice, right, 1, open_ones)
    _add_best(rank, one, model.bigram_logp(last[one], first[other]) - common[other])
    return rank


def _beside(
    lattice: Lattice, likely: Ids, side: int, open_ones: NDArray[np.bool_]
) -> tuple[Ids, Ids]:
    """Return every pair of a candidate and a likely one of the word before (-1) or after it (1)."""
    slot = np.repeat(np.arange(len(lattice.size)), lattice.size)
    count = np.bincount(slot[likely], minlength=len(lattice.size))
    begin = starts(count)
    beside = np.clip(slot + side, 0, len(count) - 1)
    reach = np.where(open_ones & ((side < 0) | (lattice.reach > 0)), count[beside], 0)
    one, other = step(begin[beside], reach)
    return one, likely[other]


def _add_best(rank: Reals, one: Ids, worth: Reals) -> None:
    """Add to each rank the best that its pairs are worth; those of *one* stand together."""
    if len(one):
        begins = np.flatnonzero(np.diff(one, prepend=-1))
        rank[one[begins]] += np.maximum.reduceat(worth, begins)

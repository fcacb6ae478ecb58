"""The decoder: every word's candidates and their neighbours → the probability of each candidate.

Words between two sentence ends form a lattice. A path's score adds up the channel, the language
model (trigrams), the capitals and the phrases of the lexicon; the forward-backward algorithm over
states of two neighbouring words sums over all paths, so a candidate's posterior is exact under the
model and not the score of one best path.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction import paths, phrases, spotting
from pipeline.correction.arrays import starts
from pipeline.correction.language_model import BOUNDARY, UNKNOWN, LanguageModel
from pipeline.correction.lattice import Lattice, Sentence
from pipeline.correction.lexicon import Lexicon
from pipeline.correction.manner import Looks, suits

Reals = NDArray[np.float64]
Ids = NDArray[np.int64]

OWN_WORD_BONUS: Final = 6.0  # for a user's word that the language model does not know
OWN_PART_COST: Final = -6.0  # for one that stands there in a phrase alone, which draws it together


def posteriors(
    sentences: list[Sentence], model: LanguageModel, lexicon: Lexicon
) -> list[list[Reals]]:
    """Return, for each word of each sentence, the posterior of each of its candidates.

    Args:
        sentences: whose candidates have at least one syllable each.
        model: gives the probability of a word after two others.
        lexicon: gives a bonus to neighbours that one of its phrases joins.
    """
    lattice = Lattice.of(sentences)
    left, right = lattice.pairs()
    before, pair = lattice.triples(right)
    first, second = lattice.last[left], lattice.first[right]
    row = model.pair(first, second)
    manners = model.manners(first, second, row)
    local = (
        (lattice.score + _own(lattice, lexicon))[right]
        + suits(Looks.of(lattice.candidates), left, right, first == BOUNDARY, manners)
        + _second_syllable(lattice, row, right, model)
        + _gains(sentences, lattice, lexicon)
    )
    lower = model.bigram_logp(first, second, row)
    context = _context(lattice, row, right, model)
    scores = model.trigram_logp(context[before], second[pair], lower[pair])
    scores += local[pair]
    return _shares(sentences, lattice, scores)


def _shares(sentences: list[Sentence], lattice: Lattice, scores: Reals) -> list[list[Reals]]:
    """Return the posteriors, given what every triple is worth."""
    own = np.flatnonzero([at > 1 for s in sentences for at in range(len(s) + 2)])
    shape = np.stack([lattice.size[own - 2], lattice.size[own - 1], lattice.size[own]], axis=1)
    count = shape.prod(axis=1)
    begin = starts(count)
    weights = paths.weights(scores, begin, count)
    steps = (
        weights[start:end].reshape(sizes)
        for start, end, sizes in zip(
            begin.tolist(), (begin + count).tolist(), shape.tolist(), strict=True
        )
    )
    return [paths.posteriors(list(islice(steps, len(sentence)))) for sentence in sentences]


def _own(lattice: Lattice, lexicon: Lexicon) -> Reals:
    """Return what each candidate gains or loses as a user's own word."""
    gain = np.zeros(len(lattice.first))
    if lexicon.own_syllables:
        candidates = lattice.candidates
        for at in np.flatnonzero(lattice.first == UNKNOWN).tolist():
            syllables = candidates[at].syllables
            if not lexicon.own_entries.isdisjoint(syllables):
                gain[at] = OWN_WORD_BONUS
            elif candidates[at].reason and not lexicon.own_syllables.isdisjoint(syllables):
                gain[at] = OWN_PART_COST
    return gain


def _second_syllable(lattice: Lattice, row: Ids, right: Ids, model: LanguageModel) -> Reals:
    """Return per pair ``ln P`` of the second syllable of a split word, else nought."""
    result = np.zeros(len(right))
    split = np.flatnonzero(lattice.second[right] >= 0)
    first, second = lattice.first[right[split]], lattice.second[right[split]]
    lower = model.bigram_logp(first, second)
    result[split] = model.trigram_logp(row[split], second, lower)
    return result


def _context(lattice: Lattice, row: Ids, right: Ids, model: LanguageModel) -> Ids:
    """Return per pair the language model's row of its last two syllables."""
    split = np.flatnonzero(lattice.second >= 0)
    inner = np.full(len(lattice.first), -1)
    inner[split] = model.pair(lattice.first[split], lattice.second[split])
    return np.where(lattice.second[right] >= 0, inner[right], row)


def _gains(sentences: list[Sentence], lattice: Lattice, lexicon: Lexicon) -> Reals:
    """Return per pair what the phrases of the lexicon give to it."""
    known = phrases.of(lexicon)
    begin = starts(lattice.reach)
    result = np.zeros(int(lattice.reach.sum()))
    slot = 0
    for sentence in sentences:
        slot += 2
        words = [one.candidates for one in sentence]
        for at, table in enumerate(spotting.gains(known, words), slot):
            if not isinstance(table, float):
                start = begin[lattice.begin[at - 1]]
                result[start : start + table.size] = table.ravel()
        slot += len(sentence)
    return result

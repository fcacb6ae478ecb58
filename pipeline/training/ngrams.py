"""Counts → one trigram model: modified Kneser-Ney per domain, mixed for ours, pruned, quantised.

Source: Chen and Goodman, "An empirical study of smoothing techniques for language modeling" (1998),
interpolated modified Kneser-Ney. The domains are mixed n-gram by n-gram, each counting as far as
the history is likely in it (Allauzen and Riley, "Bayesian language model interpolation for mobile
speech input", 2011). The back-off weights are computed again over what pruning leaves, so each
history sums to one.

An n-gram is one integer: its word ids, 16 bits each, first word highest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.language_model import BOUNDARY, QUANTUM
from pipeline.training.corpus import COMMA, MAX_WORDS, STOP, TITLE, Stream

Keys = NDArray[np.uint64]
Reals = NDArray[np.float64]
_WORD: Final = np.uint64(16)
_LOW: Final = np.uint64(0xFFFF)
_PAIR: Final = np.uint64(0xFFFFFFFF)
# Flag, and whether the first (0) or the second word of a pair carries it.
MANNERS: Final = {"title": (TITLE, 1), "comma": (COMMA, 0), "stop": (STOP, 1)}


@dataclass(frozen=True, eq=False)
class Counts:
    """What one domain says: sorted n-grams with counts, and how pairs stand in print."""

    bigrams: Keys
    bigram_counts: NDArray[np.int64]
    trigrams: Keys
    trigram_counts: NDArray[np.int64]
    # How bigrams inside a sentence stand in print, by name: "title" (the second word is
    # capitalised), "comma" (one stands between the two), "stop" (one follows the second).
    manners: dict[str, tuple[Keys, NDArray[np.int64]]]


def count(streams: list[Stream]) -> Counts:
    """Count the n-grams of a domain. None reaches over a boundary to the left of its last word."""
    pairs, triples = [], []
    manners: dict[str, list[Keys]] = {name: [] for name in MANNERS}
    for stream in streams:
        ids = (stream & np.uint16(MAX_WORDS - 1)).astype(np.uint64)
        inside = ids[1:] != BOUNDARY
        pair = ids[:-1] << _WORD | ids[1:]
        pairs.append(pair[inside])
        within = inside & (ids[:-1] != BOUNDARY)
        for name, (flag, side) in MANNERS.items():
            flagged = (stream[side : len(stream) - 1 + side] & np.uint16(flag)) != 0
            manners[name].append(pair[within & flagged])
        whole = inside[1:] & inside[:-1]
        first = ids[:-2]
        triples.append((first << (_WORD + _WORD) | pair[1:])[whole])
    counted = {name: _unique(parts) for name, parts in manners.items()}
    return Counts(*_unique(pairs), *_unique(triples), counted)


def _unique(parts: list[Keys]) -> tuple[Keys, NDArray[np.int64]]:
    return np.unique(np.concatenate(parts), return_counts=True)


class Domain:
    """An interpolated modified Kneser-Ney trigram model of one domain, not pruned."""

    def __init__(self, counts: Counts, words: int) -> None:
        self.words = words
        trigram_tails = counts.trigrams & _PAIR
        # Lower orders count in how many contexts an n-gram stands, not how often (Kneser-Ney);
        # after a boundary there is no longer context, so the plain count stays.
        tails, contexts = np.unique(trigram_tails, return_counts=True)
        lower = counts.bigram_counts.astype(np.float64).copy()
        free = counts.bigrams >> _WORD != BOUNDARY
        at = np.searchsorted(tails, counts.bigrams[free])
        at = np.minimum(at, len(tails) - 1)
        lower[free] = np.where(tails[at] == counts.bigrams[free], contexts[at], 1)
        unigram = np.bincount((counts.bigrams & _LOW).astype(np.int64), minlength=words) + 0.1
        self.unigram: Reals = unigram / unigram.sum()
        self.bigrams, self.trigrams = counts.bigrams, counts.trigrams
        self.bigram_p, self.bigram_rest = self._discount(
            counts.bigrams, lower, self.unigram[(counts.bigrams & _LOW).astype(np.int64)]
        )
        self.trigram_p, self.trigram_rest = self._discount(
            counts.trigrams,
            counts.trigram_counts.astype(np.float64),
            self.pair_probability(trigram_tails),
        )

    def _discount(
        self, keys: Keys, counts: Reals, lower: Reals
    ) -> tuple[Reals, tuple[Keys, Reals]]:
        """Return P of each n-gram, and the weight of the lower order by history."""
        ones, twos, threes, fours = (float((counts == n).sum()) + 1.0 for n in (1, 2, 3, 4))
        y = ones / (ones + 2 * twos)
        discounts = np.array(
            [0, 1 - 2 * y * twos / ones, 2 - 3 * y * threes / twos, 3 - 4 * y * fours / threes]
        )
        discount = np.clip(discounts, 0.0, None)[np.minimum(counts, 3).astype(np.int64)]
        histories, inverse = np.unique(keys >> _WORD, return_inverse=True)
        totals = np.bincount(inverse, weights=counts)
        rest = np.bincount(inverse, weights=discount) / totals
        probability = (counts - discount) / totals[inverse] + rest[inverse] * lower
        return probability, (histories, rest)

    def pair_probability(self, keys: Keys) -> Reals:
        """Return P(second | first) of bigrams, seen or not."""
        lower = self.unigram[(keys & _LOW).astype(np.int64)]
        return _backed_off(keys, self.bigrams, self.bigram_p, self.bigram_rest, lower)

    def joint(self, keys: Keys) -> Reals:
        """Return P of both words of bigrams together."""
        return self.unigram[(keys >> _WORD).astype(np.int64)] * self.pair_probability(keys)

    def triple_probability(self, keys: Keys) -> Reals:
        """Return P(third | first two) of trigrams, seen or not."""
        lower = self.pair_probability(keys & _PAIR)
        return _backed_off(keys, self.trigrams, self.trigram_p, self.trigram_rest, lower)


def _backed_off(
    keys: Keys, seen: Keys, probability: Reals, rest: tuple[Keys, Reals], lower: Reals
) -> Reals:
    history = _find(rest[0], keys >> _WORD)
    weight = np.where(history >= 0, rest[1][np.maximum(history, 0)], 1.0)
    result = np.asarray(weight * lower)
    at = _find(seen, keys)
    result[at >= 0] = probability[at[at >= 0]]
    return result


def _find(table: Keys, keys: Keys) -> NDArray[np.int64]:
    """Return the index of each key in the sorted *table*, or -1."""
    if not len(table):
        return np.full(len(keys), -1)
    at = np.minimum(np.searchsorted(table, keys), len(table) - 1)
    return np.where(table[at] == keys, at, -1)


def build(
    counts: list[Counts],
    models: list[Domain],
    weights: Reals,
    *,
    min_bigram: tuple[int, ...],
    min_trigram: tuple[int, ...],
) -> Mapping[str, NDArray[np.generic]]:
    """Return the arrays of :class:`pipeline.correction.language_model.LanguageModel`.

    Args:
        counts: of each domain.
        models: of each domain.
        weights: of each domain in the mixture. What it counts after a history depends on how likely
            that history is in it as well.
        min_bigram: a bigram is kept if any domain has it this often.
        min_trigram: the same for trigrams.
    """
    words = models[0].words
    bigrams = _kept([(c.bigrams, c.bigram_counts) for c in counts], min_bigram)
    trigrams = _kept([(c.trigrams, c.trigram_counts) for c in counts], min_trigram)
    bigrams = np.union1d(bigrams, np.unique(trigrams >> _WORD))
    unigram_p = sum(w * m.unigram for w, m in zip(weights, models, strict=True))
    bigram_p = _mixed(
        _owners(weights, [m.unigram[(bigrams >> _WORD).astype(np.int64)] for m in models]),
        [m.pair_probability(bigrams) for m in models],
    )
    trigram_p = _mixed(
        _owners(weights, [m.joint(trigrams >> _WORD) for m in models]),
        [m.triple_probability(trigrams) for m in models],
    )

    first = (bigrams >> _WORD).astype(np.int64)
    lower_p = unigram_p[(bigrams & _LOW).astype(np.int64)]
    unigram_rest = _rest(first, bigram_p, lower_p, words)
    history = _find(bigrams, trigrams >> _WORD)
    tail = _find(bigrams, trigrams & _PAIR)
    tail_p = np.where(
        tail >= 0,
        bigram_p[np.maximum(tail, 0)],
        unigram_rest[((trigrams & _PAIR) >> _WORD).astype(np.int64)]
        * unigram_p[(trigrams & _LOW).astype(np.int64)],
    )
    bigram_rest = _rest(history, trigram_p, tail_p, len(bigrams))
    return {
        "unigram_logp": _quantise(unigram_p),
        "unigram_backoff": _quantise(unigram_rest),
        "bigram_start": _starts(first, words),
        "bigram_word": (bigrams & _LOW).astype(np.uint16),
        "bigram_logp": _quantise(bigram_p),
        "bigram_backoff": _quantise(bigram_rest),
        "trigram_start": _starts(history, len(bigrams)),
        "trigram_word": (trigrams & _LOW).astype(np.uint16),
        "trigram_logp": _quantise(trigram_p),
        **_shares(counts, weights, bigrams, words),
    }


def _owners(weights: Reals, likely: list[Reals]) -> Reals:
    """Return the share of each domain in each history, given how likely the history is in it."""
    shares = np.stack([w * p for w, p in zip(weights, likely, strict=True)])
    return np.asarray(shares / shares.sum(axis=0))


def _mixed(shares: Reals, probabilities: list[Reals]) -> Reals:
    return np.asarray(sum(s * p for s, p in zip(shares, probabilities, strict=True)))


def _kept(tables: list[tuple[Keys, NDArray[np.int64]]], least: tuple[int, ...]) -> Keys:
    return np.unique(
        np.concatenate([keys[n >= low] for (keys, n), low in zip(tables, least, strict=True)])
    )


def _rest(history: NDArray[np.int64], upper: Reals, lower: Reals, size: int) -> Reals:
    """Return the back-off weight of each history, so that its probabilities sum to one."""
    kept = 1.0 - np.bincount(history, weights=upper, minlength=size)
    free = 1.0 - np.bincount(history, weights=lower, minlength=size)
    return np.asarray(np.clip(kept, 1e-6, 1.0) / np.clip(free, 1e-6, 1.0))


def _shares(
    counts: list[Counts], weights: Reals, bigrams: Keys, words: int
) -> dict[str, NDArray[np.uint8]]:
    """Return for each manner how often a word, and each pair of words, stands so in print.

    Our own domain has its own manner but few pairs: a pair met in another counts for less, though
    for more than the domain's weight alone would give it.
    """
    sizes = np.array([domain.bigram_counts.sum() for domain in counts])
    worth = np.sqrt(weights / sizes / (weights / sizes).max())
    every = np.zeros(len(bigrams))
    for domain, one in zip(counts, worth, strict=True):
        every += one * _looked_up(domain.bigrams, domain.bigram_counts, bigrams)
    every[bigrams >> _WORD == BOUNDARY] = 0  # the first word of a sentence tells nothing
    arrays = {}
    for name, (_, side) in MANNERS.items():
        those = np.zeros(len(bigrams))
        for domain, one in zip(counts, worth, strict=True):
            those += one * _looked_up(*domain.manners[name], bigrams)
        word = (bigrams & _LOW if side else bigrams >> _WORD).astype(np.int64)
        alone = (np.bincount(word, weights=those, minlength=words) + 0.05) / (
            np.bincount(word, weights=every, minlength=words) + 1
        )
        pair = (those + 2 * alone[word]) / (every + 2)
        arrays[f"unigram_{name}"] = np.rint(255 * alone).astype(np.uint8)
        arrays[f"bigram_{name}"] = np.rint(255 * pair).astype(np.uint8)
    return arrays


def _looked_up(table: Keys, counts: NDArray[np.int64], keys: Keys) -> NDArray[np.int64]:
    """Return the count of each key, 0 where the table lacks it."""
    at = _find(table, keys)
    found = np.zeros(len(keys), dtype=np.int64)
    found[at >= 0] = counts[at[at >= 0]]
    return found


def _starts(rows: NDArray[np.int64], size: int) -> NDArray[np.uint32]:
    """Return where each row begins in a table sorted by row; one more entry for the end."""
    return np.searchsorted(rows, np.arange(size + 1)).astype(np.uint32)


def _quantise(probability: Reals) -> NDArray[np.uint8]:
    logs = -np.log(np.clip(probability, 1e-9, 1.0)) / QUANTUM
    return np.rint(np.clip(logs, 0, 255)).astype(np.uint8)

"""Every word of a vocabulary scored at once against many read words.

The words form a trie. All nodes of one depth that are still alive, of all read words, are worked
out together: one row per (read word, node), with a column for each place in the read word.

What a path counts is what it loses against the best end that any letters could give the read word
(:class:`~pipeline.correction.emissions.Table`). It only ever loses more, so a path below the worst
score that is wanted is left at once, and no wanted word is lost by that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.channel import FLOOR, MAX_EMISSION, Profile
from pipeline.correction.emissions import Emissions, Table
from pipeline.correction.nodes import Nodes, Numbers, Reals

CHANNELS: Final = 4  # profiles whose emissions are remembered
AT_ONCE: Final = 640  # places of read words worked out together: long arrays that fit the cache
GLANCE: Final = 3.0  # nats below the likeliest path that the first look follows


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The words that a read word may be.

    Attributes:
        words: their places in :attr:`Trie.words`, rising.
        scores: their ``ln P(read | word)``.
        best: the best such score of any word, whether it is within the other limits or not.
    """

    words: Numbers
    scores: NDArray[np.float64]
    best: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Which words are wanted.

    Attributes:
        beam: those within this many nats of the best by the channel alone ...
        behind: ... and of the best by channel and prior together.
        weight: trust in the channel against the prior, above nought.
    """

    beam: float
    behind: float = math.inf
    weight: float = 1.0


class Trie:
    """A set of words, ready to be scored against read words."""

    def __init__(self, words: Iterable[str], prior: Callable[[str], float] | None = None) -> None:
        """Build from distinct NFC words, in any order; *prior* gives the ``ln P`` of each."""
        self.words = sorted(words)
        self.alphabet = sorted({character for word in self.words for character in word})
        self.prior = np.array([prior(w) if prior else 0.0 for w in self.words], np.float32)
        self._emissions = lru_cache(maxsize=CHANNELS)(self._new_emissions)
        self._nodes = Nodes.of(self.words, self.alphabet, self.prior)

    def score(self, read: str, channel: Profile, *, beam: float) -> list[tuple[str, float]]:
        """Return the words whose score is within *beam* of the best, with ``ln P(read | word)``."""
        return self.score_many([read], channel, beam=beam)[0]

    def score_many(
        self, reads: Sequence[str], channel: Profile, *, beam: float
    ) -> list[list[tuple[str, float]]]:
        """Return for each read word what :meth:`score` does; many at once are much quicker."""
        return [
            [
                (self.words[word], score)
                for word, score in zip(found.words.tolist(), found.scores.tolist(), strict=True)
            ]
            for found in self.search(reads, channel, Limits(beam))
        ]

    def search(self, reads: Sequence[str], channel: Profile, limits: Limits) -> list[Found]:
        """Return for each read word the words within the *limits*."""
        found: dict[str, Found] = {}
        emissions = self._emissions(channel)
        for some in _batches(reads):
            table = emissions.of(some)
            parts = _Search(self._nodes, table, self.prior / limits.weight, limits).found()
            found.update(zip(some, parts, strict=True))
        return [found[read] for read in reads]

    def _new_emissions(self, channel: Profile) -> Emissions:
        return Emissions(self.alphabet, channel)


class _Search:
    """The search of a trie for some read words.

    Losses are those of the :class:`Table`. A word's rank is its loss and its prior, over the
    channel's weight, so that a path's rank is at most its loss and the best prior below its node.
    """

    def __init__(self, nodes: Nodes, table: Table, prior: Reals, limits: Limits) -> None:
        self._nodes, self._table, self._prior, self._limits = nodes, table, prior, limits
        self._lift = nodes.prior / np.float32(limits.weight)
        reads = len(table.best)
        self._best = np.full(reads, FLOOR, np.float32)  # loss of the best word so far
        self._first = np.full(reads, FLOOR, np.float32)  # rank of the first word so far

    def found(self) -> Iterator[Found]:
        """Yield what each read word may be."""
        # A quick look along the likeliest paths tells what the best word is worth at least, and
        # spares the thorough one every path that is already worse.
        for _ in self._paths(GLANCE):
            pass
        parts = list(self._paths(np.inf))
        read, word, loss = (np.concatenate(column) for column in zip(*parts, strict=True))
        kept = np.flatnonzero(self._wanted(read, loss, loss + self._prior[word]))
        kept = kept[np.argsort(read[kept] * len(self._prior) + word[kept])]
        read, word, loss = read[kept], word[kept], loss[kept]
        score = loss.astype(np.float64) + self._table.best[read]
        ends = np.searchsorted(read, np.arange(1, len(self._best)))
        best = (self._best + self._table.best).tolist()
        yield from map(Found, np.split(word, ends), np.split(score, ends), best)

    def _wanted(self, read: Numbers, loss: Reals, rank: Reals) -> NDArray[np.bool_]:
        """Tell of each path, or word, whether it may be wanted, by its loss and its rank."""
        beam, behind = self._limits.beam, self._limits.behind / self._limits.weight
        least = np.maximum(self._best - np.float32(beam), np.float32(FLOOR / 2))
        wanted = loss >= least[read]
        if behind < math.inf:
            wanted &= rank >= (self._first - np.float32(behind))[read]
        return np.asarray(wanted)

    def _paths(self, slack: float) -> Iterator[tuple[Numbers, Numbers, Reals]]:
        """Yield reads, words and losses of the complete words of each depth.

        Args:
            slack: paths that lose more by this than the best of their depth are left.
        """
        nodes, table = self._nodes, self._table
        lengths, places, reads, letters = table.cost.shape
        cost = table.cost.reshape(lengths, places, reads * letters)
        least = table.least.ravel()
        read, node = np.arange(reads), np.zeros(reads, dtype=np.int64)
        state = np.full((places, reads), FLOOR, np.float32)
        state[table.start, read] = 0.0
        top = np.zeros(reads, np.float32)
        while True:
            parent, node = nodes.below(node)
            read = read[parent]
            entry = read * letters + nodes.letter[node]
            bound = top[parent] + least[entry]
            hopeful = np.flatnonzero(self._wanted(read, bound, bound + self._lift[node]))
            parent, node, read, entry = (a[hopeful] for a in (parent, node, read, entry))
            state = _advanced(state, cost, parent, entry)
            ended = np.flatnonzero(nodes.end[node] >= 0)
            yield self._noted(read[ended], nodes.end[node[ended]], state[-1, ended])
            if not len(node):
                return
            top = state.max(axis=0)
            wanted = self._wanted(read, top, top + self._lift[node])
            if slack < math.inf:
                likeliest = np.full(reads, FLOOR, np.float32)
                np.maximum.at(likeliest, read, top)
                wanted &= top >= likeliest[read] - slack
            alive = np.flatnonzero(wanted)
            node, read, state, top = node[alive], read[alive], state[:, alive], top[alive]

    def _noted(self, read: Numbers, word: Numbers, loss: Reals) -> tuple[Numbers, Numbers, Reals]:
        """Return the words, having raised what is known of the best."""
        np.maximum.at(self._best, read, loss)
        np.maximum.at(self._first, read, loss + self._prior[word])
        return read, word, loss


def _advanced(state: Reals, cost: Reals, parent: Numbers, entry: Numbers) -> Reals:
    """Return the least losses at each place after one more letter, shape (place, row).

    Each place and length is one long array: numpy is slow on many short ones.
    """
    places = len(state)
    before = [state[place].take(parent) for place in range(places)]
    after = np.empty((places, len(parent)), np.float32)
    for stop in range(places):
        np.add(before[stop], cost[0, stop].take(entry), out=after[stop])
        for length in range(1, min(MAX_EMISSION, stop) + 1):
            step = cost[length, stop - length].take(entry)
            step += before[stop - length]
            np.maximum(after[stop], step, out=after[stop])
    return after


def _batches(reads: Sequence[str]) -> Iterator[list[str]]:
    """Yield the distinct words some at a time, like lengths together."""
    some: list[str] = []
    for read in sorted(set(reads), key=lambda read: (len(read), read)):
        if (len(some) + 1) * (len(read) + 1) > AT_ONCE and some:
            yield some
            some = []
        some.append(read)
    if some:
        yield some

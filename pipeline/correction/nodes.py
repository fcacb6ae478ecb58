"""The nodes of a trie as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Reals = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The nodes, depth by depth; the first is the root, and the children of each stand together.

    Attributes:
        letter: the place of its letter in the alphabet.
        end: the word that ends there, or -1.
        first: its first child; the children of ``node`` are ``first[node]`` to
            ``first[node + 1]``.
        prior: the greatest prior of any word that goes through it.
    """

    letter: Numbers
    end: Numbers
    first: Numbers
    prior: Reals

    @staticmethod
    def of(words: Sequence[str], alphabet: Sequence[str], prior: Reals) -> Nodes:
        """Build the nodes of sorted words, whose letters are all in the sorted alphabet."""
        size = np.array([len(word) for word in words], dtype=np.int64)
        depths = int(size.max(initial=0))
        columns = max(depths, 1)
        codes = np.array(words, dtype=f"U{columns}").view(np.uint32).reshape(-1, columns)
        places = np.searchsorted(np.array([ord(c) for c in alphabet], np.uint32), codes)
        # A word opens a node where it has left the path of the word before it.
        opens = np.ones(codes.shape, dtype=bool)
        opens[1:] = np.logical_or.accumulate(codes[1:] != codes[:-1], axis=1)
        opens &= np.arange(columns) < size[:, None]
        letter, end, best = [np.zeros(1, np.int64)], [np.full(1, -1)], [np.zeros(1, np.float32)]
        children = []
        above = np.zeros(len(words), np.int64)  # each word's node among those of the depth before
        for depth in range(depths):
            opening, through = opens[:, depth], np.flatnonzero(size > depth)
            children.append(np.bincount(above[opening], minlength=len(end[-1])))
            above = np.cumsum(opening) - 1
            letter.append(places[opening, depth])
            end.append(np.full(len(letter[-1]), -1))
            best.append(np.full(len(letter[-1]), -np.inf, np.float32))
            np.maximum.at(best[-1], above[through], prior[through])
            last = np.flatnonzero(size == depth + 1)
            end[-1][above[last]] = last
        children.append(np.zeros(len(end[-1]), np.int64))
        first = np.cumsum([1, *np.concatenate(children).tolist()])
        return Nodes(np.concatenate(letter), np.concatenate(end), first, np.concatenate(best))

    def below(self, node: Numbers) -> tuple[Numbers, Numbers]:
        """Return all children of some nodes: the index of the parent in *node*, and the child."""
        first = self.first[node]
        count = self.first[node + 1] - first
        parent = np.repeat(np.arange(len(node)), count)
        offset = np.cumsum(count)
        offset -= count
        return parent, np.arange(len(parent)) + (first - offset)[parent]

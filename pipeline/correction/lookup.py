"""Where a word stands among those that follow another: many such questions in one call.

Both ways answer the same question about rows of sorted words laid end to end. :class:`PairIndex`
takes the same few steps for any row, but room for every possible pair; :func:`found_in_rows` needs
no room and is quick where most rows are short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Array = NDArray[Any]

_SHIFT: Final = 5  # 32 pairs per block
_WITHIN: Final = (1 << _SHIFT) - 1
_ROWS: Final = 256  # of which the index is made at a time
_FEW: Final = 4096  # questions so few that sorting out the settled ones is not worth it


@dataclass(frozen=True, slots=True, eq=False)
class PairIndex:
    """One bit for every possible pair, and how many pairs there are before each block of bits.

    Attributes:
        size: how many words may follow.
        bits: 32 pairs each; bit ``row * size + word`` says whether there is such a one.
        before: pairs before each block.
    """

    size: int
    bits: NDArray[np.uint32]
    before: NDArray[np.int32]

    @staticmethod
    def of(starts: Array, words: Array) -> PairIndex:
        """Index the rows ``words[starts[row]:starts[row + 1]]``; words are below the row count."""
        size = len(starts) - 1
        ends: Ids = starts.astype(np.int64)
        blocks = (size * size >> _SHIFT) + 1
        bits, before = np.zeros(blocks, np.uint32), np.zeros(blocks, np.int32)
        for first in range(0, size, _ROWS):  # some at a time: what is needed meanwhile stays small
            rows = np.arange(first, min(first + _ROWS, size))
            here = words[ends[rows[0]] : ends[rows[-1] + 1]]
            key = np.repeat(rows, ends[rows + 1] - ends[rows]) * size + here
            block, bit = key >> _SHIFT, np.uint32(1) << (key & _WITHIN).astype(np.uint32)
            # Pairs rise, so those of a block stand together: its bits are the sum of theirs.
            begins = np.flatnonzero(np.diff(block, prepend=-1))
            bits[block[begins]] += np.add.reduceat(bit, begins) if len(begins) else bits[:0]
            before[block[begins]] += np.diff(begins, append=len(block)).astype(np.int32)
        before[:] = np.cumsum(before) - before
        return PairIndex(size, bits, before)

    def find(self, row: Ids, word: Ids) -> Ids:
        """Return the index of *word* of *row* among all words, or -1; the arrays broadcast."""
        key = row * self.size + word
        block = key >> _SHIFT
        bits, own = self.bits[block], np.uint32(1) << (key & _WITHIN).astype(np.uint32)
        place = self.before[block] + _ones(bits & (own - np.uint32(1)))
        return np.where(bits & own, place, -1)


def _ones(bits: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return how many bits of each number are set."""
    bits = bits - ((bits >> np.uint32(1)) & np.uint32(0x55555555))
    bits = (bits & np.uint32(0x33333333)) + ((bits >> np.uint32(2)) & np.uint32(0x33333333))
    bits = (bits + (bits >> np.uint32(4))) & np.uint32(0x0F0F0F0F)
    return ((bits * np.uint32(0x01010101)) >> np.uint32(24)).astype(np.int64)


def found_in_rows(starts: Array, words: Array, row: Ids, word: Ids) -> Ids:
    """Return the index of *word* among the sorted words of *row*, or -1: a binary search.

    Args:
        starts: the words of row ``i`` are ``words[starts[i]:starts[i + 1]]``.
        words: of all rows.
        row: shape (n,).
        word: shape (n,).
    """
    low = starts[row].astype(np.int64)
    size = starts[row + 1].astype(np.int64) - low
    wanted = word.astype(words.dtype)
    result = np.full(len(low), -1)
    asked = np.flatnonzero(size)
    low, size, wanted = low[asked], size[asked], wanted[asked]
    while len(low):
        settled = size == 1
        if settled.all() or (len(low) > _FEW and 4 * np.count_nonzero(settled) > len(low)):
            # Most rows are short: the long ones go on alone.
            here = np.flatnonzero(settled & (words[low] == wanted))
            result[asked[here]] = low[here]
            rest = np.flatnonzero(~settled)
            asked, low, size, wanted = asked[rest], low[rest], size[rest], wanted[rest]
            continue
        half = size >> 1
        # The word is in the upper part if that does not begin above it.
        low += half * (words[low + half] <= wanted)
        size -= half
    return result

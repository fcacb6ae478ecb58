"""Emission tables: ``ln P(piece | character)`` for each piece of some read words.

The pieces of one read word are those of others too, so each is looked up once and remembered; the
tables of many words are then put together by numpy alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.channel import FLOOR, MAX_EMISSION, UNSEEN, Profile, bare

# Half the memory traffic of float64, on which the search depends; good to a millionth of a nat.
Reals = NDArray[np.float32]

REMEMBERED: Final = 8_000  # pieces whose emissions are kept
LENGTHS: Final = MAX_EMISSION + 1
_NOTHING: Final = 0  # the piece that stands past the edge of a word: nothing emits it


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The emissions of some read words, less what the rest of the word is worth at best.

    The words are aligned at their ends. ``cost[length, place, word, character]`` is what a path
    loses against the best end it could have had, when *character* emits *length* characters that
    begin at *place*: never above nought, so that the sum along a path only falls.

    Attributes:
        cost: as above; places count one more than the longest word has characters.
        least: the smallest loss of each character anywhere in the word, shape (word, character).
        start: the place where each word begins.
        best: ``ln P`` of each word by the characters that suit it best.
    """

    cost: Reals
    least: Reals
    start: NDArray[np.int64]
    best: Reals


class Emissions:
    """The emissions of one alphabet by one channel."""

    def __init__(self, alphabet: Sequence[str], channel: Profile) -> None:
        self._alphabet = alphabet
        self._channel = channel
        self._known: defaultdict[str, list[int]] = defaultdict(list)  # piece: rows that emit it
        self._alike: defaultdict[str, list[int]] = defaultdict(list)  # letter: its look-alikes
        for row, character in enumerate(alphabet):
            for piece in channel.logp.get(character, ()):
                self._known[piece].append(row)
            for letter in {bare(character), character.lower()}:
                self._alike[letter].append(row)
        self._forget()

    def _forget(self) -> None:
        self._number: dict[str, int] = {}
        self._columns = np.full((64, len(self._alphabet)), FLOOR, np.float32)

    def of(self, reads: Sequence[str]) -> Table:
        """Return the table of *reads*."""
        if len(self._number) > REMEMBERED:
            self._forget()
        places = max(map(len, reads), default=0) + 1
        start = places - 1 - np.array([len(read) for read in reads], np.int64)
        pieces = np.full((len(reads), LENGTHS, places), _NOTHING)
        for row, read in enumerate(reads):
            for length in range(min(MAX_EMISSION, len(read)) + 1):
                numbers = [self._of(read[a : a + length]) for a in range(len(read) + 1 - length)]
                pieces[row, length, start[row] : start[row] + len(numbers)] = numbers
        cost = self._columns[pieces.transpose(1, 2, 0)]
        ahead = _ahead(cost.max(axis=3, initial=FLOOR))
        ahead[:places] *= np.arange(places)[:, None] >= start
        for length in range(LENGTHS):
            cost[length] += (ahead[length : length + places] - ahead[:places])[:, :, None]
        best = ahead[start, np.arange(len(reads))]
        return Table(cost, cost.max(axis=(0, 1), initial=FLOOR), start, best)

    def _of(self, piece: str) -> int:
        """Return the column of *piece*."""
        number = self._number.get(piece)
        if number is None:
            number = self._number[piece] = len(self._number) + 1
            if number == len(self._columns):
                self._columns = np.concatenate([self._columns, np.empty_like(self._columns)])
            column = self._columns[number]
            column[:] = UNSEEN[len(piece)]
            rows: Iterable[int] = self._known.get(piece, ())
            if len(piece) == 1:
                rows = {*rows, *self._alike[bare(piece)], *self._alike[piece.lower()]}
            for row in rows:
                column[row] = self._channel.emission(self._alphabet[row], piece)
        return number


def _ahead(top: Reals) -> Reals:
    """Return what the rest of each word is worth at best from each place on.

    Args:
        top: the best emission of any character, shape (length, place, word).

    Returns:
        shape (places + MAX_EMISSION, word): nought past the end.
    """
    _, places, words = top.shape
    ahead = np.zeros((places + MAX_EMISSION, words), np.float32)
    for place in range(places - 2, -1, -1):
        later = ahead[place + 1 : place + 1 + MAX_EMISSION]
        ahead[place] = (top[1:, place] + later).max(axis=0)
    return ahead

"""The channel: how likely a printed word is read as a given string, ``ln P(read | printed)``.

A printed character emits nought to three read characters; the table of emissions is a *confusion
profile*, learned from aligned pairs (:mod:`pipeline.training.confusions`) and kept as a text file.
The score of a whole word is that of its best segmentation (Viterbi), found for every word of a
vocabulary at once: the words form a trie, and all nodes of one depth are worked out together.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BadDictionaryError
from pipeline.resources import dictionary

MAX_EMISSION: Final = 3
REMEMBERED: Final = 20_000  # read pieces whose emissions are kept
# What an emission that training never saw is worth: by length of what was read. Any character may
# turn into any other, vanish, or bring dirt with it, but each of these is rare.
UNSEEN: Final = (-8.5, -9.0, -11.5, -14.5)
# Marks are small, and any may be taken for any other: such slips are commoner than training shows.
OTHER_MARK: Final = -6.5
# Letters whose capital is a larger copy of the small one: C for c.
SAME_SHAPE: Final = frozenset("cosuvxz")
OTHER_SIZE: Final = -5.5
GLANCE: Final = 3.0  # nats below the best path that a first look at the trie follows
_FLOOR: Final = -1e9


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A confusion profile: ``logp[printed character][read string]``."""

    name: str
    logp: dict[str, dict[str, float]]

    def emission(self, printed: str, read: str) -> float:
        """Return ``ln P(read | printed)`` for one printed character; *read* may be empty."""
        known = self.logp.get(printed)
        if known is None:
            return _untrained(printed, read)
        return known[read] if read in known else _unseen(printed, read)


@lru_cache(maxsize=1 << 16)
def bare(character: str) -> str:
    """Return the letter without any mark: ``ế`` → ``e``, ``Đ`` → ``D``."""
    if character in "đĐ":
        return "d" if character == "đ" else "D"
    return unicodedata.normalize("NFD", character)[0]


def _unseen(printed: str, read: str) -> float:
    if len(read) != 1:
        return UNSEEN[len(read)]
    if bare(read) == bare(printed):
        return OTHER_MARK
    same_shape = read.lower() == printed.lower() and bare(read).lower() in SAME_SHAPE
    return OTHER_SIZE if same_shape else UNSEEN[1]


def _untrained(printed: str, read: str) -> float:
    """Score a character that training never saw: probably itself, perhaps without its mark."""
    if read == printed:
        return -0.2
    return -2.0 if read == bare(printed) else _unseen(printed, read)


@cache
def profile(name: str) -> Profile:
    """Load the profile *name* from ``dictionaries/confusions``.

    Raises:
        BadDictionaryError: there is none of that name, or a line of it is off.
    """
    return load_profile(dictionary("confusions", f"{name}.tsv"))


def load_profile(path: Path) -> Profile:
    """Read a profile: lines ``printed TAB read TAB ln P``, comments behind ``#`` and a blank."""
    logp: dict[str, dict[str, float]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            continue
        try:
            printed, read, value = line.split("\t")
            logp.setdefault(printed, {})[read] = float(value)
        except ValueError as error:
            raise BadDictionaryError(path, f"line {number}") from error
    return Profile(path.stem, logp)


@dataclass(frozen=True, slots=True, eq=False)
class _Depth:
    """The trie nodes of one depth, in the order of their parents."""

    parent: NDArray[np.int64]
    character: NDArray[np.int64]  # row in the emission table


class Trie:
    """A set of words, ready to be scored against a read string all at once."""

    def __init__(self, words: list[str]) -> None:
        """Build from distinct NFC words, in any order."""
        self.words = sorted(words)
        self.alphabet = sorted({character for word in self.words for character in word})
        self._column = lru_cache(maxsize=REMEMBERED)(self._emitted)
        row = {character: number for number, character in enumerate(self.alphabet)}
        self.depths: list[_Depth] = []
        self.ends: list[NDArray[np.int64]] = []  # per depth: word number that ends there, or -1
        level: list[tuple[int, int]] = [(0, len(self.words))]
        depth = 0
        while level:
            parents, characters, ends, below = [], [], [], []
            for parent, (start, stop) in enumerate(level):
                at = start
                while at < stop:
                    word = self.words[at]
                    if len(word) <= depth:
                        at += 1
                        continue
                    last = at
                    while last < stop and self.words[last][: depth + 1] == word[: depth + 1]:
                        last += 1
                    parents.append(parent)
                    characters.append(row[word[depth]])
                    ends.append(at if len(word) == depth + 1 else -1)
                    below.append((at, last))
                    at = last
            if parents:
                self.depths.append(_Depth(np.array(parents), np.array(characters)))
                self.ends.append(np.array(ends))
            level = below
            depth += 1

    def score(self, read: str, channel: Profile, *, beam: float) -> list[tuple[str, float]]:
        """Return the words whose score is within *beam* of the best, with ``ln P(read | word)``."""
        table = self._emissions(read, channel)
        # A quick look along the likeliest paths tells what the best word is worth at least, and
        # spares the thorough one every path that is already worse.
        _, scores = self._search(table, _FLOOR, GLANCE)
        least = float(scores.max(initial=_FLOOR))
        words, scores = self._search(table, least - beam, 2 * beam)
        kept = scores >= scores.max(initial=_FLOOR) - beam
        pairs = zip(words[kept].tolist(), scores[kept].tolist(), strict=True)
        return [(self.words[word], score) for word, score in pairs]

    def _search(
        self, table: NDArray[np.float64], floor: float, slack: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return word numbers and scores, leaving paths below *floor* or *slack* below the best.

        Args:
            table: the emissions of the read string.
            floor: score below which a path is left.
            slack: distance to the best path of the same depth at which one is left.
        """
        size = table.shape[1] - 1
        state = np.full((1, size + 1), _FLOOR)
        state[0, 0] = 0.0
        alive = np.array([0])
        words, scores = [np.array([], dtype=np.int64)], [np.array([])]
        for depth, ends in zip(self.depths, self.ends, strict=True):
            # Rows of `state` are the nodes still alive; `place` finds a node's row.
            place = np.full(int(depth.parent.max()) + 1, -1)
            inside = alive[alive < len(place)]
            place[inside] = np.arange(len(inside))
            chosen = np.flatnonzero(place[depth.parent] >= 0)
            before = state[place[depth.parent[chosen]]]
            emitted = table[depth.character[chosen]]
            after = before + emitted[:, :, 0]
            for length in range(1, min(MAX_EMISSION, size) + 1):
                step = before[:, :-length] + emitted[:, : size + 1 - length, length]
                np.maximum(after[:, length:], step, out=after[:, length:])
            complete = ends[chosen] >= 0
            words.append(ends[chosen][complete])
            scores.append(after[complete, size])
            tops = after.max(axis=1)
            keep = tops >= max(floor, tops.max(initial=_FLOOR) - slack)
            alive, state = chosen[keep], after[keep]
            if not len(alive):
                break
        return np.concatenate(words), np.concatenate(scores)

    def _emissions(self, read: str, channel: Profile) -> NDArray[np.float64]:
        """Return ``ln P(read[at:at + length] | character)``, shape (characters, at, length)."""
        size = len(read)
        table = np.full((len(self.alphabet), size + 1, MAX_EMISSION + 1), _FLOOR)
        for length in range(MAX_EMISSION + 1):
            for at in range(size + 1 - length):
                piece = read[at : at + length]
                table[:, at, length] = self._column(channel, piece)
        return table

    def _emitted(self, channel: Profile, piece: str) -> NDArray[np.float64]:
        """Return ``ln P(piece | character)`` for each character of the alphabet."""
        return np.array([channel.emission(c, piece) for c in self.alphabet])


def word_score(printed: str, read: str, channel: Profile) -> float:
    """Return ``ln P(read | printed)`` for one word, by its best segmentation."""
    scores = Trie([printed]).score(read, channel, beam=math.inf)
    return scores[0][1] if scores else _FLOOR

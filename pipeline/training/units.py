"""Text → its frequent units: which words stand together how often, and how firmly.

A unit is a run of syllables without punctuation, numbers or other words between them. All its parts
are frequent, so the units of one length are looked for among those of the length below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.syllable import canonical, is_syllable
from pipeline.correction.tokens import TokenKind, analyse
from pipeline.training.corpus import lines

MIN_LINES: Final = 20
PLACE: Final = 100  # neighbouring lines: about one document
BREAK, STOP = 0, 1  # punctuation inside a sentence; the end of one

Ids = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Text:
    """The corpus as arrays of one entry per word or break."""

    words: tuple[str, ...]
    ids: Ids
    title: NDArray[np.bool_]
    shouted: NDArray[np.bool_]
    line: Ids


@dataclass(frozen=True, eq=False)
class Level:
    """The frequent units of one length: by position their rank or -1, by rank what is known."""

    rank: Ids
    at: Ids  # of one occurrence
    times: Ids
    lines: Ids
    places: Ids


def read(files: list[Path]) -> Text:
    """Read what may be trained on of *files*, one paragraph or sentence a line."""
    codes: dict[str, int] = {}
    parts: dict[str, tuple[tuple[int, bool, bool], ...]] = {}
    rows: list[tuple[int, bool, bool]] = []
    ends: list[int] = []
    for line in chain.from_iterable(map(lines, files)):
        rows.append((STOP, False, False))
        for word in line.split():
            if word not in parts:
                parts[word] = tuple(_parts(word, codes))
            rows += parts[word]
        ends.append(len(rows))
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    number = np.searchsorted(np.array(ends), np.arange(len(rows)), side="right")
    return Text(
        tuple(codes), table[:, 0], table[:, 1].astype(bool), table[:, 2].astype(bool), number
    )


def _parts(word: str, codes: dict[str, int]) -> Iterator[tuple[int, bool, bool]]:
    """Yield what a printed word is made of: (id, capitalised, in capitals), breaks included."""
    token = analyse(word)
    if token.prefix:
        yield BREAK, False, False
    core = token.core
    if token.kind is TokenKind.WORD and is_syllable(core):
        code = codes.setdefault(canonical(core), len(codes) + 2)
        yield code, core[0].isupper(), len(core) > 1 and core.isupper()
    elif core:
        yield BREAK, False, False
    if token.suffix:
        yield (STOP if token.ends_sentence else BREAK), False, False


def single(text: Text) -> Level:
    """Return the frequent syllables."""
    return _level(text, np.where(text.ids > STOP, text.ids, -1))


def longer(text: Text, single: Level, shorter: Level, size: int) -> Level:
    """Return the units of *size* syllables, whose shorter parts are all frequent."""
    room = len(text.ids) - size + 1
    if room <= 0:
        return _level(text, np.full(len(text.ids), -1))
    head, tail, last = shorter.rank[:room], shorter.rank[1 : room + 1], single.rank[size - 1 :]
    whole = (head >= 0) & (tail >= 0)
    keys = np.full(len(text.ids), -1)
    keys[:room][whole] = head[whole] * len(single.at) + last[whole]
    return _level(text, keys)


def _level(text: Text, keys: Ids) -> Level:
    """Return the units that *keys* tell apart by position (-1: none) and that are frequent."""
    where = np.flatnonzero(keys >= 0)
    _, first, inverse, times = np.unique(
        keys[where], return_index=True, return_inverse=True, return_counts=True
    )
    spread = [_different(inverse, text.line[where] // width, len(times)) for width in (1, PLACE)]
    kept = spread[0] >= MIN_LINES
    rank = np.full(len(keys), -1)
    rank[where] = np.where(kept, np.cumsum(kept) - 1, -1)[inverse]
    return Level(rank, where[first[kept]], times[kept], spread[0][kept], spread[1][kept])


def _different(units: Ids, values: Ids, size: int) -> Ids:
    """Return how many different values each unit has."""
    width = int(values.max(initial=0)) + 1
    return np.bincount(np.unique(units * width + values) // width, minlength=size)


def binding(levels: list[Level], size: int) -> Reals:
    """Return the normalised mutual information of each unit's weakest joint, at most 1."""
    level, total = levels[size - 1], float(levels[0].times.sum())
    share = level.times / total
    weakest = np.full(len(share), 1.0)
    for cut in range(1, size):
        left, right = levels[cut - 1], levels[size - cut - 1]
        apart = left.times[left.rank[level.at]] * right.times[right.rank[level.at + cut]] / total**2
        weakest = np.minimum(weakest, np.log(share / apart) / -np.log(share))
    return weakest


def branching(text: Text, level: Level, offset: int) -> Reals:
    """Return the entropy of what stands at *offset* from each unit; no break is like another."""
    where = np.flatnonzero(level.rank >= 0)
    beside = text.ids[np.minimum(where + offset, len(text.ids) - 1)]
    free = beside <= STOP
    units = level.rank[where]
    pairs, times = np.unique(
        units[~free] * (len(text.words) + 2) + beside[~free], return_counts=True
    )
    owner = pairs // (len(text.words) + 2)
    share = times / level.times[owner]
    entropy = np.bincount(owner, weights=-share * np.log(share), minlength=len(level.times))
    alone = np.bincount(units[free], minlength=len(level.times)) / level.times
    return np.asarray(entropy + alone * np.log(level.times))


def swallowed(level: Level, longer: Level) -> Reals:
    """Return the share of each unit's occurrences that one and the same longer unit makes up."""
    share = np.zeros(len(level.times))
    for shift in (0, 1):
        part = level.rank[longer.at + shift]
        np.maximum.at(share, part, longer.times / level.times[part])
    return share

"""Party text → its set phrases: units of two to six syllables that belong together, with counts.

A unit is kept when it stands in many lines and in several places of the text, when its weakest
joint still binds (normalised pointwise mutual information), and when what stands before and after
it varies (branching entropy), so that no piece of a longer unit is taken for a unit. None reaches
over punctuation or a number, and none ends in a name that is not known as a place or a body: it may
be a person's. The result is a word list, never text.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain, takewhile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction import lexicon
from pipeline.correction.syllable import canonical
from pipeline.training.units import (
    STOP,
    Ids,
    Level,
    Text,
    binding,
    branching,
    longer,
    read,
    single,
    swallowed,
)

LONGEST: Final = 6  # syllables
MIN_PLACES: Final = 5
MIN_BINDING: Final = 0.28  # normalised pointwise mutual information of the weakest joint
MIN_EDGE: Final = 0.42  # the same between a grammatical word at its edge and the word beside that
MIN_BRANCHING: Final = 0.9  # nats, on either side
SWALLOWED: Final = 0.7  # share of its lines in which a unit is part of one and the same longer one

HEADER: Final = """\
# Set phrases of Party language: PHRASE<TAB>lines it was counted in, most frequent first
# Found by `vanban train` in the Party texts of its corpus (public documents of the Party and news
# about it, which are not distributed): by how often, in how many places and how firmly syllables
# stand together; pipeline/training/phrases.py, method of 2026-11-24. No hand has gone over it.
# Licence: Apache-2.0
"""

ADDRESSES: Final = ("ông", "bà", "anh", "chị", "chí")  # a name follows


@dataclass(frozen=True, slots=True)
class _Known:
    """What the hand-made lists know, in canonical form.

    Attributes:
        grammatical: words that belong to a unit only when they bind strongly (``theo dõi``).
        surnames: single syllables.
        names: places and bodies, and the parts of their names, each between blanks.
    """

    grammatical: frozenset[str]
    surnames: frozenset[str]
    names: str

    @staticmethod
    def load() -> _Known:
        """Read it from the shipped lexicon."""
        places = chain.from_iterable(map(lexicon.listed, (*lexicon.PLACES, *lexicon.PHRASES)))
        return _Known(
            frozenset(map(canonical, lexicon.listed("function_words"))),
            frozenset(map(canonical, lexicon.listed("surnames"))),
            "\n".join(f" {_canonical(place)} " for place in places),
        )

    def may_be_person(self, phrase: str) -> bool:
        """Tell whether *phrase* ends in capitalised syllables that are no known name."""
        words = phrase.split()
        name = list(takewhile(lambda word: word[0].isupper(), reversed(words)))[::-1]
        before = words[-len(name) - 1] if len(name) < len(words) else ""
        if not name or (
            len(name) == 1 and canonical(name[0]) not in self.surnames and before not in ADDRESSES
        ):
            return False
        return before in ADDRESSES or f" {_canonical(' '.join(name))} " not in self.names


def mine(files: list[Path]) -> list[tuple[str, int]]:
    """Return the phrases with the number of lines each stands in, most frequent first.

    Args:
        files: texts, one paragraph or sentence a line.
    """
    text, known = read(files), _Known.load()
    levels = [single(text)]
    for size in range(2, LONGEST + 2):
        levels.append(longer(text, levels[0], levels[-1], size))
    loose = _loose(text, levels, known.grammatical)
    found: dict[str, int] = {}
    for size in range(2, LONGEST + 1):
        level = levels[size - 1]
        good = (
            (level.places >= MIN_PLACES)
            & (binding(levels, size) >= MIN_BINDING)
            & ~loose[0][level.at]
            & ~loose[1][level.at + size - 2]
            & (branching(text, level, -1) >= MIN_BRANCHING)
            & (branching(text, level, size) >= MIN_BRANCHING)
            & (swallowed(level, levels[size]) < SWALLOWED)
        )
        order = np.argsort(level.rank, kind="stable")
        starts = np.searchsorted(level.rank[order], np.arange(len(good) + 1))
        for unit in np.flatnonzero(good):
            phrase = _printed(text, order[starts[unit] : starts[unit + 1]], size)
            if not known.may_be_person(phrase):
                found[phrase] = int(level.lines[unit])
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _loose(
    text: Text, levels: list[Level], grammatical: Collection[str]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell by position whether a pair begins, and ends, with a grammatical word bound loosely."""
    slack = np.append(binding(levels, 2) < MIN_EDGE, False)[levels[1].rank]
    is_grammatical = np.array([False, False, *(word in grammatical for word in text.words)])
    here = is_grammatical[text.ids]
    return slack & here, slack & np.roll(here, -1)


def _printed(text: Text, where: Ids, size: int) -> str:
    """Return the unit that stands at *where* with the capitals it mostly has inside a sentence."""
    span = where[:, None] + np.arange(size)
    inside = (text.ids[where - 1] != STOP) & ~text.shouted[span].any(axis=1)
    patterns, times = np.unique(text.title[span[inside]], axis=0, return_counts=True)
    capital = patterns[np.argmax(times)] if len(times) else np.zeros(size, bool)
    syllables = [text.words[i - 2] for i in text.ids[span[0]]]
    return " ".join(
        s.capitalize() if upper else s for s, upper in zip(syllables, capital, strict=True)
    )


def _canonical(phrase: str) -> str:
    return " ".join(map(canonical, phrase.split()))


def as_text(phrases: list[tuple[str, int]]) -> str:
    """Return the phrases as a word list of ``dictionaries/lexicon``."""
    return HEADER + "".join(f"{phrase}\t{count}\n" for phrase, count in phrases)

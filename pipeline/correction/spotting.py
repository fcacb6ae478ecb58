"""Phrases spotted among the candidates of a sentence → what each pair of neighbours gains by them.

A phrase is spotted wherever the candidates of neighbouring words can spell it, punctuation
included: one with a comma inside is spotted only over a comma, one without never. What it gives, it
gives to each pair of neighbouring candidates on it. Where phrases overlap the best counts, not the
sum.

Capitals are never repaired for a phrase's sake: a candidate that differs from the reading in
nothing else gains by its letters alone, as the reading does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.candidates import Candidate, Form
from pipeline.correction.phrases import OWN, Phrases, parting
from pipeline.correction.tokens import analyse
from pipeline.model import Reason

Reals = NDArray[np.float64]

CAPITALS: Final = 0.3  # nats more, where both words stand with the capitals that the phrase has


def gains(phrases: Phrases, sentence: Sequence[tuple[Candidate, ...]]) -> list[Reals | float]:
    """Return what each candidate of each word gains after each of the word before, (J, K).

    A plain nought where nothing was spotted, and for the first word.
    """
    spotting = _Spotting(phrases, sentence)
    for at in range(len(sentence)):
        spotting.follow(0, at, [])
    return [0.0 if table is None else np.array(table) for table in spotting.tables]


class _Spotting:
    """A sentence in which phrases are being spotted, and what they gave so far."""

    def __init__(self, phrases: Phrases, sentence: Sequence[tuple[Candidate, ...]]) -> None:
        self.phrases = phrases
        self.spelled = [_spelled(candidates) for candidates in sentence]
        self.sentence = sentence
        read = [next(c for c in candidates if c.reason is None) for candidates in sentence]
        edges = [analyse(candidate.text) for candidate in read]
        self.raised = [edge.core[:1].isupper() for edge in edges]
        self.marks = [*(parting(a.suffix + b.prefix) for a, b in pairwise(edges)), ""]
        self.tables: list[list[list[float]] | None] = [None] * len(sentence)

    def follow(self, node: int, at: int, path: list[list[int]]) -> None:
        """Note every phrase that goes on from *node* with word *at*.

        *path* holds, for each word before on the way to *node*, its candidates that spell it.
        """
        after, mark = self.phrases.after[node], self.marks[at]
        last = at + 1 == len(self.marks)
        for syllable, numbers in self.spelled[at].items():
            reached = after.get(syllable, 0)
            if reached and path and self.phrases.bonus[reached]:
                self._note(reached, at - len(path), [*path, numbers])
            onward = after.get(syllable + mark, 0) if mark else reached
            if onward and not last and self.phrases.after[onward]:
                self.follow(onward, at + 1, [*path, numbers])

    def _note(self, phrase: int, first: int, path: list[list[int]]) -> None:
        """Give every pair of neighbours on a phrase, from word *first* on, what it gains."""
        bonus, capitals = self.phrases.bonus[phrase], self.phrases.capitals[phrase]
        if bonus >= OWN and any(capitals) and not any(self.raised[first : first + len(path)]):
            return  # làm đợt is not the user's Lâm Đớt
        for step, (lefts, rights) in enumerate(pairwise(path)):
            at = first + step
            table = self.tables[at + 1]
            if table is None:
                width = len(self.sentence[at + 1])
                table = self.tables[at + 1] = [[0.0] * width for _ in self.sentence[at]]
            wanted = capitals[step : step + 2]
            speaks = any(wanted)  # in small letters none does: a sentence may begin with it
            for left in lefts:
                for right in rights:
                    gain = bonus
                    if speaks and wanted == (
                        _title(self.sentence[at][left]),
                        _title(self.sentence[at + 1][right]),
                    ):
                        gain += CAPITALS
                    table[left][right] = max(table[left][right], gain)


def _spelled(candidates: tuple[Candidate, ...]) -> dict[str, list[int]]:
    """Return the numbers of the candidates that are one syllable, by syllable."""
    found: dict[str, list[int]] = {}
    for number, candidate in enumerate(candidates):
        if len(candidate.syllables) == 1:
            found.setdefault(candidate.syllables[0], []).append(number)
    return found


def _title(candidate: Candidate) -> bool | None:
    """Tell whether a candidate is Capitalised or in small letters; None if neither speaks."""
    if candidate.reason is Reason.CASE or candidate.form not in (Form.TITLE, Form.LOWER):
        return None
    return candidate.form is Form.TITLE

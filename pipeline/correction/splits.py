"""Words that lost the blank between them: the likeliest pairs (``Tinhuy`` → ``Tỉnh ủy``).

A blank is also lost between a figure or a code and a word (``18tháng``, ``NĐ-CPngày``): there no
letter is in question, only the blank (:func:`respaced`); nor is one where a word that nobody knows
parts into two that are known in one way alone (:func:`parted`: ``củanhà``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import regex

from pipeline.correction.language_model import UNKNOWN, LanguageModel
from pipeline.correction.profile import is_native
from pipeline.correction.syllable import canonical, is_syllable
from pipeline.correction.tokens import analyse
from pipeline.correction.vocabulary import Answer, Known, Vocabulary

SPLITS: Final = 8  # ways to part a word in two
SPLIT_COST: Final = -5.0  # ln P that the blank between two words is lost
MIN_SPLIT: Final = 5  # letters of a word that may be two
HALF_BEAM: Final = 4.0  # nats below the best at which half of a split word is looked at
HALF_LIMIT: Final = 5  # words per half
POOR_PER_LETTER: Final = -1.2  # channel score per letter below which a word may be two
# What may end a figure or a code, and the word behind it; two capitals or a figure, since one may
# be the word's own (TPhường). A figure behind a word may be a footnote's, save behind these words.
# A 1 alone is as likely the word's own letter (1ông for Tông).
_BEHIND: Final = regex.compile(r"(?<=\p{Nd}|\p{Lu}\p{Lu})(?<!^1)(?=(\p{Ll}{3,})(?!\p{L}|\p{Nd}))")
_BEFORE: Final = regex.compile(
    r"(?<=(?<!\p{L})(?:[Nn]gày|[Tt]háng|[Nn]ăm|[Đđ]iều|[Kk]hoản))(?=\p{Nd})"
)


@dataclass(frozen=True, slots=True)
class Split:
    """Two words that were read as one, and the weighted channel score of that."""

    left: Known
    right: Known
    score: float


def may_be_two(core: str, best: float) -> bool:
    """Tell whether *core*, no single word of which scores above *best*, may be two words."""
    poor = best < POOR_PER_LETTER * len(core)
    return poor and len(core) >= MIN_SPLIT and not is_syllable(core)


def is_run_together(core: str) -> bool:
    """Tell whether *core* has the marks of Vietnamese and is no syllable, so that it may be two."""
    return len(core) >= MIN_SPLIT and is_native(core) and not is_syllable(core)


def respaced(text: str) -> str:
    """Return a printed word with the blank that is lost between a figure or code and a word."""

    def blank(found: regex.Match[str]) -> str:
        word = found[1]
        is_word = not word.isascii() and is_syllable(word)
        return " " if is_word and not is_syllable(text[found.start() - 1] + word) else ""

    behind: str = _BEHIND.sub(blank, text)
    return str(_BEFORE.sub(" ", behind))


def parted(text: str, model: LanguageModel) -> str:
    """Return a printed word as the two known words that it can only be, if there are two.

    Only small letters: names of other peoples (``Libăng``) look just so.
    """
    token = analyse(text)
    core = token.core
    if not core.islower() or not is_run_together(core) or _is_known(core, model):
        return text
    cuts = [
        at for at in range(2, len(core) - 1) if is_syllable(core[:at]) and is_syllable(core[at:])
    ]
    if len(cuts) != 1:
        return text
    halves = core[: cuts[0]], core[cuts[0] :]
    if not all(_is_known(half, model) for half in halves):
        return text
    return f"{token.prefix}{halves[0]} {halves[1]}{token.suffix}"


def _is_known(word: str, model: LanguageModel) -> bool:
    return model.id_of(canonical(word)) != UNKNOWN


def splits(
    cores: Iterable[str], vocabulary: Vocabulary, model: LanguageModel, weight: float
) -> dict[str, list[Split]]:
    """Return for each core its likeliest splits; *weight* is the trust in the channel."""
    parted = {core: _partings(core) for core in cores}
    sides = {side for partings in parted.values() for sides in partings for side in sides}
    halves = vocabulary.like(sides, HALF_BEAM, HALF_LIMIT)
    return {core: _ranked(partings, halves, model, weight) for core, partings in parted.items()}


def _partings(core: str) -> list[tuple[str, str]]:
    return [(core[:cut], core[cut:]) for cut in range(2, len(core) - 1)]


def _ranked(
    partings: list[tuple[str, str]], halves: dict[str, Answer], model: LanguageModel, weight: float
) -> list[Split]:
    pairs: list[tuple[Known, Known]] = []
    channel: list[float] = []
    for left, right in partings:
        pairs += product(halves[left].words, halves[right].words)
        channel += map(sum, product(halves[left].scores, halves[right].scores))
    first = np.array([left.ids[0] for left, _ in pairs], np.int64)
    second = np.array([right.ids[0] for _, right in pairs], np.int64)
    score = weight * np.array(channel) + SPLIT_COST
    prior = model.unigram_logp(first) + model.bigram_logp(first, second)
    best = np.argsort(-score - prior, kind="stable")[:SPLITS].tolist()
    return [Split(pairs[at][0], pairs[at][1], float(score[at])) for at in best]

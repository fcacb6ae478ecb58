"""Words as readers damage them, with their candidates: what the rescorer learns to choose from.

Of every word of the vocabulary some readings are drawn from each confusion profile, the more the
more frequent the word is, and correction's own candidates are found for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.candidates import Candidate, CandidateFinder
from pipeline.correction.channel import Profile
from pipeline.correction.language_model import SPECIAL, LanguageModel

KEPT: Final = 8  # candidates of a reading
NEVER: Final = -1e4  # ln P of what is no candidate
CAPITALISED: Final = 0.14  # share of the readings of a Capitalised word, and of one in CAPITALS
SHOUTED: Final = 0.06
_AT_ONCE: Final = 2000  # readings whose candidates are found together


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """Readings of the words of a vocabulary, those of each word together.

    Attributes:
        candidates: ids by reading, best first, shape (n, KEPT); nought where there are fewer.
        logp: ``ln P`` by channel and frequency, the best nought; :data:`NEVER` where there is none.
        target: by reading, the place of the word itself among its candidates.
        start: by word, its first reading; one more entry for the end.
    """

    candidates: NDArray[np.int64]
    logp: NDArray[np.float32]
    target: NDArray[np.int64]
    start: NDArray[np.int64]


def drawn(finder: CandidateFinder, readings: int, slips: float, seed: int) -> Noise:
    """Return about *readings* readings by the finder's reader.

    Args:
        finder: gives the channel, the vocabulary and the candidates.
        readings: of all words together; every word has at least one.
        slips: how much likelier than in the channel a wrong reading of a character is.
        seed: the same gives the same readings.
    """
    chance = np.random.default_rng(seed)
    words, texts = _readings(finder, readings, slips, chance)
    parts = (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE))
    found = chain.from_iterable(map(finder.find, parts))
    size = len(finder.model.vocabulary)
    candidates = np.zeros((len(words), KEPT), np.int64)
    logp = np.full((len(words), KEPT), NEVER, np.float32)
    target = np.full(len(words), -1)
    for row, (word, some) in enumerate(zip(words, found, strict=True)):
        ids, scores = _best(some, finder.model, word)
        if word in ids:
            candidates[row, : len(ids)], logp[row, : len(ids)] = ids, scores - scores.max()
            target[row] = ids.tolist().index(word)
    kept = target >= 0  # a word that its reader leaves no trace of teaches nothing
    start = np.searchsorted(np.array(words)[kept], np.arange(size + 1))
    return Noise(candidates[kept], logp[kept], target[kept], start)


def _readings(
    finder: CandidateFinder, readings: int, slips: float, chance: np.random.Generator
) -> tuple[list[int], list[str]]:
    """Return the words and what is read for each."""
    vocabulary = finder.model.vocabulary
    root = np.exp(finder.model.unigram_logp(np.arange(len(vocabulary))) / 2)
    root[: len(SPECIAL)] = 0
    words: list[int] = []
    texts: list[str] = []
    reader = _Reader(finder.channel, slips, chance)
    for word, count in enumerate(np.ceil(readings * root / root.sum()).astype(int).tolist()):
        for _ in range(count):
            if text := reader.read(vocabulary[word]):
                words.append(word)
                texts.append(text)
    return words, texts


class _Reader:
    """Draws what a channel makes of a word."""

    def __init__(self, channel: Profile, slips: float, chance: np.random.Generator) -> None:
        self._chance = chance
        self._pieces = {
            character: self._distribution(character, logp, slips)
            for character, logp in channel.logp.items()
        }

    @staticmethod
    def _distribution(
        character: str, logp: dict[str, float], slips: float
    ) -> tuple[list[str], NDArray[np.float64]]:
        share = np.exp(np.array(list(logp.values())))
        share *= [1.0 if piece == character else slips for piece in logp]
        return list(logp), np.cumsum(share / share.sum())

    def read(self, word: str) -> str:
        """Return a reading of *word*, capitals included."""
        form = self._chance.random()
        if form < SHOUTED:
            word = word.upper()
        elif form < SHOUTED + CAPITALISED:
            word = word.capitalize()
        return "".join(map(self._piece, word))

    def _piece(self, character: str) -> str:
        if character not in self._pieces:
            return character
        pieces, until = self._pieces[character]
        at = int(np.searchsorted(until, self._chance.random()))
        return pieces[min(at, len(pieces) - 1)]


def _best(
    found: tuple[Candidate, ...], model: LanguageModel, word: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the likeliest candidates that are one syllable, *word* always if it is among them."""
    best = dict(_syllables(found))
    ids = np.array(list(best), np.int64)
    if not len(ids):
        return ids, np.zeros(0)
    rank = np.array(list(best.values())) + model.unigram_logp(ids)
    order = np.argsort(-rank, kind="stable")
    kept = order[:KEPT]
    if word in best and word not in ids[kept]:
        kept[-1] = order[ids[order] == word][0]
    return ids[kept], rank[kept]


def _syllables(found: tuple[Candidate, ...]) -> Iterator[tuple[int, float]]:
    """Yield id and score of the candidates that are one known syllable, the best of each last."""
    for candidate in reversed(found):
        if len(candidate.ids) == 1 and candidate.ids[0] >= len(SPECIAL):
            yield candidate.ids[0], candidate.score

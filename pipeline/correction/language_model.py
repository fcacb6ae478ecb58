"""A syllable trigram language model in memory-mapped arrays.

What it holds: for lower-case syllables in canonical spelling, ``ln P(w | u v)`` with back-off, and
for each pair ``P(w is capitalised | v w)``. Only counts and weights, never text; made by
:mod:`pipeline.training`. The arrays are plain ``.npy`` files, mapped read-only, so worker processes
share one copy. Log probabilities are natural and quantised to one byte, ``-q / 16``.

Look-ups are vectorised: every method takes and returns arrays of one shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BadDictionaryError

BOUNDARY, UNKNOWN, NUMBER, NUMERAL, SYMBOL = range(5)
SPECIAL: Final = ("<s>", "<unk>", "<number>", "<numeral>", "<symbol>")
QUANTUM: Final = 1 / 16

Ids = NDArray[np.int64]
Reals = NDArray[np.float64]

ARRAYS: Final = (
    "unigram_logp", "unigram_backoff", "unigram_title",
    "bigram_start", "bigram_word", "bigram_logp", "bigram_backoff", "bigram_title",
    "trigram_start", "trigram_word", "trigram_logp",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """The trigram model.

    Attributes:
        vocabulary: word by id; the first ids are :data:`SPECIAL`.
        ids: id by word.
        arrays: the arrays named in :data:`ARRAYS`. N-grams are stored by their first words: the
            second words of the bigrams of ``u`` are ``bigram_word[bigram_start[u]:bigram_start[u + 1]]``,
            sorted; the third words of bigram ``i`` lie likewise in ``trigram_word``.
    """

    vocabulary: tuple[str, ...]
    ids: dict[str, int]
    arrays: dict[str, NDArray[np.generic]]

    def id_of(self, word: str) -> int:
        """Return the id of a canonical lower-case word, :data:`UNKNOWN` if it has none."""
        return self.ids.get(word, UNKNOWN)

    def logp(self, first: Ids, second: Ids, word: Ids) -> Reals:
        """Return ``ln P(word | first second)`` for arrays of ids of one shape."""
        a = self.arrays
        history = self._find("bigram", first, second)
        known = history >= 0
        safe = np.where(known, history, 0)
        at = np.where(known, self._find("trigram", safe, word), -1)
        backoff = np.where(known, _value(a["bigram_backoff"], safe), 0.0)
        return np.where(
            at >= 0,
            _value(a["trigram_logp"], np.maximum(at, 0)),
            backoff + self.bigram_logp(second, word),
        )

    def bigram_logp(self, first: Ids, word: Ids) -> Reals:
        """Return ``ln P(word | first)``."""
        a = self.arrays
        at = self._find("bigram", first, word)
        lower = _value(a["unigram_backoff"], first) + _value(a["unigram_logp"], word)
        return np.where(at >= 0, _value(a["bigram_logp"], np.maximum(at, 0)), lower)

    def unigram_logp(self, word: Ids) -> Reals:
        """Return ``ln P(word)``."""
        return _value(self.arrays["unigram_logp"], word)

    def title_share(self, first: Ids, word: Ids) -> Reals:
        """Return how often *word* is capitalised after *first* inside a sentence, in 0..1."""
        a = self.arrays
        at = self._find("bigram", first, word)
        pair = a["bigram_title"][np.maximum(at, 0)] / 255.0
        return np.where(at >= 0, pair, a["unigram_title"][word] / 255.0)

    def _find(self, order: str, row: Ids, word: Ids) -> Ids:
        """Return the index of *word* among the sorted words of *row*, or -1: a binary search."""
        starts, words = self.arrays[f"{order}_start"], self.arrays[f"{order}_word"]
        low = starts[row].astype(np.int64)
        end = starts[row + 1].astype(np.int64)
        high = end.copy()
        last = len(words) - 1
        for _ in range(int((end - low).max(initial=0)).bit_length()):
            middle = (low + high) >> 1
            below = (low < high) & (words[np.minimum(middle, last)] < word)
            low, high = np.where(below, middle + 1, low), np.where(below, high, middle)
        found = (low < end) & (words[np.minimum(low, last)] == word)
        return np.where(found, low, -1)


def _value(quantised: NDArray[np.generic], index: Ids) -> Reals:
    return quantised[index] * -QUANTUM  # type: ignore[no-any-return]  # numpy cannot say more of memmaps


@cache
def load(folder: Path) -> LanguageModel:
    """Map the model that lies in *folder*.

    Raises:
        BadDictionaryError: a file is missing, cut short or does not fit the others.
    """
    try:
        vocabulary = tuple((folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines())
        arrays = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ARRAYS
        }
    except (OSError, ValueError) as error:
        raise BadDictionaryError(folder, str(error).splitlines()[0]) from error
    if len(arrays["unigram_logp"]) != len(vocabulary):
        raise BadDictionaryError(folder, "vocabulary and arrays differ")
    ids = {word: number for number, word in enumerate(vocabulary)}
    return LanguageModel(vocabulary, ids, arrays)

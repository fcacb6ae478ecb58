"""A syllable trigram language model in memory-mapped arrays.

What it holds: for lower-case syllables in canonical spelling, ``ln P(w | u v)`` with back-off, and
for each pair how often it is printed with a capital, a comma or a stop. Only counts and weights,
never text; made by :mod:`pipeline.training`. The arrays are plain ``.npy`` files, mapped read-only,
so worker processes share one copy. Log probabilities are natural and quantised to one byte,
``-q / 16``.

Look-ups are vectorised: methods take and return arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.lookup import PairIndex, found_in_rows
from pipeline.errors import BadDictionaryError

BOUNDARY, UNKNOWN, NUMBER, NUMERAL, SYMBOL = range(5)
SPECIAL: Final = ("<s>", "<unk>", "<number>", "<numeral>", "<symbol>")
QUANTUM: Final = 1 / 16

Ids = NDArray[np.int64]
Reals = NDArray[np.float64]

ARRAYS: Final = (
    "unigram_logp", "unigram_backoff", "unigram_title", "unigram_comma", "unigram_stop",
    "bigram_start", "bigram_word", "bigram_logp", "bigram_backoff",
    "bigram_title", "bigram_comma", "bigram_stop",
    "trigram_start", "trigram_word", "trigram_logp",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Manners:
    """How pairs of words stand in print: shares in 0..1, of the shape that was asked for.

    Attributes:
        title: the second word is capitalised.
        comma: a comma stands between the two.
        stop: a stop, or what closes, follows the second.
    """

    title: Reals
    comma: Reals
    stop: Reals


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """The trigram model.

    Attributes:
        vocabulary: word by id; the first ids are :data:`SPECIAL`.
        ids: id by word.
        arrays: the arrays named in :data:`ARRAYS`. N-grams are stored by their first words: the
            second words of the bigrams of ``u`` are
            ``bigram_word[bigram_start[u]:bigram_start[u + 1]]``, sorted; the third words of
            bigram ``i`` lie likewise in ``trigram_word``.
    """

    vocabulary: tuple[str, ...]
    ids: dict[str, int]
    arrays: dict[str, NDArray[Any]]

    def id_of(self, word: str) -> int:
        """Return the id of a canonical lower-case word, :data:`UNKNOWN` if it has none."""
        return self.ids.get(word, UNKNOWN)

    def logp(self, first: Ids, second: Ids, word: Ids) -> Reals:
        """Return ``ln P(word | first second)``; the arrays broadcast."""
        context, pair = self.pair(first, second), self.bigram_logp(second, word)
        parts = np.broadcast_arrays(context, word, pair)
        context, word, lower = (part.ravel() for part in parts)
        return self.trigram_logp(context, word, lower).reshape(parts[0].shape)

    def pair(self, first: Ids, second: Ids) -> Ids:
        """Return the row of ``first second``, -1 if never seen; the arrays broadcast."""
        return self._pairs.find(first, second)

    def trigram_logp(self, context: Ids, word: Ids, lower: Reals) -> Reals:
        """Return ``ln P(word | context)``, all of one shape (n,).

        Args:
            context: rows from :meth:`pair`.
            word: ids.
            lower: ``ln P(word | second)`` from :meth:`bigram_logp`, to back off to.
        """
        backoff = _value(self.arrays["bigram_backoff"], np.maximum(context, 0))
        result = np.where(context >= 0, backoff, 0.0) + lower
        known = np.flatnonzero(context >= 0)
        starts, words = self.arrays["trigram_start"], self.arrays["trigram_word"]
        at = found_in_rows(starts, words, context[known], word[known])
        result[known[at >= 0]] = _value(self.arrays["trigram_logp"], at[at >= 0])
        return result

    def bigram_logp(self, first: Ids, word: Ids, row: Ids | None = None) -> Reals:
        """Return ``ln P(word | first)``; the arrays broadcast.

        *row* is what :meth:`pair` gives for them, if that is known already.
        """
        at = self.pair(first, word) if row is None else row
        lower = _value(self.arrays["unigram_backoff"], first) + self.unigram_logp(word)
        return np.where(at >= 0, _value(self.arrays["bigram_logp"], np.maximum(at, 0)), lower)

    def unigram_logp(self, word: Ids) -> Reals:
        """Return ``ln P(word)``."""
        return _value(self.arrays["unigram_logp"], word)

    def manners(self, first: Ids, word: Ids, row: Ids | None = None) -> Manners:
        """Return how *word* stands in print after *first* inside a sentence; they broadcast.

        *row* is what :meth:`pair` gives for them, if that is known already.
        """
        at = self.pair(first, word) if row is None else row
        known = at >= 0
        at = np.maximum(at, 0)

        def share(name: str, alone: Ids) -> Reals:
            pair, single = self.arrays[f"bigram_{name}"], self.arrays[f"unigram_{name}"]
            return np.asarray(np.where(known, pair[at], single[alone]) / 255.0)

        return Manners(share("title", word), share("comma", first), share("stop", word))

    @cached_property
    def _pairs(self) -> PairIndex:
        return PairIndex.of(self.arrays["bigram_start"], self.arrays["bigram_word"])


def _value(quantised: NDArray[Any], index: Ids) -> Reals:
    return np.asarray(quantised[index] * -QUANTUM)


@cache
def load(folder: Path) -> LanguageModel:
    """Map the model that lies in *folder*.

    Raises:
        BadDictionaryError: a file is missing, cut short or does not fit the others.
    """
    try:
        vocabulary = tuple((folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines())
        arrays = {
            # Still mapped, but plain arrays: memmaps index slowly.
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(
                np.ndarray
            )
            for name in ARRAYS
        }
    except (OSError, ValueError) as error:
        raise BadDictionaryError(folder, str(error).splitlines()[0]) from error
    if len(arrays["unigram_logp"]) != len(vocabulary):
        raise BadDictionaryError(folder, "vocabulary and arrays differ")
    ids = {word: number for number, word in enumerate(vocabulary)}
    return LanguageModel(vocabulary, ids, arrays)

"""A small neural network that weighs the candidates of each word in a long context.

The language model sees two neighbours; what hangs together over more (``trọng dụng hiền tài``, the
subject of a page) it cannot know. The network takes a decided word as it is and an open one as the
mixture of its candidates that channel and frequency alone would give, looks some twenty words to
either side, and tells of each candidate how much likelier it is here than anywhere. It is confined
to the candidates: it can prefer one, never invent one.

Words are vectors; each layer adds to a word what a dilated convolution over it and two others
gives (layer norm, ReLU). Only what the undecided words depend on is worked out, so clean text pays
next to nothing. The weights are plain ``.npy`` files with a vocabulary of their own, made by
:mod:`pipeline.training.rescorer`; they stay mapped, so that all processes share them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.arrays import starts
from pipeline.correction.language_model import UNKNOWN
from pipeline.errors import BadDictionaryError

Reals = NDArray[np.float32]
Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]

ARRAYS: Final = (
    "embedding", "flags", "norm", "mix", "mix_bias", "back", "back_bias", "dilation",
    "last_norm", "output", "output_bias",
)  # fmt: skip
# One row a word, of which few are asked for at a time: in half precision.
TABLES: Final = frozenset(("embedding", "output"))
TITLE, COMMA, STOP = 4, 2, 1  # flags of a word: capitalised; what follows it
_EPSILON: Final = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Neighbouring words with their candidates, end to end in flat arrays.

    Attributes:
        ids: of the candidates of all words, in the network's vocabulary.
        weights: how probable each is beforehand; those of a word sum to one.
        begin: by word, where its candidates begin; every word has at least one.
        flags: by word, the sum of :data:`TITLE`, :data:`COMMA`, :data:`STOP` that hold.
    """

    ids: Ids
    weights: Reals
    begin: Ids
    flags: Ids

    @property
    def size(self) -> Ids:
        """By word, how many candidates it has."""
        return np.diff(self.begin, append=len(self.ids))


@dataclass(frozen=True, eq=False)
class Network:
    """The weights.

    Attributes:
        ids: id by word.
        arrays: those named in :data:`ARRAYS`; of each layer ``mix`` takes the word and the two at
            the layer's ``dilation`` to hidden units, ``back`` takes these to the word again.
    """

    ids: dict[str, int]
    arrays: dict[str, NDArray[Any]]

    def translated(self, vocabulary: Sequence[str]) -> Ids:
        """Return the network's id of each word of another vocabulary with the same specials."""
        return np.array([self.ids.get(word, UNKNOWN) for word in vocabulary], np.int64)

    def preferences(self, stretch: Stretch, undecided: Flags) -> Reals:
        """Return for each candidate the nats that its place gives it; nought for decided words.

        Args:
            stretch: the words, n of them.
            undecided: by word, whether its candidates are to be weighed.
        """
        arrays = self.arrays
        size = stretch.size
        result = np.zeros(len(stretch.ids), np.float32)
        needed = self._needed(undecided)
        vectors = self._vectors(stretch, needed[0])
        for layer, (dilation, wanted) in enumerate(
            zip(arrays["dilation"].tolist(), needed[1:], strict=True)
        ):
            rows = np.flatnonzero(wanted)
            around = _around(vectors, rows, int(dilation), arrays["norm"][layer], needed[layer])
            hidden = around @ arrays["mix"][layer]
            hidden += arrays["mix_bias"][layer]
            np.maximum(hidden, 0, out=hidden)
            vectors[rows] += hidden @ arrays["back"][layer] + arrays["back_bias"][layer]
        at = np.flatnonzero(np.repeat(undecided, size))
        word = np.repeat(np.arange(len(size)), size)[at]
        place = np.cumsum(undecided) - 1
        final = _normed(vectors[undecided], arrays["last_norm"])[place[word]]
        ids = stretch.ids[at]
        likeness = (final * arrays["output"][ids].astype(np.float32)).sum(axis=1)
        result[at] = likeness + arrays["output_bias"][ids]
        return result

    def _needed(self, undecided: Flags) -> list[Flags]:
        """Return by layer, from the input to the output, the words that the last ones depend on."""
        needed = [undecided]
        for dilation in self.arrays["dilation"][::-1].astype(int).tolist():
            wide = needed[0].copy()
            wide[dilation:] |= needed[0][:-dilation]
            wide[:-dilation] |= needed[0][dilation:]
            needed.insert(0, wide)
        return needed

    def _vectors(self, stretch: Stretch, needed: Flags) -> Reals:
        size = stretch.size
        at = np.flatnonzero(np.repeat(needed, size))
        vectors = np.zeros((len(needed), self.arrays["embedding"].shape[1]), np.float32)
        if len(at):
            rows = self.arrays["embedding"][stretch.ids[at]].astype(np.float32)
            parts = rows * stretch.weights[at, None]
            vectors[needed] = np.add.reduceat(parts, starts(size[needed]), axis=0)
            vectors[needed] += self.arrays["flags"][stretch.flags[needed]]
        return vectors


def _around(vectors: Reals, rows: Ids, dilation: int, scale: Reals, known: Flags) -> Reals:
    """Return by row the normed vectors of the word before, itself and the word after, (n, 3 d)."""
    count, width = vectors.shape
    padded = np.zeros((count + 2 * dilation, width), np.float32)
    padded[dilation : dilation + count][known] = _normed(vectors[known], scale)
    return np.concatenate([padded[rows + step * dilation] for step in range(3)], axis=1)


def _normed(vectors: Reals, scale: Reals) -> Reals:
    centred = vectors - vectors.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _EPSILON)
    return np.asarray(centred / spread * scale)


def _array(path: Path) -> NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray))


@cache
def load(folder: Path) -> Network:
    """Read the network that lies in *folder*.

    Raises:
        BadDictionaryError: a file is missing, cut short or does not fit the others.
    """
    try:
        words = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
        arrays = {name: _array(folder / f"{name}.npy") for name in ARRAYS}
    except (OSError, ValueError) as error:
        raise BadDictionaryError(folder, str(error).splitlines()[0]) from error
    if len(arrays["embedding"]) != len(words):
        raise BadDictionaryError(folder, "vocabulary and arrays differ")
    return Network({word: number for number, word in enumerate(words)}, arrays)

"""Stretches of the corpus, damaged anew each time: what the rescorer learns from.

Every stretch is damaged by one reader, every word of it as one of the readings that :mod:`.noise`
drew for it; some words are not seen at all, lest the text be learned by heart. That the rescorer
knows most words to be decided is not shown here: trained so, on a part of the words, the network
learns less in the same time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction.language_model import SPECIAL
from pipeline.training.corpus import MAX_WORDS, Stream
from pipeline.training.noise import KEPT, NEVER, Noise

# Readings drawn by each reader, how far its slips are overdone, and its share of the stretches.
READERS: Final = {
    "stripped": (12_000, 1.0, 0.45),
    "english": (200_000, 1.0, 0.35),
    "vie": (150_000, 4.0, 0.20),
}
DOMAIN_SHARES: Final = {"party": 0.14, "legal": 0.26, "news": 0.60}
WORDS: Final = 96  # of a stretch
MASKED: Final = 0.12  # share of the words that the network does not see, lest it learn by heart
FLAG_SHIFT: Final = MAX_WORDS.bit_length() - 1  # flags of a stream stand above its ids


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some stretches as correction would see them, and what is right.

    Attributes:
        candidates: ids, shape (stretches, WORDS, KEPT).
        logp: ``ln P`` of each beforehand.
        target: place of the right one, shape (stretches, WORDS).
        flags: how each word stands in print, as :class:`pipeline.correction.network.Stretch` has.
        seen: whether the network sees the word, shape (stretches, WORDS).
    """

    candidates: NDArray[np.int64]
    logp: NDArray[np.float32]
    target: NDArray[np.int64]
    flags: NDArray[np.int64]
    seen: NDArray[np.bool_]


def batch(
    texts: Mapping[str, Stream],
    noises: tuple[Noise, ...],
    stretches: int,
    chance: np.random.Generator,
) -> Batch:
    """Draw stretches of the texts and damage them; *noises* stand as in :data:`READERS`."""
    shares = np.array([DOMAIN_SHARES[domain] for domain in texts])
    sources = chance.choice(len(texts), stretches, p=shares / shares.sum())
    streams_ = list(texts.values())
    rows = [_some(streams_[source], chance) for source in sources.tolist()]
    coded = np.stack(rows).astype(np.int64)
    words = coded % MAX_WORDS
    candidates = np.zeros((*words.shape, KEPT), np.int64)
    candidates[..., 0] = words
    logp = np.full(candidates.shape, NEVER, np.float32)
    logp[..., 0] = 0.0
    target = np.zeros(words.shape, np.int64)
    reader = chance.choice(len(noises), stretches, p=[share for _, _, share in READERS.values()])
    for number, noise in enumerate(noises):
        count = np.diff(noise.start)[words]
        damaged = (reader == number)[:, None] & (words >= len(SPECIAL)) & (count > 0)
        nth = (chance.random(words.shape) * count).astype(np.int64)
        row = (noise.start[words] + nth)[damaged]
        candidates[damaged] = noise.candidates[row]
        logp[damaged] = noise.logp[row]
        target[damaged] = noise.target[row]
    seen = chance.random(words.shape) >= MASKED
    return Batch(candidates, logp, target, coded >> FLAG_SHIFT, seen)


def _some(stream: Stream, chance: np.random.Generator) -> Stream:
    at = int(chance.integers(0, max(1, len(stream) - WORDS)))
    return np.resize(stream[at : at + WORDS], WORDS)

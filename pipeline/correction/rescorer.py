"""The rescorer: what the decoder left open, judged by a network before it is decoded once more.

The decoder is exact over three words, the network (:mod:`.network`) knows a whole stretch of text
but each word alone. So the network's judgement of a word moves the scores of its candidates, and
the decoder weighs them again together: of two neighbours that only fit each other, both change or
neither. Words that the decoder is sure of are decided: the network goes by them and is not asked
about them. Only known syllables are moved, and among themselves: unknown words, numbers, symbols
and parted words weigh what they did, and the user's own words are left to the decoder altogether.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction import network
from pipeline.correction.candidates import Candidate, Form
from pipeline.correction.language_model import BOUNDARY, SPECIAL, LanguageModel
from pipeline.correction.lattice import Sentence, Slot
from pipeline.correction.lexicon import Lexicon
from pipeline.correction.network import COMMA, STOP, TITLE, Network
from pipeline.correction.tokens import Mark, analyse
from pipeline.resources import dictionary

Reals = NDArray[np.float64]

SURE: Final = 0.99  # share of a candidate from which its word is decided
LIKELY: Final = 0.05  # share from which a candidate may be what a user's list calls for
LEAST: Final = 1e-5  # share below which a candidate is not decoded again, the reading apart
_MARKS: Final = {Mark.NONE: 0, Mark.COMMA: COMMA, Mark.STOP: STOP}


@dataclass(slots=True)
class _Open:
    """A word to be judged: where it stands, and which of its candidates are syllables."""

    sentence: int
    at: int
    known: list[int]
    word: int  # its number in the stretch
    begin: int  # of its candidates in the stretch


@dataclass(slots=True)
class _Words:
    """A stretch of text as it grows, for :class:`.network.Stretch`."""

    ids: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    begin: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)

    def add(self, ids: list[int], scores: list[float], flags: int = 0) -> None:
        """Add a word."""
        self.begin.append(len(self.ids))
        self.ids += ids
        self.scores += scores
        self.flags.append(flags)


def rescored(
    sentences: list[Sentence],
    shares: list[list[Reals]],
    model: LanguageModel,
    lexicon: Lexicon,
    weight: float,
) -> dict[int, Sentence]:
    """Return, by number, the sentences to decode again, their scores moved by the network.

    Args:
        sentences: neighbours in the text.
        shares: for each of their words the posterior of each candidate.
        model: gives the frequency of each word; its ids are those of the candidates.
        lexicon: knows the user's own words.
        weight: what the network counts against the decoder, 0..1.
    """
    if not weight:
        return {}
    words = _Words()
    undecided: list[_Open] = []
    for number, (sentence, given) in enumerate(zip(sentences, shares, strict=True)):
        words.add([BOUNDARY], [0.0])
        for at, (slot, share) in enumerate(zip(sentence, given, strict=True)):
            if known := _added(words, slot, share, lexicon):
                first = len(words.ids) - len(known)
                undecided.append(_Open(number, at, known, len(words.begin) - 1, first))
    if not undecided:
        return {}
    net, translation = _network(model)
    prior = np.array(words.scores) + model.unigram_logp(np.array(words.ids))
    begin = np.array(words.begin)
    logp = prior - np.repeat(np.logaddexp.reduceat(prior, begin), np.diff(begin, append=len(prior)))
    asked = np.zeros(len(begin), bool)
    asked[[one.word for one in undecided]] = True
    stretch = network.Stretch(
        translation[words.ids], np.exp(logp).astype(np.float32), begin, np.array(words.flags)
    )
    logp += net.preferences(stretch, asked)
    again = {one.sentence: list(sentences[one.sentence]) for one in undecided}
    for one in undecided:
        judged = logp[one.begin : one.begin + len(one.known)]
        slot, share = sentences[one.sentence][one.at], shares[one.sentence][one.at]
        scores = _moved(slot.scores, share, one.known, weight * judged)
        again[one.sentence][one.at] = Slot(slot.candidates, scores)
    return {
        number: [_likely(*pair) for pair in zip(moved, shares[number], strict=True)]
        for number, moved in again.items()
    }


def _added(words: _Words, slot: Slot, share: Reals, lexicon: Lexicon) -> list[int]:
    """Add a word to the stretch; return which of its candidates are to be judged, none mostly."""
    candidates = slot.candidates
    best = candidates[int(np.argmax(share))] if len(candidates) > 1 else candidates[0]
    flags = _flags(best)
    if len(best.ids) > 1:
        first, second = best.ids
        words.add([first], [0.0], flags & TITLE)
        words.add([second], [0.0], flags & (COMMA | STOP))
        return []
    known = [at for at, candidate in enumerate(candidates) if _is_known(candidate)]
    if len(known) < 2 or not _is_known(best):
        words.add([best.ids[0]], [0.0], flags)
        return []
    if share.max() >= SURE or not _free(candidates, share, lexicon):
        words.add([best.ids[0]], [0.0], flags)
        return []
    words.add([candidates[at].ids[0] for at in known], [slot.scores[at] for at in known], flags)
    return known


def _is_known(candidate: Candidate) -> bool:
    return len(candidate.ids) == 1 and candidate.ids[0] >= len(SPECIAL)


def _free(candidates: tuple[Candidate, ...], share: Reals, lexicon: Lexicon) -> bool:
    """Tell whether none of the likelier candidates is a word of the user's own lists."""
    own = lexicon.own_syllables
    return not own or all(
        own.isdisjoint(candidate.syllables)
        for candidate, one in zip(candidates, share, strict=True)
        if one >= LIKELY
    )


def _flags(candidate: Candidate) -> int:
    flags = TITLE if candidate.form is Form.TITLE else 0
    return flags if candidate.text[-1:].isalpha() else flags | _MARKS[analyse(candidate.text).mark]


def _moved(scores: list[float], share: Reals, known: list[int], nats: Reals) -> list[float]:
    """Return the scores, those of the *known* moved by *nats*; their share together stays."""
    before = np.maximum(share[known], np.finfo(float).tiny)
    shift = np.log(before.sum()) - np.logaddexp.reduce(np.log(before) + nats)
    moved = list(scores)
    for at, more in zip(known, (nats + shift).tolist(), strict=True):
        moved[at] += more
    return moved


def _likely(slot: Slot, share: Reals) -> Slot:
    """Return a word with those of its candidates that may still win, and its reading."""
    candidates, scores = slot.candidates, slot.scores
    kept = [
        at for at, one in enumerate(share.tolist()) if one >= LEAST or candidates[at].reason is None
    ]
    return Slot(tuple([candidates[at] for at in kept]), [scores[at] for at in kept])


@cache
def _network(model: LanguageModel) -> tuple[Network, NDArray[np.int64]]:
    """Return the network, and its ids of the words of *model*."""
    net = network.load(dictionary("rescorer"))
    return net, net.translated(model.vocabulary)

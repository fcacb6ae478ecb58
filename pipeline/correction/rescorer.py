"""The rescorer: what the decoder made of each word, weighed once more by a network.

The decoder is exact over three words, the network (:mod:`.network`) knows a whole stretch of text
but each word alone. Both give a posterior, and what counts is their weighted geometric mean. Words
that the decoder is sure of are decided: the network goes by them and is not asked about them. Only
known syllables are weighed anew: unknown words, numbers, symbols and parted words keep the share
that the decoder gave them, and the user's own words are left to it altogether.
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
LEAST: Final = 1e-12  # no share is nought: what is impossible is no candidate
_MARKS: Final = {Mark.NONE: 0, Mark.COMMA: COMMA, Mark.STOP: STOP}


@dataclass(slots=True)
class _Open:
    """A word to be weighed: its posterior, and which of its candidates are syllables."""

    share: Reals
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
) -> list[list[Reals]]:
    """Return the posteriors *shares* of the decoder, weighed with the network's.

    Args:
        sentences: neighbours in the text.
        shares: for each of their words the posterior of each candidate.
        model: gives the frequency of each word; its ids are those of the candidates.
        lexicon: knows the user's own words.
        weight: what the network counts against the decoder, 0..1.
    """
    if not weight:
        return shares
    shares = [list(sentence) for sentence in shares]
    words = _Words()
    undecided: list[tuple[int, int, _Open]] = []  # sentence, place in it, the word
    for number, (sentence, given) in enumerate(zip(sentences, shares, strict=True)):
        words.add([BOUNDARY], [0.0])
        for at, (slot, share) in enumerate(zip(sentence, given, strict=True)):
            if one := _added(words, slot, share, lexicon):
                undecided.append((number, at, one))
    if not undecided:
        return shares
    net, translation = _network(model)
    prior = np.array(words.scores) + model.unigram_logp(np.array(words.ids))
    begin = np.array(words.begin)
    logp = prior - np.repeat(np.logaddexp.reduceat(prior, begin), np.diff(begin, append=len(prior)))
    asked = np.zeros(len(begin), bool)
    asked[[one.word for _, _, one in undecided]] = True
    stretch = network.Stretch(
        translation[words.ids], np.exp(logp).astype(np.float32), begin, np.array(words.flags)
    )
    logp += net.preferences(stretch, asked)
    for number, at, one in undecided:
        shares[number][at] = _mean(one, logp[one.begin : one.begin + len(one.known)], weight)
    return shares


def _added(words: _Words, slot: Slot, share: Reals, lexicon: Lexicon) -> _Open | None:
    """Add a word to the stretch, and return it if it is to be weighed."""
    candidates = slot.candidates
    best = candidates[int(np.argmax(share))] if len(candidates) > 1 else candidates[0]
    flags = _flags(best)
    if len(best.ids) > 1:
        first, second = best.ids
        words.add([first], [0.0], flags & TITLE)
        words.add([second], [0.0], flags & (COMMA | STOP))
        return None
    known = [at for at, candidate in enumerate(candidates) if _is_known(candidate)]
    if len(known) < 2 or not _is_known(best):
        words.add([best.ids[0]], [0.0], flags)
        return None
    if share.max() >= SURE or not _free(candidates, share, lexicon):
        words.add([best.ids[0]], [0.0], flags)
        return None
    begin = len(words.ids)
    words.add([candidates[at].ids[0] for at in known], [slot.scores[at] for at in known], flags)
    return _Open(share, known, len(words.begin) - 1, begin)


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


def _mean(one: _Open, logp: Reals, weight: float) -> Reals:
    """Return the shares of a word, those of its syllables weighed anew; their sum stays."""
    share = one.share.copy()
    before = share[one.known]
    mixed = (1 - weight) * np.log(np.maximum(before, LEAST)) + weight * logp
    mixed = np.exp(mixed - mixed.max())
    share[one.known] = before.sum() * mixed / mixed.sum()
    return share


@cache
def _network(model: LanguageModel) -> tuple[Network, NDArray[np.int64]]:
    """Return the network, and its ids of the words of *model*."""
    net = network.load(dictionary("rescorer"))
    return net, net.translated(model.vocabulary)

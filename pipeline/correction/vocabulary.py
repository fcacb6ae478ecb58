"""The known words that a core may have been read from: asked for together, remembered, ranked."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.correction.channel import Profile
from pipeline.correction.language_model import SPECIAL, LanguageModel
from pipeline.correction.lexicon import Lexicon
from pipeline.correction.memory import Memory
from pipeline.correction.profile import Tuning
from pipeline.correction.syllable import canonical
from pipeline.correction.trie import Found, Limits, Trie

REMEMBERED: Final = 8_000  # answers
LIMIT: Final = 64  # words per answer
BEHIND: Final = 9.0  # nats behind the best, channel and frequency together, at which one is dropped


@dataclass(frozen=True, slots=True)
class Known:
    """A known word.

    Attributes:
        text: in the capitals that it would have.
        syllables: the only one, its canonical form.
        ids: that form's language model id.
    """

    text: str
    syllables: tuple[str]
    ids: tuple[int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a core may have been read from.

    Attributes:
        words: best rank first.
        scores: ``ln P(read | word)`` of each.
        best: the best such score of any word.
    """

    words: tuple[Known, ...]
    scores: tuple[float, ...]
    best: float


class Vocabulary:
    """Every word of a language model and a lexicon: in small letters, Capitalised, CAPITALS."""

    def __init__(
        self, model: LanguageModel, lexicon: Lexicon, channel: Profile, tuning: Tuning
    ) -> None:
        """Build the trie.

        Args:
            model: gives the words, in canonical form, and how frequent they are.
            lexicon: gives codes of three and more capitals, and the user's own words.
            channel: the confusions of the reader.
            tuning: says how far the channel is trusted against frequency, and how far it goes.
        """
        self._channel, self._tuning = channel, tuning
        ids = {
            form: number
            for number, word in enumerate(model.vocabulary[len(SPECIAL) :], len(SPECIAL))
            if word.isalpha()
            for form in (word, word.capitalize(), word.upper())
        }
        codes = {
            code for code in lexicon.codes if len(code) > 2 and code.isalpha() and code.isupper()
        }
        for word in (codes | lexicon.own_parts).difference(ids):
            ids[word] = model.id_of(canonical(word))
        prior = model.unigram_logp(np.arange(len(model.vocabulary))).tolist()
        self._trie = Trie(ids, lambda word: prior[ids[word]])
        self._words = [
            Known(
                word,
                (model.vocabulary[ids[word]] if ids[word] >= len(SPECIAL) else canonical(word),),
                (ids[word],),
            )
            for word in self._trie.words
        ]
        self._memory: Memory[tuple[str, float, int], Answer] = Memory(REMEMBERED)

    def like(self, cores: Iterable[str], beam: float, limit: int = LIMIT) -> dict[str, Answer]:
        """Return for each core the *limit* best of the words within *beam* nats of the best one.

        Many cores at once are much quicker than each alone.
        """

        def looked_up(new: list[tuple[str, float, int]]) -> Iterable[Answer]:
            limits = Limits(beam, BEHIND, self._tuning.channel_weight)
            found = self._trie.search([core for core, _, _ in new], self._channel, limits)
            return (self._answer(one, limit) for one in found)

        answers = self._memory.get([(core, beam, limit) for core in cores], looked_up)
        return {core: answer for (core, _, _), answer in answers.items()}

    def _answer(self, found: Found, limit: int) -> Answer:
        rank = self._tuning.channel_weight * found.scores + self._trie.prior[found.words]
        order = np.argsort(-rank, kind="stable")[:limit]
        order = order[found.scores[order] >= self._tuning.floor]
        best = found.best if found.best >= self._tuning.floor else -math.inf
        words = tuple([self._words[place] for place in found.words[order].tolist()])
        return Answer(words, tuple(found.scores[order].tolist()), best)

"""Candidates: what each word of a page may be, with the channel's score of each.

Facts are not guessed at: numbers, dates, symbols and known codes have one candidate, themselves. A
Roman numeral has another one only where its grammar proves it (``XIIl`` → ``XIII``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, cached_property, lru_cache
from typing import Final

import numpy as np
from unidecode import unidecode

from pipeline.correction import language_model as lm
from pipeline.correction.channel import Profile, Trie, word_score
from pipeline.correction.language_model import LanguageModel
from pipeline.correction.lexicon import Lexicon
from pipeline.correction.profile import Tuning
from pipeline.correction.syllable import canonical, is_syllable
from pipeline.correction.symbols import Codes, by_skeleton, repaired
from pipeline.correction.tokens import LETTERLIKE, Token, TokenKind, analyse, is_numeral
from pipeline.model import Reason

_SPECIAL: Final = {
    TokenKind.NUMBER: lm.NUMBER,
    TokenKind.NUMERAL: lm.NUMERAL,
    TokenKind.SYMBOL: lm.SYMBOL,
    TokenKind.ACRONYM: lm.UNKNOWN,
}
_CODED: Final = frozenset((TokenKind.SYMBOL, TokenKind.ACRONYM))
REMEMBERED: Final = 20_000  # words whose candidates are kept
LIMIT: Final = 64  # candidates per word
BEHIND: Final = 9.0  # nats behind the best, channel and frequency together, at which one is dropped
SPLITS: Final = 8  # ways to part a word in two
SPLIT_COST: Final = -5.0  # ln P that the blank between two words is lost
# Marks that a reader puts for a piece of a letter: they may belong to the word they follow.
LOOSE_MARKS: Final = "’‘'`?°*´^~|!"
SENTENCE_MARKS: Final = frozenset("?!")
REAL_MARK: Final = -1.6  # ln P that a ? or ! there is punctuation after all
STRAY_MARK: Final = -4.0  # the same of marks that end no word in print
LOST_MARK: Final = -3.0  # ln P that the mark is dirt
LONGEST: Final = 24  # letters; more are no misread word, not even two
MAX_DIGITS: Final = 2  # digits that a misread word may hold
MIN_SPLIT: Final = 5  # letters of a word that may be two
HALF_BEAM: Final = 4.0  # nats below the best at which half of a split word is looked at
HALF_LIMIT: Final = 5  # words per half
POOR_PER_LETTER: Final = -1.2  # channel score per letter below which a word may be two
# Điều 12a, BCĐ35: letters and digits that belong together.
_LETTERED: Final = re.compile(r"\d{2,}[abcdđe]|[A-ZĐƯ]{2,}\d+")
# v.v, T/M, đ/c: single letters with marks between them.
_INITIALS: Final = re.compile(r"(?:[^\W\d_][./]){1,3}[^\W\d_]\.?")
ACRONYM_COST: Final = (-2.0, -0.6)  # ln P of one acronym among all, at first and per letter
NUMBER_COST: Final = -3.0  # ln P of one number among those of its length, a digit
SYMBOL_COST: Final = -4.5  # ln P that a symbol whose grammar proves another stands in print so
DIRT: Final = "'‘’,.`´"  # specks before a word
DIRT_COST: Final = -0.5  # ln P that such a mark is a speck
MARK_COST: Final = -1.0  # ln P that it is punctuation after all
NUMERAL_COST: Final = -1.5  # ln P of each character of a numeral misread
_NUMERAL_LOOKS: Final = {
    "1": "I",
    "l": "I",
    "|": "I",
    "i": "I",
    "!": "I",
    "T": "I",
    "t": "I",
    "H": "II",
}


# What may follow a word that was read as a number; a marker's point or bracket may not.
_BEHIND_WORDS: Final = ("", ",", ";")


class Form(Enum):
    """How the capitals of a word stand."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"
    OTHER = "other"  # no word, or mixed

    @staticmethod
    def of(core: str) -> Form:
        """Tell the form of a word; a single capital counts as title."""
        if core.islower():
            return Form.LOWER
        if core[:1].isupper() and (len(core) == 1 or core[1:].islower()):
            return Form.TITLE
        return Form.UPPER if core.isupper() else Form.OTHER


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing a word may be.

    Attributes:
        text: as it would be written, punctuation included.
        syllables: its one or two syllables in canonical form; none for punctuation.
        ids: their language model ids.
        score: ``ln P(read | text)`` by the channel, weighted.
        form: how its capitals stand.
        reason: why it differs from what was read; None for the reading itself.
    """

    text: str
    syllables: tuple[str, ...]
    ids: tuple[int, ...]
    score: float
    form: Form = Form.OTHER
    reason: Reason | None = None


@dataclass(frozen=True, eq=False)
class CandidateFinder:
    """Everything candidates are drawn from: one profile, one language model, one lexicon."""

    channel: Profile
    tuning: Tuning
    model: LanguageModel
    lexicon: Lexicon

    @staticmethod
    @cache
    def cached(
        channel: Profile, tuning: Tuning, model: LanguageModel, lexicon: Lexicon
    ) -> CandidateFinder:
        """Return the finder of these parts; the same parts share one trie and one memory."""
        return CandidateFinder(channel, tuning, model, lexicon)

    @cached_property
    def trie(self) -> Trie:
        """Every word of the model and the user's lists, in small letters, Capitalised, CAPITALS."""
        plain = [word for word in self.model.vocabulary[len(lm.SPECIAL) :] if word.isalpha()]
        forms = {form for word in plain for form in (word, word.capitalize(), word.upper())}
        codes = {code for code in self.lexicon.codes if len(code) > 2 and code.isalpha()}
        return Trie(sorted(forms | codes | self.lexicon.own_words))

    @cached_property
    def find(self) -> Callable[[str], tuple[Candidate, ...]]:
        """Return the candidates of a word as read, best channel score first, itself among them.

        The latest words are remembered, not all: a run may go on for weeks.
        """
        return lru_cache(maxsize=REMEMBERED)(self._find)

    def _find(self, read: str) -> tuple[Candidate, ...]:
        token = analyse(read)
        found = [self._as_read(token, read)]
        if self._may_be_word(token):
            found += self._words(token)
        found += _numerals(token)
        proved = repaired(token.core, self.codes) if token.kind in _CODED else None
        if proved:
            found = [replace(c, score=c.score + SYMBOL_COST) for c in found]
            found.append(self._symbol(token, proved))
        best: dict[str, Candidate] = {}
        for candidate in sorted(found, key=lambda c: (-c.score, c.text)):
            best.setdefault(candidate.text, candidate)
        return tuple(best.values())

    @cached_property
    def codes(self) -> Codes:
        """The codes of the lexicon by their bare letters."""
        return by_skeleton(self.lexicon.codes)

    def _symbol(self, token: Token, proved: str) -> Candidate:
        text = f"{token.prefix}{proved}{token.suffix}"
        special = _SPECIAL[token.kind]
        return Candidate(text, (canonical(proved),), (special,), 0.0, reason=Reason.SYMBOL)

    def _as_read(self, token: Token, read: str) -> Candidate:
        """Return the reading itself as a candidate. Punctuation has no ids: it does not speak."""
        if token.kind is TokenKind.NONE:
            return Candidate(read, (), (), 0.0)
        spelled = canonical(token.core)
        known = self.model.id_of(spelled)
        form = Form.of(token.core)
        if token.kind is TokenKind.WORD and known != lm.UNKNOWN:
            score = word_score(token.core, token.core, self.channel)
            return Candidate(read, (spelled,), (known,), self.tuning.channel_weight * score, form)
        special = _SPECIAL.get(token.kind, lm.UNKNOWN)
        if self._is_fact(token):
            return Candidate(read, (spelled,), (special,), 0.0)
        if self._may_be_letters(token):
            score = NUMBER_COST * len(token.core)
            return Candidate(read, (spelled,), (special,), score)
        first, each = self.tuning.unknown
        if token.kind is TokenKind.ACRONYM:
            first, each = ACRONYM_COST
            form = Form.OTHER  # its capitals are its own, and tell nothing of its neighbours
        return Candidate(read, (spelled,), (special,), first + each * len(token.core), form)

    def _is_fact(self, token: Token) -> bool:
        """Tell whether the word is none of ours to guess at: a number, a symbol, a known code."""
        core = token.core
        lexicon = self.lexicon
        if core in lexicon.codes or core in lexicon.words or core in lexicon.own_words:
            return True
        if self._may_be_letters(token):
            return False
        if token.kind in (TokenKind.NUMBER, TokenKind.NUMERAL) or _LETTERED.fullmatch(core):
            return True
        if token.kind is not TokenKind.SYMBOL:
            return False
        digits = sum(map(str.isdigit, core))
        misread = _are_letters(core) and digits <= MAX_DIGITS and digits < len(core)
        return bool(_INITIALS.fullmatch(core)) or (
            digits > 0 and not (misread and self.tuning.digits)
        )

    def _may_be_letters(self, token: Token) -> bool:
        """Tell whether this may be a short word read as a number: 6 for ở, 14 for là."""
        core = token.core
        return (
            self.tuning.digits
            and len(core) <= MAX_DIGITS + 1
            and core[:1].isdigit()
            and _are_letters(core)
            and sum(map(str.isdigit, core)) <= MAX_DIGITS
            and not token.prefix
            and token.suffix[:1] in _BEHIND_WORDS
        )

    def _may_be_word(self, token: Token) -> bool:
        speaks = token.kind is not TokenKind.NONE and len(token.core) <= LONGEST
        return speaks and not self._is_fact(token)

    def _words(self, token: Token) -> list[Candidate]:
        """Return the words of the vocabulary that may have been read as this token."""
        found = self._spelled(token.prefix, token.core, token.suffix, 0.0)
        loose = len(token.suffix) - len(token.suffix.lstrip(LOOSE_MARKS))
        if loose and (self.tuning.dirt or token.suffix[0] not in SENTENCE_MARKS):
            # The mark is a piece of the last letter, or dirt, or punctuation after all.
            rest = token.suffix[loose:]
            real = REAL_MARK if token.suffix[0] in SENTENCE_MARKS else STRAY_MARK
            whole = self._spelled(token.prefix, token.core + token.suffix[:loose], rest, 0.0)
            clean = self._spelled(token.prefix, token.core, rest, LOST_MARK)
            found = [replace(c, score=c.score + real) for c in found]
            found += [replace(c, reason=c.reason or Reason.PUNCTUATION) for c in (*whole, *clean)]
        if self.tuning.dirt and token.prefix[-1:] and token.prefix[-1] in DIRT:
            clean = self._spelled(token.prefix[:-1], token.core, token.suffix, DIRT_COST)
            found = [replace(c, score=c.score + MARK_COST) for c in found]
            found += [replace(c, reason=c.reason or Reason.PUNCTUATION) for c in clean]
        return found

    def _spelled(self, prefix: str, core: str, suffix: str, cost: float) -> list[Candidate]:
        weight = self.tuning.channel_weight
        ranked = self._ranked(core, self.tuning.beam)
        best = max((score for _, _, score in ranked), default=-math.inf)
        poor = best < POOR_PER_LETTER * len(core)
        found = []
        for rank, word, score in ranked[:LIMIT]:
            if rank > ranked[0][0] + BEHIND:
                break
            spelled, written = canonical(word), _styled(word, core)
            found.append(
                Candidate(
                    f"{prefix}{written}{suffix}",
                    (spelled,),
                    (self.model.id_of(spelled),),
                    weight * score + cost,
                    Form.of(word),
                    _reason(core, written),
                )
            )
        if self.tuning.split and poor and len(core) >= MIN_SPLIT and not is_syllable(core):
            found += self._split(prefix, core, suffix)
        return found

    def _ranked(self, read: str, beam: float) -> list[tuple[float, str, float]]:
        """Return (rank, word, channel score) of what *read* may be, by channel and frequency."""
        weight = self.tuning.channel_weight
        return sorted(
            (-weight * score - self._prior(word), word, score)
            for word, score in self.trie.score(read, self.channel, beam=beam)
        )

    def _prior(self, word: str) -> float:
        return float(self.model.unigram_logp(np.array(self.model.id_of(canonical(word)))))

    def _split(self, prefix: str, core: str, suffix: str) -> list[Candidate]:
        """Return pairs of words that lost their blank (``Tinhuy`` → ``Tỉnh ủy``)."""
        weight = self.tuning.channel_weight
        found: list[Candidate] = []
        for cut in range(2, len(core) - 1):
            sides = [
                self._ranked(side, HALF_BEAM)[:HALF_LIMIT] for side in (core[:cut], core[cut:])
            ]
            found += [
                Candidate(
                    f"{prefix}{left} {right}{suffix}",
                    (canonical(left), canonical(right)),
                    (self.model.id_of(canonical(left)), self.model.id_of(canonical(right))),
                    weight * (left_score + right_score) + SPLIT_COST,
                    Form.of(left),
                    Reason.SPACING,
                )
                for _, left, left_score in sides[0]
                for _, right, right_score in sides[1]
            ]
        return sorted(found, key=lambda c: (-c.score - self._pair_prior(c.ids), c.text))[:SPLITS]

    def _pair_prior(self, ids: tuple[int, ...]) -> float:
        left, right = np.array([ids[0]]), np.array([ids[1]])
        return float((self.model.unigram_logp(left) + self.model.bigram_logp(left, right))[0])


def _are_letters(core: str) -> bool:
    """Tell whether every character is a letter, a digit or a sign that readers put for a letter."""
    return all(character.isalnum() or character in LETTERLIKE for character in core)


def _styled(word: str, read: str) -> str:
    """Return *word*, in the spelling of *read* when they are one syllable (``hoà``, ``hòa``)."""
    return (
        read
        if canonical(word) == canonical(read)
        and word.lower() != read.lower()
        and _same_case(word, read)
        else word
    )


def _same_case(word: str, read: str) -> bool:
    return [c.isupper() for c in word] == [c.isupper() for c in read]


def _reason(read: str, word: str) -> Reason | None:
    if word == read:
        return None
    if word.lower() == read.lower():
        return Reason.CASE
    same_letters = unidecode(word).lower() == unidecode(read).lower()
    return Reason.DIACRITICS if same_letters else Reason.LETTERS


def _numerals(token: Token) -> list[Candidate]:
    """Return the Roman numeral that a damaged token spells, if its grammar leaves only one."""
    core = token.core
    if token.kind is TokenKind.NUMERAL or not core.isascii() or core[:1] not in ("X", "V", "I"):
        return []
    letters = "".join(_NUMERAL_LOOKS.get(character, character) for character in core)
    if letters == core or not is_numeral(letters):
        return []
    damage = sum(character in _NUMERAL_LOOKS for character in core)
    text = f"{token.prefix}{letters}{token.suffix}"
    score = NUMERAL_COST * damage
    return [Candidate(text, (letters.lower(),), (lm.NUMERAL,), score, reason=Reason.NUMERAL)]

"""Candidates: what each word of a page may be, with the channel's score of each.

Facts are not guessed at: numbers, dates, symbols and known codes have one candidate, themselves. A
Roman numeral has another one only where its grammar proves it (``XIIl`` → ``XIII``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache, cached_property, lru_cache
from typing import Final

from pipeline.correction import language_model as lm
from pipeline.correction import numerals
from pipeline.correction.channel import Profile, word_score
from pipeline.correction.facts import (
    MARKER_ENDS,
    is_fact,
    may_be_code,
    may_be_letters,
    may_be_shouted,
)
from pipeline.correction.language_model import LanguageModel
from pipeline.correction.lexicon import Lexicon
from pipeline.correction.memory import Memory
from pipeline.correction.profile import Tuning, is_latin, is_native
from pipeline.correction.spelling import Spelling
from pipeline.correction.splits import Split, is_run_together, may_be_two, splits
from pipeline.correction.syllable import canonical, is_syllable
from pipeline.correction.symbols import Codes, by_skeleton, folded, repaired
from pipeline.correction.tokens import CODED, Token, TokenKind, analyse
from pipeline.correction.vocabulary import Answer, Vocabulary
from pipeline.model import Reason

_SPECIAL: Final = {
    TokenKind.NUMBER: lm.NUMBER,
    TokenKind.NUMERAL: lm.NUMERAL,
    TokenKind.SYMBOL: lm.SYMBOL,
    TokenKind.ACRONYM: lm.UNKNOWN,
}
REMEMBERED: Final = 4_000  # words whose candidates are kept
# Marks that a reader puts for a piece of a letter: they may belong to the word they follow.
LOOSE_MARKS: Final = "’‘'`?°*´^~|!"
SENTENCE_MARKS: Final = frozenset("?!")
REAL_MARK: Final = -1.6  # ln P that a ? or ! there is punctuation after all
STRAY_MARK: Final = -4.0  # the same of marks that end no word in print
LOST_MARK: Final = -3.0  # ln P that the mark is dirt
LONGEST: Final = 24  # letters; more are no misread word, not even two
ACRONYM_COST: Final = (-2.0, -0.6)  # ln P of one acronym among all, at first and per letter
CODE_COST: Final = -4.0  # ln P of one capital and one figure among all (A4)
NUMBER_COST: Final = -3.0  # ln P of one number among those of its length, a digit
SYMBOL_COST: Final = -6.0  # ln P that a symbol whose grammar proves another stands in print so
DIRT: Final = "'‘’,.`´"  # specks before a word
DIRT_COST: Final = -0.5  # ln P that such a mark is a speck
MARK_COST: Final = -1.0  # ln P that it is punctuation after all
# ln P of a word in small letters that Vietnamese cannot spell (câp) against one that no dictionary
# knows: names that are no syllables begin with a capital.
IMPOSSIBLE_COST: Final = -4.0
NUMERAL_COST: Final = -1.5  # ln P of each character of a numeral misread


class Form(Enum):
    """How the capitals of a word stand."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"
    OTHER = "other"  # no word, or mixed

    @staticmethod
    @lru_cache(maxsize=1 << 16)
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
    _known: Memory[str, tuple[Candidate, ...]] = field(
        default_factory=lambda: Memory(REMEMBERED), init=False
    )

    @staticmethod
    @cache
    def cached(
        channel: Profile, tuning: Tuning, model: LanguageModel, lexicon: Lexicon
    ) -> CandidateFinder:
        """Return the finder of these parts; the same parts share one trie and one memory."""
        return CandidateFinder(channel, tuning, model, lexicon)

    def find(self, reads: Sequence[str]) -> list[tuple[Candidate, ...]]:
        """Return the candidates of words as read, best channel score first, each itself among them.

        Many at once are much quicker than each alone.
        """
        found = self._known.get(reads, self._found)
        return [found[read] for read in reads]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The known words."""
        return Vocabulary(self.model, self.lexicon, self.channel, self.tuning)

    @cached_property
    def codes(self) -> Codes:
        """The codes of the lexicon by their bare letters."""
        return by_skeleton(self.lexicon.codes)

    @property
    def _weight(self) -> float:
        return self.tuning.channel_weight

    def _found(self, reads: list[str]) -> list[tuple[Candidate, ...]]:
        """Return the candidates of each word."""
        tokens = [analyse(read) for read in reads]
        open_ones = {token for token in tokens if self._may_be_word(token)}
        cores = {core for token in open_ones for core in self._cores(token)}
        answers = self.vocabulary.like(cores, self.tuning.beam)
        parted = [core for core, answer in answers.items() if self._may_be_two(core, answer)]
        parts = splits(parted, self.vocabulary, self.model, self._weight)
        return [
            self._ranked(token, read, answers if token in open_ones else {}, parts)
            for token, read in zip(tokens, reads, strict=True)
        ]

    def _may_be_two(self, core: str, answer: Answer) -> bool:
        return is_run_together(core) or (self.tuning.split and may_be_two(core, answer.best))

    def _ranked(
        self, token: Token, read: str, answers: dict[str, Answer], parts: dict[str, list[Split]]
    ) -> tuple[Candidate, ...]:
        found = [self._as_read(token, read, answers.get(token.core))]
        if answers:
            found += self._words(token, answers, parts)
        found += _numerals(token)
        proved = repaired(token.core, self.codes) if token.kind in CODED else None
        if proved:
            slip = self._weight * word_score(proved, folded(token.core), self.channel)
            symbol = _symbol(token, proved, found[0].score + slip)
            found = [*_moved(found, SYMBOL_COST), symbol]
        best: dict[str, Candidate] = {}
        for candidate in sorted(found, key=lambda c: (-c.score, c.text)):
            best.setdefault(candidate.text, candidate)
        return tuple(best.values())

    def _as_read(self, token: Token, read: str, answer: Answer | None) -> Candidate:
        """Return the reading itself as a candidate. Punctuation has no ids: it does not speak."""
        if token.kind is TokenKind.NONE:
            return Candidate(read, (), (), 0.0)
        spelled = canonical(token.core)
        known = self.model.id_of(spelled)
        form = Form.of(token.core)
        if token.kind is TokenKind.WORD and known != lm.UNKNOWN:
            score = self._weight * self._score_as_read(token.core, answer)
            return Candidate(read, (spelled,), (known,), score, form)
        special = _SPECIAL.get(token.kind, lm.UNKNOWN)
        if self._is_fact(token) or token.kind is TokenKind.NUMERAL:
            return Candidate(read, (spelled,), (special,), 0.0)
        if self.tuning.digits and may_be_letters(token):
            score = NUMBER_COST * len(token.core)
            return Candidate(read, (spelled,), (special,), score)
        if may_be_code(token.core):
            return Candidate(read, (spelled,), (special,), CODE_COST)
        first, each = self.tuning.unknown
        if token.kind is TokenKind.ACRONYM:
            first, each = ACRONYM_COST
            form = Form.OTHER  # its capitals are its own, and tell nothing of its neighbours
        score = first + each * len(token.core)
        if form is Form.LOWER and self._is_impossible(token.core):
            score += IMPOSSIBLE_COST
        return Candidate(read, (spelled,), (special,), score, form)

    def _score_as_read(self, core: str, answer: Answer | None) -> float:
        for known, score in zip(answer.words, answer.scores, strict=True) if answer else ():
            if known.text == core:
                return score
        return word_score(core, core, self.channel)

    def _is_fact(self, token: Token) -> bool:
        if not self.tuning.native and self._is_anothers(token.core):
            return True  # typed by hand, or read by another: this reader cannot have damaged it
        if not self.tuning.marks and may_be_shouted(token, self.lexicon):
            return False
        return is_fact(token, self.lexicon, digits=self.tuning.digits)

    def _is_anothers(self, core: str) -> bool:
        """Tell whether no reader without Vietnamese writes this word."""
        if is_native(core):
            return True
        return not is_latin(core) and self.model.id_of(canonical(core)) != lm.UNKNOWN

    def _is_impossible(self, core: str) -> bool:
        """Tell whether a reader of Vietnamese wrote letters that make no syllable."""
        return self.tuning.native and is_native(core) and not is_syllable(core)

    def _may_be_word(self, token: Token) -> bool:
        speaks = token.kind is not TokenKind.NONE and len(token.core) <= LONGEST
        return speaks and not self._is_fact(token)

    def _loose(self, token: Token) -> int:
        """Return how many of the marks behind a word may be pieces of its last letter, or dirt."""
        loose = len(token.suffix) - len(token.suffix.lstrip(LOOSE_MARKS))
        return loose if self.tuning.dirt or token.suffix[:1] not in SENTENCE_MARKS else 0

    def _cores(self, token: Token) -> list[str]:
        """Return what of a token may have been read for a word."""
        loose = self._loose(token)
        return [token.core, token.core + token.suffix[:loose]] if loose else [token.core]

    def _words(
        self, token: Token, answers: dict[str, Answer], parts: dict[str, list[Split]]
    ) -> list[Candidate]:
        """Return the words of the vocabulary that may have been read as this token."""

        def spelled(prefix: str, core: str, suffix: str) -> list[Candidate]:
            return [
                *self._spelled(prefix, core, suffix, answers[core]),
                *(_two(prefix, split, suffix) for split in parts.get(core, ())),
            ]

        prefix, core, suffix = token.prefix, token.core, token.suffix
        found = spelled(prefix, core, suffix)
        if loose := self._loose(token):
            # The mark is a piece of the last letter, or dirt, or punctuation after all.
            rest = suffix[loose:]
            real = REAL_MARK if suffix[0] in SENTENCE_MARKS else STRAY_MARK
            whole = spelled(prefix, core + suffix[:loose], rest)
            found = [
                *_moved(found, real),
                *_mended(whole),
                *_mended(spelled(prefix, core, rest), LOST_MARK),
            ]
        if self.tuning.dirt and prefix[-1:] and prefix[-1] in DIRT:
            clean = spelled(prefix[:-1], core, suffix)
            found = [*_moved(found, MARK_COST), *_mended(clean, DIRT_COST)]
        return found

    def _spelled(self, prefix: str, core: str, suffix: str, answer: Answer) -> Iterator[Candidate]:
        """Yield the words that *core* may have been read from, in the punctuation around it."""
        read = Spelling(core)
        for known, score in zip(answer.words, answer.scores, strict=True):
            written = read.styled(known.text, known.syllables[0])
            yield Candidate(
                prefix + written + suffix,  # without punctuation no copy, of which many are kept
                known.syllables,
                known.ids,
                self._weight * score,
                Form.of(known.text),
                read.reason(written),
            )


def _two(prefix: str, split: Split, suffix: str) -> Candidate:
    return Candidate(
        f"{prefix}{split.left.text} {split.right.text}{suffix}",
        split.left.syllables + split.right.syllables,
        split.left.ids + split.right.ids,
        split.score,
        Form.of(split.left.text),
        Reason.SPACING,
    )


def _moved(found: list[Candidate], cost: float) -> list[Candidate]:
    return [replace(c, score=c.score + cost) for c in found]


def _mended(found: list[Candidate], cost: float = 0.0) -> list[Candidate]:
    """Return candidates that differ from the reading in a mark at least."""
    return [replace(c, score=c.score + cost, reason=c.reason or Reason.PUNCTUATION) for c in found]


def _symbol(token: Token, proved: str, score: float) -> Candidate:
    text = f"{token.prefix}{proved}{token.suffix}"
    special = _SPECIAL[token.kind]
    return Candidate(text, (canonical(proved),), (special,), score, reason=Reason.SYMBOL)


def _numerals(token: Token) -> list[Candidate]:
    """Return the Roman numeral that a damaged token spells, if its grammar leaves only one."""
    marker = token.suffix.startswith(MARKER_ENDS)
    found = numerals.repaired(token.core, marker=marker)
    if token.kind is TokenKind.NUMERAL or not found:
        return []
    letters, damage = found
    text = f"{token.prefix}{letters}{token.suffix}"
    score = NUMERAL_COST * damage
    return [Candidate(text, (letters.lower(),), (lm.NUMERAL,), score, reason=Reason.NUMERAL)]

"""Correction: the words as read → the right words, each difference explained.

The theory in four words: *candidates* (:mod:`.candidates`: what may this word be?), *channel*
(:mod:`.channel`: how likely would that be read so?), *language model* (:mod:`.language_model`,
:mod:`.lexicon`, :mod:`.evidence`: how likely is it here?) and *decision* (:mod:`.decoder` weighs,
:mod:`.gate` decides).

What always holds: ``Word.ocr`` is never altered, words are never added or dropped, every
difference is a :class:`~pipeline.model.Change`, and numbers, dates and symbols change only where a
grammar proves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice, pairwise
from typing import Final

from pipeline.correction import figures, heard, language_model, lexicon, punctuation
from pipeline.correction.candidates import Candidate, CandidateFinder
from pipeline.correction.capitals import with_small_letters
from pipeline.correction.decoder import posteriors
from pipeline.correction.deputies import with_deputies
from pipeline.correction.doubts import doubted
from pipeline.correction.evidence import (
    Expected,
    Markers,
    expectations,
    is_marker,
    is_shortened,
    likely,
    possible,
    proved,
    weighed,
)
from pipeline.correction.foreign import is_foreign
from pipeline.correction.formulas import with_formulas
from pipeline.correction.gate import Gate
from pipeline.correction.lattice import Slot
from pipeline.correction.merging import are_halves, are_symbol, swallowed
from pipeline.correction.narrowing import narrowed
from pipeline.correction.profile import choose
from pipeline.correction.recipients import with_semicolons
from pipeline.correction.rescorer import rescored
from pipeline.correction.slips import spared
from pipeline.correction.stops import with_doubted_stops
from pipeline.correction.tokens import TokenKind, analyse, pieces
from pipeline.model import Document, Line, Page, Word, replace
from pipeline.resources import dictionary
from pipeline.settings import CorrectionSettings

Report = Callable[[int], None]

AT_A_TIME: Final = 300  # words that are decoded together
BULLETS: Final = frozenset("-–—+*•")  # a line that starts with one goes on from none
LONGEST_SENTENCE: Final = 100  # words; damaged text may lack every stop


def correct(
    document: Document, settings: CorrectionSettings, report: Report | None = None
) -> Document:
    """Return *document* with its words corrected; lines, blocks and words stay in number and order.

    Args:
        document: as read.
        settings: of this stage.
        report: is told now and then how many more words are decided.

    Raises:
        BadSettingError: the profile is unknown.
        BadDictionaryError: a data file or a user's list is missing or damaged.
    """
    if not settings.enabled:
        return document
    texts = (word.ocr for word in document.words())
    ours = any(word.confidence is not None for word in document.words())
    channel, tuning = choose(settings.profile, texts, ours=ours)
    words = lexicon.load(settings.lexicon, shipped="lexicon" not in settings.without)
    model = language_model.load(dictionary("language_model"))
    finder = CandidateFinder.cached(channel, tuning, model, words)
    gate = Gate(
        tuning.change_above if settings.change_above is None else settings.change_above,
        tuning.propose_above if settings.propose_above is None else settings.propose_above,
        tuning.names_above,
        tuning.trust,
        words.codes,
        words.pairs,
        marked=tuning.native and tuning.marks,
        model=model,
    )
    if "gate" in settings.without:
        gate = Gate(0.0, 0.0, 0.0)
    means = _Means(
        finder,
        gate,
        heard="alternatives" not in settings.without,
        network=0.0 if "rescorer" in settings.without else tuning.network,
    )
    decided = _decided(document, means, report)
    pages = tuple(_rebuilt(page, decided, words) for page in document.pages)
    return spared(replace(document, pages=pages, profile=channel.name))


@dataclass(frozen=True, slots=True)
class _Means:
    """What words are decided with.

    Attributes:
        finder: finds the candidates.
        gate: decides.
        heard: whether the reader's confidence and its other readings count.
        network: what the network counts against the decoder, 0..1.
    """

    finder: CandidateFinder
    gate: Gate
    heard: bool
    network: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or one of those that it joins, and what is expected there, if anything."""

    word: Word
    expected: Expected | None
    fixed: bool = False  # a letter or numeral that marks, or part of an abbreviation

    def slot(self, candidates: tuple[Candidate, ...]) -> Slot:
        """Return the place in a lattice where it stands with those of *candidates* that count."""
        if self.fixed:
            candidates = possible(candidates, self.expected)
        elif not self.expected:
            candidates = likely(self.word, candidates)
        candidates = proved(self.word, candidates, self.expected)
        return Slot(candidates, weighed(self.word, candidates, self.expected))


_Decided = tuple[Word, bool]  # and whether it is of another language, whose words nobody doubts


@dataclass(slots=True)
class _Sentence:
    """Words that are decoded together, the pieces of each, and whether they are foreign."""

    words: list[Word] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    foreign: bool = False

    def add(self, word: Word, pieces: list[_Piece]) -> None:
        """Add a word with its pieces."""
        self.words.append(word)
        self.sizes.append(len(pieces))
        self.pieces += pieces

    def merge(self, finder: CandidateFinder) -> None:
        """Make one piece of two words that are the halves of one; the second has none then."""
        for at, (left, right) in enumerate(pairwise(self.words)):
            if self.sizes[at : at + 2] == [1, 1] and (
                are_halves(left, right, finder.model) or are_symbol(left, right, finder.codes)
            ):
                place = sum(self.sizes[:at])
                half = self.pieces.pop(place + 1).word
                whole = replace(self.pieces[place].word, ocr=left.ocr + half.ocr, choices=())
                self.pieces[place] = _Piece(whole, None)
                self.sizes[at + 1] = 0

    def slots(self, found: Iterator[tuple[Candidate, ...]], finder: CandidateFinder) -> list[Slot]:
        """Return the pieces with their candidates; a foreign sentence stays as it was read."""
        self.foreign = is_foreign(self.words)
        slots = []
        for piece, every in zip(self.pieces, found, strict=False):
            if self.foreign:
                slots.append(piece.slot(tuple(c for c in every if c.reason is None)))
            else:
                slots.append(piece.slot(heard.joined(piece.word, every, finder)))
        return slots


def _decided(document: Document, means: _Means, report: Report | None) -> Iterator[_Decided]:
    """Yield the speaking words in document order, each with what was decided about it.

    Sentences are decoded some at a time: enough for numpy to be quick, few enough that memory does
    not grow with the document.
    """
    waiting: list[_Sentence] = []
    size = 0
    for sentence in _sentences(document, means):
        waiting.append(sentence)
        size += len(sentence.words)
        if size >= AT_A_TIME:
            yield from _decoded(waiting, means)
            if report:
                report(size)
            waiting, size = [], 0
    yield from _decoded(waiting, means)


def _decoded(sentences: list[_Sentence], means: _Means) -> Iterator[_Decided]:
    finder = means.finder
    for sentence in sentences:
        sentence.merge(finder)
    found = iter(finder.find([piece.word.ocr for s in sentences for piece in s.pieces]))
    slots = [sentence.slots(found, finder) for sentence in sentences]
    kept = narrowed(slots, finder.model, finder.lexicon.own_syllables)
    shares = posteriors(kept, finder.model, finder.lexicon)
    again = rescored(kept, shares, finder.model, finder.lexicon, means.network)
    shares_again = posteriors(list(again.values()), finder.model, finder.lexicon)
    for number, share in zip(again, shares_again, strict=True):
        kept[number], shares[number] = again[number], share
    weighed_pieces = zip(
        (slot.candidates for slots in kept for slot in slots),
        chain.from_iterable(shares),
        strict=True,
    )
    for sentence in sentences:
        sizes, words = sentence.sizes, sentence.words
        around = zip((None, *words), words, (*words[1:], None), strict=False)
        decided = Word("")
        for (before, word, after), size, next_size in zip(
            around, sizes, [*sizes, 1][1:], strict=True
        ):
            if size:
                candidates = islice(weighed_pieces, size)
                merged = not next_size
                decided = means.gate.decide(
                    word, candidates, merged=merged, before=before, after=after
                )
                yield decided, sentence.foreign
            else:
                yield swallowed(word, decided), False


def _sentences(document: Document, means: _Means) -> Iterator[_Sentence]:
    """Yield the speaking words of each sentence, in document order."""
    sentence = _Sentence()
    above: Line | None = None
    markers = Markers()
    for line in chain.from_iterable(page.lines for page in document.pages):
        if above and _parted(above, line):
            yield sentence
            sentence = _Sentence()
        above = line
        marker = markers.expected(line)
        for word, expected in zip(
            line.words, expectations(line, means.finder.lexicon), strict=True
        ):
            if _speaks(word):
                witness = word if means.heard else Word(word.ocr)
                first, *others = _pieces(witness)
                begins = word is line.words[0]
                leads = bool(others) or (begins and len(line.words) > 1)
                fixed = leads and is_marker(first.ocr)
                if others:
                    fixed = fixed or is_shortened(first.ocr)
                wanted = marker if begins and marker else expected
                rest = [_Piece(part, expected) for part in others]
                sentence.add(word, [_Piece(first, wanted, fixed), *rest])
            if _ends_sentence(word, means.finder) or len(sentence.words) >= LONGEST_SENTENCE:
                yield sentence
                sentence = _Sentence()
    yield sentence


def _pieces(word: Word) -> list[Word]:
    """Cut a word that joins others, with what the reader saw in each piece."""
    texts = pieces(word.ocr)
    if len(texts) == 1:
        return [word]
    starts = list(accumulate(map(len, texts), initial=0))
    known = len(word.choices) == len(word.ocr)
    return [
        replace(word, ocr=text, choices=word.choices[a:b] if known else ())
        for text, (a, b) in zip(texts, pairwise(starts), strict=True)
    ]


def _ends_sentence(word: Word, finder: CandidateFinder) -> bool:
    token = analyse(word.ocr)
    # Where marks may be pieces of letters, a question mark mostly is one: thi? for thứ.
    return token.ends_sentence and not (finder.tuning.dirt and token.suffix[0] == "?")


def _parted(above: Line, line: Line) -> bool:
    """Tell whether *line* does not go on where the line above it ended.

    It stands apart, in another cell, behind a dash, or only one of the two is in capitals (TỈNH ỦY
    above Số).
    """
    return (
        line.gap_above
        or line.cell != above.cell
        or (len(line.words) > 1 and line.words[0].ocr in BULLETS)
        or _in_capitals(line) != _in_capitals(above)
    )


def _in_capitals(line: Line) -> bool:
    tokens = [analyse(word.ocr) for word in line.words]
    words = [token.core for token in tokens if token.kind is not TokenKind.SYMBOL and token.core]
    return 2 * sum(map(str.isupper, words)) > len(words)


def _speaks(word: Word) -> bool:
    return analyse(word.ocr).kind is not TokenKind.NONE


def _rebuilt(page: Page, decided: Iterator[_Decided], words: lexicon.Lexicon) -> Page:
    """Return *page* with its speaking words replaced, in order, by the decided ones."""
    outcomes = [
        [next(decided) if _speaks(word) else (word, False) for word in line.words]
        for line in page.lines
    ]
    lines = [
        replace(line, words=tuple(word for word, _ in outcome))
        for line, outcome in zip(page.lines, outcomes, strict=True)
    ]
    found = (
        _mended(lines, at, words, [foreign for _, foreign in outcome])
        for at, outcome in enumerate(outcomes)
    )
    return replace(page, lines=tuple(with_doubted_stops(with_semicolons(with_deputies(found)))))


def _mended(
    lines: Sequence[Line], at: int, words: lexicon.Lexicon, foreign: Sequence[bool]
) -> Line:
    """Return a line as rules of its signs, figures and formulas mend it, and with its doubts."""
    signs = punctuation.mended(with_small_letters(lines, at))
    return doubted(with_formulas(figures.proved(signs, *_around(lines, at))), words, foreign)


def _around(lines: Sequence[Line], at: int) -> tuple[str, str]:
    """Return the word above a line in its cell, and the head of its column where it is alone."""
    cell = lines[at].cell
    if cell is None:
        return "", ""
    above = lines[at - 1] if at and lines[at - 1].cell == cell else None
    if above is not None:
        return above.words[-1].text if above.words else "", ""
    if any(line.cell == cell for line in lines[at + 1 : at + 2]):
        return "", ""
    column = (cell.table, cell.column)
    heads = (
        line for line in lines[:at] if line.cell and (line.cell.table, line.cell.column) == column
    )
    head = next(heads, None)
    return "", head.text if head is not None else ""

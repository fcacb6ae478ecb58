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

from collections.abc import Iterator
from itertools import chain
from typing import Final

from pipeline.correction import language_model, lexicon
from pipeline.correction.candidates import Candidate, CandidateFinder
from pipeline.correction.decoder import posteriors
from pipeline.correction.evidence import expectations, weighed
from pipeline.correction.gate import Gate, doubted
from pipeline.correction.narrowing import narrowed
from pipeline.correction.profile import choose
from pipeline.correction.tokens import TokenKind, analyse
from pipeline.model import Document, Line, Page, Word, replace
from pipeline.resources import dictionary
from pipeline.settings import CorrectionSettings

AT_A_TIME: Final = 300  # words that are decoded together
LONGEST_SENTENCE: Final = 100  # words; damaged text may lack every stop


def correct(document: Document, settings: CorrectionSettings) -> Document:
    """Return *document* with its words corrected; lines, blocks and words stay in number and order.

    Raises:
        BadSettingError: the profile is unknown.
        BadDictionaryError: a data file or a user's list is missing or damaged.
    """
    if not settings.enabled:
        return document
    channel, tuning = choose(settings.profile, (word.ocr for word in document.words()))
    words = lexicon.load(settings.lexicon)
    model = language_model.load(dictionary("language_model"))
    finder = CandidateFinder.cached(channel, tuning, model, words)
    gate = Gate(
        tuning.change_above if settings.change_above is None else settings.change_above,
        tuning.propose_above if settings.propose_above is None else settings.propose_above,
        tuning.names_above,
    )
    decided = _decided(document, finder, gate)
    pages = tuple(_rebuilt(page, decided, words) for page in document.pages)
    return replace(document, pages=pages, profile=channel.name)


def _decided(document: Document, finder: CandidateFinder, gate: Gate) -> Iterator[Word]:
    """Yield the speaking words in document order, each with what was decided about it.

    Sentences are decoded some at a time: enough for numpy to be quick, few enough that memory does
    not grow with the document.
    """
    read: list[Word] = []
    found: list[list[tuple[Candidate, ...]]] = []
    for words, candidates in _sentences(document, finder):
        read += words
        found.append(candidates)
        if len(read) >= AT_A_TIME:
            yield from _decoded(read, found, finder, gate)
            read, found = [], []
    yield from _decoded(read, found, finder, gate)


def _decoded(
    read: list[Word],
    found: list[list[tuple[Candidate, ...]]],
    finder: CandidateFinder,
    gate: Gate,
) -> Iterator[Word]:
    kept = narrowed(found, finder.model)
    shares = posteriors(kept, finder.model, finder.lexicon)
    return map(gate.decide, read, chain.from_iterable(kept), chain.from_iterable(shares))


def _sentences(
    document: Document, finder: CandidateFinder
) -> Iterator[tuple[list[Word], list[tuple[Candidate, ...]]]]:
    """Yield the speaking words of each sentence, in document order, with their candidates."""
    read: list[Word] = []
    found: list[tuple[Candidate, ...]] = []
    above: Line | None = None
    for line in chain.from_iterable(page.lines for page in document.pages):
        if above and _parted(above, line):
            yield read, found
            read, found = [], []
        above = line
        for word, expected in zip(line.words, expectations(line, finder.lexicon), strict=True):
            if _speaks(word):
                read.append(word)
                found.append(weighed(word, finder.find(word.ocr), expected))
            if analyse(word.ocr).ends_sentence or len(read) >= LONGEST_SENTENCE:
                yield read, found
                read, found = [], []
    yield read, found


def _parted(above: Line, line: Line) -> bool:
    """Tell whether *line* does not go on where the line above it ended.

    It stands apart, in another cell, or only one of the two is in capitals (TỈNH ỦY above Số).
    """
    return line.gap_above or line.cell != above.cell or _in_capitals(line) != _in_capitals(above)


def _in_capitals(line: Line) -> bool:
    tokens = [analyse(word.ocr) for word in line.words]
    words = [token.core for token in tokens if token.kind is not TokenKind.SYMBOL and token.core]
    return 2 * sum(map(str.isupper, words)) > len(words)


def _speaks(word: Word) -> bool:
    return analyse(word.ocr).kind is not TokenKind.NONE


def _rebuilt(page: Page, decided: Iterator[Word], words: lexicon.Lexicon) -> Page:
    """Return *page* with its speaking words replaced, in order, by the decided ones."""
    return replace(page, lines=tuple(_line(line, decided, words) for line in page.lines))


def _line(line: Line, decided: Iterator[Word], words: lexicon.Lexicon) -> Line:
    corrected = (next(decided) if _speaks(word) else word for word in line.words)
    return replace(line, words=tuple(doubted(word, words) for word in corrected))

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

from pipeline.correction import language_model, lexicon
from pipeline.correction.candidates import Candidate, CandidateFinder
from pipeline.correction.decoder import posteriors
from pipeline.correction.evidence import expectations, weighed
from pipeline.correction.gate import Gate, doubted
from pipeline.correction.profile import choose
from pipeline.correction.tokens import TokenKind, analyse
from pipeline.model import Document, Line, Page, Word, replace
from pipeline.resources import dictionary
from pipeline.settings import CorrectionSettings

_Word = tuple[Word, tuple[Candidate, ...]]


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
    )
    sentences = list(_sentences(document, finder))
    shares = posteriors([[found for _, found in sentence] for sentence in sentences], model, words)
    decided = iter(
        gate.decide(word, found, share)
        for sentence, share_of in zip(sentences, shares, strict=True)
        for (word, found), share in zip(sentence, share_of, strict=True)
    )
    pages = tuple(_rebuilt(page, decided, words) for page in document.pages)
    return replace(document, pages=pages, profile=channel.name)


def _sentences(document: Document, finder: CandidateFinder) -> Iterator[list[_Word]]:
    """Yield the speaking words of each sentence with their candidates, in document order."""
    sentence: list[_Word] = []
    cell = None
    for line in chain.from_iterable(page.lines for page in document.pages):
        if sentence and (line.gap_above or line.cell != cell):
            yield sentence
            sentence = []
        cell = line.cell
        for word, expected in zip(line.words, expectations(line, finder.lexicon), strict=True):
            if _speaks(word):
                sentence.append((word, weighed(word, finder.find(word.ocr), expected)))
            if sentence and analyse(word.ocr).ends_sentence:
                yield sentence
                sentence = []
    if sentence:
        yield sentence


def _speaks(word: Word) -> bool:
    return analyse(word.ocr).kind is not TokenKind.NONE


def _rebuilt(page: Page, decided: Iterator[Word], words: lexicon.Lexicon) -> Page:
    """Return *page* with its speaking words replaced, in order, by the decided ones."""
    return replace(page, lines=tuple(_line(line, decided, words) for line in page.lines))


def _line(line: Line, decided: Iterator[Word], words: lexicon.Lexicon) -> Line:
    corrected = (next(decided) if _speaks(word) else word for word in line.words)
    return replace(line, words=tuple(doubted(word, words) for word in corrected))

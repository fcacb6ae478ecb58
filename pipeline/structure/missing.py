"""What is missing, shown at the word next to the gap: of a signature, and of what was set aside.

A seal hides the office above a name, a signature the name under an office, and a line set aside for
dirt may have been text. Nothing that was not read can be written there; but a reader of the
document should not take it for whole.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.correction.syllable import is_syllable
from pipeline.model import FURNITURE, Block, Change, Document, Kind, Reason, Span, Word
from pipeline.structure.offices import unread
from pipeline.structure.repair import Place, apply, doubt
from pipeline.structure.signing import SIGNATURE

_SIGNS = SIGNATURE - {Kind.SIGNER}
_WORD = 3  # letters of a word that may be text
_LIKELY = 0.5  # confidence in one that is no syllable


def with_gaps_shown(document: Document, own: int, unsure: frozenset[Block]) -> Document:
    """Return *document* with doubts where its text may not be whole.

    Args:
        document: with its metadata, which is that of the first *own* blocks.
        own: how many blocks these are.
        unsure: notes that may have been text.
    """
    changes: dict[Place, Change] = {}
    for place in _beside_notes(document, unsure):
        changes[place] = doubt(_word(document, place).text, Reason.ASIDE)
    for block in unread(document):
        for place in _solid(document, block.spans):
            if not _word(document, place).doubtful:
                changes[place] = doubt(_word(document, place).text, Reason.DOUBT)
    for place in _gaps(document, document.blocks[:own]):
        changes[place] = doubt(_word(document, place).text, Reason.MISSING)
    return apply(document, changes)


def _gaps(document: Document, blocks: tuple[Block, ...]) -> Iterator[Place]:
    """Yield the words beside which the metadata lacks a line of the signature."""
    facts = document.metadata
    if "doubt.no_signature" in facts.doubts:
        # The signature stands beside the head of the recipients.
        listed = (block for block in blocks if block.kind is Kind.RECIPIENTS)
        yield from _solid(document, next(listed).spans)[-1:]
    if "doubt.unsure_office" in facts.doubts and facts.office is not None:
        yield from _solid(document, facts.office.spans)[:1]
    if "doubt.no_office" in facts.doubts:
        yield from _beside_office(document, blocks)
    if "doubt.no_signer" in facts.doubts:
        # A name stands under all the lines that say in what office it signs.
        signs = [block for block in blocks if block.kind in _SIGNS]
        yield from _solid(document, signs[-1].spans)[-1:]


def _beside_office(document: Document, blocks: Iterable[Block]) -> list[Place]:
    """Return the word beside which the office of the signer should stand.

    It is in a line that was read for an office and is none, or not his; else below it the name
    begins, or above it the authority ends.
    """
    facts = document.metadata
    in_part = next((block for block in blocks if block.kind is Kind.OFFICE), None)
    if in_part is not None:
        return _solid(document, in_part.spans)[:1]
    if facts.signer is not None:
        return _solid(document, facts.signer.spans)[:1]
    return _solid(document, facts.authority.spans)[-1:] if facts.authority is not None else []


def _beside_notes(document: Document, unsure: frozenset[Block]) -> Iterator[Place]:
    """Yield for each note in which a word can be read the last word of the text before it.

    Of a page that begins with the note it is the first word below it.
    """
    shown: defaultdict[int, list[Place]] = defaultdict(list)
    for block in document.blocks:
        if block.kind not in FURNITURE:
            for place in _solid(document, tuple(block.all_spans())):
                shown[place[0]].append(place)
    for places in shown.values():
        places.sort()
    for note in document.blocks:
        if note in unsure and any(map(_is_word, document.words_of(note.spans))):
            first = note.spans[0]
            places = shown[first.page]
            at = bisect(places, (first.page, first.line, first.start))
            yield from places[max(at, 1) - 1 : max(at, 1)]


def _is_word(word: Word) -> bool:
    letters = "".join(filter(str.isalpha, word.ocr))
    sure = word.confidence is None or word.confidence >= _LIKELY
    return len(letters) >= _WORD and (sure or is_syllable(letters))


def _solid(document: Document, spans: tuple[Span, ...]) -> list[Place]:
    """Return the places of the words of *spans* that are more than signs."""
    return [
        place
        for span in spans
        for at in range(span.start, span.stop)
        if any(map(str.isalnum, _word(document, place := (span.page, span.line, at)).text))
    ]


def _word(document: Document, place: Place) -> Word:
    page, line, word = place
    return document.pages[page].lines[line].words[word]

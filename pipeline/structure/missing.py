"""What is missing beside a signature, shown at the word next to the gap.

A seal hides the office above a name, and a signature the name under an office. Nothing that was
not read can be written there; but a reader of the document should not take it for whole.
"""

from __future__ import annotations

from pipeline.model import Block, Document, Kind, Metadata, Reason, Span
from pipeline.structure.repair import Place, apply, doubt

_SIGNS = frozenset({Kind.AUTHORITY, Kind.OFFICE})


def with_gaps_shown(document: Document, own: int) -> Document:
    """Return *document* with a doubt beside what its metadata says was not read of the signature.

    It stands on the first word of a name without an office, and on the last of what signs without a
    name. The metadata is that of the first *own* blocks.
    """
    spans = _beside_gap(document.metadata, document.blocks[:own])
    places: list[Place] = [
        (span.page, span.line, at) for span in spans for at in range(span.start, span.stop)
    ]
    texts = {place: _text(document, place) for place in places}
    solid = [place for place in places if any(map(str.isalnum, texts[place]))]
    if not solid:
        return document
    place = solid[0 if "doubt.no_office" in document.metadata.doubts else -1]
    return apply(document, {place: doubt(texts[place], Reason.MISSING)})


def _beside_gap(facts: Metadata, blocks: tuple[Block, ...]) -> tuple[Span, ...]:
    """Return the words of the line of the signature beside which another is missing, if one is."""
    if "doubt.no_office" in facts.doubts and facts.signer:
        return facts.signer.spans
    if "doubt.no_signer" not in facts.doubts:
        return ()
    # A name stands under all the lines that say in what office it signs.
    return next((block.spans for block in reversed(blocks) if block.kind in _SIGNS), ())


def _text(document: Document, place: Place) -> str:
    page, line, word = place
    return document.pages[page].lines[line].words[word].text

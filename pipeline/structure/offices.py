"""The office in which a document is signed: what the lines of its signature say together.

The line that names whom a deputy stands for (``KT. BỘ TRƯỞNG``) and the deputy's own (``THỨ
TRƯỞNG``) stand one below the other, and a seal hides now the beginning of one, now the whole other.
The office of another is never taken for the signer's: where his own was not read there is none, and
where it is not sure to have been read whole the certainty is low.
"""

from __future__ import annotations

from string import punctuation
from typing import Final

from pipeline.model import Block, Document, Fact, Kind
from pipeline.structure.certainty import SURE, WEAK, fact
from pipeline.structure.form import alike, fold, offices, surnames
from pipeline.structure.signing import SIGNATURE, SPECKS, deputised, is_read, is_signed

_ABOVE: Final = SIGNATURE - {Kind.SIGNER}  # what stands above a name
_SPECK: Final = 2  # letters or signs read before an office that may be the rest of a word


def office(document: Document, *, last: bool) -> Fact | None:
    """Return the office of the first signature of *document*, or of the *last*, if it was read."""
    signature = _signature(document, last=last)
    lines = [block for block in signature if block.kind is Kind.OFFICE]
    authority = " ".join(
        document.text_of(block.spans) for block in signature if block.kind is Kind.AUTHORITY
    )
    own = [block for block in lines if not _is_of_another(document, block, deputised(authority))]
    if not own:
        return None
    # Under an authority the next line that was read is the office; without one the lines above the
    # last may be an authority whose beginning was not read.
    read = [block for block in own if is_read(document.words_of(block.spans))]
    block = read[-1] if read and authority else own[-1]
    text = document.text_of(block.spans)
    sure = own == read and not _is_cut(document, block) and (bool(authority) or len(own) == 1)
    if block not in read and alike(text, offices()) is None:
        return None
    value = text.strip(SPECKS + punctuation)
    return fact(document, value, SURE if sure else WEAK, block.spans)


def unread(document: Document) -> list[Block]:
    """Return the offices and names of signatures that cannot be trusted as they were read."""
    found: list[Block] = []
    for block in document.blocks:
        words = document.words_of(block.spans)
        if block.kind not in {Kind.OFFICE, Kind.SIGNER} or is_read(words):
            continue
        first = next((bare for word in words if (bare := word.text.strip(SPECKS))), "")
        named = block.kind is Kind.SIGNER and fold(first) in surnames()
        if not named and not is_signed(document.text_of(block.spans)):
            found.append(block)
    return found


def _signature(document: Document, *, last: bool) -> list[Block]:
    """Return the lines above the name of the first or the last signature."""
    signatures: list[list[Block]] = [[]]
    for block in document.blocks:
        if block.kind is Kind.SIGNER and signatures[-1]:
            signatures.append([])
        elif block.kind in _ABOVE and not is_signed(document.text_of(block.spans)):
            signatures[-1].append(block)
    found = [signature for signature in signatures if signature]
    return found[-1 if last else 0] if found else []


def _is_of_another(document: Document, block: Block, other: str) -> bool:
    """Whether *block* repeats the office of the *other* in whose place the signer signs."""
    return bool(other) and alike(document.text_of(block.spans), (other,)) is not None


def _is_cut(document: Document, block: Block) -> bool:
    """Whether before the office something was read on its line that may be the rest of a word."""
    first = block.spans[0]
    return any(
        note.kind is Kind.NOTE
        and (span.page, span.line, span.stop) == (first.page, first.line, first.start)
        and len(document.text_of(note.spans).replace(" ", "")) > _SPECK
        for note in document.blocks
        for span in note.spans
    )

"""The lines that enact: who decides, above the legal basis, and ``QUYẾT ĐỊNH:`` below it."""

from typing import Final

from unidecode import unidecode

from pipeline.model import FURNITURE, Block, Document, Kind
from pipeline.writers.word.parts import Part, part_of

_KINDS: Final = (Kind.PARAGRAPH, Kind.HEADING)
_CAPITALS: Final = 0.8  # share of the letters of a line in capitals; some are misread
_LONGEST: Final = 24  # words


def enacting(document: Document, formulas: tuple[str, ...]) -> frozenset[Block]:
    """Return the blocks of *document* that the form centres because they enact it.

    Those are lines in capitals without a label: a formula alone, one that ends in a formula right
    under the legal basis, and what stands between title and legal basis.

    Args:
        document: with its blocks.
        formulas: the words that enact, in small letters.
    """
    blocks = [block for block in document.blocks if block.kind not in FURNITURE]
    folded = tuple(map(unidecode, formulas))
    found: set[Block] = set()
    above: list[Block] | None = []  # the lines since the title; None once other text began
    last: Kind | None = None
    for block in blocks:
        own = _in_capitals(document, block)
        text = unidecode(document.text_of(block.spans)).casefold().rstrip(" :") if own else ""
        if text in folded or (last is Kind.LEGAL_BASIS and text.endswith(folded)):
            found.add(block)
        if part_of(block) is not Part.BODY:
            above = []
        elif block.kind is Kind.LEGAL_BASIS:
            found.update(above or ())
            above = None
        elif above is not None:
            above = [*above, block] if own else None
        last = block.kind
    return frozenset(found)


def _in_capitals(document: Document, block: Block) -> bool:
    if block.kind not in _KINDS or block.label:
        return False
    text = document.text_of(block.spans)
    letters = [character for character in text if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return bool(letters) and capitals >= _CAPITALS * len(letters) and len(text.split()) <= _LONGEST

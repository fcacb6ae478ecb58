"""Signatures side by side: of two bodies that sign together, or of clerk and chair."""

from collections.abc import Iterable
from itertools import groupby, permutations
from typing import Final

from pipeline.model import Block, Box, Document, Kind
from pipeline.writers.word.parts import Part, parts

_Signature = tuple[int, list[Block]]  # its place in the order of the page, and its lines
_LINES: Final = frozenset({Kind.AUTHORITY, Kind.OFFICE, Kind.SIGNER})


def beside(document: Document) -> frozenset[Block]:
    """Return the lines of the signatures that stand left of another one.

    Their boxes tell it. Plain text has none; there a list of recipients between two signatures
    tells it, for columns are read one after the other.
    """
    found: set[Block] = set()
    for part, blocks in parts(document.blocks):
        if part is Part.CLOSING:
            for one, other in permutations(_signatures(blocks), 2):
                if _is_left(document, one, other):
                    found.update(one[1])
    return frozenset(found)


def _signatures(blocks: Iterable[Block]) -> list[_Signature]:
    """Return the signatures of a closing, numbered so that a list in between leaves a gap."""
    found: list[_Signature] = []
    place = 0
    for signs, group in groupby(blocks, key=lambda block: block.kind in _LINES):
        place += 1
        if not signs:
            continue
        signature: list[Block] = []
        for block in group:
            if signature and signature[-1].kind is Kind.SIGNER:
                found.append((place, signature))
                signature = []
            signature.append(block)
        found.append((place, signature))
    return found


def _is_left(document: Document, one: _Signature, other: _Signature) -> bool:
    mine, its = _box(document, one[1]), _box(document, other[1])
    if mine is None or its is None:
        return one[0] < other[0]
    (page, own), (its_page, its_own) = mine, its
    level = own.top < its_own.bottom and its_own.top < own.bottom
    return page == its_page and level and own.right <= its_own.left


def _box(document: Document, blocks: Iterable[Block]) -> tuple[int, Box] | None:
    """Return the page of *blocks* and the box around them; None when a word has no box."""
    spans = [span for block in blocks for span in block.spans]
    boxes = [word.box for word in document.words_of(tuple(spans))]
    known = [box for box in boxes if box is not None]
    return (spans[0].page, Box.around(known)) if known and len(known) == len(boxes) else None

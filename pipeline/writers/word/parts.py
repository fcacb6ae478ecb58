"""The parts of a document's layout: which neighbouring blocks the form sets together."""

from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import chain, groupby, takewhile
from typing import Final

from pipeline.model import FURNITURE, Block, Kind


class Part(Enum):
    """A piece of the form with a layout of its own."""

    HEADER = auto()
    TITLE = auto()
    ADDRESSEE = auto()
    BODY = auto()
    ANNEX = auto()
    CLOSING = auto()
    FOOTNOTES = auto()


_PART_OF: Final = {
    Kind.SUPERIOR_BODY: Part.HEADER,
    Kind.ISSUING_BODY: Part.HEADER,
    Kind.MOTTO: Part.HEADER,
    Kind.NUMBER: Part.HEADER,
    Kind.PLACE_DATE: Part.HEADER,
    Kind.MARK: Part.HEADER,
    Kind.TYPE: Part.TITLE,
    Kind.SUBJECT: Part.TITLE,
    Kind.ADDRESSEE: Part.ADDRESSEE,
    Kind.ANNEX: Part.ANNEX,
    Kind.RECIPIENTS: Part.CLOSING,
    Kind.AUTHORITY: Part.CLOSING,
    Kind.OFFICE: Part.CLOSING,
    Kind.SIGNER: Part.CLOSING,
    Kind.FOOTNOTE: Part.FOOTNOTES,
}


BODIES: Final = (Kind.SUPERIOR_BODY, Kind.ISSUING_BODY)
HEADS: Final = (*BODIES, Kind.MOTTO)  # they stand at the top of a header's columns
_LEFT: Final = {
    Part.HEADER: (*BODIES, Kind.NUMBER, Kind.SUBJECT),
    Part.CLOSING: (Kind.RECIPIENTS,),
}
_RIGHT: Final = {
    Part.HEADER: (Kind.MOTTO, Kind.PLACE_DATE),
    Part.CLOSING: (Kind.AUTHORITY, Kind.OFFICE, Kind.SIGNER),
}


_ABOVE: Final = (Part.HEADER, Part.TITLE)
_OF_HEADER: Final = (*_ABOVE, Part.ADDRESSEE)


def part_of(block: Block) -> Part:
    """Return the part that a block of its kind belongs to, whatever stands around it."""
    return _PART_OF.get(block.kind, Part.BODY)


def parts(blocks: Iterable[Block]) -> Iterator[tuple[Part, list[Block]]]:
    """Yield the parts in the order of *blocks*, footnotes last, furniture of the page left out.

    A subject without a type name beside it is that of a letter (công văn) and stands in the header.
    """
    shown = [block for block in blocks if block.kind not in FURNITURE]
    placed: list[tuple[Part, Block]] = []
    footnotes: list[Block] = []
    last = Part.HEADER
    for index, block in enumerate(shown):
        part = part_of(block)
        if part is Part.FOOTNOTES:
            footnotes.append(block)
            continue
        if block.kind is Kind.SUBJECT and placed and last in _ABOVE and not _typed(shown, index):
            part = last
        placed.append((part, block))
        last = part
    for part, group in groupby(placed, key=lambda pair: pair[0]):
        yield part, [block for _, block in group]
    if footnotes:
        yield Part.FOOTNOTES, footnotes


def _typed(shown: list[Block], index: int) -> bool:
    """Whether a type name stands above or below the block at *index*, with no text between."""
    below = takewhile(lambda block: part_of(block) in _OF_HEADER, shown[index:])
    above = takewhile(lambda block: part_of(block) in _OF_HEADER, reversed(shown[:index]))
    return any(block.kind is Kind.TYPE for block in chain(above, below))


def columns(
    part: Part, blocks: Iterable[Block], beside: frozenset[Block] = frozenset()
) -> tuple[list[Block], list[Block]]:
    """Return the left and the right column of the header or closing that *blocks* make.

    A mark (secrecy, urgency, draft) stays in the column of the block before it; the lines of a
    signature that stands *beside* another one go to the left.
    """
    left: list[Block] = []
    right: list[Block] = []
    column = left
    for block in blocks:
        if block.kind in _LEFT[part] or block in beside:
            column = left
        elif block.kind in _RIGHT[part]:
            column = right
        column.append(block)
    return left, right

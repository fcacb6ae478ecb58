"""The parts of a document's layout: which neighbouring blocks the form sets together."""

from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import groupby
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


def parts(blocks: Iterable[Block]) -> Iterator[tuple[Part, list[Block]]]:
    """Yield the parts in the order of *blocks*, footnotes last, furniture of the page left out.

    A subject without a type name in the document is that of a letter
    (công văn) and stands in the header.
    """
    shown = [block for block in blocks if block.kind not in FURNITURE]
    letter = all(block.kind is not Kind.TYPE for block in shown)
    placed: list[tuple[Part, Block]] = []
    footnotes: list[Block] = []
    last = Part.HEADER
    for block in shown:
        part = _PART_OF.get(block.kind, Part.BODY)
        if part is Part.FOOTNOTES:
            footnotes.append(block)
            continue
        if letter and block.kind is Kind.SUBJECT and placed and last in (Part.HEADER, Part.TITLE):
            part = last
        placed.append((part, block))
        last = part
    for part, group in groupby(placed, key=lambda pair: pair[0]):
        yield part, [block for _, block in group]
    if footnotes:
        yield Part.FOOTNOTES, footnotes

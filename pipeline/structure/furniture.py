"""Furniture: page numbers, captions of digital signatures, stamps, smudges, ornaments.

Whole lines only. What is set aside stays in the document as NOTE or ORNAMENT blocks. A line that
may be text is never set aside: what stands in line with the text around it is no smudge, however
badly it was read, and neither is the number of the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import mul

from pipeline.model import Document, Kind
from pipeline.structure.captions import HEAD, SYMBOL, captions, stamps
from pipeline.structure.flow import Piece
from pipeline.structure.form import components, fold
from pipeline.structure.number_line import is_number_line

_PAGE_NUMBER = re.compile(r"[-–—~.\s]*(\d{1,3})[-–—~.\s]*")
_ORNAMENT = re.compile(r"[*\s]+|[-–—_=.·\s]{3,}|[oO0]+-*[oO0]+")
_MARGIN = 0.08  # of the page height: where page numbers stand (document form, section 5.4)
_FARTHER = 0.12
_BLANK = 0.06  # of the page height, where no text stands
_END = re.compile(r"\./\.?|/\.")  # of the text
_MARKS = 0.8  # confidence from which marks without a letter are print
_UNREAD = 0.3  # confidence, by characters, up to which a line is no text
_WORD = 0.75  # unless the reader is so sure of one of its words
_CELL = 60  # letters of a line of a cell, at most
# Of a line's height: how far it may stand from the edge of a column, and from the next line of it.
_ASIDE, _PITCH = 0.5, 2.0
_LEAST = 2  # letters and figures of a line that may be text


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is not content.

    Attributes:
        kinds: the kind of each such line, by its index.
        unsure: which of them are set aside for nothing but how badly they were read.
    """

    kinds: dict[int, Kind]
    unsure: frozenset[int]


def furniture(document: Document, lines: list[Piece]) -> Furniture:
    """Tell which of *lines* are not content.

    Page numbers: alone in the top or bottom 8 % of the page; in text without boxes alone on the
    first or last line of a page, or alone anywhere when they count up from line to line.
    """
    ornaments = {index: Kind.ORNAMENT for index, line in enumerate(lines) if _ornament(line)}
    sure = {*_page_numbers(document, lines), *captions(document, lines), *stamps(document, lines)}
    unsure = frozenset(_smudges(document, lines)) - sure
    return Furniture(ornaments | dict.fromkeys(sure | unsure, Kind.NOTE), unsure)


def _smudges(document: Document, lines: list[Piece]) -> list[int]:
    """Return which of *lines* are no text, as far as can be told by how they were read."""
    unread = {index for index, line in enumerate(lines) if _smudge(line)}
    return sorted(
        index
        for index in unread
        if not _is_number(document, lines[index])
        and (_in_margin(document, lines[index]) or not _in_column(lines, index, unread))
    )


def _is_number(document: Document, line: Piece) -> bool:
    height = document.pages[line.span.page].height
    first = line.span.page == 0 and line.box is not None and line.box.bottom < HEAD * height
    return first and is_number_line(line.text)


def _in_margin(document: Document, line: Piece) -> bool:
    """Whether it stands where only what was put on the finished page does: no text is so high."""
    height = document.pages[line.span.page].height
    return line.box is not None and not (
        _BLANK * height < line.box.bottom and line.box.top < (1 - _BLANK) * height
    )


def _in_column(lines: list[Piece], index: int, unread: set[int]) -> bool:
    """Whether a line begins right below or above another that was read, as lines of a text do."""
    line = lines[index]
    if line.box is None or sum(map(str.isalnum, line.text)) < _LEAST:
        return False
    for at in (index - 1, index + 1):
        other = lines[at] if 0 <= at < len(lines) and at not in unread else None
        if other is None or other.box is None or other.span.page != line.span.page:
            continue
        apart = max(other.box.top - line.box.bottom, line.box.top - other.box.bottom)
        height = min(line.box.height, other.box.height)
        if abs(other.box.left - line.box.left) <= _ASIDE * height and apart <= _PITCH * height:
            return True
    return False


def _smudge(line: Piece) -> bool:
    """Tell whether a line is no text: a seal, a signature or a crease that was read as words."""
    sure = [1.0 if word.confidence is None else word.confidence for word in line.words]
    if line.line.cell is not None or line.box is None or _END.fullmatch(line.text):
        return False
    letters = [len(word.ocr) for word in line.words]
    trust = sum(map(mul, sure, letters)) / sum(letters)
    if not any(map(str.isalnum, line.line.ocr)):
        return bool(trust < _MARKS)
    unread = trust < _UNREAD and max(sure) < _WORD
    return unread and not SYMBOL.search(line.line.ocr)


def _ornament(line: Piece) -> bool:
    return line.line.cell is None and bool(line.text) and bool(_ORNAMENT.fullmatch(line.text))


def _page_numbers(document: Document, lines: list[Piece]) -> list[int]:
    found: list[int] = []
    expected: set[int] = {1, 2}
    counted = False  # lines of a table stand here one below the other, its numbers among them
    for index, line in enumerate(lines):
        if line.line.cell is not None:
            continue
        counted = len(line.text) <= _CELL and (
            counted or fold(line.text) in components("table", "counts")
        )
        number = _PAGE_NUMBER.fullmatch(line.text)
        page = document.pages[line.span.page]
        box = line.box
        if box is not None and page.height:
            # A number that is the page's own may stand farther in: a landscape page is low.
            own = number is not None and int(number[1]) == line.span.page + 1
            margin = (_FARTHER if own else _MARGIN) * page.height
            outside = box.bottom < margin or box.top > page.height - margin
            central = 0.25 * page.width < box.middle < 0.95 * page.width
            # A damaged number (Z, $) is as short as a clean one and stands in its place.
            if outside and central and (number or len(line.text) <= 2):
                found.append(index)
        elif number and not counted:
            first = index == 0 or lines[index - 1].span.page != line.span.page
            last = index + 1 == len(lines) or lines[index + 1].span.page != line.span.page
            value = int(number[1])
            if first or last or value in expected:
                found.append(index)
                expected = {value + 1}
    return found

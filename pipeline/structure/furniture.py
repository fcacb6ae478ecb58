"""Furniture: page numbers, captions of digital signatures, stamps, smudges, ornaments.

Whole lines only. What is set aside stays in the document as NOTE or ORNAMENT blocks.
"""

from __future__ import annotations

import re
from operator import mul

from pipeline.model import Document, Kind
from pipeline.structure.flow import Piece
from pipeline.structure.form import components, fold

_PAGE_NUMBER = re.compile(r"[-–—~.\s]*(\d{1,3})[-–—~.\s]*")
_ORNAMENT = re.compile(r"[*\s]+|[-–—_=.·\s]{3,}|[oO0]+-*[oO0]+")
# A digital signature also prints its signer's address and the second at which it was made.
_STAMP_OF_TIME = re.compile(
    r"\S+@\S+\.\S+|(\d{1,2}[./]\d{1,2}[./]\d{4}\s+)?\d{1,2}:\d{2}:\d{2}(\s*\+\d{2}:\d{2})?"
    r"|\+\d{2}:\d{2}"
)
_MARGIN = 0.08  # of the page height: where page numbers stand (document form, section 5.4)
_FARTHER = 0.12
_SYMBOL = re.compile(r"/\s*[A-ZĐ]")
_END = re.compile(r"\./\.?|/\.")  # of the text
_MARKS = 0.8  # confidence from which marks without a letter are print
_UNREAD = 0.3  # confidence, by characters, up to which a line is no text
_WORD = 0.75  # unless the reader is so sure of one of its words
_CELL = 60  # letters of a line of a cell, at most
_NEAR = 3  # lines: a caption or a stamp is a few lines close together


def furniture(document: Document, lines: list[Piece]) -> dict[int, Kind]:
    """Return the kind of each line of *lines* (by index) that is not content.

    Page numbers: alone in the top or bottom 8 % of the page; in text without boxes alone on the
    first or last line of a page, or alone anywhere when they count up from line to line.
    """
    found = {index: Kind.ORNAMENT for index, line in enumerate(lines) if _ornament(line)}
    for index in _page_numbers(document, lines):
        found[index] = Kind.NOTE
    for index, line in enumerate(lines):
        if _smudge(line):
            found[index] = Kind.NOTE
    for index in (*_captions(lines, "signature_caption"), *_stamp(lines)):
        found.setdefault(index, Kind.NOTE)
    return found


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
    return unread and not _SYMBOL.search(line.line.ocr)


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


def _captions(lines: list[Piece], section: str) -> list[int]:
    heads = components(section, "strong")
    strong = [
        i
        for i, line in enumerate(lines)
        if _begins(line, heads)
        or (section == "incoming_stamp" and line.text.strip(" |.:-_") in {"ĐẾN", "ĐEN"})
        or (section == "signature_caption" and _STAMP_OF_TIME.fullmatch(line.text))
    ]
    weak = components(section, "weak")
    beside = {
        j
        for i in strong
        for j in range(max(0, i - _NEAR), min(len(lines), i + _NEAR + 1))
        if _begins(lines[j], weak) and lines[j].span.page == lines[i].span.page
    }
    return sorted({*strong, *beside})


def _stamp(lines: list[Piece]) -> list[int]:
    """Return the lines of an incoming stamp, which is put on the first page only."""
    first = [line for line in lines if line.span.page == lines[0].span.page] if lines else []
    # The document's own number names its type or body after a slash; the stamp's never does.
    # Wrapped text ("đến ngày 30 tháng 6 ...") begins in lower case or goes on.
    return [
        i
        for i in _captions(first, "incoming_stamp")
        if not _SYMBOL.search(first[i].text)
        and len(first[i].words) <= 6
        and first[i].text[:1].isupper()
    ]


def _begins(line: Piece, heads: tuple[str, ...]) -> bool:
    if line.line.cell is not None or len(line.words) > 12:
        return False
    folded = fold(line.text)
    first, _, rest = folded.partition(" ")
    if len(first) == 1 and rest:
        folded = rest  # the frame of a stamp, read as a letter
    return any(
        folded == head or folded.startswith(head if head.endswith(":") else f"{head} ")
        for head in heads
    )

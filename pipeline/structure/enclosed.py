"""Enclosed documents: where the header of a second document begins in the same file.

A quy chế or a form under its decision, a copy, or two letters scanned together have a header of
their own, in two columns like the first. It is known by its motto, which stands in capitals at the
end of a line, and of the Party's, which a title may wrap into a line, only where a page begins or
something ended and with number or date beside it.
"""

from __future__ import annotations

from pipeline.model import Kind
from pipeline.structure.flow import Layout, Piece, capitals
from pipeline.structure.form import alike, components, starts
from pipeline.structure.header import BODY, CAPS, Header, header, is_type, split, top

_MOST_LINES = 16  # of a header above its type
_MOST_ABOVE = 6  # lines above the motto: the left column may have been read first
_LONGEST = 8  # words of a line of a subject in the left column


def first_header(lines: list[Piece], layout: Layout) -> Header:
    """Take the header of the file's own document off the front of *lines*, its whole content.

    A letter of a few lines does not share that of the document on the next page; a cover does.
    """
    pages = (index for index in range(1, len(lines)) if _turns(lines, index))
    other = next((at for at in pages if header_length(lines[at:], apart=True)), len(lines))
    own = header(lines[:other], layout)
    return own if own.found else header(lines, layout)


def enclosed(lines: list[Piece], layout: Layout, *, apart: bool) -> Header | None:
    """Take the header of another document off the front of *lines*, if one begins there.

    Args:
        lines: the content from there on.
        layout: the measures of the page.
        apart: whether the line is the first of its page, or something ended above it.
    """
    length = header_length(lines, apart=apart)
    return header(lines, layout, length) if length else None


def header_length(lines: list[Piece], *, apart: bool) -> int:
    """Return how many of *lines* may be the header of another document; 0 if none begins there."""
    if not _may_begin(lines[:2], apart=apart):
        return 0
    kinds: list[str] = []
    motto = state = False
    length = 0
    for line in lines[: top(lines[:_MOST_LINES])]:
        pieces = split(line)
        if not all(_of_header(kind, piece, kinds) for kind, piece in pieces):
            break
        if line.span.page != lines[0].span.page:
            break
        length += 1
        for kind, piece in pieces:
            kinds.append(kind)
            motto = motto or kind == Kind.MOTTO
            state = state or (kind == Kind.MOTTO and _is_state(piece))
        if is_type(line) or (length > _MOST_ABOVE and not motto):
            break
    told = Kind.NUMBER in kinds or Kind.PLACE_DATE in kinds
    return length if motto and (state or (apart and told)) else 0


def _may_begin(lines: list[Piece], *, apart: bool) -> bool:
    """Whether the first of *lines* is that of a header: a motto, or the name of a body.

    What begins as no body's name does, right above a motto, may be the number of a form: MẪU SỐ 01.
    """
    line = lines[0]
    if line.line.cell is not None or capitals(line.text) <= CAPS:
        return False
    if _with_motto(line):
        return all(kind != Kind.PARAGRAPH for kind, _ in split(line))
    if any(kind != BODY for kind, _ in split(line)):
        return False
    if starts(line.text, components("body", "heads")):
        return True
    return apart and not any(map(_with_motto, lines[1:]))


def _turns(lines: list[Piece], index: int) -> bool:
    return lines[index].span.page != lines[index - 1].span.page


def _with_motto(line: Piece) -> bool:
    return any(kind == Kind.MOTTO for kind, _ in split(line))


def _of_header(kind: str, piece: Piece, above: list[str]) -> bool:
    """Whether a piece may stand there; a subject in the left column goes on in small letters."""
    if kind != Kind.PARAGRAPH:
        return True
    return Kind.SUBJECT in above[-2:] and len(piece.words) <= _LONGEST


def _is_state(motto: Piece) -> bool:
    return alike(motto.text, components("motto", "party")) is None

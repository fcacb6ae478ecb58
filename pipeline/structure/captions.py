"""Captions of digital signatures and stamps of incoming documents: what was put on a finished page.

Their words may stand in any text (``Email: ...``, ``Ký bởi: ...``, ``Đến ngày ...``), so the words
alone prove nothing. A caption is known by its place and its look as well: it is not set as the text
is, and it stands at an edge of the page or is made of several lines. A stamp stands in the head of
the first page, where the header leaves room, and only its own names stand there alone. What is not
plain stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

from pipeline.model import Document
from pipeline.structure.flow import Layout, Piece, layout, type_size
from pipeline.structure.form import components, fold

# A digital signature also prints its signer's address and the second at which it was made.
_STAMP_OF_TIME: Final = re.compile(
    r"\S+@\S+\.\S+|(\d{1,2}[./]\d{1,2}[./]\d{4}\s+)?\d{1,2}:\d{2}:\d{2}(\s*\+\d{2}:\d{2})?"
    r"|\+\d{2}:\d{2}"
)
SYMBOL: Final = re.compile(r"/\s*[A-ZĐ]")  # the codes of a number, which a stamp never names
_NEAR: Final = 3  # lines: a caption or a stamp is a few lines close together
_LONGEST: Final = 12  # words of a line of a caption
_LONGEST_STAMPED: Final = 6  # and of a line of a stamp
_EDGE: Final = 0.12  # of the page height, where captions stand
HEAD: Final = 0.4  # of the page height: the header of the first page ends above
_HEAD_LINES, _EDGE_LINES = 25, 4  # of a page of which no place is known
_RIGHT: Final = 0.45  # of the page width, where no line of text begins
_OUTSIDE: Final = 4.0  # millimetres left of the text
_SMALLER: Final = 0.85  # of the usual size of the page
_TIME: Final = "@:"  # stands for any address or time, among the heads of captions


def captions(document: Document, lines: list[Piece]) -> list[int]:
    """Return which of *lines* are captions of digital signatures."""
    measures = layout(document)
    usual = _usual_sizes(document, lines)
    strong = components("signature_caption", "strong")
    weak = components("signature_caption", "weak")
    heads = {
        index: head
        for index, line in enumerate(lines)
        if (head := _caption(line, strong + weak)) and not _as_text(document, line, measures, usual)
    }
    found: list[int] = []
    for cluster in _clusters(lines, heads):
        own = {heads[index] for index in cluster}
        several = len(own) > 1 and not own <= set(weak)
        edge = _at_edge(document, lines, cluster)
        boxed = all(lines[index].box is not None for index in cluster)
        # In the middle of a page several lines must say so; without boxes, at its edge too.
        if (several and (edge or boxed)) or (edge and boxed and not own <= set(weak)):
            found += cluster
    return found


def stamps(document: Document, lines: list[Piece]) -> list[int]:
    """Return which of *lines* are of an incoming stamp, which is put on the first page only."""
    strong = components("incoming_stamp", "strong")
    heads: dict[int, str] = {}
    for index, line in enumerate(lines):
        # The document's own number names its type or body after a slash; the stamp's never does.
        # Wrapped text ("đến ngày 30 tháng 6 ...") begins in lower case or goes on.
        if not _in_head(document, line, lines[0]) or SYMBOL.search(line.text):
            continue
        if len(line.words) > _LONGEST_STAMPED or not line.text[:1].isupper():
            continue
        if head := _stamped(line, strong + components("incoming_stamp", "weak")):
            heads[index] = head
    found: list[int] = []
    for cluster in _clusters(lines, heads):
        own = {heads[index] for index in cluster}
        named = any(_is_name(lines[index], strong) for index in cluster)
        # ``Đến ngày ...`` and ``Đến năm ...`` may be a list; a field to be filled in has a colon.
        filled = any(head.endswith(":") for head in own)
        if named or (filled and not own.isdisjoint(strong)):
            found += cluster
    return found


def _caption(line: Piece, heads: tuple[str, ...]) -> str:
    """Return which of *heads* begins *line* as a line of a caption, or ""."""
    return _TIME if _STAMP_OF_TIME.fullmatch(line.text) else _begins(line, heads)


def _stamped(line: Piece, heads: tuple[str, ...]) -> str:
    return "den" if _is_arrival(line) else _begins(line, heads)


def _is_name(line: Piece, heads: tuple[str, ...]) -> bool:
    """Whether *line* is all that a stamp is headed with, and nothing else."""
    return _is_arrival(line) or fold(line.text).strip(" |.:-_") in heads


def _is_arrival(line: Piece) -> bool:
    return line.line.cell is None and line.text.strip(" |.:-_") in {"ĐẾN", "ĐEN"}


def _begins(line: Piece, heads: tuple[str, ...]) -> str:
    """Return which of *heads* the line begins with, or ""."""
    if line.line.cell is not None or len(line.words) > _LONGEST:
        return ""
    folded = fold(line.text)
    first, _, rest = folded.partition(" ")
    if len(first) == 1 and rest:
        folded = rest  # the frame of a stamp, read as a letter
    return next(
        (
            head
            for head in heads
            if folded == head or folded.startswith(head if head.endswith(":") else f"{head} ")
        ),
        "",
    )


def _clusters(lines: Sequence[Piece], indices: Iterable[int]) -> list[list[int]]:
    """Return *indices* of *lines* in groups that stand close together on one page."""
    found: list[list[int]] = []
    for index in sorted(indices):
        last = found[-1][-1] if found else None
        if last is None or index - last > _NEAR or not _on_one_page(lines[last], lines[index]):
            found.append([index])
        else:
            found[-1].append(index)
    return found


def _on_one_page(one: Piece, other: Piece) -> bool:
    return one.span.page == other.span.page


def _as_text(document: Document, line: Piece, measures: Layout, usual: dict[int, float]) -> bool:
    """Whether *line* is set as the text is: in its size, from its left edge or its indent on."""
    page = document.pages[line.span.page]
    indent = measures.indent(line)
    if line.box is None or indent is None or not page.width:
        return False
    size = type_size(page, line)
    small = size is not None and size <= _SMALLER * usual.get(line.span.page, 0.0)
    return indent >= -_OUTSIDE and line.box.left < _RIGHT * page.width and not small


def _usual_sizes(document: Document, lines: Sequence[Piece]) -> dict[int, float]:
    """Return the usual size of type of each page."""
    sizes: dict[int, list[float]] = {}
    for line in lines:
        size = type_size(document.pages[line.span.page], line)
        if size is not None:
            sizes.setdefault(line.span.page, []).append(size)
    return {page: median(each) for page, each in sizes.items()}


def _at_edge(document: Document, lines: Sequence[Piece], cluster: Sequence[int]) -> bool:
    """Whether the lines of *cluster* stand at the top or the foot of their page."""
    page = document.pages[lines[cluster[0]].span.page]
    boxes = [box for index in cluster if (box := lines[index].box) is not None]
    if len(boxes) < len(cluster) or not page.height:
        first, last = lines[cluster[0]].span.line, lines[cluster[-1]].span.line
        return first < _EDGE_LINES or last >= len(page.lines) - _EDGE_LINES
    margin = _EDGE * page.height
    return min(box.bottom for box in boxes) < margin or (
        max(box.top for box in boxes) > page.height - margin
    )


def _in_head(document: Document, line: Piece, first: Piece) -> bool:
    """Whether *line* stands where the header does: at the top of the page of the *first* line."""
    page = document.pages[line.span.page]
    if not _on_one_page(line, first):
        return False
    if line.box is None or not page.height:
        return line.span.line < _HEAD_LINES
    return line.box.bottom < HEAD * page.height

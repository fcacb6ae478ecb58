"""The closing: recipients on the left, authority, office and signer on the right.

In text the two columns may share lines (``Nơi nhận: T/M BAN THƯỜNG VỤ``); such lines are split, and
from there on the whole left column comes before the right one. So do two or three who sign side by
side (``NGƯỜI GHI BIÊN BẢN CHỦ TRÌ HỘI NGHỊ``). Otherwise the order of the lines is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations, pairwise

from pipeline.model import Block, Document, Kind
from pipeline.structure.annexes import annex_label
from pipeline.structure.enclosed import header_length
from pipeline.structure.flow import Piece, capitals, first_letter
from pipeline.structure.form import components, starts
from pipeline.structure.markers import DIVISIONS, readings
from pipeline.structure.signing import (
    SIGNATURE,
    authority_at,
    clean,
    is_authority,
    is_name,
    is_office,
    is_readable,
    is_signed,
    parted,
)

_CAPS = 0.75
_MIDDLE = 0.45  # of the page width: the signature column begins right of it
_APART = 0.2  # of the page width: at least so far right of the recipients
_TITLE_WORDS = 5
_MOST_RECIPIENTS = 40  # lines
_MOST_SIGNING, _LONGEST_SHARED = 2, 16  # words of a line that several signatures share
_LONGEST_RECIPIENT, _LONGEST_WRAPPED = 14, 3  # words of a line; lines below its first
_END = re.compile(r"(\./\.?|/\.)\W*$")  # of the text, and specks
_DASHES = ("-", "–", "—", "+", "•")


@dataclass(frozen=True, slots=True)
class _Column:
    kind: Kind
    piece: Piece
    shared: bool
    signature: int = 0  # from the left, where several stand side by side


def opens_closing(line: Piece, after: Piece | None) -> bool:
    """Whether a closing begins with *line*; *after* is the line that follows it."""
    if line.line.cell is not None:
        return False
    if starts(line.text, components("recipients", "starts")):
        return len(line.words) <= 8 or ":" in line.text[:12]
    if authority_at(line) == 0:
        return True
    if _side_by_side(line) and after is not None and _side_by_side(after):
        return True
    # An office alone (HIỆU TRƯỞNG) signs only when a name stands below it.
    return is_office(line) and after is not None and (is_name(after) or is_office(after))


def without_head(line: Piece) -> tuple[Piece, ...]:
    """Return *line* whole, or in two where the head of the recipients stands behind other things.

    These are the end of the text (``./. Nơi nhận:``) or specks. Nothing else is parted from it: in
    running text, below a dash too, a place where something is received has its colon as well.
    """
    head = next(filter(partial(_is_head, line), range(1, len(line.words) - 1)), None)
    if head is None:
        return (line,)
    above = line.part(0, head)
    specks = not any(map(str.isalnum, above.text)) and not readings(line.words)
    if specks or _END.search(above.text):
        return above, line.part(head, len(line.words))
    return (line,)


def _is_head(line: Piece, at: int) -> bool:
    first, second = (word.text for word in line.words[at : at + 2])
    return second.endswith(":") and starts(f"{first} {second}", components("recipients", "starts"))


def opens_recipients(lines: list[Piece]) -> bool:
    """Whether a list of recipients begins whose head (Nơi nhận) was not read.

    It is known by its end: the last of its short lines says where the document is kept (Lưu ...).
    """
    if not _is_recipient(lines[0]):
        return False
    count = wrapped = 0
    above = lines[0]
    for line in lines[:_MOST_RECIPIENTS]:
        wrapped += 1
        if _is_recipient(line):
            if count and above.text.endswith("."):
                return False  # a sentence
            count += 1
            wrapped = 0
            if starts(line.text.lstrip("-–— "), components("recipients", "kept")):
                return count > 1
        elif line.text.startswith(_DASHES) or readings(line.words) or line.line.cell is not None:
            return False
        elif wrapped >= _LONGEST_WRAPPED or starts(line.text, components("recipients", "starts")):
            return False  # an item of the text, or one above the list's head
        above = line
    return False


def _is_recipient(line: Piece) -> bool:
    dashed = line.line.cell is None and line.text.startswith(_DASHES[:3])
    return dashed and len(line.words) <= _LONGEST_RECIPIENT


def closing_length(lines: list[Piece]) -> int:
    """Return how many of *lines*, the first of which opens a closing, belong to it.

    It ends at an annex, at a table, at a numbered division, at the header of another document, or
    with the page once it is signed.
    """
    signed = archived = False
    for index, line in enumerate(lines):
        if index == 0:
            continue
        heads = readings(line.words)
        if line.line.cell is not None or annex_label(line, None):
            return index
        if heads and heads[0].cost == 0 and heads[0].system in DIVISIONS | {"roman"}:
            return index
        apart = signed or line.span.page != lines[index - 1].span.page
        if header_length(lines[index:], apart=apart):
            return index
        kind = _classify((_side_by_side(line) or [line])[0], seen=True)
        if kind not in SIGNATURE and _ends(line, lines[index - 1], signed, archived):
            return index
        signed = signed or kind is Kind.SIGNER
        archived = archived or starts(line.text.lstrip("-–— "), components("recipients", "kept"))
    return len(lines)


def _ends(line: Piece, above: Piece, signed: bool, archived: bool) -> bool:
    """Whether *line*, no part of the signature, no longer belongs to the closing."""
    if signed and line.span.page != above.span.page:
        return True
    plain = not line.text.startswith(_DASHES) and _signature_at(line, seen=True) is None
    if signed and archived and plain:
        return True
    # The title of what follows: no recipient is in capitals.
    return plain and len(line.words) >= _TITLE_WORDS and capitals(line.text) > _CAPS


def closing(document: Document, lines: list[Piece]) -> list[Block]:
    """Return the blocks of the closing that *lines* form; every word of them is in one block."""
    columns = _columns(document, lines)
    first = next((i for i, column in enumerate(columns) if column.shared), len(columns))
    rest = columns[first:]
    columns = [
        *columns[:first],
        *(column for column in rest if column.kind not in SIGNATURE),
        *sorted(
            (column for column in rest if column.kind in SIGNATURE),
            key=lambda column: column.signature,
        ),
    ]
    groups: list[list[_Column]] = []
    for column in columns:
        if groups and _continues(groups[-1], column):
            groups[-1].append(column)
        else:
            groups.append([column])
    return [_block(group) for group in groups]


def _columns(document: Document, lines: list[Piece]) -> list[_Column]:
    columns: list[_Column] = []
    edges = _edges(document, lines)
    seen = False
    for line in lines:
        edge = edges.get(line.span.page)
        signatures = _side_by_side(line)
        if signatures:
            columns += [
                _Column(_classify(part, seen=True), part, shared=True, signature=index)
                for index, part in enumerate(signatures)
            ]
            seen = True
            continue
        cut = _signature_at(line, seen=seen)
        if cut is not None and cut > 0:
            left, right = line.part(0, cut), line.part(cut, len(line.words))
            columns.append(_Column(_left(left), left, shared=True))
            columns.append(_Column(_classify(right, seen=True), right, shared=True))
            seen = True
            continue
        outside = edge is not None and line.box is not None and line.box.left > edge
        if outside and not _is_listed(line):
            found = [_Column(kind, part, shared=False) for kind, part in parted(line)]
            seen = seen or any(column.kind in SIGNATURE for column in found)
            columns += found
            continue
        kind = _classify(line, seen=seen)
        seen = seen or kind in SIGNATURE
        columns.append(_Column(kind, line, shared=False))
    return columns


def _left(piece: Piece) -> Kind:
    return Kind.RECIPIENTS if any(word.text for word in piece.words) else Kind.NOTE


def _classify(line: Piece, *, seen: bool) -> Kind:
    """Say what a line (or column) of the closing is; *seen*: an authority or office came before."""
    if line.text.startswith(_DASHES) or starts(line.text, components("recipients", "starts")):
        return Kind.RECIPIENTS
    if authority_at(line) == 0:
        return Kind.AUTHORITY
    if is_office(line) or (seen and is_signed(line.text)):
        return Kind.OFFICE
    if seen and is_name(line):
        return Kind.SIGNER
    if not any(letter.isalnum() for letter in line.text):
        return Kind.ORNAMENT
    return Kind.RECIPIENTS


def _side_by_side(line: Piece) -> list[Piece]:
    """Return the two or three authorities, offices or names that share *line*; empty for none."""
    if not _MOST_SIGNING < len(line.words) <= _LONGEST_SHARED or line.line.cell is not None:
        return []
    initials = [word.text.lstrip("(")[:1] for word in line.words]
    if 2 * sum(map(str.isupper, initials)) < len(initials):
        return []  # running text, which every line of a body is
    for signs in (is_authority, is_office, _signed, is_name):
        if not signs(line) or signs is is_authority:
            parts = [part for part in _divided(line, signs) if len(part) > 1]
            if parts:
                # The fewest, and of those the most alike in length.
                return min(parts, key=lambda part: (len(part), _unevenness(part)))
    return []


def _divided(line: Piece, signs: Callable[[Piece], bool]) -> Iterator[list[Piece]]:
    """Yield every way to divide *line* into up to three parts each of which *signs*."""
    count = len(line.words)
    for cuts in chain(combinations(range(1, count), 1), combinations(range(1, count), 2)):
        ends = (0, *cuts, count)
        parts = [line.part(start, stop) for start, stop in pairwise(ends)]
        if all(map(signs, parts)):
            yield parts


def _signed(line: Piece) -> bool:
    return is_signed(line.text)


def _unevenness(parts: list[Piece]) -> int:
    counts = [len(part.words) for part in parts]
    return max(counts) - min(counts)


def _signature_at(line: Piece, *, seen: bool) -> int | None:
    """Return the word where the right column begins on a line that two columns share, else None."""
    authority = authority_at(line)
    if authority is not None:
        return authority
    if capitals(line.text) > _CAPS:
        return None  # one office, however many words: PHÓ GIÁM ĐỐC
    for index in range(1, len(line.words)):
        if is_office(line.part(index, len(line.words))):
            return index
    if not seen or not line.text.startswith(_DASHES):
        return None
    for index in range(2, len(line.words) - 1):
        # The recipient ends with its comma or stop; a name of two to four words follows.
        before = line.words[index - 1].text
        right = line.part(index, len(line.words))
        if before.endswith((",", ";", ".", ")")) and len(before) > 2 and is_name(right):
            return index
    return None


def _edges(document: Document, lines: list[Piece]) -> dict[int, float]:
    """Return where the signature column begins on each page: right of its middle.

    The recipients stand left of it, wherever on the sheet the page was copied.
    """
    edges: dict[int, float] = {}
    for page in {line.span.page for line in lines}:
        width = document.pages[page].width
        listed = [
            line.box.left
            for line in lines
            if line.span.page == page and line.box is not None and _is_listed(line)
        ]
        if width:
            edges[page] = max(_MIDDLE * width, min(listed, default=0) + _APART * width)
    return edges


def _is_listed(line: Piece) -> bool:
    """Whether *line* is of the list of recipients: no speck beside a signature, but words."""
    head = starts(line.text, components("recipients", "starts"))
    dashed = line.text.startswith(_DASHES) and len(line.words) > 1
    return head or (dashed and clean(line) is None and is_readable(line))


def _continues(group: list[_Column], column: _Column) -> bool:
    """Whether *column* is the wrapped rest of the recipient before it."""
    last = group[-1]
    if column.kind is not Kind.RECIPIENTS or last.kind is not Kind.RECIPIENTS:
        return False
    head = column.piece.text
    if head.startswith(_DASHES) or starts(head, components("recipients", "starts")):
        return False
    if first_letter(head).islower():
        return True
    dashed = group[0].piece.text.startswith(_DASHES)
    if not dashed and len(last.piece.words) < 3:
        return False  # "Nơi nhận:" alone
    return not last.piece.text.endswith((";", ".") if dashed else (",", ";", "."))


def _block(group: list[_Column]) -> Block:
    pieces = [column.piece for column in group]
    first = pieces[0].words[0].text if pieces[0].words else ""
    label = first if first in _DASHES else ""
    return Block(group[0].kind, tuple(piece.span for piece in pieces), label=label)

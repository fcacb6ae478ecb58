"""Tables in plain text: rows whose cells stand between tabs, bars or wide blanks.

What always holds: every word of the rows is in the lines, in their order, and none is added; bars
and drawn rules of a table are its frame and no words. Two columns without bars are no table unless
the first of them counts: so stand bodies beside mottoes, and recipients beside signatures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import plaintext
from pipeline.model import Cell, Line, Word

_CELL = re.compile(r"\S+(?:\s\S+)*")
_RULE = re.compile(r"[\s|+\-=:_─━┼│├┤┌┐└┘┬┴]*[-=_─━]{3,}[\s|+\-=:_─━┼│├┤┌┐└┘┬┴]*")
_BARS = re.compile(r"[|│]")
_FRAME = re.compile(r"[|│┼├┤┌┐└┘+]")  # a rule without them may part anything
_COUNTS = re.compile(r"(?:tt|stt|số tt|số thứ tự|\(?\d{1,3}[.)]?|[ivx]{1,4}[.)]?|[a-zđ][.)])", re.I)
_SIGNS = re.compile(r"(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|Q\.)\s")
_SLACK = 1  # letters by which the cells of a column may be out of line
_MANY = 3  # columns from which cells between blanks are a table


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell of a row: where it begins in the row, or its number, and its text."""

    at: int
    text: str


_Row = tuple[_Piece, ...]
_Cut = Callable[[str], _Row]


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows ``start:stop`` of the page as cells: row, column and text, in reading order."""

    start: int
    stop: int
    cells: tuple[tuple[int, int, str], ...]


def lines_of(rows: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of one page from its NFC rows, those of tables with their cells."""
    lines: list[Line] = []
    at = 0
    for number, table in enumerate(_tables(rows)):
        lines += _plain(rows[at : table.start], bool(lines))
        lines += [
            Line(tuple(map(Word, text.split())), cell=Cell(number, row, column))
            for row, column, text in table.cells
        ]
        at = table.stop
    return (*lines, *_plain(rows[at:], bool(lines)))


def _plain(rows: Sequence[str], below: bool) -> tuple[Line, ...]:
    """Return the lines of *rows*; *below*: others stand above them."""
    lines = plaintext.lines_of(rows)
    gap = below and bool(lines) and not rows[0].strip()
    return (replace(lines[0], gap_above=True), *lines[1:]) if gap else lines


def _tables(rows: Sequence[str]) -> Iterator[_Table]:
    at = 0
    while at < len(rows):
        table = next(
            (found for cut in (_barred, _tabbed, _spaced) if (found := _table(rows, at, cut))), None
        )
        if table is not None:
            yield table
        at = table.stop if table is not None else at + 1


def _table(rows: Sequence[str], start: int, cut: _Cut) -> _Table | None:
    """Return the table that begins at row *start* and whose rows *cut* divides, if there is one."""
    head = start
    while head < len(rows) and _RULE.fullmatch(rows[head]) and _FRAME.search(rows[head]):
        head += 1
    if head == len(rows) or len(cut(rows[head])) < 2:
        return None
    found: list[_Row] = []
    stop = head
    for row in rows[head:]:
        pieces = cut(row)
        ruled = bool(_RULE.fullmatch(row)) and bool(found)
        if not ruled and (len(pieces) < 2 and not _goes_on(row, pieces, found, cut)):
            break
        if not ruled:
            found.append(pieces)
        stop += 1
    columns = _columns(found, cut)
    if not columns or not _is_table(found, cut):
        return None
    return _Table(start, stop, tuple(_cells(found, columns, cut)))


def _goes_on(row: str, pieces: _Row, above: Sequence[_Row], cut: _Cut) -> bool:
    """Whether *row* is the wrapped rest of a cell: indented to a column of the row *above*."""
    if cut is not _spaced or not above or len(pieces) != 1 or row[:1].strip():
        return False
    return any(abs(piece.at - pieces[0].at) <= _SLACK for piece in above[-1][1:])


def _columns(found: Sequence[_Row], cut: _Cut) -> tuple[int, ...]:
    """Return where the columns of the rows *found* begin, or () where the rows do not agree."""
    if cut is not _spaced:
        return tuple(range(max((len(row) for row in found), default=0)))
    widest = max(found, key=len, default=())
    columns = tuple(piece.at for piece in widest)
    for row in found:
        if any(all(abs(piece.at - at) > _SLACK for at in columns) for piece in row):
            return ()
    return columns


def _is_table(found: Sequence[_Row], cut: _Cut) -> bool:
    full = [row for row in found if sum(bool(piece.text) for piece in row) > 1]
    if len(full) < 2 or (cut is _barred and len({len(row) for row in found}) > 1):
        return False
    if any(_SIGNS.match(piece.text) for row in full for piece in row):
        return False  # several sign side by side
    if cut is _barred or sum(len(row) >= _MANY for row in full) > 1:
        return True
    return all(_COUNTS.fullmatch(row[0].text) for row in full)


def _cells(
    found: Sequence[_Row], columns: Sequence[int], cut: _Cut
) -> Iterator[tuple[int, int, str]]:
    number = -1
    for row in found:
        places = [min(columns, key=lambda at: abs(at - piece.at)) for piece in row]
        if cut is not _spaced or columns[0] in places:
            number += 1
        for piece, at in zip(row, places, strict=True):
            if piece.text:
                yield number, columns.index(at), piece.text


def _barred(row: str) -> _Row:
    if not _BARS.search(row):
        return ()
    parts = [part.strip() for part in _BARS.split(row.strip())]
    framed = not parts[0] and not parts[-1]
    cells = parts[1:-1] if framed else parts
    return tuple(_Piece(at, text) for at, text in enumerate(cells)) if any(cells) else ()


def _tabbed(row: str) -> _Row:
    if "\t" not in row.strip():
        return ()
    return tuple(_Piece(at, text.strip()) for at, text in enumerate(row.rstrip().split("\t")))


def _spaced(row: str) -> _Row:
    if "\t" in row:
        return ()
    return tuple(_Piece(match.start(), match[0]) for match in _CELL.finditer(row))

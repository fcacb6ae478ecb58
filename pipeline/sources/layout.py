"""Words of a text layer to lines in reading order.

The form of Vietnamese documents has two columns twice, in the header and at the end (Nơi nhận
beside the signature); each is read as a whole, left before right. Rows of three or more pieces are
tables and are read across.

What always holds: every word comes out once.
"""

from __future__ import annotations

from typing import Final

from pipeline.model import Box, Line, Word

_COLUMN_GAP: Final = 2.0  # in line heights; wider than any blank of justified text
_SAME_LINE: Final = 0.5  # share of the smaller height that must overlap
_COLUMN_END: Final = 3.0  # blank space, in line heights, that ends a column
_SIGNATURE: Final = 12.0  # the same in the right column, where a signature leaves a gap
_PARAGRAPH_GAP: Final = 0.9  # blank space above, in line heights, that sets lines apart


def in_reading_order(words: list[Word]) -> tuple[Line, ...]:
    """Return the lines of *words*, which all have boxes and come in the order of the file."""
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for row in _rows(_pieces(words)):
        sides = [_side(columns, piece) for piece in row]
        if None in sides:
            ordered += _flush(columns)
            sides = [0, 1] if len(row) == 2 else []
            while sides and ordered and _begins_right_column(ordered[-1], row):
                columns[1].insert(0, ordered.pop())
        for side in (0, 1):
            # What is apart inside a column is a gap left for handwriting: Số: ... /QĐ-UBND
            pieces = [piece for piece, place in zip(row, sides, strict=False) if place == side]
            if pieces:
                columns[side].append(_line([word for piece in pieces for word in piece.words]))
        if not sides:
            # Of more than two pieces no column is made: gaps left for handwriting, or a table.
            together = [_line([word for piece in row for word in piece.words])]
            ordered += together if len(row) > len(columns) else row
    ordered += _flush(columns)
    return _with_gaps(ordered)


def _pieces(words: list[Word]) -> list[Line]:
    """Join words that follow each other on one baseline without a column's gap."""
    pieces: list[list[Word]] = []
    for word in words:
        if pieces and _continues(pieces[-1][-1], word):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return [_line(piece) for piece in pieces]


def _line(words: list[Word]) -> Line:
    return Line(words=tuple(words), box=Box.around([_box(word) for word in words]))


def _continues(before: Word, after: Word) -> bool:
    left, right = _box(before), _box(after)
    gap = right.left - left.right
    height = max(left.height, right.height)
    return _level(left, right) and -height < gap < _COLUMN_GAP * height


def _rows(pieces: list[Line]) -> list[list[Line]]:
    """Group pieces at one height, top to bottom, left to right, joining those that touch."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda line: _box(line).top + _box(line).bottom):
        if rows and _level(_box(rows[-1][-1]), _box(piece)):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda line: _box(line).left)) for row in rows]


def _joined(row: list[Line]) -> list[Line]:
    joined = [row[0]]
    for piece in row[1:]:
        words = [*joined[-1].words, *piece.words]
        if _box(piece).left < _box(joined[-1]).right:
            # Entered later into a gap that was left for it: ngày ... tháng 11
            joined[-1] = _line(sorted(words, key=lambda word: _box(word).left))
        elif _continues(joined[-1].words[-1], piece.words[0]):
            joined[-1] = _line(words)
        else:
            joined.append(piece)
    return joined


def _begins_right_column(line: Line, row: list[Line]) -> bool:
    """Whether *line* stands just above the right piece of *row*: that column began higher."""
    box, left, right = _box(line), _box(row[0]), _box(row[1])
    near = right.top - box.bottom < 2 * right.height
    return near and box.left > left.right and box.left < right.right and box.right > right.left


def _side(columns: tuple[list[Line], list[Line]], piece: Line) -> int | None:
    """Return the open column that *piece* stands in, or None when it reaches over the gutter."""
    if not columns[0] or not columns[1]:
        return None
    left = max(_box(line).right for line in columns[0])
    right = min(_box(line).left for line in columns[1])
    box = _box(piece)
    last = _box(max((*columns[0], *columns[1]), key=lambda line: _box(line).bottom))
    space = (box.top - last.bottom) / box.height
    if box.right <= right and box.left < left and space < _COLUMN_END:
        return 0
    if box.left >= left and box.right > right and space < _SIGNATURE:
        return 1
    return None


def _flush(columns: tuple[list[Line], list[Line]]) -> list[Line]:
    lines = [*columns[0], *columns[1]]
    columns[0].clear()
    columns[1].clear()
    return lines


def _with_gaps(lines: list[Line]) -> tuple[Line, ...]:
    marked: list[Line] = []
    for line in lines:
        above = _box(marked[-1]) if marked else None
        box = _box(line)
        gap = above is not None and box.top - above.bottom > _PARAGRAPH_GAP * box.height
        marked.append(Line(words=line.words, box=box, gap_above=gap))
    return tuple(marked)


def _level(first: Box, second: Box) -> bool:
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return overlap > _SAME_LINE * min(first.height, second.height)


def _box(item: Word | Line) -> Box:
    if item.box is None:
        raise ValueError("a text layer's words have boxes")
    return item.box

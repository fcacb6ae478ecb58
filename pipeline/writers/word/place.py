"""Alignment and indents, told from where the lines of a block begin and end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median
from typing import Final

from pipeline.writers.word.layout import Align
from pipeline.writers.word.rows import Row

# All in millimetres.
_FLUSH: Final = 1.5  # a line that ends so near to the edge fills it
_STRAIGHT: Final = 2.5  # edges and middles that differ less are the same
_FIRST_LINE: Final = 20.0  # what begins further to the right is no first line
_APART: Final = 12.0  # what is centred or set right is further from the left edge than a first line
_COLUMN: Final = 40.0  # the least that indents leave of a column
_SLACK: Final = 1.08  # room that a line needs, for its face may be wider here than on the paper

_LINES: Final = 4  # that are filled or not tell alone whether a paragraph is justified
_MOST: Final = 0.6


@dataclass(frozen=True, slots=True)
class Place:
    """How a block stands between the edges of its column; indents in millimetres."""

    align: Align
    left: float = 0
    right: float = 0
    first_line: float = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a frame, in millimetres from the left edge of the text.

    Attributes:
        axis: the middle of its lines when they are centred, else None.
    """

    left: float
    right: float
    axis: float | None

    @property
    def width(self) -> float:
        """In millimetres."""
        return self.right - self.left


def justified(blocks: Sequence[Sequence[Row]], width: float) -> bool:
    """Tell whether most lines of text fill its *width*, those left out that end a paragraph."""
    filled = list(chain.from_iterable(_filled(rows, width) for rows in blocks))
    return not filled or sum(filled) >= _MOST * len(filled)


def in_text(rows: Sequence[Row], width: float, *, flush: bool) -> Place:
    """Return the place of a block between the edges of the text, *width* apart.

    Args:
        rows: its lines, at least one.
        width: in millimetres.
        flush: whether the text is justified as a rule; few lines do not tell.
    """
    lefts = [row.left for row in rows]
    off = median(row.middle for row in rows) - width / 2
    centred = _spread([row.middle for row in rows]) <= 2 * _STRAIGHT and abs(off) <= _STRAIGHT
    if centred and min(lefts) > (_STRAIGHT if len(rows) > 1 else _APART):
        return Place("center")
    ends = [width - row.right for row in rows]
    if max(map(abs, ends)) <= _FLUSH and min(lefts) > _FIRST_LINE:
        return Place("right")
    filled = _filled(rows, width)
    if len(filled) >= _LINES:
        flush = sum(filled) >= _MOST * len(filled)
    align: Align = "both" if flush else "left"
    if len(rows) > 1:
        left = _indent(median(lefts[1:]), width)
        first = min(max(_rounded(lefts[0] - left), -left), _COLUMN)
        return Place(align, left, first_line=first)
    if lefts[0] > _FIRST_LINE:
        return Place("left", _indent(lefts[0], width))
    return Place(align, first_line=_rounded(lefts[0]))


def column(rows: Sequence[Row], left: float, right: float) -> Column:
    """Return the column between *left* and *right*; *rows* are all its lines."""
    lefts, middles = [row.left for row in rows], [row.middle for row in rows]
    axis = median(middles)
    ragged = _deviation(middles) > _deviation(lefts)
    return Column(left, right, None if ragged else axis)


def in_column(rows: Sequence[Row], column: Column) -> Place:
    """Return the place of a block in *column*: on its axis, or at its left."""
    if column.axis is not None:
        off = max(abs(row.middle - column.axis) for row in rows)
        if off <= _STRAIGHT:
            room = column.width - _SLACK * max(row.width for row in rows)
            shift = 2 * (column.axis - (column.left + column.right) / 2)
            side = float(max(0, round(min(abs(shift), room))))
            return Place("center", side if shift > 0 else 0, 0 if shift > 0 else side)
    left = min(row.left for row in rows) - column.left
    return Place("left", _indent(left, column.width))


def _filled(rows: Sequence[Row], width: float) -> list[bool]:
    return [width - row.right <= _FLUSH for row in rows[:-1]]


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _deviation(values: Sequence[float]) -> float:
    middle = median(values)
    return median(abs(value - middle) for value in values)


def _indent(length: float, width: float) -> float:
    return min(max(_rounded(length), 0.0), max(width - _COLUMN, 0.0))


def _rounded(length: float) -> float:
    """Return *length* in whole millimetres; a page is measured no finer."""
    return float(round(length)) if abs(length) >= _FLUSH else 0.0

"""Ruled tables: printed lines → grids of cells, and the words that stand in them.

A table is a group of rulings that touch, with at least two cells. Its rows and columns are the
stretches between neighbouring rulings; where the ruling between two fields is missing they are one
cell (a merged one), known by its top left field. The outer border may be missing: the ends of the
other rulings stand for it.

What always holds: a word goes to the cell that holds its centre; no word is added, lost or altered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from pipeline.image import Ruling
from pipeline.model import Cell, Line, Word
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.layout import gaps_above

TOUCH: Final = 0.006  # rulings this near, as a share of the page's height, meet (2 mm on A4)
CROSS: Final = 2  # rulings
COVERED: Final = 0.5  # a border stands where rulings cover this share of it


@dataclass(frozen=True, slots=True)
class Grid:
    """One table.

    Attributes:
        rows, columns: y and x of the borders, ascending; one more than there are rows and columns.
        cells: for every field (row, column) its cell: the top left field that it is merged with.
    """

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    cells: dict[tuple[int, int], tuple[int, int]]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the row and column of the cell that holds the point, or None outside."""
        row, column = bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1
        return self.cells.get((row, column))

    def extent(self, cell: tuple[int, int]) -> tuple[int, int]:
        """Return how many rows and columns *cell* covers."""
        fields = [field for field, own in self.cells.items() if own == cell]
        rows, columns = zip(*fields, strict=True)
        return max(rows) - min(rows) + 1, max(columns) - min(columns) + 1


def grids(rulings: Sequence[Ruling], height: int) -> list[Grid]:
    """Return the tables that *rulings* draw on a page of *height* pixels, from top to bottom."""
    slack = TOUCH * height
    found = [grid for group in _groups(rulings, slack) if (grid := _grid(group, slack))]
    return sorted(found, key=lambda grid: (grid.rows[0], grid.columns[0]))


def in_cells(strips: Sequence[Strip], grid: Grid, table: int) -> list[tuple[Cell, list[Strip]]]:
    """Return the cells of *grid* that hold words, row by row, each with its lines from the top.

    Args:
        strips: of the page, in any order; words outside the grid are passed over.
        grid: where to look.
        table: the table's place on the page, counted from 0.
    """
    parts: dict[tuple[int, int], list[Strip]] = {}
    for strip in strips:
        words: dict[tuple[int, int], list[Word]] = {}
        for word in strip.words:
            place = _place(word, grid)
            if place is not None:
                words.setdefault(place, []).append(word)
        for place, inside in words.items():
            parts.setdefault(place, []).append(strip.part(inside))
    return [
        (Cell(table, *place, *grid.extent(place)), _joined(parts[place])) for place in sorted(parts)
    ]


def lines_of(filled: Sequence[tuple[Cell, list[Strip]]]) -> list[Line]:
    """Return the lines of a table, cell by cell, from what :func:`in_cells` returned."""
    return [
        Line(strip.words, strip.box, gap, cell)
        for cell, strips in filled
        for strip, gap in zip(strips, gaps_above(strips), strict=True)
    ]


def outside(strips: Sequence[Strip], grid: Grid) -> list[Strip]:
    """Return the strips without the words that stand in *grid*."""
    return [
        strip.part(words)
        for strip in strips
        if (words := [word for word in strip.words if _place(word, grid) is None])
    ]


def _place(word: Word, grid: Grid) -> tuple[int, int] | None:
    box = word_box(word)
    return grid.cell(box.middle, box.top + box.height / 2)


def _joined(parts: Sequence[Strip]) -> list[Strip]:
    """Return the lines of one cell: pieces at one height are one line."""
    lines: list[list[Strip]] = []
    for part in sorted(parts, key=lambda part: part.baseline):
        last = lines[-1][-1] if lines else None
        if last and part.baseline - last.baseline < part.x_height / 2:
            lines[-1].append(part)
        else:
            lines.append([part])
    return [
        line[0].part(sorted((w for p in line for w in p.words), key=lambda w: word_box(w).left))
        for line in lines
    ]


def _groups(rulings: Sequence[Ruling], slack: float) -> list[list[Ruling]]:
    """Return the rulings in groups that touch, directly or through others."""
    groups: list[list[Ruling]] = []
    for ruling in rulings:
        near = [g for g in groups if any(_touch(ruling, other, slack) for other in g)]
        groups = [g for g in groups if g not in near]
        groups.append([ruling, *(other for g in near for other in g)])
    return groups


def _touch(one: Ruling, other: Ruling, slack: float) -> bool:
    return (
        one.left <= other.right + slack
        and other.left <= one.right + slack
        and one.top <= other.bottom + slack
        and other.top <= one.bottom + slack
    )


def _grid(group: Sequence[Ruling], slack: float) -> Grid | None:
    """Return the table that a group of rulings draws, or None when it has too few cells."""
    across = [ruling for ruling in group if ruling.horizontal]
    down = [ruling for ruling in group if not ruling.horizontal]
    if not across or not down:
        return None
    rows = _merged(
        [r.top for r in across] + [min(r.top for r in down), max(r.bottom for r in down)], slack
    )
    columns = _merged(
        [r.left for r in down] + [min(r.left for r in across), max(r.right for r in across)], slack
    )
    fields = [(r, c) for r in range(len(rows) - 1) for c in range(len(columns) - 1)]
    cells = {field: field for field in fields}
    for row, column in fields:
        top, bottom, left, right = rows[row], rows[row + 1], columns[column], columns[column + 1]
        if column and not _drawn(
            [(r.top, r.bottom) for r in down if abs(r.left - left) <= slack], top, bottom
        ):
            _merge(cells, (row, column - 1), (row, column))
        if row and not _drawn(
            [(r.left, r.right) for r in across if abs(r.top - top) <= slack], left, right
        ):
            _merge(cells, (row - 1, column), (row, column))
    # Two rulings alone are a table where they cross, and a scrap of one where they only meet.
    fewest = 2 if len(group) > CROSS else 4
    return Grid(rows, columns, cells) if len(set(cells.values())) >= fewest else None


def _merged(values: Sequence[float], slack: float) -> tuple[float, ...]:
    """Return *values* sorted, those within *slack* of their neighbour made one."""
    ordered = sorted(values)
    groups = [[ordered[0]]]
    for before, value in pairwise(ordered):
        if value - before <= slack:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(median(group) for group in groups)


def _drawn(pieces: Sequence[tuple[int, int]], start: float, stop: float) -> bool:
    """Return whether *pieces* cover enough of ``start..stop`` to be a border."""
    covered = 0.0
    for low, high in sorted(pieces):
        covered += max(0.0, min(high, stop) - max(low, start))
    return covered >= COVERED * (stop - start)


def _merge(
    cells: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    """Make the cells of two fields one, known by the smaller field."""
    first, second = sorted((cells[one], cells[other]))
    for field, cell in cells.items():
        if cell == second:
            cells[field] = first

"""Tables: lines that recognition put into ruled cells become one block a table, cells by row.

Text taken from a page without its rules has the cells of a table one below the other, in an order
that need not be that of rows. Which belongs where cannot be told: they stay plain paragraphs, and
nothing in them counts as a unit of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import product

from pipeline.model import Block, Cell, Kind, Merged, Span
from pipeline.structure.flow import Layout, Piece, capitals
from pipeline.structure.form import components, fold
from pipeline.structure.markers import DIVISIONS, readings

_NARROW = 0.62  # of the text width: what a line of a cell takes at most
_FEWEST = 4  # lines of a table that was taken apart
_CAPS = 0.85


def table(lines: list[Piece]) -> Block:
    """Return the TABLE block of *lines*, all of one table; cells without lines are empty.

    Lines without a cell do not belong here.
    """
    cells: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
    places: dict[tuple[int, int], Cell] = {}
    for line in lines:
        if line.line.cell is not None:
            cell = line.line.cell
            cells[cell.row, cell.column].append(line.span)
            places[cell.row, cell.column] = cell
    # Only rows and columns that hold words: a stray index cannot make a million cells.
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    return Block(
        Kind.TABLE,
        rows=tuple(
            tuple(tuple(cells.get((row, column), ())) for column in columns) for row in rows
        ),
        merged=tuple(_merged(tuple(places.values()), rows, columns)),
    )


def _merged(cells: Collection[Cell], rows: list[int], columns: list[int]) -> Iterator[Merged]:
    """Yield those of *cells* that cover several of the *rows* and *columns* that hold words.

    One that would cover another with words of its own, or what another covers, covers nothing.
    """
    taken = {(cell.row, cell.column) for cell in cells}
    for cell in cells:
        down = [row for row in rows if cell.row <= row < cell.row + cell.rows]
        across = [at for at in columns if cell.column <= at < cell.column + cell.columns]
        covered = set(product(down, across)) - {(cell.row, cell.column)}
        if covered and not covered & taken:
            taken |= covered
            top, left = rows.index(cell.row), columns.index(cell.column)
            yield Merged(top, left, len(down), len(across))


def same_table(first: Piece, second: Piece) -> bool:
    """Whether both lines stand in one table of one page."""
    one: Cell | None = first.line.cell
    other: Cell | None = second.line.cell
    return (
        one is not None
        and other is not None
        and one.table == other.table
        and first.span.page == second.span.page
    )


def loose_cells(lines: list[Piece], layout: Layout) -> int:
    """Return how many of *lines* are cells of a table one below the other; 0 if none begins here.

    It begins with the head of the column that counts (TT), and goes on as long as lines are narrow,
    to a heading of the text: a Roman number or a division, in capitals.
    """
    first = lines[0]
    if first.line.box is not None or fold(first.text) not in components("table", "counts"):
        return 0
    for index, line in enumerate(lines):
        head = readings(line.words)
        heading = bool(head) and head[0].cost == 0 and head[0].system in DIVISIONS | {"roman"}
        wide = 1 - layout.free(line) > _NARROW or layout.overlong(line)
        if wide or line.line.cell is not None or (heading and capitals(line.text) > _CAPS):
            return index if index >= _FEWEST else 0
    return len(lines) if len(lines) >= _FEWEST else 0


def as_paragraphs(lines: list[Piece]) -> list[Block]:
    """Return a paragraph for each group of *lines* that no blank space parts."""
    groups: list[list[Piece]] = []
    for line in lines:
        if not groups or line.gap_above or line.span.page != groups[-1][-1].span.page:
            groups.append([])
        groups[-1].append(line)
    return [Block(Kind.PARAGRAPH, tuple(line.span for line in group)) for group in groups]

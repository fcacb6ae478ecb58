"""Tables: lines that recognition put into ruled cells become one block a table, cells by row."""

from __future__ import annotations

from collections import defaultdict

from pipeline.model import Block, Cell, Kind, Span
from pipeline.structure.flow import Piece


def table(lines: list[Piece]) -> Block:
    """Return the TABLE block of *lines*, all of one table; cells without lines are empty.

    Lines without a cell do not belong here.
    """
    cells: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
    for line in lines:
        if line.line.cell is not None:
            cells[line.line.cell.row, line.line.cell.column].append(line.span)
    # Only rows and columns that hold words: a stray index cannot make a million cells.
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    return Block(
        Kind.TABLE,
        rows=tuple(
            tuple(tuple(cells.get((row, column), ())) for column in columns) for row in rows
        ),
    )


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

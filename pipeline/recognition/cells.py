"""The cells of tables, read one below the other as one column of text.

Tesseract takes columns of a table for a picture, runs neighbours together, or loses short cells.
Here every cell that holds ink is cut out and read in one picture with the others (:mod:`.stack`).

What always holds: no ink is read twice, and nothing outside the tables is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.components import label
from pipeline.image import PageImage, Pixels, paper_level
from pipeline.model import Box
from pipeline.recognition.hocr import Strip
from pipeline.recognition.stack import read_all, stacked
from pipeline.recognition.tables import Grid
from pipeline.settings import RecognitionSettings

LARGER: Final = 1.5  # the scale at which what was passed over is read again

# Lengths in x-heights.
INSET: Final = 0.15  # from a border: what is left of its line
CUT: Final = 1.0  # ink on the edges of a cell from which its borders are not those of the table
MOST: Final = 0.5  # of the cells whose borders are, of a table that was understood
BETWEEN: Final = 1.5  # white between cells, and around them all
SPECK: Final = 0.3  # ink that is lower and narrower fills no cell
LOWEST: Final = 0.8  # ink that is lower is no figure
MARKS: Final = 0.6  # around the other ink: dots, and marks that stand apart


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose grid was understood.

    Attributes:
        grid: its rows and columns.
        inside: of each cell whose borders cut no ink; the others are left to the page.
    """

    grid: Grid
    inside: dict[tuple[int, int], Box]

    def overlaps(self, other: Table) -> bool:
        """Return whether both cover some of the page."""
        one, another = self.grid, other.grid
        return all(
            a[0] < b[-1] and b[0] < a[-1]
            for a, b in ((one.rows, another.rows), (one.columns, another.columns))
        )


def read_cells(
    image: PageImage, found: Sequence[Table], x_height: float, settings: RecognitionSettings
) -> tuple[Strip, ...]:
    """Return the lines in the cells of the tables *found*, in the coordinates of the page.

    Args:
        image: the page, grey, without its printed lines.
        found: the tables on it.
        x_height: of the page's small letters, in pixels.
        settings: of this stage.

    Raises:
        VanbanError: as :func:`pipeline.tesseract.hocr`.
    """
    if not found:
        return ()
    page, level = image.pixels, image.ink_level
    inks = [
        ink
        for table in found
        for box in table.inside.values()
        if (ink := ink_box(page, box, level, x_height))
    ]
    between = round(BETWEEN * x_height)
    stack = stacked(image, inks, between)
    read = stack.lines(read_all(stack.pictures, settings))
    filled = {number for number, _ in read}
    rest = [
        ink
        for number, ink in enumerate(inks)
        if number not in filled and ink.height >= (LOWEST + 2 * MARKS) * x_height
    ]
    # A figure alone is passed over now and then.
    again = stacked(image, rest, between, LARGER)
    read += again.lines(read_all(again.pictures, settings))
    return tuple(strip for _, strip in read)


def understood(image: PageImage, grids: Sequence[Grid], x_height: float) -> list[Table]:
    """Return the tables of *grids*, those left out in which the borders of most cells cut ink.

    A fold of the paper or a row of underlined words looks like rules, but print runs across.
    """
    page, level = image.pixels, image.ink_level
    inset = round(INSET * x_height)
    found = []
    for grid in grids:
        inside = {
            cell: box
            for cell, box in boxes(grid, inset).items()
            if _ink_on_edges(page, box, level) <= CUT * x_height
        }
        if len(inside) >= MOST * len(set(grid.cells.values())):
            found.append(Table(grid, inside))
    return found


def _ink_on_edges(page: Pixels, box: Box, level: float) -> int:
    """Return how many pixels of ink the edges of *box* run through."""
    part = page[box.top : box.bottom, box.left : box.right]
    if part.size == 0:
        return 0
    edges = (part[0], part[-1], part[:, 0], part[:, -1])
    return sum(int(np.count_nonzero(edge <= level)) for edge in edges)


def boxes(grid: Grid, inset: int) -> dict[tuple[int, int], Box]:
    """Return the inside of every cell, *inset* pixels from its borders, row by row."""
    fields: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for field, cell in grid.cells.items():
        fields.setdefault(cell, []).append(field)
    found = {}
    for cell in sorted(fields):
        rows, columns = zip(*fields[cell], strict=True)
        left, right = grid.columns[min(columns)], grid.columns[max(columns) + 1]
        top, bottom = grid.rows[min(rows)], grid.rows[max(rows) + 1]
        width, height = round(right - left) - 2 * inset, round(bottom - top) - 2 * inset
        if width > 0 and height > 0:
            found[cell] = Box(round(left) + inset, round(top) + inset, width, height)
    return found


def without(image: PageImage, found: Sequence[Table]) -> PageImage:
    """Return the page with what the tables *found* hold in the colour of the paper."""
    if not found:
        return image
    rest, paper = image.pixels.copy(), paper_level(image.pixels)
    for table in found:
        grid = table.grid
        for (row, column), cell in grid.cells.items():
            if cell not in table.inside:
                continue
            top, bottom = round(grid.rows[row]), round(grid.rows[row + 1])
            left, right = round(grid.columns[column]), round(grid.columns[column + 1])
            rest[top : bottom + 1, left : right + 1] = paper
    return PageImage(rest, image.dpi)


def ink_box(page: Pixels, box: Box, level: float, x_height: float) -> Box | None:
    """Return the box around the ink and its marks in a part of the page, or None if it is empty."""
    part = page[box.top : box.bottom, box.left : box.right]
    if part.size == 0:
        return None
    _, mask = cv2.threshold(part, level, 255, cv2.THRESH_BINARY_INV)
    found = label(np.asarray(mask, np.uint8))[1].boxes()
    real = [(x, y, w, h) for x, y, w, h in found if max(w, h) >= SPECK * x_height]
    if not real:
        return None
    marks = round(MARKS * x_height)
    left = max(0, min(x for x, _, _, _ in real) - marks)
    top = max(0, min(y for _, y, _, _ in real) - marks)
    right = min(box.width, max(x + w for x, _, w, _ in real) + marks)
    bottom = min(box.height, max(y + h for _, y, _, h in real) + marks)
    return Box(box.left + left, box.top + top, right - left, bottom - top)

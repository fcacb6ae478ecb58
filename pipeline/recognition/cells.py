"""The cells of ruled tables, read one below the other as one column of text.

Tesseract takes columns of a table for a picture, runs neighbours together, or loses short cells.
Here every cell that holds ink is cut out and read in one picture with the others (:mod:`.stack`).

What always holds: no ink is read twice, and nothing outside the tables is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import cv2
import numpy as np

from pipeline.components import label
from pipeline.image import PageImage, Pixels, ink_level, paper_level
from pipeline.model import Box
from pipeline.recognition.hocr import Strip
from pipeline.recognition.stack import read_stacked
from pipeline.recognition.tables import Grid
from pipeline.settings import RecognitionSettings

# Lengths in x-heights.
INSET: Final = 0.15  # from a border: what is left of its line
CUT: Final = 1.0  # ink on the edges of a cell from which its borders are not those of the table
BETWEEN: Final = 1.5  # white between cells, and around them all
SPECK: Final = 0.3  # ink that is lower and narrower fills no cell
MARKS: Final = 0.6  # around the other ink: dots, and marks that stand apart


def read_cells(
    image: PageImage, grids: Sequence[Grid], x_height: float, settings: RecognitionSettings
) -> tuple[Strip, ...]:
    """Return the lines in the cells of *grids*, in the coordinates of the page.

    Args:
        image: the page, grey, without its printed lines.
        grids: the tables on it.
        x_height: of the page's small letters, in pixels.
        settings: of this stage.

    Raises:
        VanbanError: as :func:`pipeline.tesseract.hocr`.
    """
    page, level = image.pixels, ink_level(image.pixels)
    inks = [
        ink
        for grid in grids
        for box in boxes(grid, round(INSET * x_height))
        if (ink := _ink(page, box, level, x_height))
    ]
    frame = round(BETWEEN * x_height)
    read = read_stacked(image, inks, frame, settings)
    return tuple(strip for _, strip in read)


def legible(image: PageImage, grids: Sequence[Grid], x_height: float) -> list[Grid]:
    """Return those of *grids* whose borders cut no ink: the others were not understood."""
    page, level = image.pixels, ink_level(image.pixels)
    inset = round(INSET * x_height)
    return [
        grid
        for grid in grids
        if all(_ink_on_edges(page, box, level) <= CUT * x_height for box in boxes(grid, inset))
    ]


def _ink_on_edges(page: Pixels, box: Box, level: float) -> int:
    """Return how many pixels of ink the edges of *box* run through."""
    part = page[box.top : box.bottom, box.left : box.right]
    if part.size == 0:
        return 0
    edges = (part[0], part[-1], part[:, 0], part[:, -1])
    return sum(int(np.count_nonzero(edge <= level)) for edge in edges)


def boxes(grid: Grid, inset: int) -> Iterator[Box]:
    """Yield the inside of every cell, *inset* pixels from its borders, row by row."""
    fields: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for field, cell in grid.cells.items():
        fields.setdefault(cell, []).append(field)
    for cell in sorted(fields):
        rows, columns = zip(*fields[cell], strict=True)
        left, right = grid.columns[min(columns)], grid.columns[max(columns) + 1]
        top, bottom = grid.rows[min(rows)], grid.rows[max(rows) + 1]
        width, height = round(right - left) - 2 * inset, round(bottom - top) - 2 * inset
        if width > 0 and height > 0:
            yield Box(round(left) + inset, round(top) + inset, width, height)


def without(image: PageImage, grids: Sequence[Grid]) -> PageImage:
    """Return the page with its tables in the colour of the paper."""
    rest, paper = image.pixels.copy(), paper_level(image.pixels)
    for grid in grids:
        for row, column in grid.cells:
            top, bottom = round(grid.rows[row]), round(grid.rows[row + 1])
            left, right = round(grid.columns[column]), round(grid.columns[column + 1])
            rest[top : bottom + 1, left : right + 1] = paper
    return PageImage(rest, image.dpi)


def _ink(page: Pixels, box: Box, level: float, x_height: float) -> Box | None:
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

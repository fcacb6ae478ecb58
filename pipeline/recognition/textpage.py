"""Pages that carry their own text: what stands in ruled tables goes into their cells.

The text of a PDF knows nothing of tables; its words come row after row, through all columns. The
rules that are drawn on the page say which cell each of them stands in.

What always holds: no word is added, lost or altered, and pages without a table stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from pipeline.image import Ruling
from pipeline.model import Line, Page, Word, replace
from pipeline.recognition import tables
from pipeline.recognition.hocr import Strip, word_box

X_HEIGHT: Final = 0.4  # of the height of a word's box, which reaches over all that a font has


def x_height(page: Page) -> float:
    """Return the x-height of the page's small letters in pixels."""
    heights = [word_box(word).height for line in page.lines for word in line.words]
    return X_HEIGHT * median(heights) if heights else 0.0


def with_tables(page: Page, rulings: Sequence[Ruling]) -> Page:
    """Return the page with its tables cell by cell, each before the first line below its top.

    Args:
        page: all its words have boxes.
        rulings: printed lines of the page.
    """
    words = [word for line in page.lines for word in line.words]
    # Each by itself: the words of one line of text may stand at other heights in other cells.
    strips = [_strip((word,)) for word in words]
    found = [
        (grid, filled)
        for table, grid in enumerate(tables.grids(rulings, page.height))
        if len(filled := tables.in_cells(strips, grid, table)) > 1
    ]
    if not found:
        return page
    lines: list[Line] = []
    waiting = list(found)
    for line in page.lines:
        rest = [_strip(line.words)]
        while waiting and waiting[0][0].rows[0] < rest[0].box.top:
            lines += tables.lines_of(waiting.pop(0)[1])
        for grid, _ in found:
            rest = tables.outside(rest, grid)
        lines += [
            line if part.words == line.words else replace(line, words=part.words, box=part.box)
            for part in rest
        ]
    for _, filled in waiting:
        lines += tables.lines_of(filled)
    return replace(page, lines=tuple(lines))


def _strip(words: tuple[Word, ...]) -> Strip:
    box = max(map(word_box, words), key=lambda box: box.height)
    return Strip(words, 0.0, float(box.bottom), X_HEIGHT * box.height)

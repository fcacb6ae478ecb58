"""Heights of lines, told from how far apart they stand."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from pipeline.model import Block
from pipeline.writers.word.rows import Row
from pipeline.writers.word.sizes import RUNNING, halved

FOOT: Final = 0.2  # share of a line that is under its baseline
_LEAST: Final = 1.15  # sizes of the type: lines that are lower cut off marks
_MOST: Final = 3.0
_SINGLE: Final = 1.25  # of a line that has no neighbour
_ALIKE: Final = 1.5  # points: heights that differ less are the same


def line_heights(
    printed: Mapping[Block, Sequence[Row]], sizes: Mapping[Block, float], body: float, form: float
) -> tuple[dict[Block, float], float]:
    """Return the heights of lines in points of the blocks whose size is known, and of the body.

    Args:
        printed: the blocks with their lines.
        sizes: of their type in points.
        body: size of the body in points.
        form: height of a line of the body in the form.
    """
    steps = {block: _steps(rows) for block, rows in printed.items()}
    every = [step for block, found in steps.items() if block.kind in RUNNING for step in found]
    usual = _fitting(median(every), body) if every else form
    heights = {}
    for block, size in sizes.items():
        if steps[block] and not block.rows:
            height = _fitting(median(steps[block]), size)
            heights[block] = usual if abs(height - usual) <= _ALIKE else height
        else:
            heights[block] = usual if size == body else halved(_SINGLE * size)
    return heights, usual


def _steps(rows: Sequence[Row]) -> list[float]:
    return [
        below.baseline - above.baseline
        for above, below in pairwise(rows)
        if above.page == below.page and below.baseline > above.baseline
    ]


def _fitting(height: float, size: float) -> float:
    return halved(min(max(height, _LEAST * size), _MOST * size))

"""Lines across a whole page that a scanner or a fax drew, among those that were printed.

A streak through a table would part its cells. It runs from one edge of the paper to the other,
where no table reaches, and beyond the last line that it meets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.image import Ruling

_EDGE: Final = 0.02  # of the page: so near to its edges a streak ends
_BEYOND: Final = 0.04  # of the page: so far a streak runs on beyond the lines that it meets


def without_streaks(rulings: Sequence[Ruling], width: int, height: int) -> tuple[Ruling, ...]:
    """Return the *rulings* of a page of that size that may be printed."""
    return tuple(line for line in rulings if not _is_streak(line, rulings, width, height))


def _is_streak(line: Ruling, rulings: Sequence[Ruling], width: int, height: int) -> bool:
    if line.horizontal:
        start, stop, side = line.left, line.right, width
        met = [r.left for r in rulings if not r.horizontal and r.top <= line.top <= r.bottom]
    else:
        start, stop, side = line.top, line.bottom, height
        met = [r.top for r in rulings if r.horizontal and r.left <= line.left <= r.right]
    if start > _EDGE * side or stop < (1 - _EDGE) * side:
        return False
    return all(start + _BEYOND * side < at < stop - _BEYOND * side for at in met)

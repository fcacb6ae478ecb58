"""Sizes of type: equal print gets equal sizes, for it is compared with the body of the text.

The size of the body is measured on the paper, taken to be A4. Where that gives none that a body
has (a page that was cropped, a picture of half a sheet) it is the form's.
"""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final

from pipeline.model import Block, Kind
from pipeline.writers.word.letters import em, typed
from pipeline.writers.word.rows import Row, Ruler

SMALLEST: Final = 8.0
LARGEST: Final = 20.0
RUNNING: Final = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.LEGAL_BASIS})  # kinds of the body
_TEXT: Final = RUNNING | {Kind.HEADING}
_BODY_SIZES: Final = (12.0, 16.0)  # the form has 13 to 15
_NEAR: Final = 0.5  # points: the measure of a page is no more exact
_NEAR_TYPED: Final = 0.75  # that of a text layer less so, some have words set closer or wider
_EQUAL: Final = 0.05  # by which equal print differs: a pixel more or less of a capital
_TELLING: Final = 4  # words: fewer may be wrong
_WHOLE: Final = 0.3  # points: so near to a whole one a size is that; forms hardly have halves


def sizes(
    printed: Mapping[Block, Sequence[Row]], ruler: Ruler, form: float
) -> tuple[dict[Block, float], float]:
    """Return the sizes in points of the blocks that tell theirs, and that of the body.

    Args:
        printed: the blocks with their lines.
        ruler: of the document.
        form: size of the body in the form, in points.
    """
    seen = {block: _ems(rows, ruler) for block, rows in printed.items()}
    seen = {block: found for block, found in seen.items() if found}
    every = [size for block, found in seen.items() if block.kind in RUNNING for size in found]
    if not every:
        every = [size for found in seen.values() for size in found]
    if not every:
        return {}, form
    measured = median(every)
    words = [typed(word) for rows in printed.values() for row in rows for word in row.words]
    near = _NEAR_TYPED if 2 * sum(words) > len(words) else _NEAR
    plausible = _BODY_SIZES[0] <= measured <= _BODY_SIZES[1]
    body = _usual(measured) if plausible and abs(measured - form) >= near else form
    # Whoever has the most words speaks first; who differs too little from one before has its size.
    kinds = [(measured, body)]
    given: dict[Block, float] = {}
    for block in sorted(seen, key=lambda block: -len(seen[block])):
        own = median(seen[block])
        if block.kind is Kind.NUMBER and len(seen[block]) < _TELLING:
            continue  # pens write into it: left to the form
        like, size = min(kinds, key=lambda kind: abs(kind[0] - own))
        short = block.kind in _TEXT and len(seen[block]) < _TELLING  # like the lines around it
        if short or abs(measured - own) <= _EQUAL * measured:
            size = body
        elif abs(like - own) > _EQUAL * like:
            size = min(max(_usual(own * body / measured), SMALLEST), LARGEST)
            kinds.append((own, size))
        given[block] = size
    return given, body


def halved(points: float) -> float:
    """Round to half a point, the finest that Word has."""
    return round(points * 2) / 2


def _usual(points: float) -> float:
    whole = float(round(points))
    return whole if abs(points - whole) <= _WHOLE else halved(points)


def _ems(rows: Sequence[Row], ruler: Ruler) -> list[float]:
    """Return the size in points that each word tells."""
    found = []
    for row in rows:
        pixels = (em(word, ruler.height) for word in row.words)
        found += [ruler.points(row.page, each) for each in pixels if each is not None]
    return found

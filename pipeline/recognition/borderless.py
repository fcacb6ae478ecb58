"""Tables without rules: columns that only paper parts, and rows that a column of numbers begins.

Tesseract reads such columns as blocks of their own: names come apart from their figures, and a
column of lone figures is passed over. The table is found among the words that were read, its grid
from the paper between them; then it is read cell by cell as a ruled one is.

What always holds: headers, signatures and running text are none, and a page without such columns
costs nothing but a look at its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np

from pipeline.components import Components, label
from pipeline.image import PageImage
from pipeline.model import Box, Word
from pipeline.recognition.cells import Table, boxes
from pipeline.recognition.hocr import Strip, word_box
from pipeline.recognition.leaders import is_leader
from pipeline.recognition.surer import mostly_figures, speaks
from pipeline.recognition.tables import Grid, in_cells

COLUMNS: Final = 3  # fewer are a header, a signature, or a list with its labels
ROWS: Final = 4  # that have words in so many columns
DOTS: Final = 10  # beside the words of each row: leaders of a table of contents or a form
NUMBERS: Final = 0.75  # of what begins the lines of the column that tells the rows
NEARER: Final = 0.7  # of the larger distance between lines: such lines are of other cells
HALF: Final = 0.5  # of the rows in which a column has ink that was passed over
UNSURE: Final = 0.3  # confidence of words that may be a seal or specks

# Lengths in x-heights.
APART: Final = 1.0  # paper between columns: words of a line are nearer on some lines of all
BELOW: Final = 4.0  # paper between rows, at most
BESIDE: Final = 2.0  # between baselines: no line is so near to the next of its column
MARGIN: Final = 0.3  # above the first row and below the last
TALL: Final = 3.0  # height of a word above its line, at most
SLACK: Final = 0.5  # by which baselines of one line may differ
FIGURE: Final = (0.8, 3.0)  # heights of ink that may be a lone figure or a letter

_LABEL: Final = ".):;,"  # signs behind a number that is a label of a list

_COUNT: Final = re.compile(r"(\d{1,3})[.)]")

_Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of one line across the page, from the left."""

    words: tuple[Word, ...]
    baseline: float

    @property
    def box(self) -> Box:
        return Box.around([word_box(word) for word in self.words])

    def within(self, span: _Span) -> list[Word]:
        """Return the words whose middle is in a stretch of the page."""
        return [word for word in self.words if span[0] <= word_box(word).middle < span[1]]


def find_borderless(image: PageImage, strips: Sequence[Strip], x_height: float) -> list[Table]:
    """Return the tables without rules, from top to bottom.

    Args:
        image: the page, grey, without its ruled tables.
        strips: what was read on it.
        x_height: of its small letters, in pixels.
    """
    rows = _rows(strips, x_height)
    found: list[Table] = []
    start = 0
    while start < len(rows):
        gaps, stop = _grown(rows, start, x_height)
        run = _trimmed(rows[start:stop], gaps)
        above = rows[start - 1] if start else None
        if run and above and _begins_above(above, run[0], gaps, BESIDE * x_height):
            run = [above, *run]
        table = _table(image, run, gaps, x_height) if run else None
        if table is not None:
            found.append(table)
        start = stop if table is not None else start + 1
    return found


def unread_again(
    found: Sequence[Table], before: Sequence[Strip], read: Sequence[Strip]
) -> tuple[Strip, ...]:
    """Return what was read *before* in those cells of the tables *found* that then held nothing.

    Args:
        found: without rules.
        before: what was read on the page as a whole.
        read: what was read cell by cell.
    """
    kept: list[Strip] = []
    for table in found:
        filled = {(cell.row, cell.column) for cell, _ in in_cells(read, table.grid, 0)}
        for cell, strips in in_cells(before, table.grid, 0):
            if (cell.row, cell.column) not in filled:
                kept += strips
    return tuple(kept)


def _rows(strips: Sequence[Strip], x_height: float) -> list[_Row]:
    """Return the words of all *strips* by the lines that they stand on, from top to bottom.

    A column of figures may have been read sideways, as words on a line that they do not stand on.
    """
    placed: list[tuple[float, Word]] = []
    for strip in strips:
        for word in strip.words:
            box = word_box(word)
            baseline = strip.base + strip.slope * box.middle
            upright = baseline - box.top <= TALL * x_height
            stands = abs(box.bottom - baseline) <= x_height
            sure = (word.confidence or 0.0) >= UNSURE
            counts = speaks(word.ocr) or (is_leader(word) and len(strip.words) > 1)
            if counts and sure and upright and stands:
                placed.append((baseline, word))
    placed.sort(key=lambda each: each[0])
    groups: list[list[tuple[float, Word]]] = []
    for baseline, word in placed:
        if groups and baseline - groups[-1][0][0] <= SLACK * x_height:
            groups[-1].append((baseline, word))
        else:
            groups.append([(baseline, word)])
    return [
        _Row(
            tuple(sorted((word for _, word in group), key=lambda word: word_box(word).left)),
            median(baseline for baseline, _ in group),
        )
        for group in groups
    ]


def _grown(rows: Sequence[_Row], start: int, x_height: float) -> tuple[list[_Span], int]:
    """Return the gaps that the rows from *start* on share, and where they end."""
    boxes_ = [word_box(word) for word in rows[start].words]
    gaps = [
        (float(left.right), float(right.left))
        for left, right in pairwise(boxes_)
        if right.left - left.right >= APART * x_height
    ]
    stop = start + 1
    for above, row in pairwise(rows[start:]):
        left = _parted(gaps, map(word_box, row.words), APART * x_height)
        # After some rows a line that closes a gap is a heading, or what stands below the table.
        crossing = stop - start > ROWS and len(left) < len(gaps)
        if crossing or len(left) < COLUMNS - 1:
            break
        if row.box.top - above.box.bottom > BELOW * x_height:
            break
        gaps, stop = left, stop + 1
    return gaps, stop


def _parted(gaps: Sequence[_Span], taken: Iterable[Box], least: float) -> list[_Span]:
    """Return what is left of *gaps* between the boxes that are *taken*, if it is wide enough."""
    left = list(gaps)
    for box in taken:
        left = [
            part
            for low, high in left
            for part in ((low, min(high, box.left)), (max(low, box.right), high))
            if part[1] - part[0] >= least
        ]
        left = list(dict.fromkeys(left))
    return left


def _trimmed(rows: Sequence[_Row], gaps: Sequence[_Span]) -> Sequence[_Row]:
    """Return *rows* without those at the end that have words in less than three columns."""
    spans = _columns(rows, gaps)
    full = [
        at
        for at, row in enumerate(rows)
        if sum(bool(row.within(span)) for span in spans) >= COLUMNS
    ]
    if len(full) < ROWS:
        return ()
    last = full[-1] + 1
    # The last row may have a second line, if others do.
    usual = median(below.baseline - above.baseline for above, below in pairwise(rows))
    several = len(full) < last - full[0]
    while several and last < len(rows):
        if rows[last].baseline - rows[last - 1].baseline > usual:
            break
        last += 1
    return rows[full[0] : last]


def _begins_above(above: _Row, first: _Row, gaps: Sequence[_Span], beside: float) -> bool:
    """Tell whether a line stands half beside the *first* row, as that of a cell of two lines."""
    fits = _parted(gaps, map(word_box, above.words), 0.0) == list(gaps)
    return fits and first.baseline - above.baseline <= beside


def _columns(rows: Sequence[_Row], gaps: Sequence[_Span]) -> list[_Span]:
    """Return the stretches of the page between the middles of *gaps*."""
    around = Box.around([row.box for row in rows])
    middles = sorted((low + high) / 2 for low, high in gaps)
    return list(pairwise([float(around.left), *middles, float(around.right) + 1]))


def _table(
    image: PageImage, rows: Sequence[_Row], gaps: Sequence[_Span], x_height: float
) -> Table | None:
    """Return the table of *rows*, or None if no column of numbers tells where its rows begin."""
    spans = _columns(rows, gaps)
    passed_over, dots = _passed_over(image, rows, x_height)
    if dots > DOTS * len(rows):
        return None
    rowed = len(spans) > COLUMNS
    begun = [_begun(rows, span, passed_over, labels=rowed and span is spans[0]) for span in spans]
    telling = [column for column in begun if column]
    if not telling:
        return None
    begins = [at for at, beside in enumerate(zip(*telling, strict=True)) if _begin(beside)]
    if len(begins) < ROWS:
        return None
    borders = _borders(rows, begins, MARGIN * x_height)
    if list(borders) != sorted(borders) or _may_be_centred(rows, begins):
        return None
    columns = _with_columns(spans, rows, passed_over, borders, x_height)
    fields = [(r, c) for r in range(len(borders) - 1) for c in range(len(columns) - 1)]
    grid = Grid(borders, columns, {field: field for field in fields})
    return Table(grid, boxes(grid, 0))


def _begun(
    rows: Sequence[_Row], span: _Span, passed_over: Components, *, labels: bool
) -> list[bool | None]:
    """Return where a column's lines begin with a number, None where it is empty.

    Nothing is returned if they mostly do not. A number that was passed over counts; in a column for
    *labels* that may be all of them, and labels that count on are numbers.
    """
    words = [row.within(span) for row in rows]
    counting = labels and _count_on(words)
    read = [_is_number(cell, labels=counting) for cell in words]
    seen = [
        (_has_ink(passed_over, row, span) or None) if number is None else number
        for row, number in zip(rows, read, strict=True)
    ]
    numbers = (seen if labels else read).count(True)
    return seen if numbers >= max(ROWS, NUMBERS * (len(read) - read.count(None))) else []


def _is_number(words: Sequence[Word], *, labels: bool) -> bool | None:
    """Tell whether a cell's line begins with a number, or a label; None of an empty one."""
    if not words:
        return None
    text = words[0].ocr
    number = text.rstrip(_LABEL) if labels else text
    return number[-1:] not in _LABEL and mostly_figures(number)


def _count_on(cells: Iterable[Sequence[Word]]) -> bool:
    """Tell whether *cells* hold labels that count rows: 1., 2., 3., 5."""
    labels = [_COUNT.fullmatch(" ".join(word.ocr for word in words)) for words in cells if words]
    counts = [int(label[1]) for label in labels if label]
    return all(before < after for before, after in pairwise(counts))


def _has_ink(ink: Components, row: _Row, span: _Span) -> bool:
    """Tell whether there is *ink* beside a *row* where its column is."""
    middles = ink.top + ink.height / 2
    beside = (middles > row.box.top) & (middles < row.box.bottom)
    return bool((beside & (ink.left >= span[0]) & (ink.left + ink.width <= span[1])).any())


def _begin(beside: Sequence[bool | None]) -> bool:
    """Tell whether what stands in columns of numbers begins a row: some may have been misread."""
    read = [number for number in beside if number is not None]
    return any(read) and 2 * sum(read) >= len(read)


def _borders(rows: Sequence[_Row], begins: Sequence[int], margin: float) -> tuple[float, ...]:
    """Return the y of the borders between the rows of a table, and around them.

    Between two numbers the border lies where the lines are furthest apart; where they are all
    alike, above the second number: cells begin beside each other.
    """
    found: list[tuple[int, float]] = []  # the line below, and the paper above it
    before = 0
    for number in begins:
        gaps = {
            at: rows[at].box.top - rows[at - 1].box.bottom for at in range(before + 1, number + 1)
        }
        if gaps:
            least = max(gaps.values()) - _leeway(rows[number])
            found.append(max((at, gap) for at, gap in gaps.items() if gap >= least))
        before = number
    # What stands over the first number is the head, unless it is a line beside it.
    if begins[0] and found[0][1] < min(gap for _, gap in found[1:]) - _leeway(rows[begins[0]]):
        del found[0]
    parts = [(rows[at - 1].box.bottom + rows[at].box.top) / 2 for at, _ in found]
    return (rows[0].box.top - margin, *parts, rows[-1].box.bottom + margin)


def _may_be_centred(rows: Sequence[_Row], begins: Sequence[int]) -> bool:
    """Tell whether a line stands half beside a number, and no paper tells which row it is of."""
    for one, other in pairwise(begins):
        lines = rows[one : other + 1]
        down = [below.baseline - above.baseline for above, below in pairwise(lines)]
        gaps = sorted(below.box.top - above.box.bottom for above, below in pairwise(lines))
        beside = len(gaps) > 1 and min(down) < NEARER * max(down)
        if beside and gaps[-1] - gaps[-2] < _leeway(rows[other]):
            return True
    return False


def _leeway(row: _Row) -> float:
    """Return by how much gaps between lines differ by their letters alone."""
    return row.box.height / 2


def _passed_over(image: PageImage, rows: Sequence[_Row], x_height: float) -> tuple[Components, int]:
    """Return the ink beside the words that may be letters or figures, and how many dots there."""
    margin = MARGIN * x_height
    top, bottom = max(0, round(rows[0].box.top - margin)), round(rows[-1].box.bottom + margin)
    band = image.pixels[top:bottom]
    ink = (band <= image.ink_level).astype(np.uint8)
    for row in rows:
        for box in map(word_box, row.words):
            ink[max(0, box.top - top) : max(0, box.bottom - top), box.left : box.right] = 0
    found = label(ink)[1]
    low, high = (part * x_height for part in FIGURE)
    sized = found.chosen((found.height >= low) & (found.height <= high) & (found.width <= high))
    dots = int(np.count_nonzero((found.height < low / 2) & (found.width < low / 2)))
    return Components(sized.left, sized.top + top, sized.width, sized.height, sized.area), dots


def _with_columns(
    spans: Sequence[_Span],
    rows: Sequence[_Row],
    passed_over: Components,
    borders: Sequence[float],
    x_height: float,
) -> tuple[float, ...]:
    """Return the x of the borders between columns, with those columns that were passed over."""
    words = [[word_box(word) for row in rows for word in row.within(span)] for span in spans]
    extents = [(min(b.left for b in part), max(b.right for b in part)) for part in words if part]
    apart = APART * x_height
    groups: list[list[int]] = []
    order = np.argsort(passed_over.left, kind="stable")
    right = 0
    for at in order.tolist():
        if not groups or passed_over.left[at] - right >= apart:
            groups.append([])
        groups[-1].append(at)
        right = max(right, int(passed_over.left[at] + passed_over.width[at]))
    for group in groups:
        left = int(passed_over.left[group].min())
        right = int((passed_over.left[group] + passed_over.width[group]).max())
        middles = passed_over.top[group] + passed_over.height[group] / 2
        filled = len(set(np.searchsorted(borders, middles).tolist()))
        near = [
            at
            for at, (low, high) in enumerate(extents)
            if right + apart > low and left < high + apart
        ]
        if not near and filled >= HALF * (len(borders) - 1):
            extents.append((left, right))
        elif len(near) == 1:
            low, high = extents[near[0]]
            extents[near[0]] = (min(left, low), max(right, high))
    extents.sort()
    inner = [(one[1] + other[0]) / 2 for one, other in pairwise(extents)]
    return tuple(sorted((extents[0][0] - apart / 2, *inner, extents[-1][1] + apart / 2)))

"""Blocks one under the other as on the paper: the space above each, its place, and the columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.model import Block, Kind
from pipeline.writers.word import place
from pipeline.writers.word.lines import FOOT
from pipeline.writers.word.look import Look
from pipeline.writers.word.parts import HEADS, Part, columns
from pipeline.writers.word.place import Place
from pipeline.writers.word.rows import Row

Spot = tuple[int, float]  # index of a page, and points from its top

_KEPT: Final = (Part.HEADER, Part.TITLE, Part.CLOSING, Part.ANNEX)  # their lines break as printed
_MOST: Final = 144.0  # points above a paragraph: room for two signatures
_HANGING: Final = 2.0  # millimetres from which a line hangs out of the text; its frame goes further


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the two columns of header or closing stand, in millimetres from the text's left."""

    left: float
    split: float
    right: float

    @property
    def widths(self) -> tuple[float, float]:
        """Of both columns, in millimetres."""
        return self.split - self.left, self.right - self.split


@dataclass(frozen=True, slots=True)
class Measures:
    """What is known before blocks are set one under the other.

    Attributes:
        rows: the lines of each block, none when they are not known.
        sizes, heights: of type and lines, in points.
        line: height of a line of the body, in points.
        width: of the text, in millimetres.
        flush: whether the text is justified as a rule.
        drawn: how high the ornaments under blocks are, in points.
        beside: the lines of signatures that stand left of another one.
    """

    rows: Mapping[Block, Sequence[Row]]
    sizes: Mapping[Block, float]
    heights: Mapping[Block, float]
    line: float
    width: float
    flush: bool
    drawn: Mapping[Block, float]
    beside: frozenset[Block]

    def height(self, block: Block) -> float:
        """Return the height of the lines of *block* in points."""
        return self.heights.get(block, self.line)

    def head(self, block: Block) -> Spot | None:
        """Return where the first line of *block* begins."""
        rows = self.rows[block]
        if not rows:
            return None
        return rows[0].page, rows[0].baseline - (1 - FOOT) * self.height(block)

    def foot(self, block: Block) -> Spot | None:
        """Return where its last line ends, or the ornament under it."""
        rows = self.rows[block]
        if not rows:
            return None
        page, baseline = max((row.page, row.baseline) for row in rows)
        return page, baseline + FOOT * self.height(block) + self.drawn.get(block, 0.0)


def stacked(
    groups: Iterable[tuple[Part, list[Block]]], measures: Measures
) -> tuple[dict[Block, Look], dict[Block, Frame]]:
    """Return the looks of all blocks of *groups*, and the frames of header and closing."""
    looks: dict[Block, Look] = {}
    frames: dict[Block, Frame] = {}
    foot: Spot | None = None
    for part, blocks in groups:
        if part is Part.FOOTNOTES:
            looks |= {block: _look(block, part, None, None, measures) for block in blocks}
        elif part in (Part.HEADER, Part.CLOSING):
            found, frame, foot = _framed(part, blocks, foot, measures)
            looks |= found
            if frame is not None:
                frames[blocks[0]] = frame
        else:
            spaces, foot = _spaces(blocks, foot, measures)
            for block in blocks:
                rows = measures.rows[block]
                where = place.in_text(rows, measures.width, flush=measures.flush) if rows else None
                looks[block] = _look(block, part, where, spaces.get(block), measures)
    return looks, frames


def _framed(
    part: Part, blocks: Sequence[Block], foot: Spot | None, measures: Measures
) -> tuple[dict[Block, Look], Frame | None, Spot | None]:
    """Return the looks of header or closing, their frame, and where they end."""
    # Bodies and motto come first, as they are laid out.
    both = [
        sorted(each, key=lambda block: block.kind not in HEADS)
        for each in columns(part, blocks, measures.beside)
    ]
    rows = [[row for block in each for row in measures.rows[block]] for each in both]
    frame = _frame(rows, measures.width)
    tops = [spot for each in both if each and (spot := measures.head(each[0])) is not None]
    top = min(tops, default=None)
    if top is not None and foot is not None and foot[0] == top[0]:
        top = min(top, foot)
    looks: dict[Block, Look] = {}
    feet: list[Spot] = []
    for index, each in enumerate(both):
        spaces, end = _spaces(each, top, measures)
        feet += [end] if end is not None else []
        edges = ((frame.left, frame.split), (frame.split, frame.right))[index] if frame else None
        column = place.column(rows[index], *edges) if edges else None
        for block in each:
            own = measures.rows[block]
            where = place.in_column(own, column) if column and own else None
            looks[block] = _look(block, part, where, spaces.get(block), measures)
    return looks, frame, max(feet, default=None)


def _frame(rows: Sequence[Sequence[Row]], width: float) -> Frame | None:
    """Return the frame around the lines of both columns; None when they do not stand apart."""
    left, right = rows
    if not left or not right:
        return None
    end, start = max(row.right for row in left), min(row.left for row in right)
    if end >= start:
        return None
    outer = min(row.left for row in left), max(row.right for row in right)
    hangs = outer[0] < -_HANGING, outer[1] > width + _HANGING
    return Frame(
        outer[0] - _HANGING if hangs[0] else 0.0,
        (end + start) / 2,
        outer[1] + _HANGING if hangs[1] else width,
    )


def _spaces(
    blocks: Iterable[Block], foot: Spot | None, measures: Measures
) -> tuple[dict[Block, float], Spot | None]:
    """Return the space above each block in points, where it is known, and where the last ends."""
    spaces: dict[Block, float] = {}
    for block in blocks:
        head = measures.head(block)
        if head is not None and foot is not None and head[0] == foot[0]:
            spaces[block] = float(min(max(round(head[1] - foot[1]), 0), _MOST))
        foot = measures.foot(block)
    return spaces, foot


def _look(
    block: Block, part: Part, where: Place | None, before: float | None, measures: Measures
) -> Look:
    size, line = measures.sizes.get(block), measures.heights.get(block)
    if block.rows:  # its paragraphs are cells
        return Look(size, line)
    if where is None:
        return Look(size, line, before)
    kept = part in _KEPT and block.kind is not Kind.MOTTO  # whose lines are paragraphs
    centred = where.align == "center" and not block.label  # a label has a line of its own
    breaks = tuple(row.start for row in measures.rows[block][1:]) if kept or centred else None
    return Look(size, line, before, where.align, where.left, where.right, where.first_line, breaks)

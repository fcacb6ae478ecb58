"""Print in colour: told from seals, stamps and signatures of the same ink by how it stands.

Print stands in straight rows of small letters along the lines of the page, on empty paper, and is
ruled by straight lines. A seal is round, a stamp has a frame to itself, a signature is one long
stroke: ink that is none of the former is not print. A frame is that of a table where its lines go
on in black, or where it is larger than any stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Components, Mask, label
from pipeline.image import Pixels, Ruling
from pipeline.imaging import deskew, marks, rulings, textlines
from pipeline.model import Box

_SKEW: Final = 10.0  # degrees that a page may lie askew
_STRAIGHT: Final = 0.2  # degrees below which it is not turned
_AROUND_MM: Final = 20.0  # what is looked at of a table that a mark may belong to
_X_HEIGHT_MM: Final = 2.0  # what rules are longer and thinner than is measured by it
_LARGEST_MM: Final = 85.0  # frames of stamps are narrower and lower
_MEET_MM: Final = 1.0  # from the end of a rule to where it goes on
_GO_ON: Final = 2  # rules that do make a table; one may do so by chance
_LETTER_MM: Final = (1.2, 8.0)  # heights; what is lower is a mark or a dot
_LEAST: Final = 12  # letters; fewer say nothing about rows
_IN_ROW: Final = 4  # letters at least
_ROWS: Final = 0.5  # of the letters' ink that stands on the lines of rows
_APART: Final = 1.3  # of a letter's height: how far apart they are at least
_STRAY: Final = 0.05  # of the ink that may be larger than letters: some touch
_BLACK: Final = 128
_COVERED: Final = 0.15  # of the ink: black print beside or under it


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the lines of text run on a page that is not yet straight.

    Attributes:
        sideways: whether they run down the page, which then has to be mirrored at its diagonal.
        angle: degrees by which they then sink to the right.
    """

    sideways: bool
    angle: float


@dataclass(frozen=True, slots=True, eq=False)
class Inks:
    """A reduced page, or a part of it, by what it is inked with.

    Attributes:
        whole: all that is of one colour.
        strong: what is clearly of it: paler ink lies between letters, too.
        print_: ink without colour.
        faint: the same with paler ink: rules are thin, and no more than that on a reduced page.
    """

    whole: Mask
    strong: Mask
    print_: Mask
    faint: Mask

    def part(self, where: tuple[slice, slice], own: Mask) -> Inks:
        """Return a part of the page, with no ink of the colour but the mark's *own*."""
        strong = np.asarray(self.strong[where] & own, np.uint8)
        return Inks(own, strong, self.print_[where], self.faint[where])


def find_rows(inks: Inks) -> Rows | None:
    """Return where all that is on a page runs, or None where it does not tell."""
    ink = np.asarray(inks.print_ | inks.whole, np.uint8)
    upright = textlines.find_direction(ink, _SKEW)
    if upright is None:
        return None
    if upright.sharpness >= textlines.PLAIN:
        return Rows(sideways=False, angle=textlines.refine(upright))
    sideways = textlines.find_direction(_mirrored(ink), _SKEW)
    if sideways is None:
        return None
    best = max(upright, sideways, key=lambda direction: direction.sharpness)
    return Rows(best is sideways, textlines.refine(best))


def is_print(inks: Inks, mark: Box, own: Mask, rows: Rows) -> bool:
    """Tell whether a mark in colour is print, and no seal, stamp or signature.

    Args:
        inks: of the reduced page.
        mark: where it stands.
        own: the mark's own ink on that page.
        rows: where the page's lines run.
    """
    scale = marks.pixels_per_mm(own.shape)
    around = round(_AROUND_MM * scale)
    inside = np.s_[
        max(0, mark.top - around) : mark.bottom + around,
        max(0, mark.left - around) : mark.right + around,
    ]
    part = inks.part(inside, own[inside])
    lines = _parted(_straight(part.whole, rows), scale)[1]
    table = _are_large(lines, scale) or _go_on(lines, _straight(part.faint, rows), scale)
    if not table and _are_frame(lines):
        return False
    found = label(_parted(_straight(part.strong, rows), scale)[0])[1]
    low, high = (height * scale for height in _LETTER_MM)
    if found.area[found.height > high].sum() > _STRAY * found.area.sum():
        return False
    sized = found.chosen((found.height >= low) & (found.height <= high))
    if len(sized) < _LEAST:
        return table
    covered = np.count_nonzero(_near(part.whole) & part.print_)
    if not table and covered > _COVERED * np.count_nonzero(part.whole):
        return False
    return _stand_in_rows(sized)


def _near(ink: Mask) -> Mask:
    return np.asarray(cv2.dilate(ink, np.ones((5, 5), np.uint8)), np.uint8)


def _mirrored(ink: Mask) -> Mask:
    return np.ascontiguousarray(ink.T)


def _straight(ink: Mask, rows: Rows) -> Pixels:
    """Return the *ink* black on white, with its lines running across."""
    page = np.where(_mirrored(ink) if rows.sideways else ink, 0, 255).astype(np.uint8)
    return deskew.straighten(page, rows.angle) if abs(rows.angle) >= _STRAIGHT else page


def _parted(page: Pixels, scale: float) -> tuple[Mask, tuple[Ruling, ...]]:
    """Return what is no rule on a page that is straight, and its rules."""
    rest, lines = rulings.take_out(page, _X_HEIGHT_MM * scale)
    return (rest < _BLACK).astype(np.uint8), lines


def _are_large(lines: Sequence[Ruling], scale: float) -> bool:
    sides = [max(line.right - line.left, line.bottom - line.top) for line in lines]
    return max(sides, default=0) >= _LARGEST_MM * scale


def _are_frame(lines: Sequence[Ruling]) -> bool:
    """Tell whether lines may be of a frame: one that is worn misses a side."""
    return len({line.horizontal for line in lines}) > 1


def _go_on(lines: Sequence[Ruling], print_: Pixels, scale: float) -> bool:
    """Tell whether coloured *lines* are part of a table in black: they go on in its rules."""
    if not _are_frame(lines):
        return False
    black = [_span(line) for line in rulings.take_out(print_, _X_HEIGHT_MM * scale)[1]]
    reach = _MEET_MM * scale

    def goes_on(line: Ruling) -> bool:
        across, level, start, stop = _span(line)
        return any(
            other[0] == across
            and abs(other[1] - level) <= reach / 2
            and min(abs(other[2] - stop), abs(other[3] - start)) <= reach
            for other in black
        )

    return sum(map(goes_on, lines)) >= _GO_ON


def _span(line: Ruling) -> tuple[bool, int, int, int]:
    """Return whether a line runs across, its level, and where it starts and stops."""
    if line.horizontal:
        return True, line.top, line.left, line.right
    return False, line.left, line.top, line.bottom


def _stand_in_rows(letters: Components) -> bool:
    """Tell whether letters stand on few straight lines, by their feet or, upside down, heads."""
    pitch = round(_APART * float(np.median(letters.height)))
    feet, heads = letters.top + letters.height, letters.top
    return any(_on_lines(ends, letters.area, pitch) >= _ROWS for ends in (feet, heads))


def _on_lines(ends: NDArray[np.int32], areas: NDArray[np.int32], pitch: int) -> float:
    """Return the share of the ink of letters that stand on lines at least a *pitch* apart."""
    ink = np.bincount(ends, weights=areas)
    number = np.bincount(ends)
    on_lines = 0.0
    while ink.any():
        line = int(np.convolve(ink, np.ones(3), "same").argmax())
        near = slice(max(0, line - 1), line + 2)
        if number[near].sum() >= _IN_ROW:
            on_lines += float(ink[near].sum())
        ink[max(0, line - pitch) : line + pitch + 1] = 0
    return on_lines / float(areas.sum())

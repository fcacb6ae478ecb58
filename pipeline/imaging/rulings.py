"""Printed straight lines: tables, the rule under a title, the line for a signature.

They are found by opening the ink with a long thin bar, handed on for the structure of tables, and
taken out of the picture, where they would stick to letters. Strokes of letters that pass through a
line stay; a letter that stands on it loses nothing but the line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import Mask, ink_of, label
from pipeline.image import Pixels, Ruling, paper_level
from pipeline.imaging.ink import ink_mask

_LENGTH: Final = 5.0  # in x-heights; no stroke of a letter is so long
_THICKNESS: Final = 0.45  # in x-heights; what is thicker is a bar or a picture
_LONG, _THICK = 20.0, 0.8  # in x-heights: the frame of a table may be drawn as thick
_SLANT: Final = 0.03  # rise over length that a line may have left after deskewing
_WORN: Final = 0.5  # in x-heights: pieces of a worn line are no further apart
_NEAR: Final = 4.0  # in x-heights: letters so near to a line stand on lines of text beside it
_ALONE: Final = 0.3  # share of ink in a worn line between lines of text
_MOSTLY: Final = 0.5  # the same of a whole line, where there is little between
_LETTER: Final = (2.5, 0.4)  # in x-heights: the most along a line, the least across it
_LETTERED: Final = 0.4  # share of a worn line's ink that may be of letters
_BRIDGE: Final = 1.0  # in x-heights: gaps in a worn line that are closed
_TOUCHED: Final = 0.3  # share of a line's length that letters may touch on either side
_STREAK_TOUCHED: Final = 0.45  # the same of a long line: a streak of a scanner runs through text
_UNDERLINE: Final = 8.0  # in x-heights; bold letters that run together are not so long
_UNDERLINE_TOUCHED: Final = 0.7  # the same of such a line that is bare on the other side
_UNTOUCHED: Final = 0.1  # share of its length that may be touched there, by tails of letters
_LEAN: Final = 0.4  # columns by which the stroke of a letter leans, for each row
_RAGGED: Final = 0.1  # in x-heights
_AROUND: Final = 1.5  # in x-heights: so far to either side a line is as thick as here
_ROUGH: Final = 1  # rows that its edge may stand out
_BESIDE: Final = 5  # rows, of which a straight line is the middle one
_FRINGE: Final = 2  # grey pixels beside a line
_SEEN: Final = (1, 2)  # rows beside a line, of which each is ink where a letter goes on
_HAIR: Final = 7  # rows, in which a hairline is a few
_FAINT: Final = 0.2  # of the paper's level, by which it is darker
_FOUR: Final = 0x01010101  # four pixels of ink


@dataclass(frozen=True, slots=True, eq=False)
class _Bar:
    """A horizontal line: for each of its columns its first and last row, and what it touches.

    Attributes:
        touched: shares of its length that letters touch, on the side where it is less and more.
    """

    left: int
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    above: NDArray[np.bool_]
    below: NDArray[np.bool_]
    touched: tuple[float, float]

    def lower(self, rows: int) -> _Bar:
        """Return the line so many *rows* further down."""
        return replace(self, first=self.first + rows, last=self.last + rows)

    @property
    def right(self) -> int:
        return self.left + len(self.first)

    @property
    def level(self) -> int:
        return int(np.median((self.first + self.last) // 2))


def take_out(grey: Pixels, letter: float) -> tuple[Pixels, tuple[Ruling, ...]]:
    """Return the page without its lines, and the lines: horizontal ones first, top to bottom.

    Args:
        grey: the straightened page.
        letter: x-height in pixels.
    """
    ink = ink_mask(grey)
    pages = (grey, ink), (grey.T, ink.T)
    pale = [pale_rules(page, own, letter) for page, own in pages]
    inks = [cv2.bitwise_or(own, rules) for (_, own), rules in zip(pages, pale, strict=True)]
    across, down = (
        _lines(np.asarray(own, np.uint8), rules, letter)
        for own, rules in zip(inks, pale, strict=True)
    )
    if not across and not down:
        return grey, ()
    cleaned, paper = grey.copy(), paper_level(grey)
    for bar in across:
        _erase(cleaned, np.asarray(inks[0], np.uint8), bar, paper)
    for bar in down:
        _erase(cleaned.T, np.asarray(inks[1], np.uint8), bar, paper)
    rulings = [Ruling(bar.left, bar.level, bar.right, bar.level) for bar in across]
    rulings += [Ruling(bar.level, bar.left, bar.level, bar.right) for bar in down]
    return cleaned, tuple(
        sorted(rulings, key=lambda line: (not line.horizontal, line.top, line.left))
    )


def pale_rules(grey: Pixels, ink: Mask, letter: float) -> Mask:
    """Return the pixels of horizontal lines that are not whole in *ink*: worn, dotted, or thin.

    Made smaller or turned straight, the page shows thin lines as grey as what shines through it;
    but nothing else that thin is so long.

    Args:
        grey: the straightened page.
        ink: what is as dark as print on it.
        letter: x-height in pixels.
    """
    grey, ink = np.ascontiguousarray(grey), np.ascontiguousarray(ink)
    around = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((_HAIR, 1), np.uint8))
    depth = cv2.subtract(around, grey)
    thin = cv2.threshold(depth, _FAINT * paper_level(grey), 1, cv2.THRESH_BINARY)[1]
    found = _worn_rules(np.asarray(cv2.bitwise_or(ink, thin), np.uint8), letter)
    thick = np.asarray(cv2.dilate(thin, np.ones((3, 1), np.uint8)), np.uint8)
    length = round(_LENGTH * letter)
    rows = np.flatnonzero(_with_run(thick, length))
    if len(rows):
        whole = cv2.morphologyEx(thick[rows], cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
        found[rows] |= np.asarray(cv2.bitwise_and(whole, thin[rows]), np.uint8)
    return found


def _lines(ink: Mask, pale: Mask, letter: float) -> list[_Bar]:
    """Return the horizontal lines in *ink*, which is looked at closely only where one may be.

    Args:
        ink: of the page, with its pale lines.
        pale: these alone.
        letter: x-height in pixels.
    """
    return [
        bar.lower(top)
        for top, bottom in _bands(ink, pale, letter)
        for bar in _bars(ink[top:bottom], pale[top:bottom], letter)
    ]


def _worn_rules(ink: Mask, letter: float) -> Mask:
    """Return the ink of horizontal lines that are broken into pieces, if they are long.

    Words are further apart than the pieces of a line.

    Args:
        ink: of the page.
        letter: x-height in pixels.
    """
    pieces = np.ones((1, max(3, round(_WORN * letter))), np.uint8)
    joined = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, pieces), np.uint8)
    fours = _fours(joined)
    length = round(_LONG * letter) // 4
    rows = np.flatnonzero(_with_run(fours, length))  # mostly none
    worn = np.zeros_like(ink)
    if len(rows):
        long = np.ones((1, max(1, length)), np.uint8)
        rules = cv2.morphologyEx(fours[rows], cv2.MORPH_OPEN, long)
        # With the ends, which fill no four.
        whole = np.asarray(cv2.dilate(rules, np.ones((1, 3), np.uint8)), np.uint8)
        worn[rows, : 4 * whole.shape[1]] = np.repeat(whole, 4, axis=1)
        labels, parts = label(ink)
        letters = (parts.width <= _LETTER[0] * letter) & (parts.height >= _LETTER[1] * letter)
        text = ink_of(labels, letters)
        for left, top, width, height in label(worn)[1].boxes():
            line = np.s_[top : top + height, left : left + width]
            own, touched = (mask.any(axis=0) for mask in (ink[line] & worn[line], text[line]))
            through = np.count_nonzero(touched) > _LETTERED * np.count_nonzero(own)
            if through or not _goes_on(ink, *line, letter):
                worn[line] = 0
        worn &= ink
    return worn


def _goes_on(ink: Mask, rows: slice, columns: slice, letter: float) -> bool:
    """Tell whether a line has ink where nothing stands beside it, or is mostly ink.

    Strokes of letters one below the other stop between the lines of text.

    Args:
        ink: of the page.
        rows: of the line.
        columns: of the line.
        letter: x-height in pixels.
    """
    near = round(_NEAR * letter)
    line = np.asarray(ink[rows, columns].any(axis=0))
    around = ink[max(0, rows.start - near) : rows.stop + near, columns]
    own = ink[max(0, rows.start - _ROUGH) : rows.stop + _ROUGH, columns]
    alone = np.equal(around.sum(axis=0, dtype=np.int64), own.sum(axis=0, dtype=np.int64))
    if np.count_nonzero(alone) < letter:
        return bool(line.mean() >= _MOSTLY)
    return bool(line[alone].mean() >= _ALONE)


def _fours(ink: Mask) -> Mask:
    """Return the *ink* four pixels at a time, which is quick: 1 where all of them are ink."""
    width = ink.shape[1] // 4 * 4
    fours = np.ascontiguousarray(ink[:, :width]).view(np.uint32) == _FOUR
    return np.asarray(fours.view(np.uint8), np.uint8)


def _with_run(ink: Mask, length: int) -> NDArray[np.bool_]:
    """Return in which rows there may be a run of ink of that *length*: of whole fours there is."""
    run = np.ones((1, max(1, (length - 3) // 4)), np.uint8)
    return np.asarray(cv2.erode(_fours(ink), run).any(axis=1), np.bool_)


def _bands(ink: Mask, worn: Mask, letter: float) -> list[tuple[int, int]]:
    """Return the rows, first and last but one, around all that is long enough for a line."""
    thick = np.asarray(cv2.dilate(ink, np.ones((3, 1), np.uint8)), np.uint8)
    rows = np.flatnonzero(_with_run(thick, round(_LENGTH * letter)) | worn.any(axis=1))
    if not len(rows):
        return []
    reach = 2 * (round(_RAGGED * letter) + _FRINGE) + 2
    parts = np.split(rows, np.flatnonzero(np.diff(rows) > 2 * reach) + 1)
    return [(max(0, int(part[0]) - reach), int(part[-1]) + reach + 1) for part in parts]


def _bars(ink: Mask, worn: Mask, letter: float) -> list[_Bar]:
    """Return the horizontal lines in *ink*."""
    length = round(_LENGTH * letter)
    kernel = np.ones((1, length), np.uint8)
    straight = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.uint8)
    found = straight | worn | _slanting(ink, straight, kernel)
    if not found.any():
        return []
    # What the bar missed of a slanting or ragged line lies right beside it.
    beside = np.ones((2 * round(_RAGGED * letter) + 1, 1), np.uint8)
    opened = cv2.bitwise_and(cv2.dilate(found, beside), ink)
    bridge = max(3, round(_BRIDGE * letter))
    joined = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((3, bridge), np.uint8))
    labels, parts = label(np.asarray(joined, np.uint8))
    bars = []
    for number, (left, top, width, height) in enumerate(parts.boxes(), start=1):
        thickness = _THICKNESS if width < _LONG * letter else _THICK
        if (
            parts.area[number - 1] > thickness * letter * width
            or height > thickness * letter + _SLANT * width
        ):
            continue
        place = np.s_[top : top + height, left : left + width]
        window = (labels[place] == number) & (opened[place] > 0)
        bar = _measure(ink, window, left, top, letter)
        other, touched = bar.touched
        most = _TOUCHED if width < _LONG * letter else _STREAK_TOUCHED
        if other <= _UNTOUCHED and width >= _UNDERLINE * letter:
            most = _UNDERLINE_TOUCHED
        if touched <= most:
            bars.append(bar)
    return bars


def _slanting(ink: Mask, straight: Mask, kernel: Mask) -> Mask:
    """Return the ink of thin lines that leave each of their rows too soon to be among *straight*.

    A pixel to either side is as good for them; no letter is so long even then.
    """
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)
    # Beside a straight line there is nothing new: letters that stand on it.
    known = cv2.dilate(straight, np.ones((_BESIDE, 1), np.uint8))
    return np.asarray(cv2.bitwise_and(cv2.subtract(opened, known), ink), np.uint8)


def _measure(ink: Mask, window: NDArray[np.bool_], left: int, top: int, letter: float) -> _Bar:
    """Return the line that *window*, the part of the page at *left*, *top*, shows."""
    height, width = window.shape
    columns = np.arange(left, left + width)
    seen_first = top + window.argmax(axis=0)
    seen_last = top + height - 1 - window[::-1].argmax(axis=0)
    bottom = len(ink) - 1
    unseen = ~window.any(axis=0)  # where the line is worn
    goes_up = ink[np.maximum(seen_first - 1, 0), columns] > 0
    goes_down = ink[np.minimum(seen_last + 1, bottom), columns] > 0
    first = _edge(seen_first, goes_up | unseen, letter)
    # The rows are turned round for the lower edge, so that less is further out there too.
    last = bottom - _edge(bottom - seen_last, goes_down | unseen, letter)
    over = np.maximum(first - 1 - _FRINGE, 0)
    under = np.minimum(last + 1 + _FRINGE, bottom)
    other, touched = sorted((float(ink[over, columns].mean()), float(ink[under, columns].mean())))
    above = np.all([ink[np.maximum(first - row, 0), columns] for row in _SEEN], axis=0)
    below = np.all([ink[np.minimum(last + row, bottom), columns] for row in _SEEN], axis=0)
    return _Bar(left, first, last, above, below, (other, touched))


def _edge(rows: NDArray[np.intp], hidden: NDArray[np.bool_], letter: float) -> NDArray[np.intp]:
    """Return the first row of a line in each of its columns.

    Args:
        rows: the first that was found.
        hidden: where it is not seen, or goes on in ink above it: there the line has the edge that
            it has to either side.
        letter: x-height in pixels.
    """
    around = rows
    free = np.flatnonzero(~hidden)
    if len(free) >= letter:
        around = np.interp(np.arange(len(rows)), free, rows[free]).round().astype(np.intp)
    lowest = int(around.min())
    if around.max() - lowest <= 255:  # OpenCV looks so far around in bytes only
        reach = min(255, 2 * round(_AROUND * letter) + 1)
        middle = cv2.medianBlur((around - lowest).astype(np.uint8)[None], reach)[0]
        around = lowest + middle.astype(np.intp)
    return np.where(hidden, np.maximum(rows, around), np.maximum(rows, around - _ROUGH))


def _erase(grey: Pixels, ink: Mask, bar: _Bar, paper: int) -> None:
    """Paint the line over in place, with its grey fringe where nothing touches it."""
    crossed = _crossed(bar)
    start = np.where(bar.above, bar.first, np.maximum(bar.first - _FRINGE, 0))
    stop = np.where(bar.below, bar.last, np.minimum(bar.last + _FRINGE, len(grey) - 1)) + 1
    top, bottom = int(start.min()), int(stop.max())
    rows = np.arange(top, bottom)[:, None]
    line = (rows >= start) & (rows < stop) & ~crossed
    inside = (rows >= bar.first) & (rows <= bar.last)
    line &= inside | (ink[top:bottom, bar.left : bar.right] == 0)
    grey[top:bottom, bar.left : bar.right][line] = paper


def _crossed(bar: _Bar) -> NDArray[np.bool_]:
    """Return the columns of the line in which the stroke of a letter runs through it.

    Strokes lean: one may leave a line some columns beside where it came in.
    """
    rows = int(np.median(bar.last - bar.first)) + 1 + 2 * (_FRINGE + 1)
    crossed = np.zeros(len(bar.first), bool)
    for lean in range(round(_LEAN * rows) + 1):
        for above, below in ((bar.above, bar.below), (bar.below, bar.above)):
            met = above[: len(above) - lean] & below[lean:]
            for column in range(lean + 1):
                crossed[column : column + len(met)] |= met
    # A stroke's own edge is no more than a pixel away from where it is seen to cross.
    return crossed | np.roll(crossed, 1) | np.roll(crossed, -1)

"""Reading order: the strips that Tesseract saw, cut into columns and put in order.

A directive is one column of text with two places where two columns stand side by side: the header
(issuing body and number | motto, place and date) at the top of the first page, and Nơi nhận beside
the signature block at the end of the last. Tesseract reads most of them straight across. The order
wanted is: left column, then right column.

How the places are found: a *gutter* is a vertical white stripe with lines on both sides. For every
x where a wide gap lies, the lines that cross it cut the page into runs; a run is a two-column zone
when lines stand side by side in it, some of them far apart. Only a zone that begins in the upper
part of the page, or that ends its text, is taken, and none that a printed line crosses: the rest is
tables and lists, which are read across.

What always holds: no word is added, lost or altered, and the same strips give the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from pipeline.image import Ruling
from pipeline.model import Box, Word
from pipeline.recognition.hocr import Strip, word_box

# All lengths are in x-heights. At 14 pt a blank is about 0.5 of them, in loose justified lines 1.
CLEAR: Final = 1.0  # a gutter is at least this wide along its whole run: wider than any blank
APART: Final = 2.5  # and in some line the columns are at least this far apart
NEAR: Final = 2.0  # white between two lines of one column, at most
LOOSE: Final = 4.0  # and beside a line that stands alone
GAP: Final = 1.3  # a line has a gap above from this multiple of the usual line pitch
MIDDLE: Final = (0.2, 0.8)  # where between the text's left and right edges a gutter may lie
HEADER_BEGINS: Final = 0.3  # the header begins above this part of the page's height
HEADER_ENDS: Final = 0.5  # and ends above this one
ACROSS: Final = 0.5  # a line of a table is longer than this part of the zone; a pen's stroke is not
AFTER: Final = 4  # so many lines may follow the signature block: page number, footnotes


@dataclass(frozen=True, slots=True)
class Zone:
    """Two columns side by side: ``strips[start:stop]`` sorted by height, parted at x ``gutter``."""

    start: int
    stop: int
    gutter: float


def columns(strips: Sequence[Strip], height: int, rulings: Sequence[Ruling]) -> list[list[Strip]]:
    """Return the strips of a page as columns in reading order, each from top to bottom.

    Args:
        strips: in any order.
        height: of the page in pixels.
        rulings: printed lines of the page.

    The columns are: what stands above the header, its left and right column, the body, and so on;
    empty ones are left out. A strip that runs across a gutter is cut there.
    """
    rest = sorted(strips, key=_height)
    found: list[list[Strip]] = []
    done = 0
    for zone in zones(rest, height, rulings):
        inside = rest[zone.start : zone.stop]
        left = [part for strip in inside if (part := _side(strip, zone.gutter, left=True))]
        right = [part for strip in inside if (part := _side(strip, zone.gutter, left=False))]
        found += [rest[done : zone.start], left, right]
        done = zone.stop
    found.append(rest[done:])
    return [by_rows(column) for column in found if column]


def zones(strips: Sequence[Strip], height: int, rulings: Sequence[Ruling]) -> list[Zone]:
    """Return the header's and the signature block's zone, if they are there, from top to bottom.

    Args:
        strips: sorted from top to bottom.
        height: of the page in pixels.
        rulings: printed lines of the page.
    """
    if len(strips) < 2:
        return []
    x_height = median(strip.x_height for strip in strips)
    page = Box.around([strip.box for strip in strips])
    low, high = (page.left + part * page.width for part in MIDDLE)
    candidates = [
        zone
        for gutter in _gutters(strips, x_height)
        if low < gutter < high
        for zone in _runs(strips, gutter, x_height)
        if not _ruled(strips, zone, rulings)
    ]
    endings = [zone for zone in candidates if zone.stop >= len(strips) - AFTER]
    ending = max(endings, key=_size, default=None)
    before = ending.start if ending else len(strips)
    headers = [
        zone
        for zone in candidates
        if zone.stop <= before
        and strips[zone.start].box.top < HEADER_BEGINS * height
        and strips[zone.stop - 1].box.bottom < HEADER_ENDS * height
    ]
    header = max(headers, key=_size, default=None)
    return [zone for zone in (header, ending) if zone]


def by_rows(strips: Sequence[Strip]) -> list[Strip]:
    """Return *strips* from top to bottom; those side by side, from left to right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=_height):
        if rows and all(_beside(strip, other) for other in rows[-1]):
            rows[-1].append(strip)
        else:
            rows.append([strip])
    return [strip for row in rows for strip in sorted(row, key=lambda strip: strip.box.left)]


def gaps_above(column: Sequence[Strip]) -> list[bool]:
    """Return for each strip of a column whether clearly more than a line's pitch lies above it.

    The usual pitch is the first quartile of the distances between baselines: in a text of short
    paragraphs most distances include the space between paragraphs.
    """
    steps = [below.baseline - above.baseline for above, below in pairwise(column)]
    real = sorted(
        step for step, strip in zip(steps, column[1:], strict=True) if step > strip.x_height
    )
    if not real:
        return [False] * len(column)
    pitch = real[len(real) // 4]
    return [False, *(step > GAP * pitch for step in steps)]


def _gutters(strips: Sequence[Strip], x_height: float) -> list[float]:
    """Return the x at which a gutter may lie: in the middle and near the ends of wide gaps."""
    gaps = [
        (word_box(before).right, word_box(after).left)
        for strip in strips
        for before, after in pairwise(strip.words)
    ]
    gaps += [
        (one.box.right, other.box.left)
        for one in strips
        for other in strips
        if one is not other and _beside(one, other)
    ]
    margin = CLEAR * x_height / 2
    return sorted(
        {
            x
            for left, right in gaps
            if right - left >= APART * x_height
            for x in (left + margin, (left + right) / 2, right - margin)
        }
    )


def _runs(strips: Sequence[Strip], gutter: float, x_height: float) -> list[Zone]:
    """Return the two-column zones at *gutter*: maximal runs of strips that do not cross it."""
    found = []
    start = 0
    for index in range(len(strips) + 1):
        if index < len(strips) and not _crosses(strips[index], gutter, CLEAR * x_height):
            continue
        zone = _trimmed(strips, Zone(start, index, gutter), x_height)
        if zone:
            found.append(zone)
        start = index + 1
    return found


def _trimmed(strips: Sequence[Strip], zone: Zone, x_height: float) -> Zone | None:
    """Return *zone* without the one-column lines around it, or None when it has no two columns."""
    inside = range(zone.start, zone.stop)
    left = {i: part for i in inside if (part := _side(strips[i], zone.gutter, left=True))}
    right = {i: part for i in inside if (part := _side(strips[i], zone.gutter, left=False))}
    apart = [
        right[j].box.left - left[i].box.right
        for i in left
        for j in right
        if i == j or _beside(left[i], right[j])
    ]
    if not apart or max(apart) < APART * x_height:
        return None
    if not _are_columns([*left.values()], [*right.values()], LOOSE * x_height):
        return None
    top = max(
        min(part.box.top for part in left.values()), min(part.box.top for part in right.values())
    )
    start = next(i for i in inside if strips[i].box.bottom > top)
    # A right column that begins higher than the left one is read after it all the same.
    while start > zone.start and start - 1 not in left:
        if strips[start].box.top - strips[start - 1].box.bottom > NEAR * x_height:
            break
        start -= 1
    return Zone(start, zone.stop, zone.gutter) if zone.stop - start > 1 else None


def _are_columns(left: Sequence[Strip], right: Sequence[Strip], loose: float) -> bool:
    """Tell whether there are two columns, or only one line with a wide blank in it.

    Two lines on either side make a column; beside one alone the second must be near enough, at most
    *loose* pixels above or below it.
    """
    few, many = sorted((left, right), key=len)
    if len(few) > 1:
        return True
    alone = few[0].box
    others = [strip.box for strip in many if not _beside(few[0], strip)]
    return any(max(alone.top - other.bottom, other.top - alone.bottom) <= loose for other in others)


def _ruled(strips: Sequence[Strip], zone: Zone, rulings: Sequence[Ruling]) -> bool:
    """Return whether a printed line runs across the gutter of *zone*: then it is a table."""
    box = Box.around([strip.box for strip in strips[zone.start : zone.stop]])
    return any(
        ruling.horizontal
        and box.top < ruling.top < box.bottom
        and ruling.left < zone.gutter < ruling.right
        and ruling.right - ruling.left > ACROSS * box.width
        for ruling in rulings
    )


def _side(strip: Strip, gutter: float, *, left: bool) -> Strip | None:
    """Return the part of *strip* on one side of *gutter*, if any."""
    words: list[Word] = [word for word in strip.words if (word_box(word).middle < gutter) == left]
    return strip.part(words) if words else None


def _crosses(strip: Strip, gutter: float, width: float) -> bool:
    """Return whether a word of *strip* reaches into the stripe of *width* around *gutter*."""
    low, high = gutter - width / 2, gutter + width / 2
    return any(box.left < high and box.right > low for box in map(word_box, strip.words))


def _beside(one: Strip, other: Strip) -> bool:
    """Return whether two strips share half of a height and no x."""
    a, b = one.box, other.box
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared >= min(a.height, b.height) / 2 and (a.right <= b.left or b.right <= a.left)


def _height(strip: Strip) -> tuple[float, int]:
    box = strip.box
    return box.top + box.height / 2, box.left


def _size(zone: Zone) -> int:
    return zone.stop - zone.start

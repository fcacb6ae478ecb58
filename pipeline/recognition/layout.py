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
from itertools import chain, pairwise
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
# What is left of a seal or a pen's stroke is read as unsure words; they close no gutter.
UNSURE: Final = 0.3  # confidence
SCRAPS: Final = 0.2  # of the lines of a zone that may have such a word in its gutter, at most
USUAL: Final = 1.6  # times the other blanks of a line: one between columns is wider
FEWEST_BLANKS: Final = 3  # tell what is usual
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
    rest = sorted(strips, key=height_of)
    found: list[list[Strip]] = []
    done = 0
    for zone in zones(rest, height, rulings):
        inside = rest[zone.start : zone.stop]
        left = [part for strip in inside if (part := side(strip, zone.gutter, left=True))]
        right = [part for strip in inside if (part := side(strip, zone.gutter, left=False))]
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
    gutters = [gutter for gutter in _gutters(strips, x_height) if low < gutter < high]

    def candidates(least: float) -> list[Zone]:
        runs = (_runs(strips, gutter, x_height, least) for gutter in gutters)
        return [zone for zone in chain.from_iterable(runs) if not _ruled(strips, zone, rulings)]

    endings = [
        Zone(start, zone.stop, zone.gutter)
        for zone in candidates(UNSURE)  # seals and pens stand there
        if zone.stop >= len(strips) - AFTER
        and (start := _first_apart(strips, zone)) < zone.stop - 1
    ]
    ending = max(endings, key=_size, default=None)
    before = ending.start if ending else len(strips)
    headers = [
        Zone(zone.start, stop, zone.gutter)
        for zone in candidates(0.0)
        if zone.stop <= before
        and (stop := _last_apart(strips, zone)) > zone.start + 1
        and strips[zone.start].box.top < HEADER_BEGINS * height
        and strips[stop - 1].box.bottom < HEADER_ENDS * height
    ]
    header = max(headers, key=_size, default=None)
    return [zone for zone in (header, ending) if zone]


def by_rows(strips: Sequence[Strip]) -> list[Strip]:
    """Return *strips* from top to bottom; those side by side, from left to right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=height_of):
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


def _runs(strips: Sequence[Strip], gutter: float, x_height: float, least: float) -> list[Zone]:
    """Return the two-column zones at *gutter*: maximal runs of strips that do not cross it.

    Words of less confidence than *least* may, in a few of them.
    """
    found = []
    start = 0
    width = CLEAR * x_height
    for index in range(len(strips) + 1):
        if index < len(strips) and not _crosses(strips[index], gutter, width, least):
            continue
        zone = _trimmed(strips, Zone(start, index, gutter), x_height)
        if zone:
            found.append(zone)
        start = index + 1
    return found


def _first_apart(strips: Sequence[Strip], zone: Zone) -> int:
    """Return where the columns of a signature block begin, below the text that runs across."""
    start = zone.start
    while start < zone.stop and _runs_across(strips[start], zone.gutter):
        start += 1
    return start


def _last_apart(strips: Sequence[Strip], zone: Zone) -> int:
    """Return where the columns of a header end, above the text that runs across."""
    stop = zone.stop
    while stop > zone.start and _runs_across(strips[stop - 1], zone.gutter):
        stop -= 1
    return stop


def _runs_across(strip: Strip, gutter: float) -> bool:
    """Tell whether the blank of a line at *gutter* is no wider than its other ones."""
    boxes = [word_box(word) for word in strip.words]
    blanks = [after.left - before.right for before, after in pairwise(boxes)]
    at = next((at for at, box in enumerate(boxes) if box.middle >= gutter), 0)
    if at == 0 or len(blanks) < FEWEST_BLANKS:
        return False
    own = blanks.pop(at - 1)
    return own < USUAL * median(blanks)


def _trimmed(strips: Sequence[Strip], zone: Zone, x_height: float) -> Zone | None:
    """Return *zone* without the one-column lines around it, or None when it has no two columns."""
    inside = range(zone.start, zone.stop)
    crossing = sum(_crosses(strips[i], zone.gutter, CLEAR * x_height) for i in inside)
    if crossing > SCRAPS * len(inside):
        return None
    left = {i: part for i in inside if (part := side(strips[i], zone.gutter, left=True))}
    right = {i: part for i in inside if (part := side(strips[i], zone.gutter, left=False))}
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


def side(strip: Strip, gutter: float, *, left: bool) -> Strip | None:
    """Return the part of *strip* on one side of *gutter*, if any."""
    words: list[Word] = [word for word in strip.words if (word_box(word).middle < gutter) == left]
    return strip.part(words) if words else None


def _crosses(strip: Strip, gutter: float, width: float, least: float = 0.0) -> bool:
    """Return whether a word of *strip* reaches into the stripe of *width* around *gutter*.

    Words of less confidence than *least* do not count.
    """
    low, high = gutter - width / 2, gutter + width / 2
    return any(
        box.left < high
        and box.right > low
        and (word.confidence is None or word.confidence >= least)
        for word, box in zip(strip.words, map(word_box, strip.words), strict=True)
    )


def _beside(one: Strip, other: Strip) -> bool:
    """Return whether two strips share half of a height and no x."""
    a, b = one.box, other.box
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared >= min(a.height, b.height) / 2 and (a.right <= b.left or b.right <= a.left)


def height_of(strip: Strip) -> tuple[float, int]:
    """Return where a strip stands, to sort by: its middle, then its left edge."""
    box = strip.box
    return box.top + box.height / 2, box.left


def _size(zone: Zone) -> int:
    return zone.stop - zone.start

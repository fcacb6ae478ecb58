"""Recognition: page image → lines of words with boxes, confidences and choices, in reading order.

Tesseract reads the page, its tables cell by cell (:mod:`pipeline.recognition.cells`), and once more
what it passed over (:mod:`pipeline.recognition.unread`); after that all is arithmetic on its words.
What always holds:

* Nothing is corrected and nothing is dropped: every word that was read is in exactly one line.
* Lines stand in reading order: header left column, header right column, type and subject, body,
  recipients, signature block; a table stands at its height, cell by cell.
* The same page gives the same lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline import tesseract
from pipeline.image import CleanPage, Leader, PageImage, to_grey
from pipeline.model import Cell, Line
from pipeline.recognition import cells, layout, tables
from pipeline.recognition.again import Unsure, find_unsure
from pipeline.recognition.apart import Apart, find_apart
from pipeline.recognition.borderless import find_borderless, unread_again
from pipeline.recognition.crossed import with_crossed_doubted
from pipeline.recognition.dirt import without_trust_in_dirt
from pipeline.recognition.doubled import read_once
from pipeline.recognition.folio import Folio, find_folio
from pipeline.recognition.hocr import Strip, parse
from pipeline.recognition.leaders import read_ends, with_leaders
from pipeline.recognition.misfits import with_misfits_doubted
from pipeline.recognition.stack import read_all
from pipeline.recognition.streaks import without_streaks
from pipeline.recognition.strokes import with_miscounted_doubted
from pipeline.recognition.typeface import with_faces
from pipeline.recognition.unread import look_again, read_stamped
from pipeline.settings import RecognitionSettings

FULL_PAGE = 3  # Tesseract's page segmentation mode that finds blocks by itself


def recognise(page: CleanPage, settings: RecognitionSettings) -> tuple[Line, ...]:
    """Return the lines that stand on *page*, in reading order; none on a blank page.

    Raises:
        NoTesseractError: Tesseract is not there or does not start.
        NoLanguageError: a model of ``settings.language`` is not there.
        OcrFailedError: Tesseract crashed, ran out of time, or wrote nonsense.
    """
    if page.blank:
        return ()
    image = PageImage(to_grey(page.image.pixels), page.image.dpi)
    drawn = page.rulings
    page = replace(page, rulings=without_streaks(drawn, image.width, image.height))
    first = _read_first(image, page, settings)
    strips = first.page
    folio = Folio()
    stamped: tuple[Strip, ...] = ()
    if settings.second_look:
        strips = look_again(first.rest, strips, settings)
        folio = find_folio(first.rest, strips)
        if page.stamped is not None:
            stamped_only = PageImage(page.stamped, image.dpi)
            stamped = read_stamped(stamped_only, page.x_height, settings)
    strips += first.cells
    printed = len(strips)
    strips += stamped
    unsure = find_unsure(image, strips, page.x_height) if settings.read_again else Unsure()
    mixed = Apart()
    if settings.read_again:
        mixed = find_apart(image, strips[:printed], page.rulings, page.x_height)
    # In one call: each start of Tesseract takes as long as some lines.
    read = iter(read_all([*unsure.stack.pictures, *mixed.pictures, *folio.pictures], settings))
    strips = unsure.decided(strips, [next(read) for _ in unsure.stack.pictures])
    strips, stamped = strips[:printed], strips[printed:]
    strips = mixed.decided(strips, [next(read) for _ in mixed.pictures])
    # What is stamped is no longer on the image.
    trusted = without_trust_in_dirt(image, strips, page.x_height)
    trusted = with_miscounted_doubted(image, with_crossed_doubted(trusted, drawn))
    strips = trusted + stamped + folio.number(list(read))
    if settings.faces:
        strips = with_faces(image, strips, page.x_height)
    return with_misfits_doubted(arrange(strips, page, [table.grid for table in first.tables]))


@dataclass(frozen=True, slots=True)
class _First:
    """What was read at first.

    Attributes:
        tables: from top to bottom.
        cells: what was read in their cells.
        page: what was read beside them.
        rest: the page without them.
    """

    tables: list[cells.Table]
    cells: tuple[Strip, ...]
    page: tuple[Strip, ...]
    rest: PageImage


def _read_first(image: PageImage, page: CleanPage, settings: RecognitionSettings) -> _First:
    """Read the page as a whole, and its tables cell by cell, with rules and without."""
    ruled = cells.understood(image, tables.grids(page.rulings, image.height), page.x_height)
    rest = cells.without(image, ruled) if settings.cells else image
    whole = read_once(parse(tesseract.hocr(rest, FULL_PAGE, settings)))
    inside = [leader for leader in page.leaders if _in_table(leader, ruled)]
    outside = [leader for leader in page.leaders if leader not in inside]
    whole += read_ends(rest, whole, outside, page.x_height, settings)
    whole = with_leaders(whole, outside, page.rulings, page.x_height)
    if not settings.cells:
        return _First(ruled, (), whole, rest)
    unruled = find_borderless(rest, whole, page.x_height)
    borderless = [table for table in unruled if not any(map(table.overlaps, ruled))]
    beside = whole
    for table in borderless:
        beside = tuple(tables.outside(beside, table.grid))
    found = sorted([*ruled, *borderless], key=lambda table: table.grid.rows[0])
    read = cells.read_cells(image, found, page.x_height, settings)
    read += unread_again(borderless, whole, read)
    read = with_leaders(read, inside, page.rulings, page.x_height)
    return _First(found, read, beside, cells.without(rest, borderless))


def _in_table(leader: Leader, found: Sequence[cells.Table]) -> bool:
    """Tell whether a leader stands in a cell that is read by itself."""
    box = leader.box
    places = [table.grid.cell(box.middle, box.bottom) for table in found]
    return any(place in table.inside for place, table in zip(places, found, strict=True))


def arrange(
    strips: Sequence[Strip], page: CleanPage, grids: Sequence[tables.Grid]
) -> tuple[Line, ...]:
    """Return what Tesseract saw on *page*, with the tables *grids*, as lines in reading order.

    Tables are taken out first, so that their columns are not taken for those of a header; each then
    goes back before the first line that stands below it.
    """
    height = page.image.height
    rest = list(strips)
    found: list[tuple[float, list[tuple[Cell, list[Strip]]]]] = []
    for table, grid in enumerate(grids):
        found.append((grid.rows[0], tables.in_cells(rest, grid, table)))
        rest = tables.outside(rest, grid)

    lines: list[Line] = []
    for column in layout.columns(rest, height, page.rulings):
        for strip, gap in zip(column, layout.gaps_above(column), strict=True):
            while found and found[0][0] < strip.box.top:
                lines += tables.lines_of(found.pop(0)[1])
            lines.append(Line(strip.words, strip.box, gap))
    for _, filled in found:
        lines += tables.lines_of(filled)
    return tuple(lines)

"""Page images to page images that OCR reads better: one defect, one file.

What always holds: each step measures before it acts and is recorded only when it acted; the image
that came in is never changed; a clean grey page comes out as it went in. The result is grey.
"""

from __future__ import annotations

from functools import partial

from pipeline.components import label
from pipeline.image import (
    CleanPage,
    Leader,
    PageImage,
    Pixels,
    Ruling,
    paper_level,
    rescale,
    to_grey,
)
from pipeline.imaging import (
    blank,
    borders,
    contrast,
    deskew,
    holes,
    inverse,
    leaders,
    noise,
    orientation,
    paleseals,
    perspective,
    resolution,
    rings,
    rulings,
    seals,
    shade,
    spread,
    textlines,
)
from pipeline.imaging.ink import ink_mask
from pipeline.imaging.log import Log, Watch, unwatched
from pipeline.imaging.sheet import Sheet
from pipeline.imaging.textlines import Direction, View
from pipeline.settings import ImagingSettings

__all__ = ["clean", "find_rulings", "unwatched"]

_LEAST = 16  # pixels: nothing that is narrower or lower can be read


def clean(
    image: PageImage, settings: ImagingSettings, watch: Watch = unwatched
) -> tuple[CleanPage, ...]:
    """Return the page as OCR should see it, with what was done to it; two, if it shows two.

    The order matters: all steps expect dark on light, faint print is seen by no other step, large
    letters cost time in every one, a page is cut out of its photograph whole, a dark frame would be
    taken for shade, a seal needs colour, and lines of text are only measured on even light; letters
    are measured and rules found on the straight page.

    Args:
        image: as scanned.
        settings: which steps may act.
        watch: is shown the page as it came, and after each step that acted.
    """
    watch("page", image.pixels)
    if min(image.width, image.height) < _LEAST:
        return (CleanPage(image, blank=True),)
    log = Log(watch)
    in_colour = settings.seals and seals.has_colour(image.pixels)
    pixels = image.pixels if in_colour else to_grey(image.pixels)
    pixels = _dark_on_light(pixels, settings, log)
    pixels = _strong(pixels, settings, log)
    pixels, dpi = _reduced(pixels, image.dpi, settings, log)
    pixels = _flattened(pixels, settings, log)
    pixels = _without_borders(pixels, settings, log)
    unsealed = _without_seals(pixels, log)
    grey = _evenly_lit(unsealed.grey, settings, log)
    grey = _without_pale_seals(grey, settings, log)
    view = textlines.look(grey)
    if paper_level(grey) == 0 or blank.is_blank(view):
        return (CleanPage(PageImage(grey, dpi), steps=tuple(log.steps), blank=True),)
    if noise.is_all_noise(grey, view, settings.max_skew):
        image = PageImage(log.add("all_noise", float(len(view.found)), grey), dpi)
        return (CleanPage(image, steps=tuple(log.steps), noise=True),)
    sheet = _upright(unsealed.with_grey(grey), view, settings, log)
    gutter = spread.find_gutter(sheet.grey) if settings.spread else None
    if gutter is None:
        return (_ready(sheet, view.x_height, dpi, settings, log),)
    halves = sheet.columns(slice(None, gutter)), sheet.columns(slice(gutter, None))
    return tuple(_half(half, side, dpi, settings, log) for side, half in enumerate(halves, start=1))


def find_rulings(image: PageImage, letter: float) -> tuple[Ruling, ...]:
    """Return the printed lines of a page that is clean and straight already.

    Args:
        image: as drawn from a file.
        letter: x-height of its small letters in pixels.
    """
    return rulings.take_out(to_grey(image.pixels), letter)[1]


def _half(sheet: Sheet, side: int, dpi: int, settings: ImagingSettings, log: Log) -> CleanPage:
    """Return one of two pages on a picture, the left (1) or the right one (2)."""
    own = log.branch()
    own.add("spread", float(side), sheet.grey)
    view = textlines.look(sheet.grey)
    if blank.is_blank(view):
        return CleanPage(PageImage(sheet.grey, dpi), steps=tuple(own.steps), blank=True)
    rows = textlines.find_direction(view.letters, settings.max_skew)
    return _ready(_straight(sheet, rows, settings, own), view.x_height, dpi, settings, own)


def _ready(
    sheet: Sheet, letter: float | None, dpi: int, settings: ImagingSettings, log: Log
) -> CleanPage:
    """Return one upright page with the steps taken that depend on its *letter*, the x-height."""
    if settings.holes and letter and (found := holes.find_holes(sheet.grey, letter)).any():
        painted = holes.paint_out(sheet.grey, found)
        sheet = sheet.with_grey(log.add("holes", round(float(found.mean()), 4), painted))
    if settings.noise:
        specks, share = noise.measure_noise(sheet.grey)
        if share:
            sheet = sheet.with_grey(noise.remove_specks(sheet.grey, specks))
            log.add("noise", round(share, 3), sheet.grey)
            letter = noise.measure_letters(sheet.grey, label(ink_mask(sheet.grey))[1])
    factor = 1.0
    if settings.resolution:
        factor = resolution.scale_of(letter, max(sheet.grey.shape), settings.x_height)
        factor = resolution.spared(sheet.grey, factor)
    if factor != 1.0:
        sheet = sheet.moved(partial(rescale, factor=factor))
        log.add("resolution", round(factor, 3), sheet.grey)
    x_height = letter * factor if letter else float(settings.x_height)
    dotless, leading = _without_leaders(sheet.grey, x_height, settings, log)
    grey, lines = _without_rulings(dotless, x_height, settings, log)
    image = PageImage(grey, round(dpi * factor))
    steps = tuple(log.steps)
    return CleanPage(image, lines, steps, x_height=x_height, stamped=sheet.stamped, leaders=leading)


def _dark_on_light(pixels: Pixels, settings: ImagingSettings, log: Log) -> Pixels:
    if not settings.inverse:
        return pixels
    negatives, share = inverse.find_negatives(pixels)
    return (
        log.add("inverse", round(share, 4), inverse.turn_over(pixels, negatives))
        if share
        else pixels
    )


def _strong(pixels: Pixels, settings: ImagingSettings, log: Log) -> Pixels:
    depth = contrast.measure_faintness(pixels) if settings.contrast else None
    if depth is None:
        return pixels
    return log.add("contrast", round(depth, 3), contrast.strengthen(pixels, depth))


def _reduced(pixels: Pixels, dpi: int, settings: ImagingSettings, log: Log) -> tuple[Pixels, int]:
    factor = 1.0
    if settings.resolution:
        factor = resolution.measure_excess(pixels, settings.x_height)
    if factor == 1.0:
        return pixels, dpi
    return log.add("resolution", round(factor, 3), rescale(pixels, factor)), round(dpi * factor)


def _flattened(pixels: Pixels, settings: ImagingSettings, log: Log) -> Pixels:
    sheet = perspective.find_sheet(pixels) if settings.perspective else None
    if sheet is None:
        return pixels
    flat = perspective.flatten(pixels, sheet.corners)
    return log.add("perspective", round(sheet.lean, 2), flat)


def _without_borders(pixels: Pixels, settings: ImagingSettings, log: Log) -> Pixels:
    if not settings.borders:
        return pixels
    frame, share = borders.find_borders(pixels)
    if not share:
        return pixels
    return log.add("borders", round(share, 4), borders.paint_out(pixels, frame))


def _without_seals(pixels: Pixels, log: Log) -> Sheet:
    if pixels.ndim == 2:
        return Sheet(pixels)
    sheet, share = seals.remove_seals(pixels)
    if share:
        log.add("seals", round(share, 4), sheet.grey)
    if sheet.stamped is not None:
        log.watch("stamped", sheet.stamped)
    return sheet


def _without_pale_seals(grey: Pixels, settings: ImagingSettings, log: Log) -> Pixels:
    if not settings.seals:
        return grey
    ringless, rings_share = rings.remove_rings(grey)
    cleaned, share = paleseals.remove_pale_seals(ringless)
    share += rings_share
    return log.add("pale_seals", round(share, 4), cleaned) if share else grey


def _evenly_lit(grey: Pixels, settings: ImagingSettings, log: Log) -> Pixels:
    if not settings.shade:
        return grey
    background, uneven = shade.measure_shade(grey)
    if not shade.is_uneven(uneven):
        return grey
    return log.add("shade", round(uneven, 3), shade.even_out(grey, background))


def _upright(sheet: Sheet, view: View, settings: ImagingSettings, log: Log) -> Sheet:
    limit = settings.max_skew
    rows = textlines.find_direction(view.letters, limit)
    if rows is None:
        return sheet
    degrees = 0
    if settings.orientation:
        degrees = orientation.find_orientation(sheet.grey, view, rows, limit)
    if degrees:
        sheet = sheet.moved(partial(orientation.turn, degrees=degrees))
        log.add("orientation", float(degrees), sheet.grey)
        rows = textlines.find_direction(textlines.look(sheet.grey).letters, limit)
    return _straight(sheet, rows, settings, log)


def _straight(sheet: Sheet, rows: Direction | None, settings: ImagingSettings, log: Log) -> Sheet:
    angle = deskew.measure_skew(rows) if rows and settings.deskew else None
    if angle is None or abs(angle) < settings.min_skew:
        return sheet
    sheet = sheet.moved(partial(deskew.straighten, angle=angle))
    log.add("deskew", round(angle, 2), sheet.grey)
    return sheet


def _without_leaders(
    grey: Pixels, letter: float, settings: ImagingSettings, log: Log
) -> tuple[Pixels, tuple[Leader, ...]]:
    if not settings.leaders:
        return grey, ()
    cleaned, found = leaders.take_out(grey, letter)
    return log.add("leaders", float(len(found)), cleaned) if found else cleaned, found


def _without_rulings(
    grey: Pixels, letter: float, settings: ImagingSettings, log: Log
) -> tuple[Pixels, tuple[Ruling, ...]]:
    if not settings.rulings:
        return grey, ()
    cleaned, lines = rulings.take_out(grey, letter)
    return log.add("rulings", float(len(lines)), cleaned) if lines else cleaned, lines

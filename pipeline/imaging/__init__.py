"""Page images to page images that OCR reads better: one defect, one file.

What always holds: each step measures before it acts and is recorded only when it acted; the image
that came in is never changed; a clean grey page comes out as it went in. The result is grey.
"""

from __future__ import annotations

import numpy as np

from pipeline.components import label
from pipeline.image import CleanPage, PageImage, Pixels, Ruling, paper_level, rescale, to_grey
from pipeline.imaging import (
    blank,
    borders,
    contrast,
    deskew,
    inverse,
    noise,
    orientation,
    perspective,
    resolution,
    rings,
    rulings,
    seals,
    shade,
    spread,
    textlines,
)
from pipeline.imaging.ink import ink_mask, letter_height
from pipeline.imaging.log import Log, Watch, unwatched
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
    grey = _without_seals(pixels, log)
    grey = _evenly_lit(grey, settings, log)
    grey = _without_pale_seals(grey, settings, log)
    view = textlines.look(grey)
    if paper_level(grey) == 0 or blank.is_blank(view):
        return (CleanPage(PageImage(grey, dpi), steps=tuple(log.steps), blank=True),)
    if noise.is_all_noise(grey, view, settings.max_skew):
        image = PageImage(log.add("all_noise", float(len(view.found)), grey), dpi)
        return (CleanPage(image, steps=tuple(log.steps), noise=True),)
    grey = _upright(grey, view, settings, log)
    gutter = spread.find_gutter(grey) if settings.spread else None
    if gutter is None:
        return (_ready(grey, view.x_height, dpi, settings, log),)
    halves = grey[:, :gutter], grey[:, gutter:]
    return tuple(
        _half(np.ascontiguousarray(half), side, dpi, settings, log)
        for side, half in enumerate(halves, start=1)
    )


def find_rulings(image: PageImage, letter: float) -> tuple[Ruling, ...]:
    """Return the printed lines of a page that is clean and straight already.

    Args:
        image: as drawn from a file.
        letter: x-height of its small letters in pixels.
    """
    return rulings.take_out(to_grey(image.pixels), letter)[1]


def _half(grey: Pixels, side: int, dpi: int, settings: ImagingSettings, log: Log) -> CleanPage:
    """Return one of two pages on a picture, the left (1) or the right one (2)."""
    own = log.branch()
    grey = own.add("spread", float(side), grey)
    view = textlines.look(grey)
    rows = textlines.find_direction(view.letters, settings.max_skew)
    return _ready(_straight(grey, rows, settings, own), view.x_height, dpi, settings, own)


def _ready(
    grey: Pixels, letter: float | None, dpi: int, settings: ImagingSettings, log: Log
) -> CleanPage:
    """Return one upright page with the steps taken that depend on its *letter*, the x-height."""
    if settings.noise:
        specks, share = noise.measure_noise(grey)
        if share:
            grey = log.add("noise", round(share, 3), noise.remove_specks(grey, specks))
            _, found = label(ink_mask(grey))
            letter = letter_height(found)
    factor = 1.0
    if settings.resolution:
        factor = resolution.scale_of(letter, max(grey.shape), settings.x_height)
    if factor != 1.0:
        grey = log.add("resolution", round(factor, 3), rescale(grey, factor))
    x_height = letter * factor if letter else float(settings.x_height)
    grey, lines = _without_rulings(grey, x_height, settings, log)
    image = PageImage(grey, round(dpi * factor))
    return CleanPage(image, lines, tuple(log.steps), x_height=x_height)


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


def _without_seals(pixels: Pixels, log: Log) -> Pixels:
    if pixels.ndim == 2:
        return pixels
    grey, share = seals.remove_seals(pixels)
    return log.add("seals", round(share, 4), grey) if share else grey


def _without_pale_seals(grey: Pixels, settings: ImagingSettings, log: Log) -> Pixels:
    if not settings.seals:
        return grey
    ringless, rings_share = rings.remove_rings(grey)
    cleaned, share = seals.remove_pale_seals(ringless)
    share += rings_share
    return log.add("pale_seals", round(share, 4), cleaned) if share else grey


def _evenly_lit(grey: Pixels, settings: ImagingSettings, log: Log) -> Pixels:
    if not settings.shade:
        return grey
    background, uneven = shade.measure_shade(grey)
    if not shade.is_uneven(uneven):
        return grey
    return log.add("shade", round(uneven, 3), shade.even_out(grey, background))


def _upright(grey: Pixels, view: View, settings: ImagingSettings, log: Log) -> Pixels:
    limit = settings.max_skew
    rows = textlines.find_direction(view.letters, limit)
    if rows is None:
        return grey
    degrees = 0
    if settings.orientation:
        degrees = orientation.find_orientation(grey, view, rows, limit)
    if degrees:
        grey = log.add("orientation", float(degrees), orientation.turn(grey, degrees))
        rows = textlines.find_direction(textlines.look(grey).letters, limit)
    return _straight(grey, rows, settings, log)


def _straight(grey: Pixels, rows: Direction | None, settings: ImagingSettings, log: Log) -> Pixels:
    angle = deskew.measure_skew(rows) if rows and settings.deskew else None
    if angle is None or abs(angle) < settings.min_skew:
        return grey
    return log.add("deskew", round(angle, 2), deskew.straighten(grey, angle))


def _without_rulings(
    grey: Pixels, letter: float, settings: ImagingSettings, log: Log
) -> tuple[Pixels, tuple[Ruling, ...]]:
    if not settings.rulings:
        return grey, ()
    cleaned, lines = rulings.take_out(grey, letter)
    return log.add("rulings", float(len(lines)), cleaned) if lines else cleaned, lines

"""A decoded picture of any Pillow mode to the grey or RGB bytes of an upright page.

A page of 600 dpi takes hundreds of megabytes, and each step would take as much again. So the
picture is gone through in bands, each of which is written where it belongs on the upright page;
colour takes room only from the first band that has any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from PIL import Image

from pipeline.image import Pixels
from pipeline.sources.colour import without_needless_colour

SIDEWAYS: Final = frozenset({5, 6, 7, 8})  # values of the EXIF orientation that swap the sides

_BAND: Final = 2**22  # pixels
_DEEP: Final = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
_LAYERED: Final = frozenset({"LA", "PA", "La", "RGBa"})
_SEEN: Final = 128  # opacity from which a pixel counts as ink
_LIGHT: Final = 200  # grey from which it would be lost on white
_NEARLY_ALL: Final = 0.99


def to_pixels(image: Image.Image, orientation: int = 1) -> Pixels:
    """Return the page that *image* shows, on white where it is transparent.

    It is on black when all that is seen is light: white print on nothing would be lost on white.

    Args:
        image: loaded.
        orientation: how it was held, as EXIF numbers it.
    """
    width, height = image.size
    shape = (width, height) if orientation in SIDEWAYS else (height, width)
    scale = _scale_of(image) if image.mode in _DEEP else 1.0
    paper = _paper_of(image)
    page = np.empty(shape, np.uint8)
    for top, band in _bands(image):
        rows = np.s_[top : top + band.height]
        pixels = _to_bytes(np.asarray(band), scale) if band.mode in _DEEP else _flat(band, paper)
        if pixels.ndim == 3 and page.ndim == 2:
            page = np.repeat(page[..., None], 3, axis=2)
        grey_in_colour = page.ndim == 3 and pixels.ndim == 2
        _as_held(page, orientation)[rows] = pixels[..., None] if grey_in_colour else pixels
    return page


def _bands(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    step = max(1, _BAND // image.width)
    for top in range(0, image.height, step):
        yield top, image.crop((0, top, image.width, min(image.height, top + step)))


def _as_held(page: Pixels, orientation: int) -> Pixels:
    """Return a view of the upright *page* as the picture shows it."""
    match orientation:
        case 2:
            return page[:, ::-1]
        case 3:
            return page[::-1, ::-1]
        case 4:
            return page[::-1]
        case 5:
            return page.swapaxes(0, 1)
        case 6:
            return np.rot90(page)
        case 7:
            return page[::-1, ::-1].swapaxes(0, 1)
        case 8:
            return np.rot90(page, -1)
        case _:
            return page


def _is_layered(image: Image.Image) -> bool:
    return image.has_transparency_data or image.mode in _LAYERED


def _paper_of(image: Image.Image) -> str:
    """Return the colour of what lies under a picture that is mostly transparent, else white."""
    if not _is_layered(image):
        return "white"
    seen = light = 0
    for _, band in _bands(image):
        layer = band.convert("RGBA")
        ink = np.asarray(layer.getchannel("A")) >= _SEEN
        seen += int(np.count_nonzero(ink))
        light += int(np.count_nonzero(np.asarray(layer.convert("L"))[ink] >= _LIGHT))
    mostly_nothing = 2 * seen < image.width * image.height
    return "black" if mostly_nothing and light > _NEARLY_ALL * seen else "white"


def _flat(band: Image.Image, paper: str) -> Pixels:
    if _is_layered(band):
        below = Image.new("RGBA", band.size, paper)
        band = Image.alpha_composite(below, band.convert("RGBA"))
    elif band.mode in {"1", "L"}:
        return np.asarray(band.convert("L"))
    return without_needless_colour(np.asarray(band.convert("RGB")))


def _scale_of(image: Image.Image) -> float:
    """Return what brings samples of more than 8 bits to bytes; 1 if they only use 8 bits."""
    highest = max(
        float(np.max(np.nan_to_num(np.asarray(band)), initial=0)) for _, band in _bands(image)
    )
    if 0.0 < highest <= 1.0 and image.mode == "F":
        return 255.0
    return 255.0 / 65535.0 if highest > 255.0 else 1.0


def _to_bytes(deep: np.ndarray, scale: float) -> Pixels:
    values = np.nan_to_num(deep.astype(np.float32)) * scale
    return np.asarray(np.clip(values.round(), 0, 255), np.uint8)

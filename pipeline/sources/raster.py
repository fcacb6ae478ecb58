"""Image files as a source, decoded by Pillow: TIFF (many pages), PNG, JPEG, BMP and WebP.

What always holds: a page comes out as grey or RGB bytes, upright as its EXIF tag says, with square
pixels, on plain paper where it was transparent; nothing above the pixel ceiling is decoded.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from pipeline.errors import DamagedInputError, OversizedInputError
from pipeline.image import PageImage, Pixels
from pipeline.settings import SourceSettings
from pipeline.sources.bands import SIDEWAYS, to_pixels
from pipeline.sources.quiet import quiet
from pipeline.sources.strips import picture_is_whole

# Our own ceiling is checked before a pixel is decoded; Pillow's would refuse large scans at random.
Image.MAX_IMAGE_PIXELS = None

# What Pillow's decoders raise on bytes that are not what they should be.
_DAMAGE: Final = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    struct.error,
)
_DPI_RANGE: Final = (50.0, 2400.0)  # outside it, the file lies
_MAX_STRETCH: Final = 4.0
_SUBFILE_TYPE: Final = 254  # TIFF tag; bit 0 marks a thumbnail of another page
_ORIENTATION: Final = 274  # EXIF tag


def count_pages(path: Path) -> int:
    """Return the number of pages. The first damaged page counts and ends the count.

    Raises:
        DamagedInputError: not even the first page can be opened.
    """
    with _opened(path) as image:
        return sum(1 for _ in _frames(image))


def read_image(path: Path, index: int, settings: SourceSettings) -> PageImage:
    """Return page *index* (from 0).

    Raises:
        OversizedInputError: it has more pixels than ``settings.max_pixels``.
        DamagedInputError: it cannot be decoded to its end.
    """
    with _opened(path) as image:
        try:
            frame = next(islice(_frames(image), index, None))
            if frame is None:
                raise DamagedInputError(path, str(index + 1))
            if image.width * image.height > settings.max_pixels:
                size = f"{image.width} x {image.height} > {settings.max_pixels} px"
                raise OversizedInputError(path, size)
            if not picture_is_whole(path, image):
                raise DamagedInputError(path, str(index + 1))
            dpi = _resolution(image)
            if dpi is not None and _orientation(image) in SIDEWAYS:
                dpi = (dpi[1], dpi[0])
            with quiet():
                image.load()
            pixels = to_pixels(image, _orientation(image))  # a TIFF has been turned by now
        except _DAMAGE as error:
            raise DamagedInputError(path, f"{index + 1}: {error}") from error
    return _square(pixels, dpi, settings.max_pixels)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata is common and harms nobody
        # Opened by its name, an uncompressed picture is mapped into memory, and one that was
        # scanned sideways is mapped with its sides swapped: rows of the wrong length.
        with path.open("rb") as file:
            try:
                image = Image.open(file)
            except _DAMAGE as error:
                raise DamagedInputError(path) from error
            with image:
                yield image


def _frames(image: Image.Image) -> Iterator[int | None]:
    """Go through the frames that are pages: their numbers, at last None where damage begins.

    While a number is out, the image stands at that frame.
    """
    yield 0
    if image.format != "TIFF":  # frames of the others are previews or moving pictures
        return
    for number in count(1):
        try:
            image.seek(number)
            thumbnail = int(image.getexif().get(_SUBFILE_TYPE) or 0) & 1
        except EOFError:
            return
        except _DAMAGE:
            yield None
            return
        if not thumbnail:
            yield number


def _orientation(image: Image.Image) -> int:
    return int(image.getexif().get(_ORIENTATION, 1))


def _resolution(image: Image.Image) -> tuple[float, float] | None:
    """Return pixels per inch across and down, or None when unknown or beyond belief."""
    across, down = (float(value) for value in image.info.get("dpi", (0.0, 0.0)))
    lowest, highest = _DPI_RANGE
    if lowest <= across <= highest and lowest <= down <= highest:
        return across, down
    return None


def _square(pixels: Pixels, dpi: tuple[float, float] | None, max_pixels: int) -> PageImage:
    """Stretch the shorter side of fax pages (204 x 98 dpi), so that pixels are square."""
    if dpi is None:
        return PageImage(pixels)
    finest = max(dpi)
    stretch = finest / min(dpi)
    if 1.1 < stretch <= _MAX_STRETCH and pixels.size * stretch <= max_pixels:
        height, width = pixels.shape[:2]
        size = (round(width * finest / dpi[0]), round(height * finest / dpi[1]))
        pixels = np.array(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))
    return PageImage(pixels, round(finest))

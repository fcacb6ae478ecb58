"""The page image as imaging and recognition see it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, Step

Pixels = NDArray[np.uint8]


_SAMPLE: Final = 4  # every so manieth pixel is enough to know the paper


def to_grey(pixels: Pixels) -> Pixels:
    """Return grey or RGB pixels as grey ones."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def rescale(pixels: Pixels, factor: float) -> Pixels:
    """Return a page *factor* times as large."""
    height, width = (max(1, round(side * factor)) for side in pixels.shape[:2])
    if factor <= 1.0:
        return reduce(pixels, width, height)
    larger = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(larger, np.uint8)


def reduce(pixels: Pixels, width: int, height: int) -> Pixels:
    """Return a page reduced to *width* and *height*.

    Halves are quick to make, and what is then left to reduce loses nothing to a quicker method.
    """
    while pixels.shape[0] >= 2 * height and pixels.shape[1] >= 2 * width:
        half = pixels.shape[1] // 2, pixels.shape[0] // 2
        # Exact halves: others take thirty times as long.
        even = pixels[: 2 * half[1], : 2 * half[0]]
        pixels = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), np.uint8)
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(small, np.uint8)


def paper_level(grey: Pixels) -> int:
    """Return the grey level of the paper: most of a page is paper."""
    return middle_level(grey[::_SAMPLE, ::_SAMPLE])


def middle_level(grey: Pixels, darkest: int = 256) -> int:
    """Return the median grey level, the lower one of two; counted, which is quicker than sorted.

    Args:
        grey: pixels, at least one of them darker than *darkest*.
        darkest: level from which pixels do not count.
    """
    counts = cv2.calcHist([np.ascontiguousarray(grey)], [0], None, [darkest], [0, darkest])
    up_to = np.cumsum(counts, dtype=np.float64)
    return int(np.searchsorted(up_to, (up_to[-1] + 1) // 2))


@dataclass(frozen=True, eq=False)
class PageImage:
    """Pixels of one page.

    Attributes:
        pixels: shape (height, width) grey or (height, width, 3) RGB, 0 is black.
        dpi: resolution the source claims or was rendered at; 0 when unknown. Metadata may lie, so
            imaging estimates the real one from the height of the letters.
    """

    pixels: Pixels
    dpi: int = 0

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])

    @cached_property
    def ink_level(self) -> float:
        """The grey value up to which pixels of a clean grey page are ink."""
        return float(cv2.threshold(self.pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0])


@dataclass(frozen=True, slots=True)
class Ruling:
    """A printed straight line (of a table, or under a title): its ends in pixels.

    Horizontal rulings have ``top == bottom``, vertical ones ``left == right``.
    """

    left: int
    top: int
    right: int
    bottom: int

    @property
    def horizontal(self) -> bool:
        """Whether it runs across the page."""
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class Leader:
    """A row of dots on the line of some text, which waits for an entry or leads to a number.

    Attributes:
        box: around its dots, in pixels.
        dots: how many they are.
    """

    box: Box
    dots: int


@dataclass(frozen=True, slots=True, eq=False)
class CleanPage:
    """A page image ready for recognition, and what imaging learned about it.

    Attributes:
        image: what OCR reads. The kept original is never altered.
        rulings: printed lines that were found and taken out of ``image``, in its coordinates.
        steps: what was done, in order, with the measured or applied value.
        blank: whether nothing is printed on the page.
        noise: whether all that is on the page is noise, which no reader should be sent through.
        x_height: of the small letters in ``image``, in pixels; a usual one where none were found.
        stamped: what is stamped in colour beside a seal and taken out of ``image``, black on white
            in its place; None where there is nothing.
        leaders: rows of dots that were taken out of ``image``, in its coordinates.
    """

    image: PageImage
    rulings: tuple[Ruling, ...] = ()
    steps: tuple[Step, ...] = ()
    blank: bool = False
    noise: bool = False
    x_height: float = 20.0
    stamped: Pixels | None = None
    leaders: tuple[Leader, ...] = ()

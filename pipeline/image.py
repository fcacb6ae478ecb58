"""The page image as imaging and recognition see it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Step

Pixels = NDArray[np.uint8]


_SAMPLE: Final = 4  # every so manieth pixel is enough to know the paper


def paper_level(grey: Pixels) -> int:
    """Return the grey level of the paper: most of a page is paper."""
    return int(np.median(grey[::_SAMPLE, ::_SAMPLE]))


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
class CleanPage:
    """A page image ready for recognition, and what imaging learned about it.

    Attributes:
        image: what OCR reads. The kept original is never altered.
        rulings: printed lines that were found and taken out of ``image``, in its coordinates.
        steps: what was done, in order, with the measured or applied value.
        blank: whether nothing is printed on the page.
        x_height: of the small letters in ``image``, in pixels; a usual one where none were found.
    """

    image: PageImage
    rulings: tuple[Ruling, ...] = ()
    steps: tuple[Step, ...] = ()
    blank: bool = False
    x_height: float = 20.0

"""Parts of a page, put one below the other into a picture that Tesseract reads as one block.

One call reads many parts, each without what stands beside it. What always holds: a line goes back
to the part that it was read in, in the coordinates of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline import tesseract
from pipeline.image import PageImage, paper_level, rescale
from pipeline.model import Box
from pipeline.recognition.hocr import Strip, parse_each
from pipeline.settings import RecognitionSettings

ONE_BLOCK: Final = 6  # Tesseract's page segmentation mode for one block of text
TALLEST: Final = 10_000  # pixels of one picture; Tesseract refuses 32,767


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the page: its number, where it is there, and how far down in the picture."""

    number: int
    box: Box
    top: int


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts of a page, as pictures to read.

    Attributes:
        pictures: one, or more when there is too much for one.
    """

    pictures: tuple[PageImage, ...] = ()
    pieces: tuple[tuple[Piece, ...], ...] = ()
    frame: int = 0
    scale: float = 1.0

    def lines(self, read: Sequence[Sequence[Strip]]) -> list[tuple[int, Strip]]:
        """Return the lines *read* in each picture where they stand on the page, with their part."""
        return [
            _back(strip.scaled(1 / self.scale), pieces, self.frame)
            for pieces, strips in zip(self.pieces, read, strict=True)
            for strip in strips
        ]


def stacked(image: PageImage, boxes: Sequence[Box], frame: int, scale: float = 1.0) -> Stack:
    """Return parts of a page one below the other.

    Args:
        image: the page, grey.
        boxes: the parts; their numbers are their places here.
        frame: pixels of paper between and around them.
        scale: by how much they are enlarged.
    """
    pieces = tuple(map(tuple, _stacked(boxes, frame)))
    pictures = tuple(_picture(image, each, frame, scale) for each in pieces)
    return Stack(pictures, pieces, frame, scale)


def read_all(
    pictures: Sequence[PageImage], settings: RecognitionSettings
) -> list[tuple[Strip, ...]]:
    """Return the lines of each of *pictures*, each read as one block of text, in one call.

    Raises:
        VanbanError: as :func:`pipeline.tesseract.hocr`.
    """
    if not pictures:
        return []
    return parse_each(tesseract.hocr_of_all(pictures, ONE_BLOCK, settings))


def _stacked(boxes: Sequence[Box], frame: int) -> Iterator[list[Piece]]:
    """Yield the parts of each picture, from top to bottom."""
    pieces: list[Piece] = []
    top = frame
    for number, box in enumerate(boxes):
        if pieces and top + box.height > TALLEST:
            yield pieces
            pieces, top = [], frame
        pieces.append(Piece(number, box, top))
        top += box.height + frame
    if pieces:
        yield pieces


def _picture(image: PageImage, pieces: Sequence[Piece], frame: int, scale: float) -> PageImage:
    page = image.pixels
    width = max(piece.box.width for piece in pieces) + 2 * frame
    height = pieces[-1].top + pieces[-1].box.height + frame
    picture = np.full((height, width), paper_level(page), np.uint8)
    for piece in pieces:
        box = piece.box
        picture[piece.top : piece.top + box.height, frame : frame + box.width] = page[
            box.top : box.bottom, box.left : box.right
        ]
    scaled = picture if scale == 1.0 else rescale(picture, scale)
    return PageImage(scaled, round(image.dpi * scale))


def _back(strip: Strip, pieces: Sequence[Piece], frame: int) -> tuple[int, Strip]:
    """Return a line of the picture where it stands on the page, and the number of its part."""
    middle = strip.box.top + strip.box.height / 2
    nearest = min(pieces, key=lambda p: max(p.top - middle, middle - p.top - p.box.height, 0.0))
    return nearest.number, strip.moved(nearest.box.left - frame, nearest.box.top - nearest.top)

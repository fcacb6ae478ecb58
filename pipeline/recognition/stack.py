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
from pipeline.image import PageImage, Pixels, paper_level, rescale
from pipeline.model import Box
from pipeline.recognition.hocr import Strip, parse
from pipeline.settings import RecognitionSettings

ONE_BLOCK: Final = 6  # Tesseract's page segmentation mode for one block of text
ONE_LINE: Final = 7  # for one line
TALLEST: Final = 10_000  # pixels of one picture; Tesseract refuses 32,767


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the page: its number, where it is there, and how far down in the picture."""

    number: int
    box: Box
    top: int


def read_stacked(
    image: PageImage,
    boxes: Sequence[Box],
    frame: int,
    settings: RecognitionSettings,
    scale: float = 1.0,
) -> list[tuple[int, Strip]]:
    """Return the lines read in each of *boxes*, with the number of the box.

    Args:
        image: the page, grey.
        boxes: the parts to read.
        frame: pixels of paper between and around them.
        settings: of this stage.
        scale: by how much the parts are enlarged before.

    Raises:
        VanbanError: as :func:`pipeline.tesseract.hocr`.
    """
    found = []
    for pieces in _stacked(boxes, frame):
        picture = _picture(image.pixels, pieces, frame)
        if scale != 1.0:
            picture = rescale(picture, scale)
        shown = PageImage(picture, round(image.dpi * scale))
        for strip in parse(tesseract.hocr(shown, ONE_BLOCK, settings)):
            found.append(_back(strip.scaled(1 / scale), pieces, frame))
    return found


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


def _picture(page: Pixels, pieces: Sequence[Piece], frame: int) -> Pixels:
    width = max(piece.box.width for piece in pieces) + 2 * frame
    height = pieces[-1].top + pieces[-1].box.height + frame
    picture = np.full((height, width), paper_level(page), np.uint8)
    for piece in pieces:
        box = piece.box
        picture[piece.top : piece.top + box.height, frame : frame + box.width] = page[
            box.top : box.bottom, box.left : box.right
        ]
    return picture


def _back(strip: Strip, pieces: Sequence[Piece], frame: int) -> tuple[int, Strip]:
    """Return a line of the picture where it stands on the page, and the number of its part."""
    middle = strip.box.top + strip.box.height / 2
    nearest = min(pieces, key=lambda p: max(p.top - middle, middle - p.top - p.box.height, 0.0))
    return nearest.number, strip.moved(nearest.box.left - frame, nearest.box.top - nearest.top)

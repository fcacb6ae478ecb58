"""The typeface of the samples: Liberation Serif, of the same widths as Times New Roman."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from PIL import ImageFont

_FOLDERS = (
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/liberation-serif"),
)
_MEASURE = 1000  # pixels per em at which widths are measured; no hinting shows at this size


class Face(StrEnum):
    """A face of the family, named as in its file names."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


@cache
def font(face: Face, pixels: float) -> ImageFont.FreeTypeFont:
    """Return the face at *pixels* per em.

    Raises:
        SystemExit: the typeface is not installed; says which package holds it.
    """
    for folder in _FOLDERS:
        path = folder / f"LiberationSerif-{face}.ttf"
        if path.is_file():
            return ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.BASIC)
    raise SystemExit("Liberation Serif is missing; on Debian: apt install fonts-liberation")


def width(text: str, face: Face, size: float) -> float:
    """Return how wide *text* runs, in the unit of *size*."""
    return font(face, _MEASURE).getlength(text) * size / _MEASURE

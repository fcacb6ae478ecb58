"""What kinds of files come in and go out: their names, and nothing that reads or writes them.

The process that gives out the work needs no more than this, and starts without the rest.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

_ENDINGS: Final = {"outline": "outline.tsv", "metadata": "metadata.json"}


class SourceKind(StrEnum):
    """A kind of file that vanban reads."""

    PDF = "pdf"
    TIFF = "tiff"
    PNG = "png"
    JPEG = "jpeg"
    BMP = "bmp"
    WEBP = "webp"
    TEXT = "text"
    JSON = "json"  # a document that vanban wrote, read with ``Document.from_json``

    @property
    def is_raster(self) -> bool:
        """Whether Pillow decodes it."""
        return self in _RASTER


_RASTER: Final = frozenset(
    {SourceKind.TIFF, SourceKind.PNG, SourceKind.JPEG, SourceKind.BMP, SourceKind.WEBP}
)


def ending(format: str) -> str:  # noqa: A002
    """Return the ending of the files of *format*, one of ``settings.FORMATS``, without a point."""
    return _ENDINGS.get(format, format)

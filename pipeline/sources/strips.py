"""Whether the compressed data of a picture file are whole, strip by strip in a TIFF.

What Pillow and libtiff decode to the end may still be damaged; see :mod:`pipeline.sources.whole`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from pipeline.sources.whole import fax_is_whole, inflates_to, jpeg_is_whole, png_is_whole

_WIDTH, _HEIGHT = 256, 257
_COMPRESSION, _FILL_ORDER = 259, 266
_OFFSETS, _LENGTHS, _ROWS = 273, 279, 278
_JPEG_TABLES: Final = 347
_FAX, _JPEG = 4, 7  # kinds of compression, as TIFF numbers them
_DEFLATE: Final = frozenset({8, 32946})
_LOWEST_FIRST: Final = 2  # fill order in which the bits of each byte are turned round
_TURNED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def picture_is_whole(path: Path, image: Image.Image) -> bool:
    """Whether nothing is missing in the frame at which the opened *image* of *path* stands.

    Raises:
        OSError, ValueError, TypeError, KeyError: its directory makes no sense.
    """
    if image.format == "JPEG":
        return jpeg_is_whole(path.read_bytes())
    if image.format == "PNG":
        with path.open("rb") as file:
            return png_is_whole(file)
    if isinstance(image, TiffImageFile):
        return all(_strips(path, image.tag_v2))
    return True


def _strips(path: Path, tags: ImageFileDirectory_v2) -> Iterator[bool]:
    """Return of each strip whether it is whole; of tiles and uncoded pixels nothing is known."""
    if tags.get(_COMPRESSION) not in {_FAX, _JPEG, *_DEFLATE} or _OFFSETS not in tags:
        return
    width, height = int(tags[_WIDTH]), int(tags[_HEIGHT])  # as stored: the page may be turned
    rows = min(int(tags.get(_ROWS, height)), height)
    with path.open("rb") as file:
        for number, (offset, length) in enumerate(
            zip(tags[_OFFSETS], tags[_LENGTHS], strict=False)
        ):
            file.seek(offset)
            data = file.read(length)
            left = height - number * rows
            yield len(data) == length and _is_whole(data, tags, width, min(rows, left))


def _is_whole(data: bytes, tags: ImageFileDirectory_v2, width: int, rows: int) -> bool:
    match tags[_COMPRESSION]:
        case 4:
            turned = tags.get(_FILL_ORDER) == _LOWEST_FIRST
            return fax_is_whole(data.translate(_TURNED) if turned else data, width, rows)
        case 7:
            tables = bytes(tags.get(_JPEG_TABLES, b""))
            return jpeg_is_whole(tables[:-2] + data[2:] if tables else data)
        case _:
            return inflates_to(data, 1)

"""Whether a compressed picture is whole: decoders fill in what they cannot read, without a word.

What always holds: nothing here keeps decoded pixels of more than one picture, and a picture is only
called damaged for what no sound file has. Damage that leaves no trace in the coding, such as
a flipped bit of an uncompressed scan, cannot be seen.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

import numpy as np
import simplejpeg
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from pipeline.sources.quiet import quiet

_JPEG_END: Final = b"\xff\xd9"
_JPEG_DAMAGE: Final = "Corrupt JPEG data"
_JPEG_FILL: Final = re.compile(r"(\d+) extraneous bytes before marker 0xd9")
_FILL: Final = b"\0\xff\r\n"  # what some programs leave between the last block and the end mark
_JPEG_FIRST, _JPEG_TABLES, _JPEG_SCAN = b"\xc0", b"\xc4", b"\xda"  # markers
_JPEG_FIRST_AC: Final = 0x10  # the table by which most blocks are coded
_JPEG_COUNTS: Final = 17  # bytes of a table before its first code
_HOLE: Final = bytes(64)
_PNG_HEAD: Final = 8
_CHUNK: Final = 2**16
_RAW: Final = -zlib.MAX_WBITS
_ZLIB_HEAD: Final = 2  # bytes before the compressed data
_CHECKSUM: Final = 4  # bytes after them
_ENOUGH: Final = 0.99  # of the bytes of a picture: some programs write a row too few
_FAX_ROUNDED: Final = 8  # bytes: fill and end marks are left to the encoder
_FAX_EARLY: Final = 0.01  # of the data: an encoder of another mind differs from the start
_FAX_ALIKE: Final = 0.03  # of its length


def jpeg_is_whole(data: bytes) -> bool:
    """Whether every block of the JPEG *data* is coded as it should be; a lost end mark is no harm.

    Decoders go on with grey or shifted blocks; libjpeg only warns.
    """
    segments, scan = _segments(data)
    if _holds_a_hole(segments, data, scan):
        return False
    # What stands between segments harms nobody, but the decoder stops at the first warning.
    data = b"".join([data[:2], *segments, data[scan:]])
    if not data.rstrip(b"\0\r\n").endswith(_JPEG_END):
        data += _JPEG_END
    try:
        _, _, colours, _ = simplejpeg.decode_jpeg_header(data, strict=False)
        wanted = colours if colours in {"CMYK", "YCCK"} else "GRAY"
        simplejpeg.decode_jpeg(
            data, "CMYK" if wanted != "GRAY" else wanted, min_height=1, min_width=1, min_factor=8
        )
    except ValueError as error:
        if _JPEG_DAMAGE in str(error):
            fill = _JPEG_FILL.search(str(error))
            end = data.rfind(_JPEG_END)
            return fill is not None and not data[end - int(fill[1]) : end].strip(_FILL)
        return opens(data, "JPEG")  # other warnings harm nobody, but it may be no picture at all
    return True


def _segments(data: bytes) -> tuple[list[bytes], int]:
    """Return the segments of a JPEG up to the head of its first scan, and where that one ends."""
    segments: list[bytes] = []
    place = 2
    while (place := data.find(b"\xff", place)) >= 0:
        marker, length = data[place + 1 : place + 2], data[place + 2 : place + 4]
        if len(length) < 2 or marker < _JPEG_FIRST or marker == b"\xff":
            place += 1
            continue
        segments.append(data[place : place + 2 + int.from_bytes(length)])
        place += len(segments[-1])
        if marker == _JPEG_SCAN:
            return segments, place
    return segments, len(data)


def _holds_a_hole(segments: list[bytes], data: bytes, scan: int) -> bool:
    """Whether a sector of nulls stands among the blocks, as failing disks and copies leave it.

    They decode as blocks; but unless nulls are the code of nothing at all, the end of a blank
    block, no block has that many.
    """
    first_code = None
    for segment in segments:
        tables = segment[4:] if segment[1:2] == _JPEG_TABLES else b""
        while len(tables) > _JPEG_COUNTS:
            if tables[0] == _JPEG_FIRST_AC:
                first_code = tables[_JPEG_COUNTS]
            tables = tables[_JPEG_COUNTS + sum(tables[1:_JPEG_COUNTS]) :]
    return first_code not in {None, 0} and data.find(_HOLE, scan, len(data.rstrip(b"\0"))) >= 0


def opens(data: bytes, form: str) -> bool:
    """Whether Pillow can decode *data* of a *form* that it knows to the end."""
    try:
        with quiet(), Image.open(io.BytesIO(data), formats=[form]) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def png_is_whole(file: BinaryIO) -> bool:
    """Whether the chunks of a PNG keep their checksums, which Pillow does not ask for."""
    file.seek(_PNG_HEAD)
    while len(head := file.read(8)) == 8:
        length, name = struct.unpack(">I4s", head)
        checksum = zlib.crc32(name)
        while length:
            data = file.read(min(length, _CHUNK))
            if not data:
                return False
            checksum = zlib.crc32(data, checksum)
            length -= len(data)
        expected = file.read(_CHECKSUM)
        # Of the chunks written in small letters none is needed to draw the picture.
        if name[:1].isupper() and expected != struct.pack(">I", checksum):
            return False
        if name == b"IEND":
            return True
    return False


def inflated(data: bytes) -> Iterator[bytes]:
    """Return what *data* of zlib's form holds, piece by piece.

    A checksum that is cut off is no harm.

    Raises:
        zlib.error: the data break off or are not what was written.
    """
    unpacker = zlib.decompressobj(_RAW)
    checksum = zlib.adler32(b"")
    rest = data[_ZLIB_HEAD:]
    while not unpacker.eof:
        piece = unpacker.decompress(rest, _CHUNK)
        rest = unpacker.unconsumed_tail
        if not piece and not rest and not unpacker.eof:
            raise zlib.error("cut off")
        checksum = zlib.adler32(piece, checksum)
        yield piece
    expected = unpacker.unused_data[:_CHECKSUM]
    if len(expected) == _CHECKSUM and expected != struct.pack(">I", checksum):
        raise zlib.error("checksum")


def inflated_part(data: bytes, most: int) -> bytes:
    """Return what *data* of zlib's form hold; not much more than *most* bytes of it.

    Raises:
        zlib.error: as :func:`inflated`.
    """
    pieces, size = [], 0
    for piece in inflated(data):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            break
    return b"".join(pieces)


def inflates_to(data: bytes, size: int) -> bool:
    """Whether *data* of zlib's form are sound and hold at least nearly *size* bytes.

    What goes much beyond them is not unpacked.
    """
    found = 0
    try:
        for piece in inflated(data):
            found += len(piece)
            if found > 2 * size + _CHUNK:
                return True
    except zlib.error:
        return False
    return found >= _ENOUGH * size


def fax_is_whole(data: bytes, width: int, height: int) -> bool:
    """Whether *data* of CCITT group 4 hold a picture of *width* and *height*.

    The decoder paints on after a wrong code. The encoder has no choice, so a sound picture encoded
    anew gives the same bytes; after damage it gives another number of them.
    """
    picture = Image.open(io.BytesIO(_fax_tiff(data, width, height)))
    try:
        with quiet():
            picture.load()
    except OSError:
        return False
    again, data = _fax_coded(picture).rstrip(b"\0"), data.rstrip(b"\0\r\n")
    common = min(len(again), len(data))
    ours, theirs = (np.frombuffer(each[:common], np.uint8) for each in (again, data))
    differing = np.flatnonzero(ours != theirs)
    same = int(differing[0]) if len(differing) else common
    apart = abs(len(again) - len(data))
    if same < _FAX_EARLY * common:
        return apart <= _FAX_ALIKE * len(data)
    return apart <= _FAX_ROUNDED


def _fax_tiff(data: bytes, width: int, height: int) -> bytes:
    tags = (
        (256, width),
        (257, height),
        (258, 1),  # bits of a pixel
        (259, 4),  # group 4
        (262, 1),  # black is zero; which of the two does not matter
        (273, 0),  # where the data begin: filled in below
        (278, height),  # rows of the one strip
        (279, len(data)),
    )
    start = 8 + 2 + 12 * len(tags) + 4
    entries = b"".join(
        struct.pack("<HHII", tag, 4, 1, start if tag == 273 else value) for tag, value in tags
    )
    return struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4) + data


def _fax_coded(picture: Image.Image) -> bytes:
    output = io.BytesIO()
    picture.save(output, "TIFF", compression="group4", tiffinfo={278: picture.height})
    written = Image.open(output)
    assert isinstance(written, TiffImageFile)
    (start,), (length,) = written.tag_v2[273], written.tag_v2[279]
    return output.getvalue()[start : start + length]

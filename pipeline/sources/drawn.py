"""Whether all that a PDF page draws is whole in its file.

PDFium draws a picture that breaks off as far as it goes, leaves out what it cannot find, and says
nothing: half a page would pass for a whole one. Only what the page's own content names is looked
at: one dictionary of resources may serve hundreds of pages.
"""

from __future__ import annotations

import math
import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from typing import Final

import pikepdf

from pipeline.sources.jbig2 import jbig2_is_whole
from pipeline.sources.whole import fax_is_whole, inflated_part, inflates_to, jpeg_is_whole, opens

_NAMED: Final = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_NOTHING: Final = 32  # bytes that no bytes at all take when they are encrypted
_MOST_CONTENT: Final = 2**26  # bytes of drawing; PDFium stops long before
_DEEPEST: Final = 12  # drawings inside drawings
_COLOURS: Final = {
    "/DeviceGray": 1,
    "/CalGray": 1,
    "/G": 1,
    "/Indexed": 1,
    "/I": 1,
    "/Separation": 1,
    "/DeviceRGB": 3,
    "/CalRGB": 3,
    "/Lab": 3,
    "/RGB": 3,
    "/DeviceCMYK": 4,
    "/CMYK": 4,
}
_OTHERS: Final = frozenset(
    {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/ASCII85Decode", "/A85"}
    | {"/ASCIIHexDecode", "/AHx", "/Crypt"}
)
_PNG_PREDICTORS: Final = 10  # from here on each row has a byte before it
# What pikepdf raises about objects that are not what they should be.
DAMAGE: Final = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    pikepdf.ForeignObjectError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    OverflowError,
)


def content_is_whole(page: pikepdf.Object) -> bool:
    """Whether the drawing instructions of *page* are all there.

    Raises:
        The errors of :data:`DAMAGE`: the page is no page.
    """
    return all(not isinstance(piece, Lost) for piece in _contents(page.get("/Contents")))


def pictures_are_whole(page: pikepdf.Object, max_pixels: int) -> bool:
    """Whether every picture that *page* draws is there to its last row.

    Raises:
        PictureTooLargeError: one has more than *max_pixels*; PDFium may leave it out.
        The errors of :data:`DAMAGE`: the page is no page.
    """
    content = page.get("/Contents")
    return _all_whole(content, page.get("/Resources"), max_pixels, set(), _DEEPEST)


class PictureTooLargeError(Exception):
    """A picture has more pixels than the ceiling allows."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"{width} x {height}")


class Lost:
    """Stands for a stream that is not in the file, or not the whole of it."""


def _all_whole(
    content: pikepdf.Object | None,
    resources: pikepdf.Object | None,
    max_pixels: int,
    seen: set[tuple[int, int]],
    depth: int,
) -> bool:
    names = set()
    for piece in _contents(content):
        if isinstance(piece, Lost):
            return False
        names.update(_NAMED.findall(piece))
    if not names or not isinstance(resources, pikepdf.Dictionary):
        return True
    drawings = resources.get("/XObject")
    if not isinstance(drawings, pikepdf.Dictionary):
        return True
    for name in sorted(names):
        drawing = drawings.get("/" + _ESCAPED.sub(_unescaped, name).decode("utf-8", "replace"))
        if not isinstance(drawing, pikepdf.Stream):
            return False
        if drawing.objgen in seen:
            continue
        seen.add(drawing.objgen)
        if drawing.get("/Subtype") == pikepdf.Name.Form:
            own = drawing.get("/Resources", resources)
            if depth and not _all_whole(drawing, own, max_pixels, seen, depth - 1):
                return False
        elif not all(_is_whole(picture, max_pixels) for picture in _with_masks(drawing)):
            return False
    return True


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _contents(content: pikepdf.Object | None) -> Iterator[bytes | Lost]:
    """Return what each stream of a page's or drawing's content holds."""
    if content is None:
        return
    streams = list(content) if isinstance(content, pikepdf.Array) else [content]
    for stream in streams:
        if not isinstance(stream, pikepdf.Stream):
            yield Lost()
            continue
        filters = _filters(stream)
        data = stream.read_raw_bytes()
        if not data.strip():  # a blank page, unless the file promises more: then that is gone
            yield b"" if int(stream.get("/Length", 0)) <= max(len(data), _NOTHING) else Lost()
            continue
        if filters not in ([], ["/FlateDecode"], ["/Fl"]):
            yield stream.read_bytes()
            continue
        try:
            yield inflated_part(data, _MOST_CONTENT) if filters else data
        except zlib.error:
            yield Lost()


def _filters(stream: pikepdf.Stream) -> list[str]:
    filters = stream.get("/Filter")
    if filters is None:
        return []
    return [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _with_masks(picture: pikepdf.Stream) -> Iterator[pikepdf.Stream]:
    """Return the picture and its masks: compact scans have their print in a mask."""
    yield picture
    for key in ("/SMask", "/Mask"):
        mask = picture.get(key)
        if isinstance(mask, pikepdf.Stream):
            yield mask


def _is_whole(picture: pikepdf.Stream, max_pixels: int) -> bool:
    width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    if width <= 0 or height <= 0:
        return False
    if width * height > max_pixels:
        raise PictureTooLargeError(width, height)
    *outer, last = _filters(picture) or [""]
    data = _unwrapped(picture.read_raw_bytes(), outer)
    if data is None:
        return True
    parameters = _last(picture.get("/DecodeParms"))
    match last:
        case "/DCTDecode" | "/DCT":
            return jpeg_is_whole(data)
        case "/FlateDecode" | "/Fl":
            return inflates_to(data, _size(picture, width, height, parameters))
        case "/CCITTFaxDecode" | "/CCF":
            return _fax(data, parameters, height)
        case "/JPXDecode":
            return opens(data, "JPEG2000")
        case "/JBIG2Decode":
            return jbig2_is_whole(data)
        case "":
            return len(data) >= _size(picture, width, height, None)
        case _:
            return last in _OTHERS and bool(data)


def _unwrapped(data: bytes, filters: list[str]) -> bytes | None:
    """Return what is inside the outer *filters*; None if there is one that is hardly ever there."""
    for each in filters:
        match each:
            case "/ASCII85Decode" | "/A85":
                data = a85decode(data.strip().removesuffix(b"~>").removeprefix(b"<~"))
            case "/ASCIIHexDecode" | "/AHx":
                data = bytes.fromhex(data.split(b">")[0].decode("ascii"))
            case "/FlateDecode" | "/Fl":
                data = inflated_part(data, _MOST_CONTENT)
            case _:
                return None
    return data


def _last(parameters: pikepdf.Object | None) -> pikepdf.Dictionary | None:
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[-1] if len(parameters) else None
    return parameters if isinstance(parameters, pikepdf.Dictionary) else None


def _fax(data: bytes, parameters: pikepdf.Dictionary | None, height: int) -> bool:
    given = parameters if parameters is not None else pikepdf.Dictionary()
    if int(given.get("/K", 0)) >= 0 or bool(given.get("/EncodedByteAlign", False)):
        return bool(data)  # groups of their own, with marks at each row that decoders go on from
    return fax_is_whole(
        data, int(given.get("/Columns", 1728)), int(given.get("/Rows", 0)) or height
    )


def _size(
    picture: pikepdf.Stream, width: int, height: int, parameters: pikepdf.Dictionary | None
) -> int:
    """Return how many bytes the pixels take before compression, as far as it can be told."""
    if bool(picture.get("/ImageMask", False)):
        bits = 1
    else:
        bits = int(picture.get("/BitsPerComponent", 0)) * _channels(picture.get("/ColorSpace"))
    row = math.ceil(width * bits / 8)
    if parameters is not None and int(parameters.get("/Predictor", 1)) >= _PNG_PREDICTORS:
        row += 1
    return row * height


def _channels(space: pikepdf.Object | None) -> int:
    """Return the components of a colour space; 0 for one that we do not know."""
    if isinstance(space, pikepdf.Name):
        return _COLOURS.get(str(space), 0)
    if not isinstance(space, pikepdf.Array) or not len(space):
        return 0
    family = str(space[0])
    if family == "/ICCBased" and isinstance(space[1], pikepdf.Stream):
        return int(space[1].get("/N", 0))
    if family == "/DeviceN":
        return len(space[1])
    return _COLOURS.get(family, 0)

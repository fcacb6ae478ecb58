"""Bad pictures: cut, lying about their size, of odd pixels, and pages that are none."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from PIL import Image, ImageDraw, PngImagePlugin

from tests.faults.bad_pdfs import picture

_READ_OR_DAMAGED = "READ DAMAGED_INPUT"
_PAGE = picture("Cong van so 12", "ngay 15 thang 6")


def saved(form: str, image: Image.Image = _PAGE, **options: Any) -> bytes:
    """Return *image* as a file."""
    output = io.BytesIO()
    image.save(output, form, **options)
    return output.getvalue()


def as_(form: str, image: Image.Image = _PAGE, **options: Any) -> Callable[[], bytes]:
    """Return a maker of *image* as a file."""
    return lambda: saved(form, image, **options)


def cut(form: str, share: float, image: Image.Image = _PAGE, **options: Any) -> Callable[[], bytes]:
    """Return a maker of the first part of a picture."""
    return lambda: (data := saved(form, image, **options))[: int(len(data) * share)]


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def png(width: int, height: int, depth: int, colour: int, *chunks: bytes) -> bytes:
    """Return a PNG that says it has this size and holds *chunks*."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + chunk(b"IEND", b"")


def white(width: int, height: int) -> bytes:
    """Return the packed rows of a white picture of one bit a pixel."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    return b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])


def tiff(*tags: tuple[int, int, int, int], following: int = 0, data: bytes = b"") -> bytes:
    """Return a TIFF with one directory of *tags* (tag, type, count, value), then *data*."""
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    head = struct.pack("<2sHIH", b"II", 42, 8, len(tags))
    return head + entries + struct.pack("<I", following) + data


def grey(width: int, height: int, **other: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return the tags of a grey picture whose rows stand at *offset*."""
    values = {256: width, 257: height, 258: 8, 259: 1, 262: 1, 273: 200, 277: 1, 278: height}
    values |= {279: width * height}
    values |= {int(tag.removeprefix("tag")): value for tag, value in other.items()}
    return tuple((tag, 4, 1, value) for tag, value in sorted(values.items()))


def _rotated(orientation: int) -> Callable[[], bytes]:
    exif = Image.Exif()
    exif[274] = orientation
    return as_("JPEG", _PAGE.rotate(90, expand=True), exif=exif.tobytes())


def _noise(*shape: int) -> Image.Image:
    chance = np.random.default_rng(5).integers(0, 256, shape, dtype=np.uint8)
    return Image.fromarray(chance)


def _seal() -> Image.Image:
    image = Image.new("RGB", (600, 400), "white")
    pen = ImageDraw.Draw(image)
    for radius, width in ((120, 6), (80, 3)):
        pen.ellipse(
            (300 - radius, 200 - radius, 300 + radius, 200 + radius), outline="#d02030", width=width
        )
    pen.text((250, 190), "BINH SON", fill="#d02030", font_size=24)
    return image


def _see_through() -> Image.Image:
    ink = 255 - np.asarray(_PAGE)
    return Image.fromarray(np.dstack([np.zeros((*ink.shape, 3), np.uint8), ink]), "RGBA")


def _text_bomb() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("a", "0" * 30_000_000, zip=True)
    return as_("PNG", pnginfo=notes)()


def _many_scans() -> bytes:
    """Return a JPEG that comes in hundreds of passes over all of its pixels."""
    data = as_("JPEG", progressive=True)()
    start = data.rindex(b"\xff\xda")
    return data[:start] + data[start:-2] * 400 + data[-2:]


def _size(data: bytes, width: int, height: int) -> bytes:
    """Return the JPEG with another size in its head."""
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + struct.pack(">HH", height, width) + data[place + 4 :]


def _flipped(data: bytes, share: float = 0.002) -> bytes:
    chance = random.Random(9)
    damaged = bytearray(data)
    for _ in range(max(1, int(share * len(data)))):
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


_STRIP = bytes(range(256)) * 40

ENTRIES: Final[dict[str | bytes, tuple[str, Callable[[], bytes]]]] = {
    # cut and damaged
    "chỉ có đầu.png": ("DAMAGED_INPUT", lambda: b"\x89PNG\r\n\x1a\n"),
    "cụt 50%.png": ("DAMAGED_INPUT", cut("PNG", 0.5)),
    "cụt 95%.png": ("DAMAGED_INPUT", cut("PNG", 0.95)),
    "chỉ có đầu.jpg": ("DAMAGED_INPUT", lambda: b"\xff\xd8\xff\xe0"),
    "cụt 30%.jpg": ("DAMAGED_INPUT", cut("JPEG", 0.3)),
    "cụt 80%.jpg": ("DAMAGED_INPUT", cut("JPEG", 0.8)),
    "cụt dần.jpg": ("DAMAGED_INPUT", cut("JPEG", 0.7, progressive=True)),
    "cụt 40%.tif": ("DAMAGED_INPUT", cut("TIFF", 0.4)),
    "cụt fax.tif": ("DAMAGED_INPUT", cut("TIFF", 0.6, _PAGE.convert("1"), compression="group4")),
    "cụt.bmp": ("DAMAGED_INPUT", cut("BMP", 0.5)),
    "cụt.webp": ("DAMAGED_INPUT", cut("WEBP", 0.5)),
    "chỉ có đầu.webp": ("DAMAGED_INPUT", lambda: b"RIFF\xff\xff\xff\xffWEBPVP8 "),
    "lật bit.png": ("DAMAGED_INPUT", lambda: _flipped(as_("PNG")())),
    "lật bit.jpg": (_READ_OR_DAMAGED, lambda: _flipped(as_("JPEG")())),
    "lật bit.tif": (_READ_OR_DAMAGED, lambda: _flipped(as_("TIFF", compression="tiff_lzw")())),
    "tổng kiểm sai.png": (
        "DAMAGED_INPUT",
        lambda: as_("PNG")().replace(b"IDAT", b"IDAT\0", 1)[:-1],
    ),
    "jpeg.png": ("READ", as_("JPEG", quality=88)),
    "png.jpg": ("READ", as_("PNG", compress_level=1)),
    "tiff.pdf": ("READ", as_("TIFF", compression="packbits")),
    "webp.txt": ("READ", as_("WEBP", quality=90)),
    "gif.png": ("UNSUPPORTED_INPUT", as_("GIF")),
    # lying sizes
    "bốn vạn điểm.png": (
        "OVERSIZED_INPUT",
        lambda: png(40_000, 40_000, 1, 0, chunk(b"IDAT", white(40_000, 40_000))),
    ),
    "nói dối to.png": (
        "OVERSIZED_INPUT DAMAGED_INPUT",
        lambda: png(30_000, 30_000, 8, 2, chunk(b"IDAT", b"")),
    ),
    "nói dối vừa.png": (
        "DAMAGED_INPUT",
        lambda: png(9_000, 9_000, 8, 0, chunk(b"IDAT", white(64, 64))),
    ),
    "cỡ không.png": ("DAMAGED_INPUT", lambda: png(0, 0, 8, 0, chunk(b"IDAT", white(8, 8)))),
    "cỡ âm.png": ("DAMAGED_INPUT OVERSIZED_INPUT", lambda: png(2**31 - 1, 2**31 - 1, 8, 0)),
    "nói dối.jpg": ("DAMAGED_INPUT OVERSIZED_INPUT", lambda: _size(as_("JPEG")(), 65_000, 65_000)),
    "nói dối ít.jpg": ("DAMAGED_INPUT", lambda: _size(as_("JPEG")(), 600, 2_000)),
    "nói dối.bmp": (
        "DAMAGED_INPUT OVERSIZED_INPUT",
        lambda: (data := as_("BMP")())[:18] + struct.pack("<ii", 90_000, 90_000) + data[26:],
    ),
    "chú thích là bom.png": (_READ_OR_DAMAGED, _text_bomb),
    "bốn trăm lượt.jpg": (f"{_READ_OR_DAMAGED} TIMED_OUT", _many_scans),
    # directories of TIFFs
    "thư mục vòng tròn.tif": (
        _READ_OR_DAMAGED,
        lambda: tiff(*grey(100, 90), following=8, data=_STRIP),
    ),
    "thư mục ngoài tệp.tif": ("DAMAGED_INPUT", lambda: struct.pack("<2sHI", b"II", 42, 2**31)),
    "thư mục sau ngoài tệp.tif": (
        _READ_OR_DAMAGED,
        lambda: tiff(*grey(100, 80), following=2**31, data=_STRIP),
    ),
    "thư mục rỗng.tif": ("DAMAGED_INPUT", tiff),
    "quá nhiều mục.tif": (
        "DAMAGED_INPUT",
        lambda: struct.pack("<2sHIH", b"II", 42, 8, 65_535) + _STRIP,
    ),
    "dải ngoài tệp.tif": ("DAMAGED_INPUT", lambda: tiff(*grey(100, 90, tag273=2**30), data=_STRIP)),
    "không có dải.tif": (
        "DAMAGED_INPUT",
        lambda: tiff(*(tag for tag in grey(100, 90) if tag[0] != 273), data=_STRIP),
    ),
    "dải khổng lồ.tif": (_READ_OR_DAMAGED, lambda: tiff(*grey(100, 90, tag279=2**31), data=_STRIP)),
    "triệu triệu điểm.tif": (
        "DAMAGED_INPUT OVERSIZED_INPUT",
        lambda: tiff(*grey(1_000_000, 1_000_000, tag279=9000), data=_STRIP),
    ),
    "cỡ không.tif": ("DAMAGED_INPUT", lambda: tiff(*grey(0, 0), data=_STRIP)),
    "nén lạ.tif": ("DAMAGED_INPUT", lambda: tiff(*grey(100, 90, tag259=9999), data=_STRIP)),
    "fax rác.tif": (
        "DAMAGED_INPUT",
        lambda: tiff(*grey(800, 90, tag258=1, tag259=4, tag279=9000), data=_STRIP),
    ),
    "jpeg rác.tif": ("DAMAGED_INPUT", lambda: tiff(*grey(100, 90, tag259=7), data=_STRIP)),
    "bigtiff rác.tif": ("DAMAGED_INPUT", lambda: b"II+\0\x08\0\0\0" + bytes(range(64))),
    "độ phân giải vô lý.tif": (
        "READ",
        as_("TIFF", dpi=(1e-9, 1e9), compression="tiff_deflate"),
    ),
    "hai trang, một hỏng.tif": (
        "READ",
        lambda: saved("TIFF", _PAGE, save_all=True, append_images=[_noise(300, 300)])[:-70_000],
    ),
    # odd pixels
    "một điểm.png": ("READ", as_("PNG", Image.new("L", (1, 1), 0))),
    "một cột.png": ("READ", as_("PNG", Image.new("L", (1, 5000), 0))),
    "một hàng.png": ("READ", as_("PNG", Image.new("L", (5000, 1), 0))),
    "dải dài.png": ("READ", as_("PNG", Image.new("L", (20, 30_000), 255))),
    "một bit.tif": ("READ", as_("TIFF", _PAGE.convert("1"), compression="group4")),
    "mười sáu bit.png": (
        "READ",
        lambda: saved("PNG", Image.fromarray(np.asarray(_PAGE, np.uint16) * 257)),
    ),
    "số thực.tif": (
        "READ",
        lambda: saved("TIFF", Image.fromarray(np.asarray(_PAGE, np.float32) / 255)),
    ),
    "không phải số.tif": (
        "READ",
        lambda: saved("TIFF", Image.fromarray(np.full((200, 600), np.nan, np.float32))),
    ),
    "cmyk.jpg": ("READ", as_("JPEG", _PAGE.convert("RGB").convert("CMYK"))),
    "lab.tif": (
        "READ",
        as_(
            "TIFF",
            Image.merge(
                "LAB", [_PAGE, Image.new("L", _PAGE.size, 128), Image.new("L", _PAGE.size, 128)]
            ),
        ),
    ),
    "trong suốt.png": ("READ", lambda: saved("PNG", _see_through())),
    "bảng màu.png": ("READ", as_("PNG", _PAGE.convert("P"))),
    "bảng màu trong suốt.png": ("READ", as_("PNG", _PAGE.convert("P"), transparency=255)),
    "quay theo exif.jpg": ("READ", _rotated(6)),
    "exif vô lý.jpg": ("READ", _rotated(60_000)),
    "exif rác.jpg": (_READ_OR_DAMAGED, as_("JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")),
    "lộn ngược.png": ("READ", as_("PNG", _PAGE.rotate(180))),
    "hoạt hình.webp": (
        "READ",
        lambda: saved("WEBP", _PAGE, save_all=True, append_images=[_PAGE.rotate(180)]),
    ),
    # pages that are none
    "trắng.png": ("READ", as_("PNG", Image.new("L", (600, 400), 255))),
    "đen.png": ("READ", as_("PNG", Image.new("L", (600, 400), 0))),
    "đỏ.png": ("READ", as_("PNG", Image.new("RGB", (600, 400), "red"))),
    "âm bản.png": ("READ", lambda: saved("PNG", Image.fromarray(255 - np.asarray(_PAGE)))),
    "toàn nhiễu.png": ("READ", lambda: saved("PNG", _noise(1754, 1240))),
    "toàn nhiễu màu.jpg": ("READ", lambda: saved("JPEG", _noise(1754, 1240, 3))),
    "chỉ có con dấu.png": ("READ", lambda: saved("PNG", _seal())),
}

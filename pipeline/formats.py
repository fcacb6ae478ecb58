"""What kinds of files come in and go out: how each is known, and nothing that reads or writes them.

The process that gives out the work needs no more than this, and starts without the rest.

What a file is tell its first bytes and never its name. Plain text has no mark of its own: it is
what nothing speaks against.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

HEAD: Final = 4096  # bytes by which a file is known

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

# PDF readers accept the header anywhere in the first kilobyte (ISO 32000-2, 7.5.2 and annex notes).
_PDF_WITHIN: Final = 1024
_MAGIC: Final[tuple[tuple[bytes, SourceKind], ...]] = (
    (b"II*\0", SourceKind.TIFF),
    (b"MM\0*", SourceKind.TIFF),
    (b"II+\0", SourceKind.TIFF),  # BigTIFF
    (b"MM\0+", SourceKind.TIFF),
    (b"\x89PNG\r\n\x1a\n", SourceKind.PNG),
    (b"\xff\xd8\xff", SourceKind.JPEG),
)
_FOREIGN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "ZIP, DOCX"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office 97-2003"),
    (b"{\\rtf", "RTF"),
    (b"GIF8", "GIF"),
    (b"%!PS", "PostScript"),
    (b"AT&TFORM", "DjVu"),
    (b"\0\0\0\x0cjP", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "ELF"),
)
_JSON: Final = re.compile(rb'\s*\{\s*"schema"\s*:')
_MARKUP: Final = re.compile(rb"\s*<(?:!doctype|\?xml|html|head|body)", re.IGNORECASE)
_UTF8_BOM: Final = b"\xef\xbb\xbf"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
# 1A ends DOS text files.
_CONTROLS: Final = bytes(set(range(1, 32)) - set(b"\t\n\v\f\r\x1a"))
_STRAY: Final = 0.005  # of the bytes of a text may be other controls, and one in any case


def ending(format: str) -> str:  # noqa: A002
    """Return the ending of the files of *format*, one of ``settings.FORMATS``, without a point."""
    return _ENDINGS.get(format, format)


def kind_of(head: bytes) -> SourceKind | None:
    """Return the kind that the first bytes of a file speak for, or None for anything else."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return SourceKind.WEBP
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":  # two reserved fields
        return SourceKind.BMP
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return SourceKind.PDF
    if _JSON.match(head.removeprefix(_UTF8_BOM)):
        return SourceKind.JSON
    return SourceKind.TEXT if _is_text(head) else None


def looks_like(head: bytes) -> str:
    """Return a short name for bytes that are of no supported kind."""
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            return name
    if head[4:8] == b"ftyp":
        return "HEIC, AVIF, MP4"
    if _MARKUP.match(head.removeprefix(_UTF8_BOM)):
        return "HTML, XML"
    return "binary"


def _is_text(head: bytes) -> bool:
    if head.startswith(_UTF16_BOMS):
        return True
    if looks_like(head) != "binary":
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\0" not in head and controls <= max(1, _STRAY * len(head))

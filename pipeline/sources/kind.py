"""What a file is, told by its first bytes and never by its name.

Plain text has no mark of its own. It is taken for text when nothing in it speaks against it and its
name does not promise something else: a ``.pdf`` that holds an error page is not a document.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pipeline.errors import (
    EmptyInputError,
    MissingInputError,
    UnreadableInputError,
    UnsupportedInputError,
)
from pipeline.formats import SourceKind

HEAD: Final = 4096  # bytes looked at

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
_TEXT_NAMES: Final = frozenset({"", ".txt", ".text", ".ocr", ".md"})


def identify(path: Path) -> SourceKind:
    """Return what the file at *path* is.

    Raises:
        MissingInputError: nothing is there.
        UnreadableInputError: the system does not let us read it.
        EmptyInputError: it has no bytes.
        UnsupportedInputError: it is something else; the detail names what it looks like.
    """
    head = read_head(path)
    kind = kind_of(head)
    if kind is None:
        raise UnsupportedInputError(path, looks_like(head))
    if kind is SourceKind.TEXT and path.suffix.lower() not in _TEXT_NAMES:
        raise UnsupportedInputError(path, "plain text")
    return kind


def read_head(path: Path) -> bytes:
    """Return the first bytes of the file at *path*; the errors are those of :func:`identify`."""
    try:
        if path.is_dir():
            raise UnsupportedInputError(path, "folder")
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise UnsupportedInputError(path, "no regular file")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError as error:
        raise MissingInputError(path) from error
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "") from error
    if not head:
        raise EmptyInputError(path)
    return head


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

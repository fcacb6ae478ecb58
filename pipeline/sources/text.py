"""Plain text as a source: the OCR text that others made.

What always holds: every line of the file is a line of its page, or stands in the ``gap_above`` of
the next one when it is blank; words are what stands between blanks and tabs, in NFC, otherwise
untouched. A row of a table is a line for each cell; see :mod:`pipeline.sources.columns`.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from pipeline.correction.syllable import is_syllable
from pipeline.errors import DamagedInputError, EmptyInputError, UnsupportedInputError
from pipeline.model import Line, nfc
from pipeline.sources.columns import lines_of

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Windows code pages of Vietnamese and of Western systems; the first is tried first and wins a tie.
_CODE_PAGES: Final = ("cp1258", "cp1252")
_LINE_END: Final = re.compile("\r\n|[\r\n\v\x85\u2028\u2029]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# A text of another encoding read with the wrong table is full of signs that no text of ours has.
_FOREIGN: Final = re.compile(r"[^\w\s.,;:!?'\"()\[\]{}/\\%&*+=<>|~^$#@°§«»‘’“”…–—•·-]|[\x80-\x9f]")
_MAX_FOREIGN: Final = 0.02


def count_pages(path: Path) -> int:
    """Return the number of pages that form feeds make; errors as for :func:`read_lines`."""
    return len(_pages(path))


def read_lines(path: Path, index: int) -> tuple[Line, ...]:
    """Return the lines of page *index* (from 0); a blank page has none.

    Raises:
        EmptyInputError: the file holds nothing but blanks.
        DamagedInputError: a byte order mark promises an encoding that the bytes do not keep.
        UnsupportedInputError: the bytes are text in no encoding that we know.
    """
    return lines_of(_LINE_END.split(_pages(path)[index]))


def decode(data: bytes, path: Path) -> str:
    """Return *data* as NFC text, by its byte order mark, as UTF-8, or by a Windows code page.

    Raises:
        DamagedInputError, UnsupportedInputError: as for :func:`read_lines`.
    """
    text = _decoded(data, path)
    if "\0" in text:  # no text holds one; UTF-16 without its mark and programs do
        raise UnsupportedInputError(path, "binary")
    return text


def _decoded(data: bytes, path: Path) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return nfc(data.removeprefix(bom).decode(encoding))
            except UnicodeDecodeError as error:
                raise DamagedInputError(path, encoding) from error
    try:
        return nfc(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise DamagedInputError(path, f"UTF-8, byte {error.start + 1}") from error
        return _decode_code_page(data, path)


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell whether nearly all of what is no ASCII is UTF-8: no text of another encoding is."""
    letters = [letter for letter in data.decode("utf-8", "replace") if not letter.isascii()]
    return letters.count("\ufffd") <= _MAX_FOREIGN * len(letters)


def _decode_code_page(data: bytes, path: Path) -> str:
    """Return the reading with the most legal syllables, if it is sane text at all."""
    readings = []
    for encoding in _CODE_PAGES:
        try:
            readings.append(nfc(data.decode(encoding)))
        except UnicodeDecodeError:
            continue
    sane = [text for text in readings if len(_FOREIGN.findall(text)) <= _MAX_FOREIGN * len(text)]
    if not sane:
        raise UnsupportedInputError(path, "unknown encoding")
    return max(sane, key=_legal_syllables)


def _legal_syllables(text: str) -> int:
    return sum(map(is_syllable, _LETTERS.findall(text)))


def _pages(path: Path) -> list[str]:
    text = decode(path.read_bytes(), path).rstrip("\x1a")
    if not text.strip():
        raise EmptyInputError(path, "only blanks")
    pages = text.split("\f")
    # Tesseract and pdftotext end each page with a form feed: the last one opens no page.
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return pages

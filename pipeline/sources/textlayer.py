"""The text that a PDF page carries: good Vietnamese, garbage, or none.

Born-digital pages have text that is exact; scans may carry the text of a bad OCR, the caption of a
digital signature and nothing else, or glyph numbers of an old font. Only the first may spare the
OCR. The layer is good when its words are Vietnamese syllables, enough of them bear marks (OCR
without the Vietnamese model gives legal syllables too, but bare ones), and it accounts for the ink
on the page.

What always holds: words and their boxes come from PDFium's characters; nothing is read from pixels.
"""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.correction.syllable import is_syllable
from pipeline.model import Box, Line, Word, nfc
from pipeline.sources.layout import in_reading_order

_POINTS_PER_INCH: Final = 72
_MIN_LEGAL: Final = 0.85  # share of words that are legal syllables
_MIN_LEGAL_SET: Final = 0.7  # the same where the text was set: in an old font's codes it is .35
_MIN_MARKED: Final = 0.35  # share of them with a Vietnamese mark; running text has 0.6 to 0.8
_MAX_SINGLE: Final = 0.4  # share of words that are one letter
_MIN_INK: Final = 0.5  # share of the ink that lies under the text
_INK_DPI: Final = 50  # fine enough to see where ink is
_INK_LEVEL: Final = 160
_RULE: Final = 20  # pixels at that resolution: so long, ink is a rule of a table
_THICK: Final = 4  # pixels there: no rule is so thick
_PICTURE: Final = 0.5  # share of the page that pictures cover where it is one
_BOLD: Final = 600  # weight of a font; that of plain ones is 400
_ITALIC: Final = 64  # the flag of a font's descriptor
_FONT_NAME: Final = 128  # bytes of a font's name that are looked at
_LINE_END_HYPHEN: Final = "\x02"  # what PDFium makes of a hyphen that ends a line
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# Glyphs without a meaning: the replacement character, private use, controls but the white ones.
_MEANINGLESS: Final = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares, 0..1, of the words of a text layer: legal syllables, and those with marks."""

    legal: float
    marked: float

    def is_good(self, *, as_set: bool) -> bool:
        """Return whether this is Vietnamese that can be trusted.

        Args:
            as_set: the text is what the page draws, not what was read on a picture.
        """
        return self.legal >= (_MIN_LEGAL_SET if as_set else _MIN_LEGAL) and (
            self.marked >= _MIN_MARKED
        )


def read_text_layer(page: pdfium.PdfPage, dpi: int) -> tuple[Line, ...] | None:
    """Return the page's own lines in reading order, boxes in pixels at *dpi*, or None for OCR."""
    textpage = page.get_textpage()
    try:
        if not quality(textpage.get_text_range()).is_good(as_set=not _is_picture(page)):
            return None
        words = _words(page, textpage, dpi)
    finally:
        textpage.close()
    single = sum(len(word.ocr) == 1 and word.ocr.isalpha() for word in words)
    if single > _MAX_SINGLE * len(words):
        return None  # the lines do not run along the page: each letter stands by itself
    if _share_of_ink(page, words, dpi) < _MIN_INK:
        return None
    return in_reading_order(words)


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Return whether pictures cover so much of the page that it is a scan."""
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if pdfium_c.FPDFPageObj_GetBounds(picture, left, bottom, right, top):
            covered += (right.value - left.value) * (top.value - bottom.value)
    return bool(covered >= _PICTURE * math.prod(page.get_size()))


def quality(text: str) -> Quality:
    """Measure *text*; without words both shares are 0."""
    text = nfc(text)
    tokens = [token for token in _LETTERS.findall(text) if len(token) > 1]
    legal = [token for token in tokens if is_syllable(token)]
    # Capitals that make no syllable may be an abbreviation (UBND): they speak neither way.
    tokens = [token for token in tokens if not token.isupper() or is_syllable(token)]
    nonsense = len(_MEANINGLESS.findall(text))
    if not tokens:
        return Quality(0.0, 0.0)
    marked = sum(not token.isascii() for token in legal)
    return Quality(len(legal) / (len(tokens) + nonsense), marked / len(tokens))


def _words(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, dpi: int) -> list[Word]:
    """Return the words in the order of the file, split at blanks."""
    to_pixels = _Projection(page, dpi)
    words: list[Word] = []
    letters: list[str] = []
    boxes: list[Box] = []
    face: tuple[bool | None, bool | None] = (None, None)

    def finish() -> None:
        if letters and to_pixels.shows(box := Box.around(boxes)):
            bold, italic = face
            words.append(Word(nfc("".join(letters)), box=box, bold=bold, italic=italic))
        letters.clear()
        boxes.clear()

    for position in range(textpage.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(textpage, position))
        if character == _LINE_END_HYPHEN:
            character = "-"
        if character.isspace() or character == "\0":
            finish()
            continue
        box = to_pixels.box(textpage.get_charbox(position, loose=True))
        if boxes and (box.top >= boxes[-1].bottom or box.bottom <= boxes[-1].top):
            finish()  # PDFium joins a word that was broken after its hyphen
        if not letters:
            face = _face(textpage, position)
        letters.append(character)
        boxes.append(box)
    finish()
    return words


def _face(textpage: pdfium.PdfTextPage, position: int) -> tuple[bool | None, bool | None]:
    """Return whether a character is bold and italic; None where its font does not say."""
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(_FONT_NAME)
    if not pdfium_c.FPDFText_GetFontInfo(textpage, position, name, _FONT_NAME, flags):
        return None, None
    called = name.value.decode("utf-8", "replace").casefold()
    weight = pdfium_c.FPDFText_GetFontWeight(textpage, position)
    bold = "bold" in called or weight >= _BOLD
    italic = "italic" in called or "oblique" in called or bool(flags.value & _ITALIC)
    return bold, italic


class _Projection:
    """From PDF user space to pixels of the rendered page: scale, crop box and page rotation."""

    def __init__(self, page: pdfium.PdfPage, dpi: int) -> None:
        self._scale = dpi / _POINTS_PER_INCH
        self._rotation = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._size = tuple(side * self._scale for side in page.get_size())

    def shows(self, box: Box) -> bool:
        """Whether any part of *box* lies on the page."""
        width, height = self._size
        return box.right > 0 and box.bottom > 0 and box.left < width and box.top < height

    def box(self, bounds: tuple[float, float, float, float]) -> Box:
        """Return the pixels of ``bounds``: left, bottom, right and top in points."""
        corners = (self._point(bounds[0], bounds[1]), self._point(bounds[2], bounds[3]))
        across = sorted(corner[0] * self._scale for corner in corners)
        down = sorted(corner[1] * self._scale for corner in corners)
        left, top = round(across[0]), round(down[0])
        return Box(left, top, max(1, round(across[1]) - left), max(1, round(down[1]) - top))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        match self._rotation:
            case 90:
                return y - self._bottom, x - self._left
            case 180:
                return self._right - x, y - self._bottom
            case 270:
                return self._top - y, self._right - x
            case _:
                return x - self._left, self._top - y


def _share_of_ink(page: pdfium.PdfPage, words: list[Word], dpi: int) -> float:
    """Return how much of the ink on the page, rules aside, lies in the words' boxes.

    Without any ink it is 1.
    """
    bitmap = page.render(scale=_INK_DPI / _POINTS_PER_INCH, grayscale=True)
    grey = np.array(bitmap.to_numpy()).reshape(bitmap.height, -1)[:, : bitmap.width]
    bitmap.close()
    drawn = np.asarray(grey < _INK_LEVEL, np.uint8)
    across, down, block = (
        cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones(size, np.uint8)) > 0
        for size in ((1, _RULE), (_RULE, 1), (_THICK, _THICK))
    )
    ink = (drawn > 0) & (block | ~(across | down))
    covered = np.zeros(ink.shape, np.uint8)
    scale = _INK_DPI / dpi
    for word in words:
        if word.box is not None:
            box = word.box
            start = (int(box.left * scale) - 1, int(box.top * scale) - 1)
            end = (int(box.right * scale) + 1, int(box.bottom * scale) + 1)
            cv2.rectangle(covered, start, end, 1, -1)
    total = int(np.count_nonzero(ink))
    return float(np.count_nonzero(ink & (covered > 0))) / total if total else 1.0

"""What was put on a PDF page later, made part of it: form fields, notes, digital signatures.

Registries enter the number and the day of a born-digital document as form fields, and digital
signatures draw the seal: PDFium neither draws the fields by itself nor counts either as text. The
caption that says who signed when (``Người ký: ...``) is no part of the document and stays out.
"""

from __future__ import annotations

import re
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# What captions say: their fields, an address, the second at which it was signed.
_SIGNS: Final = re.compile(
    r"(?:Ký bởi|Người ký|Ngày ký|Thời gian ký|Cơ quan|Email)\s*:|\S+@\S+\.\S+|\d{1,2}:\d{2}:\d{2}",
    re.IGNORECASE,
)
_LEAST: Final = 2  # of them make a caption: one may stand in a line of the document


def captions(document: pdfium.PdfDocument, index: int) -> list[int]:
    """Return the numbers of the annotations of page *index* that are captions of signatures.

    Their text can only be read once they are part of the page: the *document* is then another.
    """
    page = document[index]
    areas = []
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
        area = pdfium_c.FS_RECTF()
        pdfium_c.FPDFAnnot_GetRect(annotation, area)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        areas.append(area)
    if not areas:
        return []
    page = _flattened(document, page, index)
    text = page.get_textpage()
    found = [
        number
        for number, area in enumerate(areas)
        if len(_SIGNS.findall(text.get_text_bounded(area.left, area.bottom, area.right, area.top)))
        >= _LEAST
    ]
    text.close()
    return found


def flat_page(document: pdfium.PdfDocument, index: int, without: list[int]) -> pdfium.PdfPage:
    """Return page *index* (from 0) with its annotations part of it, but for those in *without*."""
    page = document[index]
    for number in sorted(without, reverse=True):
        pdfium_c.FPDFPage_RemoveAnnot(page, number)
    return _flattened(document, page, index)


def _flattened(document: pdfium.PdfDocument, page: pdfium.PdfPage, index: int) -> pdfium.PdfPage:
    if pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) != pdfium_c.FLATTEN_SUCCESS:
        return page  # there is nothing to flatten
    page.close()
    return document[index]

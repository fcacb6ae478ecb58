"""PDF as a source: pages rendered by PDFium, or their own text when it is good Vietnamese.

What always holds: a document is open only while one page is taken out of it. PDFium is not safe in
threads; use processes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import DamagedInputError, EncryptedInputError, OversizedInputError
from pipeline.image import PageImage, Pixels
from pipeline.model import Page
from pipeline.settings import SourceSettings
from pipeline.sources.colour import without_needless_colour
from pipeline.sources.flat import captions, flat_page
from pipeline.sources.textlayer import read_text_layer

_POINTS_PER_INCH: Final = 72
_LOWEST_DPI: Final = 72  # a page too large to render even so coarsely is refused
_TAIL: Final = 2048  # bytes at the end that must hold the end mark


def count_pages(path: Path) -> int:
    """Return the number of pages.

    A file that is cut off has one page more than can be found: it stands for whatever was lost, and
    reading it fails, so that the loss is reported and the pages before it are still read.

    Raises:
        EncryptedInputError: it asks for a password.
        DamagedInputError: it cannot be opened, not even repaired, or has no pages.
    """
    with _opened(path) as document:
        pages = len(document)
    if _is_cut_off(path):
        pages += 1
    if not pages:
        raise DamagedInputError(path, "no pages")
    return pages


def read_page(path: Path, index: int, settings: SourceSettings) -> PageImage | Page:
    """Return the page with a good text layer as text, else rendered at ``settings.dpi``.

    A page that would have more than ``settings.max_pixels`` is rendered as finely as they allow.

    Raises:
        OversizedInputError: they do not even allow 72 dpi.
        DamagedInputError: the page is missing or what it shows is cut off.
        EncryptedInputError: the file asks for a password.
    """
    with _opened(path) as document, _opened(path) as other:
        _refuse_lost_content(path, index)
        try:
            page = flat_page(document, index, captions(other, index))
        except (pdfium.PdfiumError, IndexError) as error:
            raise DamagedInputError(path, str(index + 1)) from error
        dpi = _fitting_dpi(page, path, settings)
        if settings.text_layer == "auto":
            lines = read_text_layer(page, dpi)
            if lines is not None:
                width, height = (round(side * dpi / _POINTS_PER_INCH) for side in page.get_size())
                return Page(index + 1, width, height, dpi, lines)
        return PageImage(render(page, dpi), dpi)


def render(page: pdfium.PdfPage, dpi: int) -> Pixels:
    """Return the page as grey or RGB pixels on white."""
    bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True)
    pixels = bitmap.to_numpy()
    image = pixels[..., :3] if pixels.ndim == 3 else pixels
    copied: Pixels = np.array(image, dtype=np.uint8, order="C")  # the buffer dies with the bitmap
    bitmap.close()
    return without_needless_colour(copied) if copied.ndim == 3 else copied


def _fitting_dpi(page: pdfium.PdfPage, path: Path, settings: SourceSettings) -> int:
    width, height = page.get_size()
    square_inches = max(width * height, 1.0) / _POINTS_PER_INCH**2
    dpi = min(settings.dpi, math.floor(math.sqrt(settings.max_pixels / square_inches)))
    if dpi < min(_LOWEST_DPI, settings.dpi):
        raise OversizedInputError(path, f"{width / 72:.0f} x {height / 72:.0f} in")
    return dpi


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    document = _open(path)
    try:
        yield document
    finally:
        document.close()


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise EncryptedInputError(path) from error
    try:
        return pdfium.PdfDocument(_repaired(path))
    except pdfium.PdfiumError as error:
        raise DamagedInputError(path) from error


def _repaired(path: Path) -> bytes:
    """Return the file with its cross-reference table built anew."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            output = BytesIO()
            document.save(output, deterministic_id=True)
            return output.getvalue()
    except pikepdf.PasswordError as error:
        raise EncryptedInputError(path) from error
    except (pikepdf.PdfError, ValueError) as error:
        raise DamagedInputError(path) from error


def _is_cut_off(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return b"%%EOF" not in file.read()


def _refuse_lost_content(path: Path, index: int) -> None:
    """Fail for a page of a cut-off file whose content is gone.

    PDFium draws such a page without a word, as white paper. Files that end as they should are not
    looked into.
    """
    if not _is_cut_off(path):
        return
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            complete = _is_complete(document.pages[index].obj)
    except (pikepdf.PdfError, ValueError, IndexError) as error:
        raise DamagedInputError(path, str(index + 1)) from error
    if not complete:
        raise DamagedInputError(path, str(index + 1))


def _is_complete(page: pikepdf.Object) -> bool:
    """Whether the page's content streams and pictures are in the file."""
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    resources = page.get("/Resources")
    if isinstance(resources, pikepdf.Dictionary) and "/XObject" in resources:
        streams += list(resources["/XObject"].as_dict().values())
    for stream in streams:
        if not isinstance(stream, pikepdf.Stream):
            return False
        stream.read_raw_bytes()
    return True

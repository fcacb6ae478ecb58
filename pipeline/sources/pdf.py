"""PDF as a source: pages rendered by PDFium, or their own text when it is good Vietnamese.

What always holds: a document is open only while one page is taken out of it. PDFium is not safe in
threads; use processes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
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
from pipeline.sources import salvage
from pipeline.sources.colour import without_needless_colour
from pipeline.sources.drawn import (
    DAMAGE,
    PictureTooLargeError,
    content_is_whole,
    pictures_are_whole,
)
from pipeline.sources.flat import captions, flat_page
from pipeline.sources.textlayer import read_text_layer

_POINTS_PER_INCH: Final = 72
_LOWEST_DPI: Final = 72  # a page too large to render even so coarsely is refused

Source = Path | bytes  # a file, or one page salvaged from it


def count_pages(path: Path) -> int:
    """Return the number of pages, lost ones included: reading those fails, so that it is told.

    Raises:
        EncryptedInputError: it asks for a password.
        DamagedInputError: it cannot be opened, not even repaired, or has no pages.
    """
    pages = _sound_pages(path)
    return salvage.count_pages(path) if pages is None else pages


def read_page(path: Path, index: int, settings: SourceSettings) -> PageImage | Page:
    """Return the page with a good text layer as text, else rendered at ``settings.dpi``.

    A page that would have more than ``settings.max_pixels`` is rendered as finely as they allow.

    Raises:
        OversizedInputError: they do not even allow 72 dpi, or a picture on the page has more.
        DamagedInputError: the page is missing, or what it shows is damaged.
        EncryptedInputError: the file asks for a password.
    """
    source, place = _with_page(path, index)
    _require(content_is_whole, source, place, path, index)
    with _page(source, place, path, index) as page:
        dpi = _fitting_dpi(page, path, settings)
        if settings.text_layer == "auto":
            lines = read_text_layer(page, dpi)
            if lines is not None:
                width, height = (round(side * dpi / _POINTS_PER_INCH) for side in page.get_size())
                return Page(index + 1, width, height, dpi, lines)
        whole = partial(pictures_are_whole, max_pixels=settings.max_pixels)
        _require(whole, source, place, path, index)
        return PageImage(render(page, dpi), dpi)


def draw_page(path: Path, index: int, settings: SourceSettings) -> PageImage:
    """Return the page rendered, whatever its text, and its pictures as far as they are there.

    Raises:
        VanbanError: as :func:`read_page`.
    """
    source, place = _with_page(path, index)
    with _page(source, place, path, index) as page:
        dpi = _fitting_dpi(page, path, settings)
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
        size = f"{width / 72:.0f} x {height / 72:.0f} in > {settings.max_pixels} px"
        raise OversizedInputError(path, size)
    return dpi


def _with_page(path: Path, index: int) -> tuple[Source, int]:
    """Return where page *index* is to be taken from, and its number there.

    Raises:
        DamagedInputError, EncryptedInputError: as :func:`read_page`.
    """
    if _sound_pages(path) is None:
        return salvage.page_alone(path, index), 0
    return path, index


def _sound_pages(path: Path) -> int | None:
    """Return the number of pages of a file whose tree of pages is as it should be, else None.

    Raises:
        EncryptedInputError: it asks for a password.
    """
    if salvage.is_cut_off(path):
        return None
    try:
        with _opened(path) as document, pikepdf.open(path, suppress_warnings=True) as other:
            pages = len(document)
            return pages if pages and salvage.is_sound(other, pages) else None
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise EncryptedInputError(path) from error
    except pikepdf.PasswordError as error:
        raise EncryptedInputError(path) from error
    except DAMAGE:
        return None
    return None


def _require(
    whole: Callable[[pikepdf.Object], bool], source: Source, place: int, path: Path, index: int
) -> None:
    try:
        with pikepdf.open(_stream(source), suppress_warnings=True) as document:
            if whole(document.pages[place].obj):
                return
    except PictureTooLargeError as error:
        raise OversizedInputError(path, str(error)) from error
    except DAMAGE as error:
        raise DamagedInputError(path, str(index + 1)) from error
    raise DamagedInputError(path, str(index + 1))


def _stream(source: Source) -> Path | BytesIO:
    return BytesIO(source) if isinstance(source, bytes) else source


@contextmanager
def _page(source: Source, place: int, path: Path, index: int) -> Iterator[pdfium.PdfPage]:
    with ExitStack() as open_:
        try:
            document, other = (open_.enter_context(_opened(source)) for _ in range(2))
            page = flat_page(document, place, captions(other, place))
        except (pdfium.PdfiumError, IndexError) as error:
            raise DamagedInputError(path, str(index + 1)) from error
        yield page


@contextmanager
def _opened(source: Source) -> Iterator[pdfium.PdfDocument]:
    document = pdfium.PdfDocument(source)
    try:
        yield document
    finally:
        document.close()

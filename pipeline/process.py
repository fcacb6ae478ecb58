"""The way through, composed: one page at a time to lines, then the whole document to blocks.

This is the only module that knows the order of the stages. A stage is a plain function, a pipeline
is a tuple of stages, and nothing here keeps state, so every call can run in another process.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline import correction, debug, imaging, recognition, sources, structure
from pipeline.image import CleanPage
from pipeline.model import Document, Page
from pipeline.recognition.textpage import with_tables, x_height
from pipeline.settings import Settings

DocumentStage = Callable[[Document, Settings], Document]


def read_page(path: Path, index: int, settings: Settings) -> tuple[Page, ...]:
    """Read page *index* (from 0) of the file: its own text when it has a good one, else OCR.

    A picture of two pages gives two, of the same number. A page with nothing on it is kept and
    marked ``blank``; it never goes to OCR.

    Raises:
        VanbanError: the page cannot be read; the kinds are those of sources and recognition.
        DebugImagesError: the pictures of ``debug_images`` cannot be written.
    """
    number = index + 1
    source = sources.read_page(path, index, settings.sources)
    if isinstance(source, Page):
        return (_with_tables(source, path, settings),)
    folder = settings.imaging.debug_images
    watch = debug.watcher(Path(folder), path, number) if folder else imaging.unwatched
    pages = imaging.clean(source, settings.imaging, watch)
    return tuple(_read(clean, number, settings) for clean in pages)


def _with_tables(page: Page, path: Path, settings: Settings) -> Page:
    """Put the text of a page that can be drawn into the cells of its ruled tables."""
    if not page.lines or not page.width or not settings.recognition.cells:
        return page
    picture = sources.draw_page(path, page.number - 1, settings.sources)
    if picture.dpi != page.dpi:
        return page
    return with_tables(page, imaging.find_rulings(picture, x_height(page)))


def _read(clean: CleanPage, number: int, settings: Settings) -> Page:
    width, height, dpi = clean.image.width, clean.image.height, clean.image.dpi
    if clean.blank or clean.noise:
        return Page(number, width, height, dpi, steps=clean.steps, blank=clean.blank)
    lines = recognition.recognise(clean, settings.recognition)
    return Page(number, width, height, dpi, lines=lines, steps=clean.steps)


def correct(document: Document, settings: Settings) -> Document:
    """Correct the words; see :mod:`pipeline.correction`."""
    return correction.correct(document, settings.correction)


def rebuild(document: Document, settings: Settings) -> Document:
    """Find blocks and metadata; see :mod:`pipeline.structure`."""
    return structure.rebuild(document, settings.structure)


PIPELINE: tuple[DocumentStage, ...] = (correct, rebuild)


def finish(
    document: Document, settings: Settings, stages: tuple[DocumentStage, ...] = PIPELINE
) -> Document:
    """Take a document whose pages are read through the document stages, in order."""
    for stage in stages:
        document = stage(document, settings)
    return document

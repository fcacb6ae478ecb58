"""Files to pages, one in memory at a time.

What always holds: the first bytes decide what a file is, its name never does; a page is either an
image or, when the file has text that can be trusted, its text; every failure is a
:class:`~pipeline.errors.VanbanError` that names the file. No OCR happens here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.formats import SourceKind
from pipeline.image import PageImage
from pipeline.model import Page
from pipeline.settings import SourceSettings
from pipeline.sources import pdf, raster, text
from pipeline.sources.kind import identify
from pipeline.sources.pdf import draw_page

__all__ = ["Probe", "SourceKind", "draw_page", "probe", "read_page"]


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file is and how many pages it has; 0 for vanban's own JSON, which tells it itself."""

    kind: SourceKind
    pages: int


def probe(path: Path, settings: SourceSettings) -> Probe:  # noqa: ARG001 - a stage takes its settings
    """Look at the file without decoding its pages.

    Raises:
        MissingInputError, UnreadableInputError, EmptyInputError, UnsupportedInputError,
        EncryptedInputError, DamagedInputError: as their names say.
    """
    kind = identify(path)
    match kind:
        case SourceKind.JSON:
            return Probe(kind, 0)
        case SourceKind.PDF:
            return Probe(kind, pdf.count_pages(path))
        case SourceKind.TEXT:
            return Probe(kind, text.count_pages(path))
        case _:
            return Probe(kind, raster.count_pages(path))


def read_page(path: Path, index: int, settings: SourceSettings) -> PageImage | Page:
    """Return page *index* (from 0): its image, or the page with its lines when it is text.

    Raises:
        ValueError: the file is vanban's own JSON, which ``Document.from_json`` reads.
        OversizedInputError: the page has more pixels than ``settings.max_pixels``.
        VanbanError: any failure of :func:`probe`.
    """
    kind = identify(path)
    match kind:
        case SourceKind.JSON:
            raise ValueError(f"{path.name} is a document already; read it with Document.from_json")
        case SourceKind.PDF:
            return pdf.read_page(path, index, settings)
        case SourceKind.TEXT:
            lines = text.read_lines(path, index)
            return Page(index + 1, lines=lines, blank=not lines)
        case _:
            return raster.read_image(path, index, settings)

"""What a Word file says, read back with python-docx."""

import io
from collections.abc import Iterator

import docx
from docx.document import Document as WordFile
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from pipeline.model import Document
from pipeline.settings import WriterSettings
from pipeline.writers import write


def opened(document: Document, settings: WriterSettings | None = None) -> WordFile:
    """Write *document* and open what was written."""
    return docx.Document(io.BytesIO(write(document, "docx", settings or WriterSettings())))


def paragraphs(container: WordFile | _Cell) -> Iterator[Paragraph]:
    """Yield every paragraph, those in tables cell by cell."""
    for piece in container.iter_inner_content():
        if isinstance(piece, Table):
            for row in piece.rows:
                for cell in row.cells:
                    yield from paragraphs(cell)
        else:
            yield piece


def texts(file: WordFile) -> list[str]:
    """Return the text of each paragraph that has one, line breaks as blanks."""
    return [" ".join(each.text.split()) for each in paragraphs(file) if each.text.strip()]


def the(file: WordFile, opening: str) -> Paragraph:
    """Return the paragraph that starts with *opening*."""
    return next(each for each in paragraphs(file) if each.text.startswith(opening))
